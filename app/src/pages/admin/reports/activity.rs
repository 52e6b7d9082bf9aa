//! What one person did in ninety days, by week, beside those who hold one of their roles.
//!
//! The rule: what stands out is said in words, above the numbers. Deliberately absent: a chart that says less than its table, and which
//! families they were.

use super::print_button;
use crate::{
    api, session,
    text::{Text, Word, common, fill, list, live, reports, t},
    time,
    ui::{Loader, Note, PageHead, TableCard, Tone, loaded, watermark::watermark},
};
use contract::{
    Duty,
    ids::StaffId,
    wire::reports::{Activity, ActivityWeek, Measure, Measured, PeerCounts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Draws the page.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id")).and_then(|id| id.parse::<StaffId>().ok()).unwrap_or(StaffId(uuid::Uuid::nil()))
    });
    let report = Loader::new(move || {
        let id = id.get();
        async move { api::reports::activity(id).await }
    });
    let title = Signal::derive(move || match report.get() {
        Some(report) => fill(reports::ACTIVITY_OF, &[("name", &report.name)]),
        None => t(reports::ACTIVITY).to_owned(),
    });
    let line = Signal::derive(move || {
        let Some(Activity { from, to, roles, left, .. }) = report.get() else { return String::new() };
        let words = if left { reports::SPAN_LEFT } else { reports::SPAN };
        fill(words, &[("from", &time::day(from)), ("to", &time::day(to)), ("roles", &list(roles))])
    });
    let keeps = session::me_now().is_some_and(|me| me.duties.contains(&Duty::KeepStaff));
    let back = if keeps { ("/admin/staff", common::STAFF) } else { ("/admin/trail", common::TRAIL) };
    view! {
        <PageHead title line crumbs=vec![back]>{print_button()}</PageHead>
        {loaded(report, whole)}
        {watermark()}
    }
    .into_any()
}

fn whole(report: Activity) -> AnyView {
    let Activity { weeks, measures, peers, beyond, .. } = report;
    view! {
        <div class="stack">
            {standing_out(&measures, peers, beyond)}
            {table(weeks, measures)}
        </div>
    }
    .into_any()
}

/// What is much, at night, or of somebody else; in sentences.
fn standing_out(measures: &[Measured], peers: u32, beyond: Option<u32>) -> AnyView {
    let mut said: Vec<(Text, Measure, u32, u32)> = Vec::new();
    for Measured { measure, total, late, peers, stands_out } in measures {
        if *stands_out {
            said.push((reports::MUCH, *measure, *total, peers.map_or(0, |peers| peers.median)));
        }
        if *late > 0 {
            said.push((reports::NIGHT, *measure, *late, 0));
        }
    }
    let beyond = beyond.filter(|count| *count > 0);
    let quiet = said.is_empty() && beyond.is_none();
    let sentence = |(words, what, n, median): (Text, Measure, u32, u32)| {
        view! { <li>{move || fill(words, &[("what", t(what.word())), ("n", &n.to_string()), ("median", &median.to_string())])}</li> }
    };
    let compared = measures.iter().any(|measured| measured.peers.is_some());
    view! {
        <section class="card" aria-labelledby="stands-out">
            <header class="card__head"><h2 id="stands-out">{live(reports::STANDS_OUT)}</h2></header>
            <div class="card__body stack stack--tight">
                {if quiet {
                    view! { <p>{live(reports::NOTHING)}</p> }.into_any()
                } else {
                    view! {
                        <ul class="remarks">
                            {said.into_iter().map(sentence).collect_view()}
                            {beyond.map(|count| view! { <li>{move || fill(reports::BEYOND, &[("n", &count.to_string())])}</li> })}
                        </ul>
                        <p class="faint">{live(reports::NO_JUDGEMENT)}</p>
                    }.into_any()
                }}
                {if compared {
                    view! { <p class="faint">{move || fill(reports::PEERS, &[("n", &peers.to_string())])}</p> }.into_any()
                } else {
                    view! { <Note tone=Tone::Info>{live(reports::NO_PEERS)}</Note> }.into_any()
                }}
            </div>
        </section>
    }
    .into_any()
}

/// The weeks, then what they come to, then the peers.
fn table(weeks: Vec<ActivityWeek>, measures: Vec<Measured>) -> AnyView {
    let of_peers = |of: fn(PeerCounts) -> u32| measures.iter().map(|measured| measured.peers.map(of)).collect::<Option<Vec<u32>>>();
    let (median, highest) = (of_peers(|peers| peers.median), of_peers(|peers| peers.highest));
    let late = measures.iter().map(|measured| measured.late).collect();
    let heads = Measure::ALL.iter().map(|measure| view! { <th scope="col" class="num">{live(measure.word())}</th> }).collect_view();
    let total = |Measured { total, stands_out, .. }: &Measured| {
        let much = stands_out.then(|| view! { <span class="tag tag--amber">{live(reports::TRIPLE)}</span> " " });
        view! { <td class="num">{much} {*total}</td> }
    };
    view! {
        <TableCard
            label=Signal::derive(|| t(reports::BY_WEEK).to_owned())
            caption=Signal::derive(|| t(reports::BY_WEEK_CAPTION).to_owned())
            cards=false
            fixed="grid--counts"
        >
            <thead><tr><th scope="col">{live(reports::WEEK)}</th> {heads}</tr></thead>
            <tbody>{weeks.into_iter().map(week).collect_view()}</tbody>
            <tfoot>
                <tr class="sum"><th scope="row">{live(reports::TOTAL)}</th> {measures.iter().map(total).collect_view()}</tr>
                {counts(reports::LATE, late)}
                {median.map(|counted| counts(reports::MEDIAN, counted))}
                {highest.map(|counted| counts(reports::HIGHEST, counted))}
            </tfoot>
        </TableCard>
    }
    .into_any()
}

fn week(week: ActivityWeek) -> AnyView {
    let ActivityWeek { from, to, counts } = week;
    view! {
        <tr>
            <th scope="row" class="nowrap num">
                <time datetime=from.to_string()>{from.format("%m-%d").to_string()}</time> " – "
                <time datetime=to.to_string()>{to.format("%m-%d").to_string()}</time>
            </th>
            {cells(counts)}
        </tr>
    }
    .into_any()
}

fn counts(words: Text, counts: Vec<u32>) -> AnyView {
    view! { <tr><th scope="row">{live(words)}</th> {cells(counts)}</tr> }.into_any()
}

/// Nothing is faint, so that something is seen.
fn cells(counts: Vec<u32>) -> AnyView {
    let cell = |count: u32| match count {
        0 => view! { <td class="num faint">"0"</td> }.into_any(),
        count => view! { <td class="num">{count}</td> }.into_any(),
    };
    counts.into_iter().map(cell).collect_view().into_any()
}
