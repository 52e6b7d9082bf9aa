//! A server under measurement: started on core 0, watched through `/proc`, stopped when dropped.
//!
//! The load generator is pinned to core 1 by whoever starts it.

use crate::{Outcome, connection::Connection};
use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// Linux counts processor time in hundredths of a second for whoever asks through `/proc`.
const TICK_MICROS: f64 = 10_000.0;

/// A server that runs.
pub(crate) struct Server {
    child: Child,
    /// The first process of the database beside it, whose time counts as the server's.
    database: Option<u32>,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts `program` on core 0 and waits until `path` is answered.
    pub(crate) async fn start(program: &Path, arguments: &[&str], address: SocketAddr, path: &str, log: &Path) -> Outcome<Self> {
        let log = fs::File::create(log)?;
        let child = Command::new("taskset")
            .args(["-c", "0"])
            .arg(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let server = Self { child, database: None, address };
        let request = crate::connection::request("GET", path, &[], "");
        for _ in 0..400 {
            if let Ok(mut connection) = Connection::open(address).await
                && connection.ask(&request).await.is_ok()
            {
                return Ok(server);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(format!("{} did not answer", program.display()).into())
    }

    /// Counts the processes of a database with it.
    pub(crate) fn beside(&mut self, database: u32) {
        self.database = Some(database);
    }

    /// Processor time that it and its database have used so far, in microseconds: their own and the system's on their behalf.
    pub(crate) fn cpu_micros(&self) -> Outcome<f64> {
        let own = cpu_micros(&self.child.id().to_string())?;
        Ok(own + self.database.map_or(Ok(0.0), family_micros)?)
    }

    /// Memory in use, and the most that ever was, in bytes.
    pub(crate) fn memory(&self) -> Outcome<(u64, u64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
        };
        field("VmRSS:").zip(field("VmHWM:")).ok_or_else(|| "no memory in /proc".into())
    }

    /// Stops it and waits for its end.
    pub(crate) fn stop(mut self) -> Outcome<()> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After `stop` there is nothing left to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Processor time of a process; `self` is this one.
pub(crate) fn cpu_micros(pid: &str) -> Outcome<f64> {
    Ok(Stat::of(pid)?.own * TICK_MICROS)
}

/// Processor time of a process, of its children, and of those of its children that have ended.
fn family_micros(first: u32) -> Outcome<f64> {
    let head = Stat::of(&first.to_string())?;
    let mut ticks = head.own + head.ended;
    for entry in fs::read_dir("/proc")? {
        // What is no process, or has ended meanwhile, has no such file.
        let Ok(stat) = Stat::of(&entry?.file_name().to_string_lossy()) else { continue };
        if stat.parent == first {
            ticks += stat.own;
        }
    }
    Ok(ticks * TICK_MICROS)
}

/// What `/proc` says of a process, times in ticks.
struct Stat {
    parent: u32,
    own: f64,
    ended: f64,
}

impl Stat {
    fn of(pid: &str) -> Outcome<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        // The name of the program, in parentheses, may hold anything.
        let (_, rest) = stat.rsplit_once(')').ok_or("no name in /proc")?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let both = |first: usize| Ok::<_, std::num::ParseFloatError>(fields[first].parse::<f64>()? + fields[first + 1].parse::<f64>()?);
        Ok(Self { parent: fields[1].parse()?, own: both(11)?, ended: both(13)? })
    }
}

/// An address on which nobody listens now.
pub(crate) fn free_address() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// The first line that a program prints.
pub(crate) fn first_line(program: &Path, argument: &str) -> Outcome<String> {
    let output = Command::new(program).arg(argument).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned())
}
