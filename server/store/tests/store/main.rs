//! The store against its two engines: SQLite always, PostgreSQL when `SHENDU_TEST_POSTGRES` names a server on which
//! databases may be made.
//!
//! The rule: each test has a school of its own, in a database of its own.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod access;
mod columns;
mod corrections;
mod grants;
mod list;
mod narrow;
mod proposals;
mod questions;
mod retention;
mod scopes;
mod searching;
mod support;
mod tampering;
mod tokens;
mod trails;
mod writes;
