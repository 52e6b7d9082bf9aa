//! One line of the trail, and the same unfolded.
//!
//! The rule: records are named by the end of their id alone; nobody who reads the trail can ask for one by it.

use super::filter;
use crate::{
    api,
    pages::admin::alarms,
    text::{Word, admin, comma, common, credentials, field_among, fill, list, live, matrix, t},
    time,
    ui::{Loader, loaded},
};
use contract::{
    Weight,
    wire::{
        alarms::{RuleSetting, Tuning},
        ledger::{Action, FieldLook, LedgerLine, LookGroup, RecordMark, TrailCut, TrailEntry},
        reveals::Reason,
    },
};
use leptos::prelude::*;

const fn tone(action: Action) -> &'static str {
    match action.weight() {
        Weight::Warning | Weight::Critical => "tag tag--plum",
        Weight::Notable => "tag tag--amber",
        Weight::Usual => "tag tag--quiet",
    }
}

/// The line; a second row unfolds under it.
pub fn row(line: LedgerLine) -> AnyView {
    let LedgerLine { seq, at, who, roles, action, record, reason, looks, signed: _, program } = line;
    let open = RwSignal::new(false);
    let number = seq.to_string();
    view! {
        <tr>
            <th scope="row" class="grid__title">
                {if who.is_empty() && roles.is_empty() { view! { <span class="faint">{move || t(admin::NOBODY)}</span> }.into_any() } else { who.into_any() }}
                {(!roles.is_empty()).then(|| view! { " " <span class="faint">{move || list(roles.iter().copied())}</span> })}
                {program.then(|| view! { " " <span class="tag tag--quiet">{live(common::BY_PROGRAM)}</span> })}
            </th>
            <td data-label=move || t(admin::WHEN) class="nowrap"><time datetime=time::machine(at)>{move || time::moment(at)}</time></td>
            <td class="grid__aside"><span class=tone(action)>{move || t(action.word())}</span></td>
            <td data-label=move || t(admin::RECORD) class="nowrap">{move || record.map(|record| t(record.word()))}</td>
            <td data-label=move || t(admin::LOOKS) class="grid__words">{move || looks_in_words(&looks)}</td>
            <td data-label=move || t(admin::WHY) class="grid__words">{move || reason.as_ref().map(reason_in_words)}</td>
            <td class="no-print">
                <button
                    class="button button--quiet button--small num"
                    type="button"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=format!("line-{seq}")
                    aria-label=move || fill(matrix::MORE, &[("n", &number)])
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {seq} " " <span aria-hidden="true">{move || if open.get() { "▴" } else { "▾" }}</span>
                </button>
            </td>
        </tr>
        <tr class="unfolded" id=format!("line-{seq}") hidden=move || !open.get()>
            <td colspan="7">{move || open.get().then(|| {
                let entry = Loader::new(move || async move { api::trail::entry(seq).await });
                loaded(entry, unfolded)
            })}</td>
        </tr>
    }
    .into_any()
}

fn looks_in_words(looks: &[FieldLook]) -> String {
    looks.iter().map(|look| format!("{} {}", field_among(look.field, looks), t(look.form.word()))).collect::<Vec<_>>().join(comma())
}

fn reason_in_words(reason: &Reason) -> String {
    if reason.text.is_empty() { t(reason.code.word()).to_owned() } else { format!("{} · {}", t(reason.code.word()), reason.text) }
}

fn marked(record: &RecordMark) -> String {
    format!("{} …{}", t(record.kind.word()), record.mark)
}

fn unfolded(entry: TrailEntry) -> AnyView {
    let TrailEntry {
        line,
        record,
        session,
        families,
        groups,
        version,
        roles,
        credential,
        tuning,
        retention,
        cut,
        alarm,
        signed_at,
        digest,
        grant,
        token,
        hash,
    } = entry;
    let fact = |word: crate::text::Text, what: AnyView| {
        view! { <div class="facts__row"><dt>{move || t(word)}</dt><dd>{what}</dd></div> }.into_any()
    };
    let mut facts = Vec::new();
    let led = |href: String, word: crate::text::Text| view! { <a class="link no-print" href=href>{live(word)}</a> };
    if let Some(record) = record {
        let others = led(filter::same(line.seq), admin::SAME);
        facts.push(fact(admin::RECORD, view! { <span>{move || marked(&record)}</span> {others} }.into_any()));
    }
    if !line.who.is_empty() || !line.roles.is_empty() {
        facts.push(fact(admin::WHO, led(filter::whose(line.seq), admin::WHOSE).into_any()));
    }
    if let Some((before, after)) = roles {
        facts.push(fact(
            matrix::ROLE_CHANGE,
            view! {
                <span><del class="diff__del">{let before = before.clone(); move || list(before.iter().copied())}</del> " → "
                <ins class="diff__ins">{move || list(after.iter().copied())}</ins></span>
            }
            .into_any(),
        ));
    }
    if let Some(Tuning { rule, before, after }) = tuning {
        let said = move |setting: RuleSetting| format!("{} · {}", alarms::said(rule, setting), t(setting.answer.word()));
        facts.push(fact(
            rule.word(),
            view! {
                <span><del class="diff__del">{move || said(before)}</del> " → " <ins class="diff__ins">{move || said(after)}</ins></span>
            }
            .into_any(),
        ));
    }
    if let Some((before, after)) = retention {
        facts.push(fact(
            admin::KEPT_DAYS,
            view! { <span><del class="diff__del">{before}</del> " → " <ins class="diff__ins">{after}</ins></span> }.into_any(),
        ));
    }
    if let Some(TrailCut { rows, through, before }) = cut {
        let said = move || {
            let values = [rows.to_string(), through.to_string(), time::long_day_of(before)];
            let [rows, through, day] = values.each_ref().map(String::as_str);
            fill(admin::CUT_WHAT, &[("n", rows), ("last", through), ("day", day)])
        };
        facts.push(fact(admin::CUT_OF, view! { <span>{said}</span> }.into_any()));
    }
    if let Some(alarm) = alarm {
        facts.push(fact(common::WATCH, live(alarm.rule.word()).into_any()));
    }
    if let Some(credential) = credential {
        facts.push(fact(credentials::WITH, live(credential.word()).into_any()));
    }
    if let Some(version) = version {
        facts.push(fact(matrix::NUMBER, (move || fill(matrix::VERSION, &[("n", &version.to_string())])).into_any()));
    }
    facts.extend(groups.into_iter().filter(|group| group.of > 0).map(|group| fact(admin::LOOKS, seen(group))));
    if families > 0 {
        facts.push(fact(matrix::RECORDS, (move || fill(matrix::IN_LEDGERS, &[("n", &families.to_string())])).into_any()));
    }
    if let Some(at) = signed_at {
        facts.push(fact(matrix::SIGNED, view! { <time datetime=time::machine(at)>{move || time::moment(at)}</time> }.into_any()));
    }
    if let Some(digest) = digest {
        facts.push(fact(matrix::DIGEST, view! { <code class="hash">{digest}</code> }.into_any()));
    }
    if let Some(grant) = grant {
        facts.push(fact(matrix::GRANT, view! { <code>"…" {grant}</code> }.into_any()));
    }
    if let Some(token) = token {
        facts.push(fact(matrix::TOKEN, view! { <code>"…" {token}</code> }.into_any()));
    }
    if let Some(session) = session {
        facts.push(fact(matrix::SESSION, view! { <code>"…" {session}</code> }.into_any()));
    }
    facts.push(fact(matrix::HASH, view! { <code class="hash">{hash}</code> }.into_any()));
    view! { <dl class="facts">{facts}</dl> }.into_any()
}

fn seen(group: LookGroup) -> AnyView {
    let LookGroup { fields, records, of } = group;
    let shown = records.len();
    view! {
        <span>{move || looks_in_words(&fields)}</span>
        <span class="faint">
            {move || records.iter().map(marked).collect::<Vec<_>>().join(comma())}
            {move || (usize::try_from(of).unwrap_or_default() > shown).then(|| fill(matrix::AND_MORE, &[("n", &of.to_string())]))}
        </span>
    }
    .into_any()
}
