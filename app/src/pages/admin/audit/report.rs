//! One report, as a page and on paper.
//!
//! The rule: whether it is what was drawn up is said before anything that it says.

use super::{
    super::reports::print_button,
    figures, finding,
    parts::{part, period},
    say::{self, Saying},
    sign, tone, use_of_rights,
};
use crate::{
    api,
    text::{Text, Word, audits, fill, live, t},
    time,
    ui::{Banner, Loader, PageHead, Tone, loaded, watermark::watermark},
};
use contract::{
    ids::AuditId,
    wire::{
        audits::{AuditFigures, AuditReport, AuditStanding},
        findings::{FindingCard, FindingState},
        reports::Measure,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Draws the page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id")).and_then(|id| id.parse::<AuditId>().ok()).unwrap_or(AuditId(uuid::Uuid::nil()))
    });
    let report = Loader::new(move || {
        let id = id.get();
        async move { api::audits::show(id).await }
    });
    let saying = Saying::new(report);
    let finding = finding::Finding::new(report);
    let title = Signal::derive(move || match report.get() {
        Some(AuditReport { document, .. }) => fill(audits::REPORT_OF, &[("period", &period(document.from, document.to))]),
        None => t(audits::TITLE).to_owned(),
    });
    let line = Signal::derive(move || {
        let Some(AuditReport { document, .. }) = report.get() else { return String::new() };
        let (from, to, n) = (time::day(document.from), time::day(document.to), document.head.to_string());
        fill(audits::REPORT_LINE, &[("school", &document.school), ("from", &from), ("to", &to), ("n", &n)])
    });
    view! {
        <PageHead title line crumbs=vec![("/admin/audit", audits::TITLE)]>
            {move || report.get().map(|report| view! { <span class=tone(report.state)>{t(report.state.word())}</span> })}
            {print_button()}
        </PageHead>
        {loaded(report, move |whole: AuditReport| body(whole, report, saying, finding))}
        {say::dialog(saying)}
        {finding::dialog(finding)}
        {watermark()}
    }
    .into_any()
}

fn body(whole: AuditReport, report: Loader<AuditReport>, saying: Saying, finding: finding::Finding) -> AnyView {
    let wrong = match whole.standing {
        AuditStanding::Whole => match &whole.document.figures.trail {
            trail if trail.fault.is_some() => Some(audits::NOT_WHOLE),
            trail => trail.heads.is_none().then_some(audits::UNVOUCHED),
        },
        AuditStanding::Altered => Some(audits::ALTERED),
        AuditStanding::Cut => Some(audits::CUT),
        AuditStanding::Past => Some(audits::PAST),
    };
    let tone = if whole.standing == AuditStanding::Past { Tone::Info } else { Tone::Error };
    let figures = &whole.document.figures;
    let findings = [whole.findings.as_slice(), whole.carried.as_slice()].concat();
    view! {
        <article class="report">
            {wrong.map(|words| view! { <Banner tone><p>{live(words)}</p></Banner> })}
            {summary(figures, &findings, whole.standing)}
            {part("access", audits::ACCESS, use_of_rights::access(&figures.people))}
            {part("use", audits::USE, use_of_rights::measures(&figures.people))}
            {part("sign-ins", audits::SIGN_INS, figures::sign_ins(figures.sign_ins, figures.staff))}
            {part("exports", audits::EXPORTS, figures::exports(&figures.exports))}
            {part("approvals", audits::APPROVALS, figures::approvals(figures.approvals.clone(), figures.holds))}
            {part("held", audits::HELD, figures::held(&figures.held, figures.holds))}
            {part("matrix", audits::MATRIX, figures::matrix(&figures.matrix, figures.matrix_steps))}
            {part("alarms", audits::ALARMS, figures::alarms(figures.alarms))}
            {part("chain", audits::CHAIN, figures::chain(figures.trail.clone(), figures.kept))}
            {part("findings", audits::FINDINGS, finding::findings(&whole, saying, finding))}
            {part("signature", audits::SIGNATURE, sign::block(&whole, report, saying))}
        </article>
    }
    .into_any()
}

/// The numbers that are looked for first.
fn summary(figures: &AuditFigures, findings: &[FindingCard], standing: AuditStanding) -> AnyView {
    let opened = |measured: &[contract::wire::reports::Measured]| {
        measured.iter().filter(|one| one.measure == Measure::Reveals).map(|one| one.total).fold(0, u32::saturating_add)
    };
    let files = figures.exports.iter().map(|one| one.files.saturating_add(one.trail)).fold(0, u32::saturating_add);
    let active = figures.people.iter().filter(|person| person.active).count();
    let open = findings.iter().filter(|one| one.state != FindingState::Accepted).count();
    let numbers: [(Text, String); 7] = [
        (audits::PEOPLE, active.to_string()),
        (audits::OPENED, figures.people.iter().map(|person| opened(&person.measures)).fold(0, u32::saturating_add).to_string()),
        (audits::FILES, files.to_string()),
        (audits::DECIDED, figures.approvals.asked.to_string()),
        (audits::REFUSED_SIGN_INS, figures.sign_ins.refused.to_string()),
        (audits::ALARMS_OPEN, figures.alarms.open.into_iter().fold(0, u32::saturating_add).to_string()),
        (audits::FINDINGS_OPEN, open.to_string()),
    ];
    let whole = figures.trail.fault.is_none() && standing == AuditStanding::Whole;
    let (words, class) = match (whole, figures.trail.heads) {
        (true, Some(_)) => (audits::WHOLE, "sums__word"),
        (true, None) => (audits::UNSURE, "sums__word sums__word--wrong"),
        (false, _) => (audits::BROKEN, "sums__word sums__word--wrong"),
    };
    view! {
        <section class="card sums" aria-label=live(audits::SUMMARY)>
            <dl class="sums__list">
                {numbers.into_iter().map(|(name, value)| view! {
                    <div class="sums__one"><dt>{live(name)}</dt> <dd class="num">{value}</dd></div>
                }).collect_view()}
                <div class="sums__one"><dt>{live(audits::TRAIL)}</dt> <dd class=class>{live(words)}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}
