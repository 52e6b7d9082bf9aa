//! Every log line of the process, kept, so that a test can say what is in none of them.

use std::{
    io,
    sync::{Mutex, OnceLock},
};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static STARTED: OnceLock<()> = OnceLock::new();

struct Keep;

impl io::Write for Keep {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Keep {
    type Writer = Keep;
    fn make_writer(&'a self) -> Keep {
        Keep
    }
}

/// Keeps every line from now on, at every level that an operator can ask the server for.
pub fn keep() {
    STARTED.get_or_init(|| {
        let _ = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("trace,tower_http=info"))
            .with_writer(Keep)
            .with_ansi(false)
            .try_init();
    });
}

/// What was written since [`keep`].
pub fn lines() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
}
