//! The two engines: SQLite inside by default, PostgreSQL for more than one machine.
//!
//! SQLite has one writer connection and several read-only readers, WAL, and `synchronous=FULL`, since the trail promises
//! durability at each commit. What is only to be verified is opened to be read, and nothing of it changes. Deliberately absent:
//! in-memory databases and database-side clocks.

use crate::{
    appender::Appender,
    checkpoints::Checkpoints,
    entries::Entries,
    error::StoreError,
    migrations::Migrations,
    readers::{Observer, Readers},
    tail::Tail,
};
use sea_orm::{
    AccessMode, ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, EntityTrait, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
    sqlx::{Connection as _, Sqlite, pool::PoolConnection},
};
use sea_orm_migration::{MigratorTrait, seaql_migrations};
use std::{collections::BTreeSet, path::Path, sync::Arc, time::Duration};

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, in the data folder.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Db {
    pub(crate) engine: Engine,
    pub(crate) writer: DatabaseConnection,
    pub(crate) reader: DatabaseConnection,
    /// For the hot reads, on SQLite.
    pub(crate) readers: Option<Readers>,
    /// For the trail, on SQLite.
    pub(crate) appender: Option<Appender>,
    /// For the log, on SQLite.
    pub(crate) checkpoints: Option<Checkpoints>,
    /// The last lines of the ledgers, on SQLite.
    pub(crate) tail: Arc<Tail>,
    /// Entries that ledgers are made of.
    pub(crate) entries: Arc<Entries>,
}

/// After how many pages of the log a commit that is none of the trail's takes it over into the file. The trail's are taken over
/// beside it (`checkpoints`), and mostly those of others with them.
const CHECKPOINT: i64 = 4000;

fn quiet(url: String) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    // Statements carry ciphertexts and tokens; they belong into no log and no span.
    options.sqlx_logging(false).record_stmt_in_spans(false).acquire_timeout(Duration::from_secs(5));
    options
}

impl Db {
    /// Opens the SQLite file at `path`, makes it when it is not there, and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn sqlite(path: &Path) -> Result<Self, StoreError> {
        // The path is set past the URL, in which some characters of a path mean something else.
        let (written, read) = (path.to_owned(), path.to_owned());
        let mut writing = quiet("sqlite://?mode=rwc".to_owned());
        // A file does not go away as a server may: there is nothing to test each time.
        writing.test_before_acquire(false).max_connections(1).map_sqlx_sqlite_opts(move |options| {
            options
                .filename(&written)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("busy_timeout", "5000")
                .pragma("wal_autocheckpoint", CHECKPOINT.to_string())
        });
        // A full disk makes SQLite roll back by itself; the driver still counts a transaction and would make every later one
        // a savepoint in one that never commits. Such a connection is replaced.
        writing.map_sqlx_sqlite_before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }));
        let writer = Database::connect(writing).await?;
        Migrations::up(&writer, None).await?;
        let mut reading = quiet("sqlite://?mode=ro".to_owned());
        reading
            .test_before_acquire(false)
            .max_connections(4)
            .map_sqlx_sqlite_opts(move |options| options.filename(&read).pragma("query_only", "ON"));
        let reader = Database::connect(reading).await?;
        let (readers, appender, checkpoints) = (Some(Readers::open(path)?), Some(Appender::of(path)), Some(Checkpoints::of(path)));
        Ok(Self { engine: Engine::Sqlite, writer, reader, readers, appender, checkpoints, tail: Arc::default(), entries: Arc::default() })
    }

    /// Connects to PostgreSQL and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn postgres(url: &str) -> Result<Self, StoreError> {
        let mut options = quiet(url.to_owned());
        options.max_connections(16);
        let writer = Database::connect(options).await?;
        Migrations::up(&writer, None).await?;
        Ok(Self {
            engine: Engine::Postgres,
            reader: writer.clone(),
            writer,
            readers: None,
            appender: None,
            checkpoints: None,
            tail: Arc::default(),
            entries: Arc::default(),
        })
    }

    /// Opens the SQLite file at `path` to read it and nothing else: it is not made, not brought up to date and not written, and
    /// neither is anything beside it. Where no server has it open it is read as what does not change, from a folder and a disk that
    /// cannot be written too.
    ///
    /// # Errors
    /// [`StoreError::OtherRelease`] where its tables are not those of this release, [`StoreError::Unfinished`] where changes lie
    /// beside it that nobody carried over, else [`StoreError::Database`].
    pub async fn sqlite_to_verify(path: &Path) -> Result<Self, StoreError> {
        let beside = |ending: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            std::fs::metadata(name).ok()
        };
        let is_open = beside("-shm").is_some();
        if !is_open && beside("-wal").is_some_and(|log| log.len() > 0) {
            return Err(StoreError::Unfinished);
        }
        let path = path.to_owned();
        let mut reading = quiet("sqlite://?mode=ro".to_owned());
        reading
            .test_before_acquire(false)
            .max_connections(1)
            .map_sqlx_sqlite_opts(move |options| options.filename(&path).read_only(true).immutable(!is_open).pragma("query_only", "ON"));
        Self::to_verify(Engine::Sqlite, Database::connect(reading).await?).await
    }

    /// Connects to PostgreSQL to read and nothing else; the server refuses these connections whatever writes.
    ///
    /// # Errors
    /// As [`Db::sqlite_to_verify`].
    pub async fn postgres_to_verify(url: &str) -> Result<Self, StoreError> {
        let mut reading = quiet(url.to_owned());
        reading.max_connections(1).map_sqlx_postgres_opts(|options| options.options([("default_transaction_read_only", "on")]));
        Self::to_verify(Engine::Postgres, Database::connect(reading).await?).await
    }

    /// A database whose one connection reads, where its tables are those that this release reads.
    async fn to_verify(engine: Engine, reader: DatabaseConnection) -> Result<Self, StoreError> {
        let made = seaql_migrations::Entity::find().all(&reader).await.map_err(|_| StoreError::OtherRelease)?;
        let made: BTreeSet<String> = made.into_iter().map(|row| row.version).collect();
        if made != Migrations::migrations().iter().map(|migration| migration.name().to_owned()).collect() {
            return Err(StoreError::OtherRelease);
        }
        Ok(Self {
            engine,
            writer: reader.clone(),
            reader,
            readers: None,
            appender: None,
            checkpoints: None,
            tail: Arc::default(),
            entries: Arc::default(),
        })
    }

    /// The same database, with a word to `each` after each statement: its text, never its values. For counting.
    #[must_use]
    pub fn observed(mut self, each: impl Fn(&str) + Send + Sync + Clone + 'static) -> Self {
        let (same, third) = (each.clone(), each.clone());
        let observer: Observer = Arc::new(third);
        self.readers = self.readers.map(|readers| readers.observed(Arc::clone(&observer)));
        self.appender = self.appender.map(|appender| appender.observed(observer));
        self.writer.set_metric_callback(move |statement| each(&statement.statement.sql));
        self.reader.set_metric_callback(move |statement| same(&statement.statement.sql));
        self
    }

    /// The engine.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Begins a transaction that writes. On SQLite it takes the write lock at once: a deferred one that reads first would be
    /// refused as busy without waiting.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            isolation_level: (self.engine == Engine::Postgres).then_some(IsolationLevel::ReadCommitted),
            access_mode: (self.engine == Engine::Postgres).then_some(AccessMode::ReadWrite),
            sqlite_transaction_mode: (self.engine == Engine::Sqlite).then_some(SqliteTransactionMode::Immediate),
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    /// The one writer of the pool, on SQLite: whoever holds it writes, and nobody else in this process.
    pub(crate) async fn turn(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        self.writer.get_sqlite_connection_pool().acquire().await.map_err(|_| StoreError::TrailDown)
    }

    /// Closes the connections.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn close(self) -> Result<(), StoreError> {
        self.reader.close().await?;
        if let Some(readers) = &self.readers {
            readers.close();
        }
        if let Some(appender) = &self.appender {
            appender.close();
        }
        if let Some(checkpoints) = &self.checkpoints {
            checkpoints.close();
        }
        if self.engine == Engine::Sqlite {
            self.writer.close().await?;
        }
        Ok(())
    }
}
