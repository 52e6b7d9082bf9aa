//! What can go wrong with the database. Messages of the driver stay inside: they can quote values (CVE-2014-8161).
//!
//! The rule: whatever keeps anybody from writing for now keeps the trail from being written, and is called that, wherever in a
//! request it is met: a full, a read-only and a failing disk, and a turn to write that does not come in time.

use rusqlite::ErrorCode;
use sea_orm::{DbErr, RuntimeErr, sqlx};

/// The database did not do what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The statement failed or the database cannot be reached.
    #[error("the database refused")]
    Database,
    /// A row does not have the form that this version writes.
    #[error("a stored row is malformed")]
    Malformed,
    /// Something of this name exists already.
    #[error("it exists already")]
    Exists,
    /// The trail entry could not be committed, so nothing was.
    #[error("the trail cannot be written")]
    TrailDown,
    /// The master key is not the one of this database.
    #[error("this database was sealed with another master key")]
    OtherKey,
    /// The tables are those of another release, and nothing was to be changed.
    #[error("this database is of another release: verify it with the one that wrote it")]
    OtherRelease,
    /// A log of changes lies beside the file and no server holds it open.
    #[error(
        "changes that were never carried over lie beside the file (-wal): make the copy with VACUUM INTO, or after the server has ended"
    )]
    Unfinished,
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        // The kind alone is logged, never the message.
        let kind = match &error {
            DbErr::ConnectionAcquire(_) => "acquire",
            DbErr::Conn(_) => "connect",
            DbErr::Exec(_) => "execute",
            DbErr::Query(_) => "query",
            _ => "other",
        };
        let down = nobody_writes(&error);
        tracing::warn!(kind, down, "database error");
        if down { Self::TrailDown } else { Self::Database }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // The code alone is logged, never the message.
        let code = error.sqlite_error_code();
        tracing::warn!(?code, "database error");
        match code {
            Some(
                ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked,
            ) => Self::TrailDown,
            _ => Self::Database,
        }
    }
}

/// Whether nobody can write for now.
fn nobody_writes(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return matches!(error, DbErr::ConnectionAcquire(_));
    };
    match &**error {
        sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(refused) => refused.code().is_some_and(|code| is_of_the_disk(&code)),
        _ => false,
    }
}

/// Whether a code of either driver says that the disk is full, read-only or fails, or that somebody else writes. PostgreSQL's have
/// five characters; those of SQLite are numbers, shorter ones, with what exactly it was above their lowest eight bits.
fn is_of_the_disk(code: &str) -> bool {
    /// Disk full, read-only, input and output, a lock that did not come.
    const OF_POSTGRES: [&str; 4] = ["53100", "25006", "58030", "55P03"];
    /// SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL.
    const OF_SQLITE: [u32; 5] = [5, 6, 8, 10, 13];
    match code.len() {
        5 => OF_POSTGRES.contains(&code),
        _ => code.parse().is_ok_and(|code: u32| OF_SQLITE.contains(&(code & 0xff))),
    }
}

#[cfg(test)]
mod tests {
    use super::is_of_the_disk;

    #[test]
    fn what_keeps_everybody_from_writing_is_told_from_what_is_wrong_with_a_statement() {
        for code in ["53100", "25006", "58030", "5", "517", "8", "1032", "10", "778", "13"] {
            assert!(is_of_the_disk(code), "{code}");
        }
        // A number of PostgreSQL whose lowest bits are those of a full disk of SQLite, and what breaks a rule of a table.
        for code in ["23053", "23505", "42P01", "19", "2067", "1", "11", "", "5 "] {
            assert!(!is_of_the_disk(code), "{code}");
        }
    }
}
