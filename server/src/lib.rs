//! HTTP, passkeys and the command line. Thin: find through a scope, answer with a disclosure.
//!
//! The rule: a handler holds sealed records and no key; the only success body is [`http::Reply`], which takes only what the
//! guard disclosed. Deliberately absent: SQL, decisions about fields, plain personal values.
#![recursion_limit = "256"]

mod account;
mod alarms;
pub mod api;
mod approvals;
mod audits;
mod classes;
pub mod cli;
pub mod clock;
pub mod config;
mod corrections;
pub mod courier;
mod cursor;
pub mod demo;
mod emergencies;
mod families;
mod grants;
mod guardians;
pub mod heads;
mod health;
pub mod http;
pub mod ledger;
mod limits;
pub mod makes;
mod noted;
mod notes;
mod passkeys;
mod passwords;
pub mod places;
mod policy;
mod portal;
mod questions;
pub mod retention;
mod school;
mod siem;
mod spa;
mod staff;
pub mod state;
mod students;
mod tls;
mod today;
mod tokens;
mod trail;
mod views;
mod waiting;
pub mod watch;
