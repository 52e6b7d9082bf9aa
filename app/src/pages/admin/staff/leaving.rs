//! Somebody leaves: first the numbers, then one act.
//!
//! The rule: what would end is read again each time the dialog opens, and the number of families that was shown goes with the
//! wish, so that nothing goes over that nobody was told of.

use super::{super::acting::act_or, fields::path_label};
use crate::{
    api,
    text::{admin, common, fill, keep, live, t},
    ui::{Button, ButtonKind, Dialog, ErrorSummary, FormErrors, Loader, Note, SelectField, Tone, loaded, toast},
};
use contract::wire::staff::{Departure, DeparturePlan, StaffCard};
use leptos::prelude::*;

/// The card with its dialog.
pub fn leaving(loader: Loader<StaffCard>, card: StaffCard) -> AnyView {
    let open = RwSignal::new(false);
    let name = card.name.clone();
    let title = Signal::derive(move || fill(keep::LEAVE_TITLE, &[("name", &name)]));
    view! {
        <section class="card" aria-labelledby="leaving">
            <header class="card__head"><h2 id="leaving">{live(keep::LEAVING)}</h2></header>
            <div class="card__body stack">
                <p class="faint">{live(keep::LEAVING_LINE)}</p>
                <div class="row"><Button class="button--small" kind=ButtonKind::Danger on_click=move |()| open.set(true)>{live(keep::LEAVE)}</Button></div>
            </div>
        </section>
        <Dialog open id="leave" title class="dialog--danger">
            {move || {
                let plan = Loader::new(move || async move { api::staff::departure(card.id).await });
                view! { {loaded(plan, move |numbers| body(loader, card.id, numbers, open, plan))} }
            }}
        </Dialog>
    }
    .into_any()
}

fn body(
    loader: Loader<StaffCard>,
    id: contract::ids::StaffId,
    plan: DeparturePlan,
    open: RwSignal<bool>,
    again: Loader<DeparturePlan>,
) -> AnyView {
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let to = RwSignal::new(String::new());
    let DeparturePlan { families, classes, sessions, passkeys, links, successors } = plan;
    let lines = [
        (keep::FAMILIES, families),
        (keep::CLASSES, classes),
        (admin::PASSKEYS, passkeys),
        (keep::SESSIONS, sessions),
        (keep::LINKS, links),
    ];
    let stuck = families > 0 && successors.is_empty();
    let names: Vec<(String, String)> = successors.into_iter().map(|person| (person.id.to_string(), person.name)).collect();
    let options = Signal::derive(move || {
        std::iter::once((String::new(), t(keep::CHOOSE).to_owned())).chain(names.iter().cloned()).collect::<Vec<_>>()
    });
    let send = move |()| {
        errors.clear();
        let wish = Departure { families, to: to.get_untracked().parse().ok() };
        act_or(
            busy,
            move || Box::pin(async move { api::staff::leave(id, &wish).await }),
            move |card| {
                toast::done(keep::LEFT);
                open.set(false);
                loader.set(card);
            },
            move |error| {
                // Another number of families than was shown: it is shown anew.
                if error.fields().iter().any(|field| field.at == "families") {
                    toast::error(keep::CONFLICT);
                    again.reload();
                } else {
                    errors.take(&error);
                }
            },
        );
    };
    view! {
        <div class="dialog__body stack">
            <ErrorSummary errors label=|at: String| path_label(&at).to_owned() />
            <p>{live(keep::LEAVING_LINE)}</p>
            <h3 class="faint">{live(keep::LEAVE_WHAT)}</h3>
            <dl class="facts">
                {lines.into_iter().map(|(word, n)| view! {
                    <div class="facts__row facts__row--wide"><dt>{move || t(word)}</dt><dd class="num">{n}</dd></div>
                }).collect_view()}
            </dl>
            {(families > 0 && !stuck).then(|| view! { <SelectField id="to" label=keep::SUCCESSOR value=to options error=errors.at("to") /> })}
            {stuck.then(|| view! { <Note tone=Tone::Caution>{live(keep::NO_SUCCESSOR)}</Note> })}
            <p class="faint">{live(keep::NUMBERS)}</p>
        </div>
        <footer class="dialog__foot">
            <Button on_click=move |()| open.set(false)>{live(common::CANCEL)}</Button>
            <Button kind=ButtonKind::Primary busy disabled=stuck on_click=send>{live(keep::LEAVE_NOW)}</Button>
        </footer>
    }
    .into_any()
}
