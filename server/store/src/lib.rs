//! SQL in, sealed records out.
//!
//! The rule: every read of a record takes a [`guard::Scope`], which becomes part of the statement; a write and its trail
//! entry commit together. This crate holds no data key and cannot open what it moves. Deliberately absent: plain personal
//! values, HTTP, rows in a public signature.

// The tests inside and beside this crate stand on the same school.
#[cfg(test)]
extern crate self as store;
#[cfg(test)]
#[allow(dead_code, unused_macros, unused_imports, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests; each uses a part")]
#[path = "../tests/store/support.rs"]
mod support;

mod access;
mod activity;
mod alarm_news;
mod alarms;
mod appender;
mod approvals;
mod audit_counts;
mod audits;
mod ceremonies;
mod checkpoints;
mod circles;
mod classes;
mod corrections;
mod db;
mod devices;
mod emergencies;
mod entries;
mod error;
mod families;
mod family_ledgers;
mod find;
mod grants;
mod honey;
mod known;
mod load;
mod makes;
mod memory;
mod migrations;
mod narrow;
mod passwords;
mod people;
mod policy;
mod proposals;
mod questions;
mod quota;
mod readers;
mod reading;
mod receipts;
mod register;
mod requests;
mod retention;
mod rows;
mod school;
mod scope;
mod search;
mod seed;
mod sessions;
mod settings;
mod slowed;
mod source;
mod staff;
mod tail;
mod today;
mod tokens;
mod trail;
mod verifications;
mod verify;
mod views;
mod watch_hours;
mod watch_rules;
mod write;

pub use access::{Invitation, PasskeyRow, invited_for};
pub use alarm_news::{AlarmNews, Became};
pub use alarms::{NewAlarm, Raised};
pub use ceremonies::{CeremonyKind, CeremonyState, Tried};
pub use corrections::{CorrectionList, CorrectionPage};
pub use db::{Db, Engine};
pub use error::StoreError;
pub use families::{Cursor, FamilyList};
pub use honey::HoneyActed;
pub use passwords::PasswordRow;
pub use people::{Person, StaffLogin};
pub use policy::{PolicyRow, PolicyWritten};
pub use questions::{QuestionList, QuestionPage};
pub use receipts::Receipts;
pub use retention::NotCut;
pub use school::{NewCampus, NewClass, NewStaff};
pub use seed::{SeedEnrolment, SeedFamily, SeedNote};
pub use sessions::{Away, NewSession, SessionRow};
pub use settings::SchoolActed;
pub use staff::{Left, StaffActed, StaffList};
pub use trail::TrailStore;
pub use verify::{Anchor, Fault, NotNoted, Verdict};
pub use views::Kept as ViewKept;
pub use write::Written;

/// The ledger of columns: every column of every table, classed; the test of this crate compares it with the database.
pub mod ledger;
