//! The register of approvals: what an authority asks for, and no more.
//!
//! The rule: a record or a standing grant is named by the end of its id, a class by its name, a reason by its code. The words that somebody typed stay in the trail, under the
//! number that each step carries: this page leaves the house.

use super::{
    export::neutral,
    ledger::{Kept, mark},
};
use crate::records::{RegisterRecord, Registered};
use chrono::{DateTime, SecondsFormat, Utc};
use contract::{
    catalogue::FieldKey,
    wire::{
        approvals::ApprovalState,
        reports::{RegisterLine, RegisterStep, RegisterSubject},
        reveals::ReasonCode,
    },
};

fn step(kept: &Kept) -> RegisterStep {
    let by = kept.entry.by();
    RegisterStep { entry: kept.seq, at: kept.entry.at(), who: by.name.clone(), roles: by.roles.into() }
}

/// One line, as it stands at `now`.
pub(crate) fn line(record: &RegisterRecord, now: DateTime<Utc>) -> RegisterLine {
    let RegisterRecord { about, state, until, asked, decided, ended } = record;
    let (subject, id, fields) = match about {
        Registered::Once(record, field) => (RegisterSubject::Record { kind: record.kind }, record.id, vec![*field]),
        Registered::Standing { grant, class, fields, last_day } => {
            (RegisterSubject::Class { name: class.clone(), last_day: *last_day }, grant.0, fields.clone())
        }
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
        ended: ended.as_ref().map(step),
    }
}

/// One line as cells of a file, by stable names: the request, what it was about, why, what became of it, and each step.
pub(crate) fn cells(record: &RegisterRecord, now: DateTime<Utc>) -> Vec<String> {
    let RegisterLine { subject, mark, fields, reason, asked, state, until, decided, ended } = line(record, now);
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut cells = Vec::with_capacity(19);
    let mut stepped = |step: Option<RegisterStep>| match step {
        Some(RegisterStep { entry, at, who, roles }) => {
            let roles = roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" ");
            cells.extend([entry.to_string(), time(at), neutral(&who), roles]);
        }
        None => cells.extend(std::iter::repeat_n(String::new(), 4)),
    };
    stepped(Some(asked));
    stepped(decided);
    stepped(ended);
    let (kind, class) = match subject {
        RegisterSubject::Record { kind } => (kind.name(), String::new()),
        RegisterSubject::Class { name, last_day: _ } => ("class", neutral(&name)),
    };
    let fields = fields.into_iter().map(FieldKey::name).collect::<Vec<_>>().join(" ");
    cells.extend([kind.to_owned(), class, mark, fields, reason.name().to_owned(), state.name().to_owned(), time(until)]);
    cells
}
