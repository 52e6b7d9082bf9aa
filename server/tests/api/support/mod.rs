//! What every test of the API stands on: a demonstration school, people who ask it, families whose values are known.

pub mod actors;
pub mod app;
pub mod key;
pub mod log;
pub mod maker;
pub mod mmdb;
pub mod seed;

pub use actors::{Actor, Answer};
pub use app::School;
