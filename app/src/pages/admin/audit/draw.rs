//! The dialog in which a report is drawn up: which days.

use super::super::acting::act_or;
use crate::{
    api, routes,
    text::{audits, common, t},
    time,
    ui::{Button, ButtonKind, DateField, Dialog, ErrorSummary, FormErrors, Segmented, toast},
};
use chrono::{Datelike, Months, NaiveDate};
use contract::wire::audits::NewAudit;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

const QUARTER: &str = "quarter";
const HALF: &str = "half";

/// The last span of so many months that is over on this day, spans beginning with the year.
fn last(today: NaiveDate, months: u32) -> Option<(NaiveDate, NaiveDate)> {
    let begun = NaiveDate::from_ymd_opt(today.year(), today.month0() / months * months + 1, 1)?;
    Some((begun.checked_sub_months(Months::new(months))?, begun.pred_opt()?))
}

fn label(at: &str) -> &'static str {
    t(if at == "from" { audits::FROM } else { audits::TO })
}

/// The dialog.
pub fn dialog(open: RwSignal<bool>) -> AnyView {
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let chosen = RwSignal::new(QUARTER.to_owned());
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move || {
        let months = match chosen.get().as_str() {
            QUARTER => 3,
            HALF => 6,
            _ => return,
        };
        if let Some((first, end)) = last(time::today(), months) {
            from.set(first.to_string());
            to.set(end.to_string());
        }
    });
    let go = use_navigate();
    let send = Callback::new(move |()| {
        errors.clear();
        let parsed = (from.with_untracked(|day| day.parse()), to.with_untracked(|day| day.parse()));
        let (Ok(from), Ok(to)) = parsed else {
            let at = if parsed.0.is_err() { "from" } else { "to" };
            errors.add(at, contract::error::ValueError::Required);
            return;
        };
        let go = go.clone();
        act_or(
            busy,
            move || Box::pin(api::audits::draw(NewAudit { from, to })),
            move |report| {
                open.set(false);
                toast::done(audits::DRAWN);
                routes::open(&format!("/admin/audit/{}", report.document.id), go);
            },
            move |error| errors.take(&error),
        );
    });
    let options = Signal::derive(|| {
        [(QUARTER, audits::LAST_QUARTER), (HALF, audits::LAST_HALF), ("own", audits::OWN_DAYS)]
            .map(|(key, word)| (key.to_owned(), t(word).to_owned()))
            .to_vec()
    });
    view! {
        <Dialog open=open id="draw" title=Signal::derive(|| t(audits::DRAW_TITLE).to_owned())>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    send.run(());
                }
            >
                <div class="dialog__body">
                    <ErrorSummary errors label=|at: String| label(&at).to_owned() />
                    <Segmented id="period" label=audits::PERIOD value=chosen options />
                    <div class="form__group">
                        <DateField id="from" label=audits::FROM value=from error=errors.at("from") half=true />
                        <DateField id="to" label=audits::TO value=to error=errors.at("to") half=true />
                    </div>
                    <p class="faint">{move || t(audits::DRAW_HINT)}</p>
                </div>
                <footer class="dialog__foot">
                    <Button on_click=move |()| open.set(false)>{move || t(common::CANCEL)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=busy>{move || t(audits::DRAW_NOW)}</Button>
                </footer>
            </form>
        </Dialog>
    }
    .into_any()
}
