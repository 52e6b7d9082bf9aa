//! The sections of a report that are of the school: sign-ins, exports, approvals, matrix, alarms, trail.

use super::parts::{fact, facts, nothing, number, plain, table};
use crate::{
    text::{Text, Word, audits, comma, fill, live, matrix as faults, t},
    time,
};
use contract::wire::{
    alarms::Severity,
    audits::{
        AlarmFigures, ApprovalFigures, AuditDecider, AuditExport, AuditHeld, HeadFigures, HoldFigures, KeptFigures, MatrixStep,
        SignInFigures, StaffFigures, TrailFigures,
    },
};
use leptos::prelude::*;

/// Sign-ins, and acts on the staff.
pub fn sign_ins(figures: SignInFigures, staff: StaffFigures) -> AnyView {
    let times = |words: Text, count: u32| move || fill(words, &[("n", &count.to_string())]);
    let SignInFigures { signed_in, refused, refused_unknown, proofs_refused, recovered, moved } = figures;
    let StaffFigures { taken_in, suspended, left, roles_changed } = staff;
    facts(vec![
        fact(audits::SUCCEEDED, times(audits::WITH_GUARDIANS, signed_in)),
        fact(audits::REFUSED_SIGN_INS, move || {
            fill(audits::OF_UNKNOWN, &[("n", &refused.to_string()), ("of", &refused_unknown.to_string())])
        }),
        fact(audits::PROOFS_REFUSED, times(audits::TIMES, proofs_refused)),
        fact(audits::RECOVERED, times(audits::TIMES, recovered)),
        fact(audits::MOVED, times(audits::TIMES, moved)),
        fact(audits::STAFF_CHANGES, move || {
            let counts = [("taken", taken_in), ("suspended", suspended), ("left", left), ("roles", roles_changed)];
            let counts = counts.map(|(name, count)| (name, count.to_string()));
            fill(audits::STAFF_VALUE, &counts.each_ref().map(|(name, count)| (*name, count.as_str())))
        }),
    ])
}

/// Who took what out.
pub fn exports(all: &[AuditExport]) -> AnyView {
    if all.is_empty() {
        return nothing(audits::NO_EXPORTS);
    }
    let row = |one: &AuditExport| vec![plain(one.name.clone()), number(one.files.into()), number(one.families), number(one.trail.into())];
    let heads = vec![(audits::PERSON, false), (audits::FAMILY_FILES, true), (audits::FAMILY_ROWS, true), (audits::TRAIL_FILES, true)];
    table(audits::EXPORTS, || t(audits::EXPORTS_CAPTION).to_owned(), heads, all.iter().map(row).collect())
}

/// What became of the requests, and who decided.
pub fn approvals(figures: ApprovalFigures, holds: HoldFigures) -> AnyView {
    let ApprovalFigures { asked, waiting, granted, used, refused, withdrawn, lapsed, deciders } = figures;
    let HoldFigures { grants_asked, grants_granted, grants_refused, .. } = holds;
    if asked == 0 && grants_asked == 0 && deciders.is_empty() {
        return nothing(audits::NO_APPROVALS);
    }
    let requests = fact(audits::REQUESTS, move || {
        let counts = [
            ("asked", asked),
            ("waiting", waiting),
            ("granted", granted),
            ("used", used),
            ("refused", refused),
            ("withdrawn", withdrawn),
            ("lapsed", lapsed),
        ];
        let counts = counts.map(|(name, count)| (name, count.to_string()));
        fill(audits::APPROVALS_VALUE, &counts.each_ref().map(|(name, count)| (*name, count.as_str())))
    });
    let grants = fact(audits::GRANTS, move || {
        let counts = [("asked", grants_asked), ("granted", grants_granted), ("refused", grants_refused)];
        let counts = counts.map(|(name, count)| (name, count.to_string()));
        fill(audits::GRANTS_VALUE, &counts.each_ref().map(|(name, count)| (*name, count.as_str())))
    });
    let decider = |AuditDecider { name, granted, refused }: AuditDecider| {
        let value = move || fill(audits::DECIDER_VALUE, &[("granted", &granted.to_string()), ("refused", &refused.to_string())]);
        view! { <div class="facts__row"><dt>{name}</dt> <dd><span>{value}</span></dd></div> }.into_any()
    };
    facts([requests, grants].into_iter().chain(deciders.into_iter().map(decider)).collect())
}

/// What was in force beside the roles.
pub fn held(all: &[AuditHeld], holds: HoldFigures) -> AnyView {
    let HoldFigures { emergencies_asked, emergencies_opened, tokens_confirmed, .. } = holds;
    if all.is_empty() && emergencies_asked == 0 && tokens_confirmed == 0 {
        return nothing(audits::NO_HELD);
    }
    let row = |one: &AuditHeld| {
        let AuditHeld { what, name, class, fields, role, by, since: _, until } = one.clone();
        let words = move || match (&class, role) {
            (Some(class), _) => {
                let fields = fields.iter().map(|field| t(field.word())).collect::<Vec<_>>().join(comma());
                fill(audits::HELD_OVER, &[("what", t(what.word())), ("class", class), ("fields", &fields)])
            }
            (None, Some(role)) => fill(audits::HELD_AS, &[("what", t(what.word())), ("role", t(role.word()))]),
            (None, None) => t(what.word()).to_owned(),
        };
        vec![
            plain(name),
            view! { <span>{words}</span> }.into_any(),
            plain(by),
            view! { <time class="num" datetime=time::machine(until)>{move || time::moment(until)}</time> }.into_any(),
        ]
    };
    let heads = vec![(audits::PERSON, false), (audits::WHAT_HELD, false), (audits::GIVEN_BY, false), (audits::UNTIL, false)];
    let caption = move || {
        let counts = [("asked", emergencies_asked), ("opened", emergencies_opened), ("tokens", tokens_confirmed)];
        let counts = counts.map(|(name, count)| (name, count.to_string()));
        fill(audits::HELD_CAPTION, &counts.each_ref().map(|(name, count)| (*name, count.as_str())))
    };
    table(audits::HELD, caption, heads, all.iter().map(row).collect())
}

/// The steps about the field matrix.
pub fn matrix(steps: &[MatrixStep], count: u32) -> AnyView {
    if steps.is_empty() {
        return nothing(audits::NO_MATRIX);
    }
    let row = |step: &MatrixStep| {
        let MatrixStep { entry, at, who, action, version } = step.clone();
        let who = move || if who.is_empty() { t(audits::NOBODY).to_owned() } else { who.clone() };
        vec![
            view! { <time class="num" datetime=time::machine(at)>{move || time::moment(at)}</time> }.into_any(),
            view! { <span>{who}</span> }.into_any(),
            view! { <span>{live(action.word())}</span> }.into_any(),
            plain(version.map_or_else(|| "—".to_owned(), |version| version.to_string())),
            plain(entry.to_string()),
        ]
    };
    let heads = vec![(audits::WHEN, false), (audits::PERSON, false), (audits::STEP, false), (audits::VERSION, true), (audits::ENTRY, true)];
    let caption = move || fill(audits::MATRIX_CAPTION, &[("n", &count.to_string())]);
    table(audits::MATRIX, caption, heads, steps.iter().map(row).collect())
}

/// The alarms, by how grave they are; the gravest first.
pub fn alarms(figures: AlarmFigures) -> AnyView {
    let AlarmFigures { raised, closed, open, confirmed } = figures;
    let row = |(name, counts): (Text, [u32; 3])| {
        let [notices, warnings, critical] = counts;
        let mut cells = vec![view! { <span>{live(name)}</span> }.into_any()];
        cells.extend([critical, warnings, notices].map(|count| number(count.into())));
        cells
    };
    let rows = [(audits::RAISED, raised), (audits::CLOSED, closed), (audits::STILL_OPEN, open)].map(row).into();
    let mut heads = vec![(audits::ALARMS, false)];
    heads.extend([Severity::Critical, Severity::Warning, Severity::Notice].map(|severity| (severity.word(), true)));
    table(audits::ALARMS, move || fill(audits::ALARMS_CAPTION, &[("n", &confirmed.to_string())]), heads, rows)
}

fn fault(name: &str) -> Text {
    match name {
        "gap" => faults::FAULT_GAP,
        "altered" => faults::FAULT_ALTERED,
        "mislabelled" => faults::FAULT_LABEL,
        "cut" | "rolled_back" => faults::FAULT_CUT,
        "forged_beginning" | "before_beginning" => faults::FAULT_BEGINNING,
        _ => faults::FAULT_HEAD,
    }
}

/// The trail, and what is kept how.
pub fn chain(trail: TrailFigures, kept: KeptFigures) -> AnyView {
    let TrailFigures { entries, heads, verified, fault: found, fault_at } = trail;
    let KeptFigures { since, session_hours, two_of_three } = kept;
    facts(vec![
        fact(audits::VERIFIED, move || match &found {
            None => fill(audits::VERIFIED_WHOLE, &[("n", &verified.to_string())]),
            Some(name) => fill(audits::VERIFIED_BROKEN, &[("at", &fault_at.unwrap_or_default().to_string()), ("what", t(fault(name)))]),
        }),
        fact(audits::HEADS, move || match heads {
            Some(HeadFigures { signed, missing }) => {
                fill(audits::HEADS_VALUE, &[("n", &signed.to_string()), ("missing", &missing.to_string())])
            }
            None => t(audits::NO_HEADS).to_owned(),
        }),
        fact(audits::ENTRIES, move || {
            fill(audits::ENTRIES_VALUE, &[("n", &entries.to_string()), ("at", &since.map(time::day_of).unwrap_or_default())])
        }),
        fact(audits::SESSIONS, move || fill(audits::SESSIONS_VALUE, &[("n", &session_hours.to_string())])),
        fact(audits::THREE, move || t(if two_of_three { audits::THREE_TWO } else { audits::THREE_APART }).to_owned()),
        fact(audits::BACKUPS, || t(audits::BACKUPS_VALUE).to_owned()),
    ])
}
