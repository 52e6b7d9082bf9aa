//! What a viewer wants done with one field. Deliberately absent: a way to send the old value back.

use serde::{Deserialize, Serialize};

/// The wish for one field of an update: left alone unless said otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Change<T> {
    /// Leave the field as it is.
    #[default]
    Keep,
    /// Replace it.
    Set(T),
    /// Empty it.
    Erase,
}

impl<T> Change<T> {
    /// Whether nothing is wished.
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}
