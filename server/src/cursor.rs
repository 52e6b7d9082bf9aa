//! Up to where somebody outside was told: one number in a file of the data folder.
//!
//! The rule: it is replaced in one step, so that a server that ends meanwhile leaves the number before or the number after.

use std::{fs, io, path::Path};

/// The number, where one was noted.
pub(crate) fn read(path: &Path) -> Option<i64> {
    fs::read_to_string(path).ok()?.trim().parse().ok()
}

/// Notes the number.
///
/// # Errors
/// The operating system's.
pub(crate) fn note(path: &Path, through: i64) -> io::Result<()> {
    let fresh = path.with_added_extension("new");
    fs::write(&fresh, format!("{through}\n"))?;
    fs::rename(fresh, path)
}
