//! Pages of the staff: the list of families, one family, a new family.
//!
//! The rule: a page shows what the server disclosed and asks for nothing that the viewer may not write. Deliberately absent:
//! personal values in addresses, in storage and in messages.

mod draft;
mod families;
mod family;
mod intake;
mod leave;
mod log;
mod record;

pub use families::FamiliesPage;
pub use family::{FamilyPage, KEYS as CARD_KEYS};
pub use intake::FamilyNewPage;

use crate::{api, ui::Loader};
use contract::wire::school::SchoolFacts;

/// The plain facts of the school that forms and filters offer.
fn school() -> Loader<SchoolFacts> {
    Loader::new(|| async { api::school::facts().await })
}
