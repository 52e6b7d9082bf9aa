//! The API from outside: a demonstration school, people, requests, answers. One binary, so that it links once.
//!
//! The rule: a test says what somebody gets, in a sentence. Deliberately absent: mocks, and anything that reads the code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "tests; which of them fire depends on how much the lints forgive to tests"
)]
#![allow(missing_docs, dead_code, unreachable_pub, reason = "tests; the support is shared by modules that each use a part")]

mod support;

mod canary;
mod channels;
mod noninterference;
mod route_ledger;
mod things;

mod alarms;
mod answers;
mod approvals;
mod attestations;
mod attested;
mod audits;
mod bulk;
mod classes;
mod conditions;
mod corrections;
mod counters;
mod custom_roles;
mod devices;
mod emergencies;
mod entry;
mod errors;
mod exports;
mod fail_closed;
mod families;
mod findings;
mod grants;
mod guardian_rung;
mod honey;
mod joint;
mod passkeys;
mod passwords;
mod places;
mod policy;
mod policy_proposals;
mod policy_questions;
mod policy_staged;
mod portal;
mod postgres;
mod processes;
mod questions;
mod rejections;
mod reports;
mod retention;
mod reveals;
mod search;
mod sessions;
mod setup;
mod siem;
mod staff;
mod still;
mod timeline;
mod timing;
mod today;
mod tokens;
mod trail;
mod trail_tools;
mod views;
mod watched;
mod webhook;
mod why;
mod why_written;
mod writes;
