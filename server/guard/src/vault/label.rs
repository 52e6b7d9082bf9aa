//! Words that staff type for each other and that belong to no family, such as the name of a saved view.
//!
//! The rule: they may hold anything, so they lie sealed like a note, bound to their row, and leave with the numbers and
//! addresses in them masked. Deliberately absent: a right to see them unmasked; there is no field of the matrix behind them.

use super::{Vault, suite};
use crate::refused::Refused;
use contract::mask;
use uuid::Uuid;

/// Such words, sealed.
#[derive(Clone)]
pub struct SealedLabel(Vec<u8>);

impl std::fmt::Debug for SealedLabel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealedLabel")
    }
}

impl SealedLabel {
    /// From a column.
    #[must_use]
    pub const fn stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
    /// To a column.
    #[must_use]
    pub fn as_stored(&self) -> &[u8] {
        &self.0
    }
}

impl Vault {
    /// Seals words for the row that they stand in.
    pub(crate) fn seal_label(&self, row: Uuid, words: &str) -> Result<SealedLabel, Refused> {
        Ok(SealedLabel(suite::seal(&self.labels, &place(row), words.as_bytes())?))
    }
    /// The words as anybody may read them.
    pub(crate) fn show_label(&self, row: Uuid, label: &SealedLabel) -> Result<String, Refused> {
        suite::open(&self.labels, &place(row), &label.0, |bytes| {
            let words = std::str::from_utf8(bytes).map_err(|_| Refused::Broken)?;
            Ok(mask::free_text(words).as_str().to_owned())
        })?
    }
}

fn place(row: Uuid) -> Vec<u8> {
    [b"label".as_slice(), row.as_bytes()].concat()
}
