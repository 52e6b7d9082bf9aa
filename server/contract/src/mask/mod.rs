//! The masks: what stands for a value that its viewer may not see whole. One file a format.
//!
//! The rule: a mask takes the canonical text of its value and fails closed, so that anything of another shape becomes
//! `****`. The stars have a fixed number, which hides the length; work is by character, never by byte; nothing is allocated
//! but the result. The empty text has the empty mask, except where presence itself is told by no one ([`hidden`]).
//! Deliberately absent: a way back, and any choice of mask by viewer.

mod address;
mod birth_date;
mod email;
mod found;
mod free_text;
mod handle;
mod hidden;
mod id_card;
mod name;
mod organisation;
mod phone;
mod run;
mod surnames;
mod token;

pub use address::address;
pub use birth_date::birth_date;
pub use email::email;
pub use found::{Kind, found};
pub use free_text::free_text;
pub use handle::handle;
pub use hidden::hidden;
pub use id_card::id_card;
pub use name::name;
pub use organisation::organisation;
pub use phone::phone;

use crate::shown::Masked;

/// The mask for a text: its shape if it has one, the empty mask for the empty text, `****` for anything else.
fn masked(text: &str, shape: impl FnOnce(&str) -> Option<String>) -> Masked {
    if text.is_empty() { Masked::new(String::new()) } else { shape(text).map_or_else(Masked::closed, Masked::new) }
}
