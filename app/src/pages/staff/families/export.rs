//! Export of the list as it is filtered; the server masks and records it like any look.

use super::filters::Filters;
use crate::{
    api,
    text::{staff, t},
    time,
    ui::{Glyph, Icon, Menu, download, toast},
};
use contract::wire::families::{ExportFormat, FamilyExport};
use leptos::{prelude::*, task::spawn_local};

/// The button and its menu.
#[component]
pub fn ExportMenu(
    /// What the list is narrowed by.
    filters: Memo<Filters>,
    /// Whether a search is shown, which cannot be exported.
    searching: Signal<bool>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let export = move |format: ExportFormat| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let ending = match format {
            ExportFormat::Csv => "csv",
            ExportFormat::Xlsx => "xlsx",
        };
        let wish = FamilyExport { format, filter: filters.get_untracked().filter() };
        spawn_local(async move {
            let done = api::families::export(&wish).await;
            let _ = busy.try_set(false);
            match done {
                Ok(file) => {
                    download::hand_over(&file, &format!("families-{}.{ending}", time::today()));
                    toast::done(staff::EXPORTED);
                }
                Err(error) => toast::failed(&error),
            }
        });
    };
    view! {
        <button
            class="button button--quiet"
            type="button"
            popovertarget="export-menu"
            aria-haspopup="menu"
            disabled=move || searching.get()
            aria-busy=move || busy.get().then_some("true")
        >
            <Icon glyph=Glyph::Download /> {move || t(staff::EXPORT)}
        </button>
        <Menu id="export-menu">
            <p class="menu__title">{move || t(staff::EXPORT)}<small>{move || t(staff::EXPORT_NOTE)}</small></p>
            <button class="menu__item" type="button" role="menuitem" on:click=move |_| export(ExportFormat::Xlsx)>{move || t(staff::EXPORT_XLSX)}</button>
            <button class="menu__item" type="button" role="menuitem" on:click=move |_| export(ExportFormat::Csv)>{move || t(staff::EXPORT_CSV)}</button>
        </Menu>
    }
}
