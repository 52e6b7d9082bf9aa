//! The client of Shendu: shows what the server disclosed and decides nothing.
//!
//! The rule: no personal value is kept outside the signals of the page that shows it; the browser's storage holds only the
//! theme and the language, that of the tab, until the session ends, the ids of the list last seen and whether values are covered. Deliberately absent: masks made on the client, service workers, caches, analytics.
#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod code;
pub mod pages;
pub mod panic_page;
pub mod passkey;
pub mod routes;
pub mod session;
pub mod text;
pub mod time;
pub mod ui;
