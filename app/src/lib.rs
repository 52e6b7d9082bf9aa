//! The SPA of Shendu. It shows what the server disclosed and sends wishes back.
//!
//! The rule: nothing is decided here; a hidden button is a courtesy, the server refuses. Values never reach a URL, a log
//! or the browser's storage. Deliberately absent: masks made on the client, and any cache of records beyond the page.
#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod pages;
pub mod panic_page;
pub mod passkey;
pub mod routes;
pub mod session;
pub mod step_up;
pub mod text;
pub mod theme;
pub mod time;
pub mod ui;
