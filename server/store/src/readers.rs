//! The readers of SQLite for the hot reads: prepared statements, a mapped file, one hop to another thread a read.
//!
//! The rule: a reader is read-only and a read is one transaction, so that all it returns is of one moment. What was read
//! of whole families is kept sealed (`memory`); SQLite itself keeps pages, which are ciphertext where they are personal.

use crate::{
    error::StoreError,
    memory::{Change, Memory, Moment},
    source::{Cell, Columns, Row, Source},
};
use rusqlite::{
    CachedStatement, Connection, OpenFlags, ToSql,
    config::DbConfig,
    params_from_iter,
    types::{ToSqlOutput, Value as Stored, ValueRef},
};
use sea_orm::sea_query::{SelectStatement, SqliteQueryBuilder, Value};
use std::{
    fmt,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// How many read at once: as many as there are processors, within these bounds; an idle school has one. Each commit of
/// anybody, and each entry of the trail is one, makes a reader forget its pages: fewer readers, more reads that share a page.
/// Two at the least, so that a long search does not keep everybody waiting.
const READERS: (usize, usize) = (2, 4);
/// Statements that a reader keeps prepared: those of a list, a card, a search, in their sizes.
const PREPARED: usize = 256;
/// How much of the file a reader maps into its address space, in bytes. The pages belong to the system's cache.
const MAPPED: i64 = 1 << 30;
/// How many pages a reader keeps itself; a negative number is KiB, by SQLite's own rule.
const CACHED: i64 = -8192;

/// The number of the last change of a family, at this moment.
const LAST_CHANGE: &str = "SELECT max(seq) FROM family_change";
/// The changes after a number.
const CHANGES: &str = "SELECT seq, family_id FROM family_change WHERE seq > ? ORDER BY seq";

/// Gets a word after each statement: its text, never its values.
pub(crate) type Observer = Arc<dyn Fn(&str) + Send + Sync>;

/// The readers of one file.
#[derive(Clone)]
pub(crate) struct Readers {
    free: Arc<Free>,
    places: Arc<Semaphore>,
    memory: Arc<Memory>,
    observer: Option<Observer>,
}

/// The connections that nobody uses now; the last used is used next, since its statements and pages are warm.
struct Free {
    path: PathBuf,
    connections: Mutex<Vec<Connection>>,
}

impl fmt::Debug for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Readers")
    }
}

impl Free {
    fn take(&self) -> Result<Connection, StoreError> {
        let free = self.connections.lock().unwrap_or_else(PoisonError::into_inner).pop();
        free.map_or_else(|| open(&self.path), Ok)
    }
    fn put(&self, connection: Connection) {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}

fn readers() -> usize {
    std::thread::available_parallelism().map_or(READERS.0, NonZeroUsize::get).clamp(READERS.0, READERS.1)
}

fn open(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    // Else SQLite looks at the values and plans a prepared statement anew whenever they are others.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", CACHED)?;
    // A page of a list touches rows all over the file: mapped, they need no call to the system and no copy for each.
    connection.pragma_update_and_check(None, "mmap_size", MAPPED, |_| Ok(()))?;
    Ok(connection)
}

impl Readers {
    /// The readers of the file at `path`, which is there and up to date.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let first = open(path)?;
        let free = Free { path: path.to_owned(), connections: Mutex::new(vec![first]) };
        Ok(Self { free: Arc::new(free), places: Arc::new(Semaphore::new(readers())), memory: Arc::default(), observer: None })
    }

    /// The same readers, with a word to `observer` after each statement.
    pub(crate) fn observed(&self, observer: Observer) -> Self {
        Self { observer: Some(observer), ..self.clone() }
    }

    /// Closes the readers that nobody uses.
    pub(crate) fn close(&self) {
        self.free.connections.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Runs a read on a reader, off the threads of the runtime.
    pub(crate) async fn read<T, R>(&self, read: R) -> Result<T, StoreError>
    where
        T: Send + 'static,
        R: FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| StoreError::Database)?;
        let readers = self.clone();
        let work = move || {
            let outcome = readers.run(read);
            drop(place);
            outcome
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Database)?
    }

    /// Runs a read where it is asked for, where a place is free: for a few rows of small tables that every request asks for,
    /// which are in the system's cache, and for which another thread would cost more than the read.
    pub(crate) async fn read_here<T, R>(&self, read: R) -> Result<T, StoreError>
    where
        T: Send + 'static,
        R: FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        match Arc::clone(&self.places).try_acquire_owned() {
            Ok(_place) => self.run(read),
            Err(_) => self.read(read).await,
        }
    }

    fn run<T>(&self, read: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let connection = self.free.take()?;
        let reader = Reader { connection: &connection, memory: &self.memory, observer: self.observer.as_ref() };
        let outcome = within_one_moment(reader, read);
        // A connection of which a read failed is not used again.
        if outcome.is_ok() {
            self.free.put(connection);
        }
        outcome
    }
}

fn within_one_moment<T>(reader: Reader<'_>, read: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
    reader.connection.prepare_cached("BEGIN")?.execute([])?;
    let outcome = read(&reader);
    reader.connection.prepare_cached("COMMIT")?.execute([])?;
    outcome
}

/// One reader, within a read.
pub(crate) struct Reader<'c> {
    connection: &'c Connection,
    memory: &'c Memory,
    observer: Option<&'c Observer>,
}

impl Reader<'_> {
    fn all<T: Row>(&self, statement: &mut CachedStatement<'_>, values: &[Value]) -> Result<Vec<T>, StoreError> {
        let mut found = statement.query(params_from_iter(values.iter().map(Bound)))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(T::read(&mut Stepped { row, at: 0 })?);
        }
        Ok(rows)
    }
}

impl Source for Reader<'_> {
    async fn rows<T: Row>(&self, select: SelectStatement) -> Result<Vec<T>, StoreError> {
        let (sql, values) = select.build(SqliteQueryBuilder);
        let rows = self.all(&mut self.connection.prepare_cached(&sql)?, &values.0);
        if let Some(observer) = self.observer {
            observer(&sql);
        }
        rows
    }

    fn moment(&self) -> Result<Option<Moment<'_>>, StoreError> {
        let last: Option<i64> = self.connection.prepare_cached(LAST_CHANGE)?.query_row([], |row| row.get(0))?;
        let moment = self.memory.at(last.unwrap_or_default(), |known| {
            let mut changes = self.connection.prepare_cached(CHANGES)?;
            let changes = changes.query_map([known], |row| Ok((row.get(0)?, row.get::<_, Option<Vec<u8>>>(1)?)))?;
            changes
                .map(|change| {
                    let (seq, family) = change?;
                    let family = family.map(|bytes| Uuid::from_slice(&bytes)).transpose().map_err(|_| StoreError::Malformed)?;
                    Ok::<Change, StoreError>((seq, family))
                })
                .collect()
        })?;
        Ok(Some(moment))
    }
}

/// The row that a statement stands at.
struct Stepped<'r> {
    row: &'r rusqlite::Row<'r>,
    at: usize,
}

impl Columns for Stepped<'_> {
    fn next<C: Cell>(&mut self) -> Result<C, StoreError> {
        let value = C::stored(self.row.get_ref(self.at)?).ok_or(StoreError::Malformed)?;
        self.at += 1;
        Ok(value)
    }
}

/// A value of a statement, bound in the form in which sqlx writes it.
struct Bound<'v>(&'v Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let blob = |bytes| ToSqlOutput::Borrowed(ValueRef::Blob(bytes));
        let integer = |number| ToSqlOutput::Owned(Stored::Integer(number));
        Ok(match self.0 {
            Value::Uuid(Some(id)) => blob(id.as_bytes().as_slice()),
            Value::Bytes(Some(bytes)) => blob(bytes),
            Value::String(Some(text)) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::ChronoDate(Some(day)) => ToSqlOutput::Owned(Stored::Text(day.to_string())),
            Value::Bool(Some(yes)) => integer(i64::from(*yes)),
            Value::Int(Some(number)) => integer(i64::from(*number)),
            Value::BigInt(Some(number)) => integer(*number),
            Value::BigUnsigned(Some(number)) => {
                integer(i64::try_from(*number).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?)
            }
            // Nothing else is compared with anywhere; what comes to be must be decided on here.
            other => {
                return Err(rusqlite::Error::ToSqlConversionFailure(format!("unbound kind {:?}", std::mem::discriminant(other)).into()));
            }
        })
    }
}
