//! What is left before the school is ready, until nothing is: for the administrator and the privacy officer.
//!
//! The rule: each state is the server's, from plain facts. Deliberately absent: a way to tick a step by hand.

use crate::{
    api,
    text::{Word, fill, keep, t},
    ui::Loader,
};
use contract::wire::school::{SetupItem, SetupStep};
use leptos::prelude::*;

/// Where a step is taken, for whoever may go there.
fn place(step: SetupStep) -> &'static str {
    match step {
        SetupStep::Campus => "/admin/school",
        SetupStep::ThreeDuties | SetupStep::SecondPasskey | SetupStep::RecoveryCodes => "/admin/staff",
        SetupStep::Matrix => "/admin/policy",
        SetupStep::Family => "/families",
    }
}

/// The list; nothing once all is done, and nothing where it cannot be read.
pub fn setup() -> AnyView {
    let setup = Loader::new(|| async { api::school::setup().await });
    (move || {
        let items = setup.get().map(|setup| setup.items).unwrap_or_default();
        let done = items.iter().filter(|item| item.done()).count();
        (done < items.len()).then(|| {
            let (n, of) = (done.to_string(), items.len().to_string());
            view! {
                <section class="card no-print" aria-labelledby="setup">
                    <header class="card__head">
                        <h2 id="setup">{t(keep::SETUP)}</h2>
                        <p class="faint">{fill(keep::SETUP_LINE, &[("n", &n), ("of", &of)])}</p>
                    </header>
                    <ul class="card__body setup">{items.into_iter().map(line).collect_view()}</ul>
                </section>
            }
        })
    })
    .into_any()
}

fn line(item: SetupItem) -> AnyView {
    let done = item.done();
    let href = place(item.step);
    let have = (!done && item.of > 1).then(|| fill(keep::HAVE, &[("have", &item.have.to_string()), ("of", &item.of.to_string())]));
    view! {
        <li class="setup__step">
            <span class=if done { "tag tag--jade" } else { "tag tag--amber" }>{t(if done { keep::DONE } else { keep::OPEN })}</span>
            <a href=href rel=crate::routes::rel(href)>{t(item.step.word())}</a>
            {have.map(|have| view! { <span class="faint num">{have}</span> })}
        </li>
    }
    .into_any()
}
