//! The readers of SQLite for the hot reads: prepared statements, a mapped file, one hop to another thread a read.
//!
//! The rule: a reader is read-only and a read is one transaction, so that all it returns is of one moment. What was read
//! of whole families is kept sealed (`memory`), and who came with which token (`known`); SQLite itself keeps pages, which are
//! ciphertext where they are personal.

use crate::{
    error::StoreError,
    known::{Admissions, Known},
    memory::{Change, Memory, Moment},
    source::{self, Columns, Row, Source, Walk},
};
use rusqlite::{
    CachedStatement, Connection, OpenFlags, ToSql,
    config::DbConfig,
    params_from_iter,
    types::{ToSqlOutput, Value as Stored, ValueRef},
};
use sea_orm::sea_query::{SelectStatement, SqliteQueryBuilder, Value};
use std::{
    borrow::Cow,
    cell::Cell,
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

/// What a connection saw of the commits of others: as long as this is the same, so is everything in the database.
const VERSION: &str = "PRAGMA data_version";
/// The number of the last change of a family, and that of who may sign in, at this moment.
const LAST_CHANGES: &str = "SELECT (SELECT max(seq) FROM family_change), (SELECT seq FROM access_change WHERE id = 1)";
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
    known: Arc<Known>,
    observer: Option<Observer>,
}

/// The connections that nobody uses now; the last used is used next, since its statements and pages are warm.
struct Free {
    path: PathBuf,
    connections: Mutex<Vec<Seat>>,
}

/// A connection, and what it saw last: its version of the database, and the last changes in it.
struct Seat {
    connection: Connection,
    saw: Cell<Option<(i64, LastChanges)>>,
}

/// The numbers of the last changes.
#[derive(Clone, Copy)]
struct LastChanges {
    of_families: i64,
    of_access: i64,
}

impl fmt::Debug for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Readers")
    }
}

impl Free {
    fn take(&self) -> Result<Seat, StoreError> {
        let free = self.connections.lock().unwrap_or_else(PoisonError::into_inner).pop();
        free.map_or_else(|| open(&self.path), Ok)
    }
    fn put(&self, seat: Seat) {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner).push(seat);
    }
}

fn readers() -> usize {
    std::thread::available_parallelism().map_or(READERS.0, NonZeroUsize::get).clamp(READERS.0, READERS.1)
}

fn open(path: &Path) -> Result<Seat, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    // Else SQLite looks at the values and plans a prepared statement anew whenever they are others.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", CACHED)?;
    // A page of a list touches rows all over the file: mapped, they need no call to the system and no copy for each.
    connection.pragma_update_and_check(None, "mmap_size", MAPPED, |_| Ok(()))?;
    Ok(Seat { connection, saw: Cell::new(None) })
}

impl Readers {
    /// The readers of the file at `path`, which is there and up to date.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let first = open(path)?;
        let free = Free { path: path.to_owned(), connections: Mutex::new(vec![first]) };
        let places = Arc::new(Semaphore::new(readers()));
        Ok(Self { free: Arc::new(free), places, memory: Arc::default(), known: Arc::default(), observer: None })
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

    /// Runs a read that finds in memory what it wants, or nothing: where it is asked for, and where a place is free.
    pub(crate) fn recall<T>(&self, read: impl FnOnce(&Reader<'_>) -> Result<Option<T>, StoreError>) -> Result<Option<T>, StoreError> {
        match self.places.try_acquire() {
            Ok(_place) => self.run(read),
            Err(_) => Ok(None),
        }
    }

    fn run<T>(&self, read: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let seat = self.free.take()?;
        let reader = Reader { seat: &seat, memory: &self.memory, known: &self.known, observer: self.observer.as_ref() };
        let outcome = within_one_moment(reader, read);
        // A connection of which a read failed is not used again.
        if outcome.is_ok() {
            self.free.put(seat);
        }
        outcome
    }
}

fn within_one_moment<T>(reader: Reader<'_>, read: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
    reader.seat.connection.prepare_cached("BEGIN")?.execute([])?;
    let outcome = read(&reader);
    reader.seat.connection.prepare_cached("COMMIT")?.execute([])?;
    outcome
}

/// One reader, within a read.
pub(crate) struct Reader<'c> {
    seat: &'c Seat,
    memory: &'c Memory,
    known: &'c Known,
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

    /// The last changes that this read finds. They are read where the connection sees another database than last time: the
    /// commit of anybody makes it another.
    fn last_changes(&self) -> Result<LastChanges, StoreError> {
        let version = self.seat.connection.prepare_cached(VERSION)?.query_row([], |row| row.get(0))?;
        if let Some((saw, last)) = self.seat.saw.get()
            && saw == version
        {
            return Ok(last);
        }
        let last = self.seat.connection.prepare_cached(LAST_CHANGES)?.query_row([], |row| {
            Ok(LastChanges { of_families: row.get::<_, Option<i64>>(0)?.unwrap_or_default(), of_access: row.get(1)? })
        })?;
        self.seat.saw.set(Some((version, last)));
        Ok(last)
    }
}

impl Source for Reader<'_> {
    async fn rows<T: Row>(&self, select: SelectStatement) -> Result<Vec<T>, StoreError> {
        let (sql, values) = select.build(SqliteQueryBuilder);
        let rows = self.all(&mut self.seat.connection.prepare_cached(&sql)?, &values.0);
        if let Some(observer) = self.observer {
            observer(&sql);
        }
        rows
    }

    async fn each(&self, select: SelectStatement, walk: &mut impl Walk) -> Result<(), StoreError> {
        let (sql, values) = select.build(SqliteQueryBuilder);
        let mut statement = self.seat.connection.prepare_cached(&sql)?;
        let mut found = statement.query(params_from_iter(values.0.iter().map(Bound)))?;
        while let Some(row) = found.next()? {
            if !walk.look(&mut Stepped { row, at: 0 })? {
                break;
            }
        }
        if let Some(observer) = self.observer {
            observer(&sql);
        }
        Ok(())
    }

    fn moment(&self) -> Result<Option<Moment<'_>>, StoreError> {
        let moment = self.memory.at(self.last_changes()?.of_families, |known| {
            let mut changes = self.seat.connection.prepare_cached(CHANGES)?;
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

    fn admissions(&self) -> Result<Option<Admissions<'_>>, StoreError> {
        Ok(Some(self.known.at(self.last_changes()?.of_access)))
    }
}

/// The row that a statement stands at.
struct Stepped<'r> {
    row: &'r rusqlite::Row<'r>,
    at: usize,
}

impl<'r> Stepped<'r> {
    fn cell(&mut self) -> Result<ValueRef<'r>, StoreError> {
        let value = self.row.get_ref(self.at)?;
        self.at += 1;
        Ok(value)
    }
}

impl<'r> Columns<'r> for Stepped<'r> {
    fn next<C: source::Cell>(&mut self) -> Result<C, StoreError> {
        C::stored(self.cell()?).ok_or(StoreError::Malformed)
    }
    fn bytes(&mut self) -> Result<Cow<'r, [u8]>, StoreError> {
        Ok(Cow::Borrowed(self.cell()?.as_blob().map_err(|_| StoreError::Malformed)?))
    }
    fn text(&mut self) -> Result<Cow<'r, str>, StoreError> {
        Ok(Cow::Borrowed(self.cell()?.as_str().map_err(|_| StoreError::Malformed)?))
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
