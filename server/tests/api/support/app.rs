//! A demonstration school of the test's own, made by the built binary once and copied for each test.
//!
//! The rule: a test reaches the school through its router, or behind its back through SQL; nothing is mocked.

use axum::Router;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use server::{
    api,
    config::Place,
    courier::{Courier, CourierConfig},
    state::{App, Shared},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};
use store::Db;
use tempfile::TempDir;

/// The origin of a school unless the test says otherwise.
pub const ORIGIN: &str = "http://localhost:8080";
const STUDENTS: &str = "60";

/// One school.
pub struct School {
    /// The application, as the server starts it.
    pub app: Shared,
    /// Its router.
    pub router: Router,
    /// Its data folder.
    pub place: Place,
    /// A second handle on its database.
    pub db: Db,
    /// Where browsers find it.
    pub origin: String,
    folder: TempDir,
}

fn shendu(arguments: &[&str]) {
    let done = Command::new(env!("CARGO_BIN_EXE_shendu")).args(arguments).output().unwrap();
    assert!(done.status.success(), "shendu {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// The folder of a school that no test touches; made by whoever comes first.
async fn template() -> PathBuf {
    // While the binary is being built anew by somebody else it is not there for a moment.
    let mut tries = 0..100;
    let binary = loop {
        match fs::metadata(env!("CARGO_BIN_EXE_shendu")) {
            Ok(binary) => break binary,
            Err(_) if tries.next().is_some() => tokio::time::sleep(Duration::from_millis(100)).await,
            Err(error) => panic!("the binary is missing: {error}"),
        }
    };
    let built = binary.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let today = chrono::Utc::now().format("%Y%m%d%H");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("school-{STUDENTS}-{built}-{today}"));
    if !folder.exists() {
        let fresh = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let made = fresh.path().join("data");
        shendu(&["demo", "--no-links", "--students", STUDENTS, "--data", made.to_str().unwrap()]);
        // Of two that made it at once, the second keeps what is there.
        let _ = fs::rename(&made, &folder);
    }
    folder
}

/// The URL of a fresh PostgreSQL database; none where the environment names no server.
pub async fn fresh_database() -> Option<String> {
    let server = std::env::var("SHENDU_TEST_POSTGRES").ok()?;
    let name = format!("shendu_{}", uuid::Uuid::new_v4().simple());
    let connection = Database::connect(&server).await.unwrap();
    connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    connection.close().await.unwrap();
    let (before, query) = server.split_once('?').map_or((server.as_str(), None), |(url, query)| (url, Some(query)));
    let host_ends = before.find("://").map_or(0, |at| at + 3);
    let path_begins = before[host_ends..].find('/').map_or(before.len(), |at| host_ends + at);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}/{name}{query}", &before[..path_begins]))
}

/// The courier that writes messages down.
pub fn courier(place: &Place) -> Courier {
    let config = CourierConfig { smtp: None, mail_from: "shendu@localhost".into(), sms: "file".into() };
    Courier::start(&config, &place.outbox()).unwrap()
}

/// A connection past the school that is kept in a place.
pub async fn past(place: &Place) -> DatabaseConnection {
    let url = match &place.database {
        Some(url) => url.clone(),
        None => format!("sqlite://{}?mode=rw", place.data.join("shendu.sqlite").display()),
    };
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
    Database::connect(options).await.unwrap()
}

impl School {
    /// A demonstration school on SQLite.
    pub async fn open() -> Self {
        Self::at(ORIGIN, CourierConfig { smtp: None, mail_from: "shendu@localhost".into(), sms: "file".into() }).await
    }

    /// The same with another origin or another courier.
    pub async fn at(origin: &str, courier: CourierConfig) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        copy(&template().await, &data);
        Self::start(folder, Place { data, database: None }, origin, &courier).await
    }

    /// A demonstration school in a fresh PostgreSQL database; none where the environment names no server.
    pub async fn on_postgres() -> Option<Self> {
        let url = fresh_database().await?;
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        shendu(&["demo", "--no-links", "--students", STUDENTS, "--data", data.to_str().unwrap(), "--database", &url]);
        let courier = CourierConfig { smtp: None, mail_from: "shendu@localhost".into(), sms: "file".into() };
        Some(Self::start(folder, Place { data, database: Some(url) }, ORIGIN, &courier).await)
    }

    async fn start(folder: TempDir, place: Place, origin: &str, courier: &CourierConfig) -> Self {
        let courier = Courier::start(courier, &place.outbox()).unwrap();
        let db = place.open().await.unwrap();
        let app = App::start(place.open().await.unwrap(), place.vault().unwrap(), origin, courier).await.unwrap();
        Self { router: api::router(app.clone()), app, place, db, origin: origin.into(), folder }
    }

    /// Another server over the same database, as on a second machine.
    pub async fn second(&self) -> Router {
        api::router(self.second_app().await)
    }

    /// What that server works with. Of the trail it knows what is in the database, and nothing from memory.
    pub async fn second_app(&self) -> Shared {
        let db = self.place.open().await.unwrap();
        App::start(db, self.place.vault().unwrap(), &self.origin, courier(&self.place)).await.unwrap()
    }

    /// A connection past the school.
    pub async fn behind(&self) -> DatabaseConnection {
        past(&self.place).await
    }

    /// Runs SQL behind the school's back; says how many rows it touched.
    pub async fn sql(&self, statement: &str) -> u64 {
        let connection = self.behind().await;
        let done = connection.execute_unprepared(statement).await.unwrap();
        connection.close().await.unwrap();
        done.rows_affected()
    }

    /// One number out of the database, from a query whose column is called `n`.
    pub async fn number(&self, query: &str) -> i64 {
        let connection = self.behind().await;
        let row = connection.query_one_raw(sea_orm::Statement::from_string(connection.get_database_backend(), query)).await.unwrap();
        let number = row.unwrap().try_get::<i64>("", "n").unwrap();
        connection.close().await.unwrap();
        number
    }

    /// How many rows the trail has.
    pub async fn trail_length(&self) -> i64 {
        self.number("SELECT COUNT(*) AS n FROM trail").await
    }

    /// Every file of the data folder, joined; what an intruder on the disk would read.
    pub fn files(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for entry in fs::read_dir(self.folder.path().join("data")).unwrap() {
            bytes.extend(fs::read(entry.unwrap().path()).unwrap());
        }
        bytes
    }

    /// The messages that the courier has written down, waiting until there are `count`.
    pub async fn outbox(&self, count: usize) -> Vec<serde_json::Value> {
        for _ in 0..100 {
            let text = fs::read_to_string(self.place.outbox()).unwrap_or_default();
            let lines: Vec<serde_json::Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
            if lines.len() >= count {
                return lines;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no message came");
    }
}
