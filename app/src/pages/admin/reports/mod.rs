//! Reports out of what is kept anyway: the register of approvals, what one person did in ninety days.
//!
//! The rule: counts, ends of ids and working names; both print as they stand, with the reader and the time across the sheet.

mod activity;
mod file;
mod register;

pub use activity::ActivityPage;
pub use register::RegisterPage;

use crate::{
    text::{common, t},
    ui::{Button, Glyph, Icon},
};
use leptos::prelude::*;

/// Prints the page as it stands.
pub fn print_button() -> AnyView {
    let print = |()| {
        if let Some(window) = web_sys::window() {
            let _ = window.print();
        }
    };
    view! { <Button on_click=print><Icon glyph=Glyph::Print /> {move || t(common::PRINT)}</Button> }.into_any()
}
