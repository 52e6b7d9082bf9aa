//! A PostgreSQL of our own: seeded once into a folder, copied for each run, on core 0 beside the server.
//!
//! The rule: while it is measured its settings are its own defaults, so a commit is durable; only seeding goes without. It
//! lies in a temporary folder, since it does not run as root and another user may not be let into the others. Deliberately
//! absent: its client programs, which may not be installed.

use crate::{Outcome, ours, process::free_address, rows::SEED};
use server::config::Place;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// Without durability, for seeding alone.
const HASTY: [&str; 6] = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

/// A server that runs; it ends, and its folder goes, when this is dropped.
pub(crate) struct Postgres {
    child: Child,
    folder: PathBuf,
    port: u16,
}

/// Seeds a school into a PostgreSQL and keeps both in a folder.
#[derive(Debug, clap::Args)]
pub(crate) struct SeedPostgres {
    /// Our server, which seeds.
    #[arg(long)]
    shendu: PathBuf,
    /// The folder of PostgreSQL's programs.
    #[arg(long)]
    postgres: PathBuf,
    /// How many students.
    #[arg(long)]
    students: u32,
    /// The folder that is to be filled.
    #[arg(long)]
    school: PathBuf,
}

impl SeedPostgres {
    pub(crate) async fn run(self) -> Outcome<()> {
        let folder = fresh()?;
        fs::create_dir(folder.join("cluster"))?;
        let programs = &self.postgres;
        let own = program(&folder, programs, "initdb")?
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"])
            .arg(folder.join("cluster"))
            .output()?;
        if !own.status.success() {
            return Err(String::from_utf8_lossy(&own.stderr).into_owned().into());
        }
        let running = Postgres::run(programs, folder.clone(), &HASTY).await?;
        let Place { data, database } = running.place();
        let seeded = Command::new(&self.shendu)
            .args(["demo", "--no-links", "--seed", &SEED.to_string(), "--students", &self.students.to_string(), "--data"])
            .arg(data)
            .args(["--database", &database.unwrap_or_default()])
            .status()?;
        if !seeded.success() {
            return Err("the school cannot be seeded".into());
        }
        running.end()?;
        tidy(&folder, programs)?;
        ours::copy(&folder, &self.school)?;
        Ok(fs::remove_dir_all(&folder)?)
    }
}

/// An empty folder that every user may enter.
fn fresh() -> Outcome<PathBuf> {
    let folder = std::env::temp_dir().join(format!("shendu-bench-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder)?;
    Ok(folder)
}

/// One of PostgreSQL's programs, on core 0. It refuses to run as root; then the cluster is given to another user.
fn program(folder: &Path, programs: &Path, name: &str) -> Outcome<Command> {
    let id = |arguments: &[&str]| -> Outcome<Option<String>> {
        let output = Command::new("id").args(arguments).stderr(Stdio::null()).output()?;
        Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned()))
    };
    let mut command = Command::new("taskset");
    command.args(["-c", "0"]).current_dir(folder);
    if id(&["-u"])?.as_deref() == Some("0") {
        let user = if id(&["-u", "postgres"])?.is_some() { "postgres" } else { "nobody" };
        let group = id(&["-g", user])?.ok_or("there is no user to run PostgreSQL as")?;
        Command::new("chown").args(["-R", &format!("{user}:{group}")]).arg(folder.join("cluster")).status()?;
        command.args(["setpriv", &format!("--reuid={user}"), &format!("--regid={group}"), "--clear-groups"]);
    }
    command.arg(programs.join(name));
    Ok(command)
}

/// What PostgreSQL would otherwise do while it is measured: clean up after the seeding, and count its rows for the planner.
fn tidy(folder: &Path, programs: &Path) -> Outcome<()> {
    let mut alone = program(folder, programs, "postgres")?
        .args(["--single", "-D"])
        .arg(folder.join("cluster"))
        .arg("postgres")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    alone.stdin.take().ok_or("no standard input")?.write_all(b"VACUUM (FREEZE, ANALYZE);\n")?;
    if !alone.wait()?.success() {
        return Err("the seeded database cannot be vacuumed".into());
    }
    Ok(())
}

impl Postgres {
    /// Copies a seeded school and runs its database.
    pub(crate) async fn start(programs: &Path, school: &Path) -> Outcome<Self> {
        let folder = fresh()?;
        ours::copy(school, &folder)?;
        Self::run(programs, folder, &[]).await
    }

    async fn run(programs: &Path, folder: PathBuf, settings: &[&str]) -> Outcome<Self> {
        let port = free_address()?.port();
        let path = folder.join("postgres.log");
        let log = fs::File::create(&path)?;
        // Its own log says in English when it is ready: the cluster's locale is C.
        let child = program(&folder, programs, "postgres")?
            .arg("-D")
            .arg(folder.join("cluster"))
            .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="])
            .args(settings)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let running = Self { child, folder, port };
        for _ in 0..300 {
            if fs::read_to_string(&path)?.contains("ready to accept connections") {
                return Ok(running);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(format!("PostgreSQL did not start: {}", fs::read_to_string(&path)?).into())
    }

    /// The school that lies in it.
    pub(crate) fn place(&self) -> Place {
        Place { data: self.folder.clone(), database: Some(format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)) }
    }

    /// Its first process, the parent of all the others.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Its version.
    pub(crate) fn version(programs: &Path) -> Outcome<String> {
        crate::process::first_line(&programs.join("postgres"), "--version")
    }

    /// Ends it in order and leaves its folder.
    fn end(mut self) -> Outcome<()> {
        self.stop()?;
        // Nothing is left for the drop but the folder, which is still needed.
        self.folder = PathBuf::new();
        Ok(())
    }

    /// PostgreSQL's fast shutdown; killed, it would leave processes and shared memory behind.
    fn stop(&mut self) -> Outcome<()> {
        if self.child.try_wait()?.is_none() {
            Command::new("kill").args(["-INT", &self.child.id().to_string()]).status()?;
            self.child.wait()?;
        }
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = self.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
