//! The end of a report: who drew it up, over what digest, who signed or declined; on paper with room for a hand.

use super::{
    super::acting::act,
    say::{Said, Saying},
};
use crate::{
    api,
    text::{Text, audits, fill, live},
    time,
    ui::{Button, ButtonKind, Loader, toast},
};
use contract::wire::audits::{AuditEnd, AuditReport, AuditState};
use leptos::prelude::*;

fn row(name: Text, value: AnyView) -> AnyView {
    view! { <div class="facts__row"><dt>{live(name)}</dt> <dd>{value}</dd></div> }.into_any()
}

fn by_at(who: String, at: chrono::DateTime<chrono::Utc>, entry: i64) -> AnyView {
    let entry = entry.to_string();
    view! {
        <span>{move || fill(audits::BY_AT, &[("who", &who), ("at", &time::moment(at))])}</span>
        <span class="faint">{move || fill(audits::NUMBER, &[("n", &entry)])}</span>
    }
    .into_any()
}

/// The block.
pub fn block(report: &AuditReport, loader: Loader<AuditReport>, saying: Saying) -> AnyView {
    let AuditReport { document, digest, entry, state, ended, may_sign, .. } = report.clone();
    let (id, head, state) = (document.id, document.head.to_string(), state);
    let busy = RwSignal::new(false);
    let sign = move |()| {
        act(
            busy,
            move || Box::pin(api::audits::sign(id)),
            move |report| {
                toast::done(audits::SIGNED);
                loader.set(report);
            },
        );
    };
    let end = ended.map(|AuditEnd { who, at, entry, words }| {
        let name = if state == AuditState::Signed { audits::SIGNED_BY } else { audits::DECLINED_BY };
        view! {
            {row(name, by_at(who, at, entry))}
            {words.map(|words| row(audits::WORDS, view! { <span class="finding__words">{words}</span> }.into_any()))}
        }
    });
    let waits =
        (state == AuditState::Drawn).then(|| row(audits::SIGNED_BY, view! { <span class="faint">{live(audits::WAITS)}</span> }.into_any()));
    let stamp = (state == AuditState::Signed).then(|| view! { <span class="stamp" aria-hidden="true">{live(audits::STAMP)}</span> });
    let line = |name: Text| view! { <span class="hand__line">{live(name)}</span> };
    view! {
        <div class="card signature">
            <div class="card__body">
                <dl class="facts facts--report">
                    {row(audits::DRAWN_BY, by_at(document.drawn_by, document.drawn_at, entry))}
                    {row(audits::HEAD, view! { <span>{move || fill(audits::HEAD_VALUE, &[("n", &head)])}</span> <span class="digest">{document.head_hash}</span> }.into_any())}
                    {row(audits::DIGEST, view! { <span class="digest">{digest}</span> }.into_any())}
                    {end}
                    {waits}
                </dl>
                {stamp}
            </div>
            <p class="card__body signature__line faint">{live(audits::SIGN_LINE)}</p>
            // What is on paper alone is shown as what it is, so the lines stand in a box of their own.
            <div class="print-only"><div class="hand">{line(audits::BY_HAND)} {line(audits::DATE)}</div></div>
            {may_sign.then(|| view! {
                <div class="card__foot no-print">
                    <Button kind=ButtonKind::Primary busy on_click=sign>{live(audits::SIGN)}</Button>
                    <Button disabled=busy on_click=move |()| saying.begin(Said::Decline)>{live(audits::DECLINE)}</Button>
                </div>
            })}
        </div>
    }
    .into_any()
}
