//! Pages of the administration: matrix, trail, audits, staff, school.

pub(in crate::pages) mod acting;
mod alarms;
mod audit;
mod joint;
mod ladder;
mod narrow;
mod policy;
mod reports;
mod school;
mod setup;
mod staff;
mod trail;

pub use alarms::{AlarmsPage, HoneyPage, RulesPage};
pub use audit::{AuditPage, AuditsPage};
pub use ladder::LadderPage;
pub use policy::{ComparePage, DocumentPage, HistoryPage, PolicyPage, WhyPage};
pub use reports::{ActivityPage, RegisterPage};
pub use school::SchoolPage;
pub use staff::{StaffNewPage, StaffPage, StaffPersonPage};
pub use trail::TrailPage;
