//! Export of the list as it is filtered; the server masks and records it like any look.

use crate::{
    api::{self, ApiError},
    text::{staff, t},
    time,
    ui::{Glyph, Icon, Menu, toast},
};
use contract::wire::{
    families::{ExportFormat, FamilyExport},
    filter::FamilyFilter,
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

/// The button and its menu.
#[component]
pub fn ExportMenu(
    /// What the list is narrowed by.
    filter: Memo<FamilyFilter>,
    /// Whether a search is shown, which cannot be exported.
    searching: Signal<bool>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let export = move |format: ExportFormat| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let wish = FamilyExport { format, filter: filter.get_untracked() };
        spawn_local(async move {
            let done = api::families::export(&wish).await.and_then(|file| hand_over(&file, format));
            let _ = busy.try_set(false);
            match done {
                Ok(()) => toast::done(staff::EXPORTED),
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

/// Gives the file to the browser's download.
fn hand_over(file: &web_sys::Blob, format: ExportFormat) -> Result<(), ApiError> {
    let ending = match format {
        ExportFormat::Csv => "csv",
        ExportFormat::Xlsx => "xlsx",
    };
    let address = web_sys::Url::create_object_url_with_blob(file).map_err(|_| ApiError::Offline)?;
    let link = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&address);
        link.set_download(&format!("families-{}.{ending}", time::today()));
        link.click();
    }
    // Some browsers read the file only after the press has been dealt with.
    set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
    Ok(())
}
