//! An entry of the trail for a collector outside the school.
//!
//! The rule: people and records are ids, or the ends of them; fields are named with the form in which they were seen. A working
//! name, the words of a reason and the plain facts that a write set do not leave: they are for those who read the trail itself.

use super::ledger::{Kept, mark};
use crate::viewer::Actor;
use chrono::{DateTime, Utc};
use contract::{
    Weight,
    field::RecordKind,
    rights::Role,
    wire::{
        alarms::{AlarmMark, Tuning},
        ledger::{Action, FieldLook, TrailCut},
        reveals::ReasonCode,
    },
};

/// One entry, as a collector gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEvent {
    /// The number of the row: whoever gets a line twice knows it by that.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub action: Action,
    /// How much it asks for attention: of an alarm that was raised, as grave as that is.
    pub weight: Weight,
    /// Who, by id.
    pub actor: Option<Actor>,
    /// In which roles.
    pub roles: Vec<Role>,
    /// The last six digits of the id of the session.
    pub session: Option<String>,
    /// The last six digits of the id of the token for a program that it is a step of, or was done by.
    pub token: Option<String>,
    /// The kind of the record it is about, and the last six digits of its id.
    pub record: Option<(RecordKind, String)>,
    /// The fields that were seen or written, each form once.
    pub fields: Vec<FieldLook>,
    /// How many records were seen.
    pub records: usize,
    /// How many families find it in their ledger.
    pub families: usize,
    /// Why, from the list.
    pub reason: Option<ReasonCode>,
    /// Whether a passkey signed for it.
    pub signed: bool,
    /// The alarm that it is a step of.
    pub alarm: Option<AlarmMark>,
    /// How a rule of the watch was set anew.
    pub tuning: Option<Tuning>,
    /// For how many days the trail is kept, before and after.
    pub retention: Option<(u32, u32)>,
    /// What was taken away of the trail.
    pub cut: Option<TrailCut>,
}

impl From<&Kept> for FeedEvent {
    fn from(kept: &Kept) -> Self {
        let entry = &kept.entry;
        let mut fields = Vec::new();
        for look in entry.looks().iter().flat_map(|looks| &looks.fields) {
            if !fields.contains(look) {
                fields.push(*look);
            }
        }
        let raised = entry.alarm().filter(|_| entry.action() == Action::AlarmRaised);
        Self {
            seq: kept.seq,
            at: entry.at(),
            action: entry.action(),
            weight: raised.map_or_else(|| entry.action().weight(), |alarm| alarm.rule.severity().weight()),
            actor: entry.by().actor,
            roles: entry.by().roles.into(),
            session: entry.by().session.map(|session| mark(session.0)),
            token: entry.by().token.or(entry.token()).map(|token| mark(token.0)),
            record: entry.record().map(|record| (record.kind, mark(record.id))),
            fields,
            records: entry.looks().iter().map(|looks| looks.records.len()).sum(),
            families: entry.families().len(),
            reason: entry.reason().map(|reason| reason.code),
            signed: entry.receipt().is_some(),
            alarm: entry.alarm(),
            tuning: entry.tuned(),
            retention: entry.retention(),
            cut: entry.cut(),
        }
    }
}
