//! The register of approvals: what an authority asks for, and no more.
//!
//! The rule: a record, a standing grant or an emergency is named by the end of its id, a class by its name, a reason by its code. The
//! words that somebody typed stay in the trail, under the number that each step carries: this page leaves the house.

use super::ledger::{Kept, mark};
use crate::records::{RegisterRecord, Registered, RegisteredLooks};
use chrono::{DateTime, Utc};
use contract::wire::{
    approvals::ApprovalState,
    reports::{RegisterLine, RegisterLooks, RegisterStep, RegisterSubject},
    reveals::ReasonCode,
};

fn step(kept: &Kept) -> RegisterStep {
    let by = kept.entry.by();
    RegisterStep { entry: kept.seq, at: kept.entry.at(), who: by.name.clone(), roles: by.roles.into() }
}

/// One line, as it stands at `now`.
pub(crate) fn line(record: &RegisterRecord, now: DateTime<Utc>) -> RegisterLine {
    let RegisterRecord { about, state, until, asked, decided, looks, ended } = record;
    let (subject, id, fields) = match about {
        Registered::Once(record, field) => (RegisterSubject::Record { kind: record.kind }, record.id, vec![*field]),
        Registered::Standing { grant, class, fields, last_day } => {
            (RegisterSubject::Class { name: class.clone(), last_day: *last_day }, grant.0, fields.clone())
        }
        Registered::Emergency(id) => (RegisterSubject::Emergency, id.0, Vec::new()),
    };
    let open = matches!(state, ApprovalState::Asked | ApprovalState::Granted);
    RegisterLine {
        subject,
        mark: mark(id),
        fields,
        reason: asked.entry.reason().map_or(ReasonCode::Other, |reason| reason.code),
        asked: step(asked),
        state: if open && *until <= now { ApprovalState::Lapsed } else { *state },
        until: *until,
        decided: decided.as_ref().map(step),
        looks: looks.as_ref().map(|RegisteredLooks { count, first, last }| RegisterLooks {
            count: *count,
            first: step(first),
            last: step(last),
        }),
        ended: ended.as_ref().map(step),
    }
}
