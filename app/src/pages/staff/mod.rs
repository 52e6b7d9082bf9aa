//! Pages of the staff: the list of families, one family, a new family.
//!
//! The rule: a page shows what the server disclosed and asks for nothing that the viewer may not write. Deliberately absent:
//! personal values in addresses, in storage and in messages.

mod beside;
mod draft;
mod families;
mod family;
mod intake;
mod log;
mod record;

pub use families::FamiliesPage;
pub use family::FamilyPage;
pub use intake::FamilyNewPage;

use crate::{api, text::order::by_name, ui::Loader};
use contract::wire::school::SchoolFacts;

/// The plain facts of the school that forms and filters offer, people and classes by name.
fn school() -> Loader<SchoolFacts> {
    Loader::new(|| async {
        let mut facts = api::school::facts().await?;
        let order = by_name(&facts.consultants.iter().map(|one| one.name.as_str()).collect::<Vec<_>>());
        facts.consultants = order.into_iter().filter_map(|at| facts.consultants.get(at).cloned()).collect();
        let order = by_name(&facts.classes.iter().map(|class| class.name.as_str()).collect::<Vec<_>>());
        facts.classes = order.into_iter().filter_map(|at| facts.classes.get(at).cloned()).collect();
        Ok(facts)
    })
}
