//! Pages of the day's work.
//!
//! The rule: a page gathers what waits for the viewer and leads to the place where it is done. Deliberately absent: numbers
//! over what the viewer does not reach.

mod classes;
mod grants;
mod requests;
mod today;

pub use classes::{ClassPage, ClassesPage};
pub use grants::GrantsPage;
pub use requests::RequestsPage;
pub use today::TodayPage;
