//! The sheet of the pages before sign-in.

use super::{
    page_title,
    theme::{LangSwitch, ThemeSwitch},
};
use crate::text::{Text, common, gate, t};
use leptos::prelude::*;

/// A sheet: mark, title, content. Narrow with the name and the quotation for sign-in, wide for everything else.
#[component]
pub fn GateSheet(
    /// The title of the page; on the narrow sheet the product's name stands in its place.
    #[prop(into)]
    title: Signal<Text>,
    /// Wide sheet with its own title.
    #[prop(optional)]
    wide: bool,
    /// Content.
    children: Children,
) -> impl IntoView {
    let heading = page_title(move || t(title.get()).to_owned());
    let head = if wide {
        view! { <h1 tabindex="-1" node_ref=heading>{move || t(title.get())}</h1> }.into_any()
    } else {
        view! {
            <h1 class="gate__name" tabindex="-1" node_ref=heading>{move || t(common::SHENDU)}</h1>
            <blockquote class="quote">
                <p lang="zh-CN">{move || t(gate::QUOTE_1)}<br />{move || t(gate::QUOTE_2)}</p>
                <footer>{move || t(gate::QUOTE_SOURCE)}</footer>
            </blockquote>
        }
        .into_any()
    };
    view! {
        <main class="gate" id="main">
            <div class=if wide { "gate__sheet gate__sheet--wide" } else { "gate__sheet" }>
                <span class="mark mark--large" aria-hidden="true">"慎"<br />"独"</span>
                {head}
                {children()}
            </div>
            <footer class="gate__foot"><div class="row"><LangSwitch /><ThemeSwitch /></div></footer>
        </main>
    }
}
