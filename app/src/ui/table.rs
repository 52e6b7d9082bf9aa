//! A real table in a card: caption, scrolling region, dimmed while it is read again.

use leptos::prelude::*;

/// The table. Its children are `<thead>` and `<tbody>`; cells carry `data-label` for the cards of the phone.
#[component]
pub fn TableCard(
    /// What it lists; the name of the scrolling region.
    #[prop(into)]
    label: Signal<String>,
    /// How much, by whose rights it is masked, and that the look was recorded.
    #[prop(into)]
    caption: Signal<String>,
    /// Whether it is being read again; the old rows stay.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Rows become cards on a phone.
    #[prop(default = true)]
    cards: bool,
    /// Columns keep their widths, whatever stands in them: a table of thousands of rows, in which each new row would else be a
    /// question to all the others. The stylesheet gives the widths.
    #[prop(optional)]
    fixed: &'static str,
    children: Children,
) -> impl IntoView {
    let class = format!("grid {} {fixed}", if cards { "grid--cards" } else { "" });
    view! {
        <section class="card">
            <div class="scroll" tabindex="0" role="region" aria-label=label>
                <table class=class aria-busy=move || busy.get().to_string()>
                    <caption>{caption}</caption>
                    {children()}
                </table>
            </div>
        </section>
    }
}
