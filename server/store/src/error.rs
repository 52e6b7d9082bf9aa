//! What can go wrong with the database. Messages of the driver stay inside: they can quote values (CVE-2014-8161).

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
}

impl From<sea_orm::DbErr> for StoreError {
    fn from(error: sea_orm::DbErr) -> Self {
        // The kind alone is logged, never the message.
        let kind = match &error {
            sea_orm::DbErr::ConnectionAcquire(_) => "acquire",
            sea_orm::DbErr::Conn(_) => "connect",
            sea_orm::DbErr::Exec(_) => "execute",
            sea_orm::DbErr::Query(_) => "query",
            _ => "other",
        };
        tracing::warn!(kind, "database error");
        Self::Database
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // The code alone is logged, never the message.
        tracing::warn!(code = ?error.sqlite_error_code(), "database error");
        Self::Database
    }
}
