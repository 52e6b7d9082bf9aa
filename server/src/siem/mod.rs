//! The feed of a collector (SIEM): every entry of the trail as a line, over TCP or TLS, at least once.
//!
//! The rule: the trail is the buffer. Up to where everything has been sent is noted in a file; while the collector is away nothing
//! is noted. A line counts as received once it is fifteen seconds old on a connection on which nothing waits longer than ten for the
//! other machine; what is younger when the connection breaks is sent again. Each line carries the number of its row. What a collector's
//! machine took and lost is not noticed. Deliberately absent: UDP, an acknowledgement (RELP), and a second buffer.

mod format;

use crate::{
    cursor,
    siem::format::{Format, line},
    tls,
};
use guard::gate::FeedEvent;
use std::{collections::VecDeque, io, path::PathBuf, time::Duration};
use store::{Db, StoreError};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split},
    net::TcpStream,
    time::{Instant, sleep, timeout},
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};
use webauthn_rs::prelude::Url;

/// Where the entries of the trail go beside the school.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct FeedConfig {
    /// A collector (SIEM) that gets every entry of the trail, such as tcp://collector.example:514 or tls://collector.example:6514.
    /// The lines hold no name and no words. Without it nothing is sent.
    #[arg(long, env = "SHENDU_SIEM", value_name = "URL")]
    siem: Option<String>,
    /// In which words.
    #[arg(long, env = "SHENDU_SIEM_FORMAT", value_enum, default_value = "rfc5424")]
    siem_format: Format,
    /// The certificates (PEM) by which the collector is known over TLS; without it those of the public web.
    #[arg(long, env = "SHENDU_SIEM_CA", value_name = "FILE")]
    siem_ca: Option<PathBuf>,
}

/// After how long a line that was written counts as received, where the connection still stands.
const SETTLES: Duration = Duration::from_secs(15);
/// How long the collector's machine may leave unacknowledged, or not take, what was written; then the connection is over. Less than
/// [`SETTLES`], or a line counted as received of which nobody knows.
#[cfg(target_os = "linux")]
const UNACKNOWLEDGED: Duration = Duration::from_secs(10);
/// How long it is waited for new entries.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How long a collector may take to answer, or to take a line.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two tries to reach it, from the first to the longest.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(30)];
/// Entries that are read at once.
const PART: u64 = 200;

/// Why the feed stopped for a while.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error("the collector cannot be reached: {0}")]
    Collector(#[from] io::Error),
    #[error("the collector takes too long")]
    Slow,
    #[error("the collector has closed the connection")]
    Closed,
    #[error("the trail cannot be read: {0}")]
    Trail(#[from] StoreError),
}

/// A collector and how far it is.
pub(crate) struct Feed {
    host: String,
    port: u16,
    tls: Option<TlsConnector>,
    format: Format,
    /// The name of this server in the lines.
    own: String,
    noted: PathBuf,
}

impl Feed {
    /// The feed of a configuration, where there is one. `noted` is the file in which it says how far it is.
    ///
    /// # Errors
    /// Words for the operator when the configuration is wrong.
    pub(crate) fn new(config: &FeedConfig, origin: &str, noted: PathBuf) -> Result<Option<Self>, String> {
        let FeedConfig { siem: Some(collector), siem_format, siem_ca } = config else {
            return Ok(None);
        };
        let wrong = || "the collector must be a URL such as tcp://collector.example:514 or tls://collector.example:6514".to_owned();
        let url = Url::parse(collector).map_err(|_| wrong())?;
        let host = url.host_str().map(|host| host.trim_matches(['[', ']']).to_owned()).ok_or_else(wrong)?;
        let (tls, usual) = match url.scheme() {
            "tcp" => (None, 514),
            "tls" => (Some(tls::connector(siem_ca.as_deref())?), 6514),
            _ => return Err(wrong()),
        };
        let own = Url::parse(origin).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        Ok(Some(Self { host, port: url.port().unwrap_or(usual), tls, format: *siem_format, own, noted }))
    }

    /// Feeds the collector for as long as the server runs.
    pub(crate) async fn run(self, db: Db) {
        let [first, longest] = PAUSES;
        let mut pause = first;
        loop {
            let began = Instant::now();
            let Err(broken) = self.go_on(&db).await;
            tracing::warn!(%broken, "the collector of the trail is not fed");
            pause = if began.elapsed() > longest { first } else { longest.min(pause * 2) };
            sleep(pause).await;
        }
    }

    async fn go_on(&self, db: &Db) -> Result<std::convert::Infallible, Broken> {
        // Before the first connection: what happens until there is one is sent as well.
        let sent = self.begin(db).await?;
        let connecting = TcpStream::connect((self.host.as_str(), self.port));
        let stream = timeout(PATIENCE, connecting).await.map_err(|_| Broken::Slow)??;
        stream.set_nodelay(true)?;
        #[cfg(target_os = "linux")]
        socket2::SockRef::from(&stream).set_tcp_user_timeout(Some(UNACKNOWLEDGED))?;
        match &self.tls {
            None => self.send(db, sent, stream).await,
            Some(connector) => {
                let name = ServerName::try_from(self.host.clone()).map_err(io::Error::other)?;
                let stream = timeout(PATIENCE, connector.connect(name, stream)).await.map_err(|_| Broken::Slow)??;
                self.send(db, sent, stream).await
            }
        }
    }

    async fn send(&self, db: &Db, mut sent: i64, stream: impl AsyncRead + AsyncWrite) -> Result<std::convert::Infallible, Broken> {
        let (mut answers, mut lines) = split(stream);
        let mut settling: VecDeque<(Instant, i64)> = VecDeque::new();
        let mut nothing = [0; 64];
        loop {
            let entries = db.trail_after(sent, PART).await?;
            for entry in &entries {
                let line = line(self.format, &self.own, &FeedEvent::from(entry));
                // Its length before it, so that nothing in it ends it (RFC 6587, 3.4.1; RFC 5425, 4.3).
                let framed = format!("{} {line}", line.len());
                timeout(PATIENCE, lines.write_all(framed.as_bytes())).await.map_err(|_| Broken::Slow)??;
                sent = entry.seq;
            }
            if !entries.is_empty() {
                timeout(PATIENCE, lines.flush()).await.map_err(|_| Broken::Slow)??;
                settling.push_back((Instant::now(), sent));
            }
            while let Some((_, through)) = settling.pop_front_if(|(at, _)| at.elapsed() >= SETTLES) {
                cursor::note(&self.noted, through)?;
            }
            if entries.is_empty() {
                // A collector says nothing; that it ends the connection is heard here.
                match timeout(LOOK_EVERY, answers.read(&mut nothing)).await {
                    Ok(Ok(0)) => return Err(Broken::Closed),
                    Ok(Err(error)) => return Err(error.into()),
                    Ok(Ok(_)) | Err(_) => {}
                }
            }
        }
    }

    /// Up to where everything has arrived; a feed that is new begins with what comes, and so does one that is ahead of a database put
    /// back.
    async fn begin(&self, db: &Db) -> Result<i64, Broken> {
        let (newest, _) = db.trail_anchor().await?;
        let noted = cursor::read(&self.noted);
        if let Some(through) = noted.filter(|through| *through <= newest) {
            return Ok(through);
        }
        if let Some(ahead) = noted {
            tracing::warn!(ahead, newest, "the collector was sent rows that the trail does not have; the feed begins with what comes");
        }
        cursor::note(&self.noted, newest)?;
        Ok(newest)
    }
}
