//! Where the hot reads take their rows from: one code for both engines.
//!
//! The rule: a read is written once, over a [`Source`]. On PostgreSQL a source is the pool; on SQLite it is a reader
//! connection (see `readers`), whose rows are there at once. The text of a statement and its values come from sea-query
//! alike. A row is decoded by position, in the order in which its columns are selected.

use crate::{error::StoreError, known::Admissions, memory::Moment};
use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, TryGetable, sea_query::SelectStatement};
use std::{
    borrow::Cow,
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};
use uuid::Uuid;

/// Where rows come from.
pub(crate) trait Source {
    /// The rows of a statement.
    async fn rows<T: Row>(&self, select: SelectStatement) -> Result<Vec<T>, StoreError>;

    /// Lets `walk` look at each row of a statement while the statement stands there, until it has seen enough.
    async fn each(&self, select: SelectStatement, walk: &mut impl Walk) -> Result<(), StoreError>;

    /// What is kept in memory, as of the moment of this read; nothing where a read is not one moment.
    fn moment(&self) -> Result<Option<Moment<'_>>, StoreError> {
        Ok(None)
    }

    /// The sessions kept in memory, as of the moment of this read; nothing where a read is not one moment.
    fn admissions(&self) -> Result<Option<Admissions<'_>>, StoreError> {
        Ok(None)
    }

    /// The first row of a statement.
    async fn row<T: Row>(&self, select: SelectStatement) -> Result<Option<T>, StoreError> {
        Ok(self.rows(select).await?.into_iter().next())
    }
}

/// A row of a known form.
pub(crate) trait Row: Sized {
    /// Takes the columns in their order.
    fn read<'r>(columns: &mut impl Columns<'r>) -> Result<Self, StoreError>;
}

/// Looks at rows one after another.
pub(crate) trait Walk {
    /// Looks at one; says whether to go on.
    fn look<'r>(&mut self, columns: &mut impl Columns<'r>) -> Result<bool, StoreError>;
}

/// The columns of one row, from the first to the last.
pub(crate) trait Columns<'r> {
    /// The next column.
    fn next<C: Cell>(&mut self) -> Result<C, StoreError>;
    /// The bytes of the next column, where they lie if they can be looked at there.
    fn bytes(&mut self) -> Result<Cow<'r, [u8]>, StoreError>;
    /// The same of a text.
    fn text(&mut self) -> Result<Cow<'r, str>, StoreError>;
}

/// A value of one column.
pub(crate) trait Cell: TryGetable {
    /// Reads what SQLite stored in the form that sqlx writes; nothing where it is of another kind.
    fn stored(value: ValueRef<'_>) -> Option<Self>;
}

impl Cell for i64 {
    fn stored(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()
    }
}

impl Cell for i32 {
    fn stored(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()?.try_into().ok()
    }
}

impl Cell for bool {
    fn stored(value: ValueRef<'_>) -> Option<Self> {
        Some(value.as_i64().ok()? != 0)
    }
}

impl Cell for String {
    fn stored(value: ValueRef<'_>) -> Option<Self> {
        Some(value.as_str().ok()?.to_owned())
    }
}

impl Cell for Vec<u8> {
    fn stored(value: ValueRef<'_>) -> Option<Self> {
        Some(value.as_blob().ok()?.to_vec())
    }
}

impl Cell for Uuid {
    fn stored(value: ValueRef<'_>) -> Option<Self> {
        Self::from_slice(value.as_blob().ok()?).ok()
    }
}

impl Cell for NaiveDate {
    fn stored(value: ValueRef<'_>) -> Option<Self> {
        value.as_str().ok()?.parse().ok()
    }
}

impl<C: Cell> Cell for Option<C> {
    fn stored(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(None),
            value => C::stored(value).map(Some),
        }
    }
}

impl<A: Cell> Row for (A,) {
    fn read<'r>(columns: &mut impl Columns<'r>) -> Result<Self, StoreError> {
        Ok((columns.next()?,))
    }
}

impl<A: Cell, B: Cell> Row for (A, B) {
    fn read<'r>(columns: &mut impl Columns<'r>) -> Result<Self, StoreError> {
        Ok((columns.next()?, columns.next()?))
    }
}

impl<A: Cell, B: Cell, C: Cell> Row for (A, B, C) {
    fn read<'r>(columns: &mut impl Columns<'r>) -> Result<Self, StoreError> {
        Ok((columns.next()?, columns.next()?, columns.next()?))
    }
}

impl<A: Cell, B: Cell, C: Cell, D: Cell> Row for (A, B, C, D) {
    fn read<'r>(columns: &mut impl Columns<'r>) -> Result<Self, StoreError> {
        Ok((columns.next()?, columns.next()?, columns.next()?, columns.next()?))
    }
}

impl<A: Cell, B: Cell, C: Cell, D: Cell, E: Cell> Row for (A, B, C, D, E) {
    fn read<'r>(columns: &mut impl Columns<'r>) -> Result<Self, StoreError> {
        Ok((columns.next()?, columns.next()?, columns.next()?, columns.next()?, columns.next()?))
    }
}

impl<A: Cell, B: Cell, C: Cell, D: Cell, E: Cell, F: Cell> Row for (A, B, C, D, E, F) {
    fn read<'r>(columns: &mut impl Columns<'r>) -> Result<Self, StoreError> {
        Ok((columns.next()?, columns.next()?, columns.next()?, columns.next()?, columns.next()?, columns.next()?))
    }
}

/// A row of the pool's.
struct Pooled<'r> {
    row: &'r QueryResult,
    at: usize,
}

impl<'r> Columns<'r> for Pooled<'r> {
    fn next<C: Cell>(&mut self) -> Result<C, StoreError> {
        let value = self.row.try_get_by_index(self.at).map_err(|_| StoreError::Malformed)?;
        self.at += 1;
        Ok(value)
    }
    fn bytes(&mut self) -> Result<Cow<'r, [u8]>, StoreError> {
        self.next().map(Cow::Owned)
    }
    fn text(&mut self) -> Result<Cow<'r, str>, StoreError> {
        self.next().map(Cow::Owned)
    }
}

impl Source for DatabaseConnection {
    async fn each(&self, select: SelectStatement, walk: &mut impl Walk) -> Result<(), StoreError> {
        for row in &self.query_all(&select).await? {
            if !walk.look(&mut Pooled { row, at: 0 })? {
                break;
            }
        }
        Ok(())
    }

    async fn rows<T: Row>(&self, select: SelectStatement) -> Result<Vec<T>, StoreError> {
        let rows = self.query_all(&select).await?;
        rows.iter().map(|row| T::read(&mut Pooled { row, at: 0 })).collect()
    }
}

/// Keys for an IN, the last repeated up to the next power of two: few texts, so that a prepared statement is found again.
pub(crate) fn padded<K: Copy>(mut ids: Vec<K>) -> Vec<K> {
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}

/// The outcome of a read over a source whose rows are there at once.
pub(crate) fn ready<T>(read: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    match pin!(read).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        // It awaited something else than its source.
        Poll::Pending => Err(StoreError::Database),
    }
}

/// Runs a read over the source of an engine. Whatever the read uses is its own: on SQLite it moves to another thread, unless
/// it is one of the few for which `read_here` is asked.
macro_rules! read {
    ($db:expr, |$source:ident| $read:expr) => {
        crate::source::read!($db, read, |$source| $read)
    };
    ($db:expr, $how:ident, |$source:ident| $read:expr) => {
        match &$db.readers {
            Some(readers) => readers.$how(move |$source| crate::source::ready($read)).await,
            None => {
                let $source = &$db.reader;
                $read.await
            }
        }
    };
}
pub(crate) use read;

#[cfg(test)]
pub(crate) mod tests;
