//! Standing grants: asking, deciding, ending. What a look under one needs is asked in `approvals`, where tickets are made.
//!
//! The rule: only whoever teaches a class asks, for fields that the matrix wants approved; somebody else, who has the duty, decides.
//! A grant and its end are entries in the ledger of every family that has a pupil in the class on that day. Deliberately absent: an
//! act that ends what is over, which the facts tell at each request.

use super::{Gate, reveal::reason};
use crate::{
    approval::{GrantAsk, GrantWrite, Openable},
    disclose::Disclosed,
    facts::Facts,
    records::{ClassFacts, GrantRecord},
    refused::Refused,
    trail::{By, Entry, Looks, RecordRef},
    viewer::{FreshViewer, Viewer},
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use contract::{
    catalogue::FieldKey,
    error::{FieldError, ValueError},
    field::RecordKind,
    ids::{GrantId, StaffId},
    rights::{Duty, Exposure, Reveal},
    wire::{
        approvals::ApprovalState,
        grants::{DAYS, Grant, GrantDecision, Grantable, Grants, NewGrant},
        ledger::{Action, FieldLook},
        reveals::{Reason, ReasonCode},
        school::ClassRef,
    },
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// For how long a request waits to be decided.
const WAITS: TimeDelta = TimeDelta::days(7);
/// What one's own can be withdrawn from.
const OPEN: &[ApprovalState] = &[ApprovalState::Asked, ApprovalState::Granted];
/// What somebody else's can be revoked from.
const STANDS: &[ApprovalState] = &[ApprovalState::Granted];

impl Gate {
    /// Asks for a standing grant over a class that the viewer teaches today.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] for a class of somebody else, and where the matrix does not want each field approved;
    /// [`Refused::Fields`] for no field, a day that is too late, or a reason that says nothing.
    pub fn ask_grant(&self, viewer: &Viewer, class: &ClassFacts, wish: &NewGrant) -> Result<GrantAsk, Refused> {
        let by = viewer.staff().ok_or(Refused::Forbidden)?;
        let may = self.grantable(viewer, class).ok_or(Refused::Forbidden)?;
        let fields: BTreeSet<FieldKey> = wish.fields.iter().copied().collect();
        if fields.is_empty() {
            return Err(wrong("fields", ValueError::Required));
        }
        if !fields.iter().all(|field| may.fields.contains(field)) {
            return Err(Refused::Forbidden);
        }
        if !(viewer.today()..=may.last_day).contains(&wish.last_day) {
            return Err(wrong("last_day", ValueError::Malformed));
        }
        let why = reason(&wish.reason, "reason.text")?;
        let (id, fields) = (GrantId(Uuid::now_v7()), fields.into_iter().collect::<Vec<_>>());
        let entry = entry(viewer, Action::ApprovalAsked, id, by, &fields).because(why);
        Ok(GrantAsk { id, class: class.id, fields, by, last_day: wish.last_day, until: viewer.now() + WAITS, entry })
    }

    /// Decides somebody else's request.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for one's own; [`Refused::Forbidden`] without the duty; [`Refused::Lapsed`] where it no longer waits, or
    /// whoever asked no longer teaches the class; [`Refused::Fields`].
    pub fn decide_grant(&self, by: FreshViewer<'_>, record: &GrantRecord, wish: &GrantDecision) -> Result<GrantWrite, Refused> {
        let viewer = by.viewer();
        let me = viewer.staff().filter(|_| viewer.has_duty(Duty::Approve)).ok_or(Refused::Forbidden)?;
        if record.by.id == me {
            return Err(Refused::NotFound);
        }
        let today = viewer.today();
        if record.state_at(viewer.now()) != ApprovalState::Asked {
            return Err(Refused::Lapsed);
        }
        let (id, decided_by, from) = (record.id, Some(me), &[ApprovalState::Asked]);
        match wish {
            GrantDecision::Grant { .. } if !record.is_taught(today) => Err(Refused::Lapsed),
            GrantDecision::Grant { last_day } => {
                let latest = record.last_day.min(latest(today, &record.class));
                let over = over(*last_day).filter(|_| (today..=latest).contains(last_day));
                let until = Some((*last_day, over.ok_or_else(|| wrong("last_day", ValueError::Malformed))?));
                let entry = with_pupils(viewer, Action::ApprovalGranted, record);
                Ok(GrantWrite { id, from, to: ApprovalState::Granted, until, decided_by, entry })
            }
            GrantDecision::Refuse { why } => {
                let why = reason(&Reason { code: ReasonCode::Other, text: why.clone() }, "why")?;
                let entry = entry(viewer, Action::ApprovalRefused, id, record.by.id, &record.fields).because(why);
                Ok(GrantWrite { id, from, to: ApprovalState::Refused, until: None, decided_by, entry })
            }
        }
    }

    /// Withdraws one's own, waiting or standing; revokes one of somebody else that stands.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for whoever may not; [`Refused::Lapsed`] where nothing is left to end.
    pub fn end_grant(&self, viewer: &Viewer, record: &GrantRecord) -> Result<GrantWrite, Refused> {
        let own = Some(record.by.id) == viewer.staff();
        if !own && !viewer.has_duty(Duty::Approve) {
            return Err(Refused::NotFound);
        }
        let state = record.state_at(viewer.now());
        let (from, to, action) = match state {
            ApprovalState::Asked | ApprovalState::Granted if own => (OPEN, ApprovalState::Withdrawn, Action::ApprovalWithdrawn),
            ApprovalState::Granted => (STANDS, ApprovalState::Revoked, Action::ApprovalRevoked),
            _ => return Err(Refused::Lapsed),
        };
        let entry = match state {
            ApprovalState::Granted => with_pupils(viewer, action, record),
            _ => entry(viewer, action, record.id, record.by.id, &record.fields),
        };
        Ok(GrantWrite { id: record.id, from, to, until: None, decided_by: None, entry })
    }

    /// The standing grants that concern the viewer; `classes` are those that they teach today.
    pub fn grants(
        &self,
        viewer: &Viewer,
        classes: &[ClassFacts],
        mine: &[GrantRecord],
        to_decide: &[GrantRecord],
        standing: &[GrantRecord],
    ) -> Disclosed<Grants> {
        let all = |records: &[GrantRecord]| records.iter().map(|record| grant(viewer, record)).collect();
        // The words have lost their numbers and addresses; the rest is plain facts of the school.
        Disclosed::recorded(Grants {
            may_ask: classes.iter().filter_map(|class| self.grantable(viewer, class)).collect(),
            mine: all(mine),
            to_decide: all(to_decide),
            standing: all(standing),
        })
    }

    /// The fields of a record for which a standing grant of the viewer holds now, where the matrix wants them approved.
    #[must_use]
    pub fn standing(&self, viewer: &Viewer, record: Openable<'_>, grants: &[GrantRecord]) -> Vec<FieldKey> {
        let about = record.0.reference();
        let held = |field: &FieldKey| {
            grants.iter().any(|grant| grant.opens_for(viewer, about, *field))
                && self.opens_by(viewer, record, *field) == Reveal::WithApproval
        };
        FieldKey::of(about.kind).filter(held).collect()
    }

    /// What the viewer may ask for in a class: nothing where they do not teach it today, or nothing in it wants an approval.
    fn grantable(&self, viewer: &Viewer, class: &ClassFacts) -> Option<Grantable> {
        let today = viewer.today();
        if viewer.staff() != Some(class.teacher.id) || !(class.starts..=class.ends).contains(&today) {
            return None;
        }
        // A pupil of the class, whoever it is: no family is looked at.
        let pupil = Facts { campus: class.campus.id, owner: None, taught_by_viewer: true, own_child: false };
        let policy = self.policy.load();
        let view = policy.view(viewer, &pupil);
        let fields: Vec<FieldKey> =
            FieldKey::of(RecordKind::Student).filter(|field| view.reached() && view.reveal(*field) == Reveal::WithApproval).collect();
        let class_ref = ClassRef { id: class.id, name: class.name.clone() };
        (!fields.is_empty()).then(|| Grantable { class: class_ref, fields, last_day: latest(today, class) })
    }
}

fn wrong(at: &str, code: ValueError) -> Refused {
    Refused::Fields(vec![FieldError { at: at.into(), code }])
}

/// The latest last day of a grant that begins today.
fn latest(today: NaiveDate, class: &ClassFacts) -> NaiveDate {
    today.checked_add_days(Days::new(DAYS)).unwrap_or(today).min(class.ends)
}

/// The moment at which a day at the school is over (+08:00, no daylight saving time).
fn over(day: NaiveDate) -> Option<DateTime<Utc>> {
    Some((day.succ_opt()?.and_time(NaiveTime::MIN) - TimeDelta::hours(8)).and_utc())
}

/// A step of a grant, about whose it is.
fn entry(viewer: &Viewer, action: Action, grant: GrantId, of: StaffId, fields: &[FieldKey]) -> Entry {
    let looks =
        Looks { fields: fields.iter().map(|field| FieldLook { field: *field, form: Exposure::Withheld }).collect(), records: Vec::new() };
    Entry::event(viewer.now(), By::viewer(viewer), action)
        .about(RecordRef { kind: RecordKind::Staff, id: of.0 })
        .seeing(vec![looks])
        .under(grant)
}

/// A step that concerns whoever attends the class today, and is in the ledgers of their families.
fn with_pupils(viewer: &Viewer, action: Action, record: &GrantRecord) -> Entry {
    let families: BTreeSet<_> = record.pupils.iter().map(|(_, family)| *family).collect();
    let records = record.pupils.iter().map(|(pupil, _)| RecordRef { kind: RecordKind::Student, id: pupil.0 }).collect();
    let fields = record.fields.iter().map(|field| FieldLook { field: *field, form: Exposure::Withheld }).collect();
    entry(viewer, action, record.id, record.by.id, &record.fields)
        .seeing(vec![Looks { fields, records }])
        .in_families(families.into_iter().collect())
}

fn grant(viewer: &Viewer, record: &GrantRecord) -> Grant {
    let GrantRecord { id, class, fields, by, roles, asked_at, reason, state: _, until, last_day, decided_by, answer, pupils: _ } = record;
    Grant {
        id: *id,
        class: ClassRef { id: class.id, name: class.name.clone() },
        fields: fields.clone(),
        by: by.clone(),
        roles: (*roles).into(),
        asked_at: *asked_at,
        reason: reason.code,
        words: reason.text.clone(),
        state: record.state_at(viewer.now()),
        until: *until,
        last_day: *last_day,
        decided_by: decided_by.as_ref().map(|decider| decider.who.clone()),
        answer: answer.clone(),
        holds: record.holds(viewer.now(), viewer.today()),
    }
}
