//! The register of approvals: what an authority asks for, and no more.
//!
//! The rule: a record is named by the end of its id, a reason by its code. The words that somebody typed stay in the trail, under the
//! number that each step carries: this page leaves the house.

use super::{
    export::neutral,
    ledger::{Kept, mark},
};
use crate::records::RegisterRecord;
use chrono::{DateTime, SecondsFormat, Utc};
use contract::wire::{
    approvals::ApprovalState,
    reports::{RegisterLine, RegisterStep},
    reveals::ReasonCode,
};

fn step(kept: &Kept) -> RegisterStep {
    let by = kept.entry.by();
    RegisterStep { entry: kept.seq, at: kept.entry.at(), who: by.name.clone(), roles: by.roles.into() }
}

/// One line, as it stands at `now`.
pub(crate) fn line(record: &RegisterRecord, now: DateTime<Utc>) -> RegisterLine {
    let RegisterRecord { record, field, state, until, asked, decided, ended } = record;
    let open = matches!(state, ApprovalState::Asked | ApprovalState::Granted);
    RegisterLine {
        kind: record.kind,
        mark: mark(record.id),
        field: *field,
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
    let RegisterLine { kind, mark, field, reason, asked, state, until, decided, ended } = line(record, now);
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut cells = Vec::with_capacity(17);
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
    let about = [kind.name(), mark.as_str(), field.name(), reason.name(), state.name()].map(str::to_owned);
    cells.extend(about);
    cells.push(time(until));
    cells
}
