//! Why the guard says no. Never carries a value; an error while deciding is a refusal.

use contract::error::FieldError;

/// Why something was not shown or not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Out of scope or not granted: the outside cannot tell it from "does not exist".
    #[error("not found")]
    NotFound,
    /// The viewer's duties do not include this.
    #[error("forbidden")]
    Forbidden,
    /// The passkey assertion is too old.
    #[error("a fresh passkey is needed")]
    StepUp,
    /// The daily quota of deliberate looks is used up.
    #[error("quota exhausted")]
    Quota,
    /// Administrator, privacy officer and auditor would meet in one person.
    #[error("duties are kept apart")]
    Apart,
    /// Nobody changes their own roles or campuses.
    #[error("own roles")]
    OwnRoles,
    /// Nobody would be left to look after the staff.
    #[error("the last administrator")]
    LastAdministrator,
    /// The campus is still in use.
    #[error("campus in use")]
    CampusInUse,
    /// The matrix would show together what tells more than each alone.
    #[error("joint rule")]
    Joint,
    /// Some fields were not accepted.
    #[error("invalid fields")]
    Fields(Vec<FieldError>),
    /// A ciphertext or a key did not open: altered, moved or of another key.
    #[error("a sealed value does not open")]
    Broken,
    /// The trail could not be written, so nothing leaves.
    #[error("the trail cannot be written")]
    TrailDown,
}

impl From<crate::trail::TrailDown> for Refused {
    fn from(_: crate::trail::TrailDown) -> Self {
        Self::TrailDown
    }
}
