//! A list of things that wait or stand, with its title and how many there are.
//!
//! The rule: an empty list is no card, so that a page of several says only what there is. Deliberately absent: what an item looks like.

use crate::text::{Text, live};
use leptos::prelude::*;

/// The card; nothing where there are none. The id names its title, once on a page.
pub fn waits(id: &'static str, title: Text, items: Vec<AnyView>) -> Option<AnyView> {
    let count = items.len();
    (count > 0).then(|| {
        view! {
            <section class="card" aria-labelledby=id>
                <header class="card__head"><h2 id=id>{live(title)}</h2> <span class="waits__count">{count}</span></header>
                <ul class="waits">{items}</ul>
            </section>
        }
        .into_any()
    })
}
