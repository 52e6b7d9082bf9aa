//! Approvals: asking, deciding, withdrawing, and the ticket that a granted one is.
//!
//! The rule: whoever decides is another person than whoever asks, has the duty, and reaches the family; the keeper of the
//! matrix, who reaches none, decides for the whole school and sees no family. Every step is an entry in the family's ledger.
//! A ticket is good while the matrix asks for one, and while whoever granted it may still grant.

use super::{Gate, reveal::reason};
use crate::{
    approval::{ApprovalAsk, ApprovalScope, ApprovalWrite, Openable, Permit, Ticket, Whose},
    disclose::{Disclosed, LookBook, family},
    records::{ApprovalRecord, FamilyRecord, GrantRecord},
    refused::Refused,
    trail::{By, Entry, Looks, RecordRef},
    viewer::{FreshViewer, Viewer},
};
use chrono::TimeDelta;
use contract::{
    catalogue::FieldKey,
    error::{FieldError, ValueError},
    ids::{ApprovalId, FamilyId},
    rights::{Duty, Exposure, Reveal},
    wire::{
        approvals::{Approval, ApprovalState, Approvals, Decision, NewApproval},
        ledger::{Action, FieldLook},
        reveals::{Reason, ReasonCode},
        today::FamilyBrief,
    },
};
use std::{borrow::Borrow, collections::BTreeMap};
use uuid::Uuid;

/// For how long a request waits to be decided.
const WAITS: TimeDelta = TimeDelta::days(7);
/// For how many hours an approval is good; at the most for `APPROVAL_MOST`.
const HOURS: std::ops::RangeInclusive<u8> = 1..=24;

impl Gate {
    /// The requests of `viewer`.
    #[must_use]
    pub fn own_approvals(&self, viewer: &Viewer) -> Option<ApprovalScope> {
        viewer.staff().map(|me| ApprovalScope { whose: Whose::Own(me), now: viewer.now(), day: viewer.today() })
    }

    /// The requests that `viewer` may decide; nothing without the duty.
    #[must_use]
    pub fn approvals_to_decide(&self, viewer: &Viewer) -> Option<ApprovalScope> {
        let me = viewer.staff().filter(|_| viewer.has_duty(Duty::Approve))?;
        let within = (!viewer.has_duty(Duty::KeepPolicy)).then(|| self.scope(viewer));
        Some(ApprovalScope { whose: Whose::OthersThan(me, within), now: viewer.now(), day: viewer.today() })
    }

    /// Asks for an approval to open one field of a record that the viewer reaches.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] where the matrix does not ask for one; [`Refused::Fields`] for a reason that says nothing.
    pub fn ask_approval(&self, viewer: &Viewer, record: Openable<'_>, wish: &NewApproval) -> Result<ApprovalAsk, Refused> {
        let by = viewer.staff().ok_or(Refused::Forbidden)?;
        if self.opens_by(viewer, record, wish.field) != Reveal::WithApproval {
            return Err(Refused::Forbidden);
        }
        let (about, family) = (record.0.reference(), record.0.family());
        let entry = entry(viewer, Action::ApprovalAsked, about, family, wish.field).because(reason(&wish.reason, "reason.text")?);
        Ok(ApprovalAsk { id: ApprovalId(Uuid::now_v7()), record: about, family, field: wish.field, by, until: viewer.now() + WAITS, entry })
    }

    /// Decides somebody else's request.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for one's own; [`Refused::Forbidden`] without the duty; [`Refused::Lapsed`] where it no longer
    /// waits; [`Refused::Fields`].
    pub fn decide_approval(&self, by: FreshViewer<'_>, record: &ApprovalRecord, wish: &Decision) -> Result<ApprovalWrite, Refused> {
        let viewer = by.viewer();
        let me = viewer.staff().filter(|_| viewer.has_duty(Duty::Approve)).ok_or(Refused::Forbidden)?;
        if record.by.id == me {
            return Err(Refused::NotFound);
        }
        if record.state_at(viewer.now()) != ApprovalState::Asked {
            return Err(Refused::Lapsed);
        }
        let of = |action| entry(viewer, action, record.record, record.family, record.field);
        let (to, until, entry) = match wish {
            Decision::Grant { hours } if HOURS.contains(hours) => {
                let until = viewer.now() + TimeDelta::hours(i64::from(*hours));
                (ApprovalState::Granted, Some(until), of(Action::ApprovalGranted))
            }
            Decision::Grant { .. } => return Err(Refused::Fields(vec![FieldError { at: "hours".into(), code: ValueError::Malformed }])),
            Decision::Refuse { why } => {
                let why = reason(&Reason { code: ReasonCode::Other, text: why.clone() }, "why")?;
                (ApprovalState::Refused, None, of(Action::ApprovalRefused).because(why))
            }
        };
        Ok(ApprovalWrite { id: record.id, from: &[ApprovalState::Asked], to, until, decided_by: Some(me), entry })
    }

    /// Withdraws one's own request.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for somebody else's; [`Refused::Lapsed`] where nothing is left to withdraw.
    pub fn withdraw_approval(&self, viewer: &Viewer, record: &ApprovalRecord) -> Result<ApprovalWrite, Refused> {
        const OPEN: &[ApprovalState] = &[ApprovalState::Asked, ApprovalState::Granted];
        if Some(record.by.id) != viewer.staff() {
            return Err(Refused::NotFound);
        }
        if !OPEN.contains(&record.state_at(viewer.now())) {
            return Err(Refused::Lapsed);
        }
        let entry = entry(viewer, Action::ApprovalWithdrawn, record.record, record.family, record.field);
        Ok(ApprovalWrite { id: record.id, from: OPEN, to: ApprovalState::Withdrawn, until: None, decided_by: None, entry })
    }

    /// Whether `viewer` may open a field of this record now, and by what.
    #[must_use]
    pub fn opens_by(&self, viewer: &Viewer, record: Openable<'_>, field: FieldKey) -> Reveal {
        let policy = self.policy.load();
        let view = policy.view(viewer, record.0.facts());
        let held = field.record() == record.0.reference().kind && view.reached();
        if held { view.reveal(field) } else { Reveal::No }
    }

    /// The ticket that is good for this viewer, record and field now: by a standing grant, which stays, or else by one of these
    /// approvals.
    ///
    /// # Errors
    /// [`Refused::Approval`] where there is none; [`Refused::TrailDown`].
    pub async fn ticket<'v>(
        &self,
        viewer: &'v Viewer,
        record: Openable<'_>,
        field: FieldKey,
        approvals: &[ApprovalRecord],
        grants: &[GrantRecord],
    ) -> Result<Ticket<'v>, Refused> {
        let about = record.0.reference();
        let is_good = |approval: &&ApprovalRecord| approval.record == about && approval.field == field && approval.opens_for(viewer);
        let once = || approvals.iter().find(is_good).map(|approval| Permit::Once(approval.id));
        let standing = grants.iter().find(|grant| grant.opens_for(viewer, about, field)).map(|grant| Permit::Standing(grant.id));
        match standing.or_else(once) {
            Some(permit) if self.opens_by(viewer, record, field) == Reveal::WithApproval => {
                Ok(Ticket { by: viewer, permit, record: about, field })
            }
            Some(_) | None => Err(self.refuse(viewer, Some(about), Refused::Approval).await),
        }
    }

    /// The requests that concern the viewer. `families` are those among theirs that the viewer reaches, `standing` the fields of the
    /// record that they are about for which a standing grant holds.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn approvals(
        &self,
        viewer: &Viewer,
        mine: &[ApprovalRecord],
        to_decide: &[ApprovalRecord],
        families: &[impl Borrow<FamilyRecord>],
        standing: Vec<FieldKey>,
    ) -> Result<Disclosed<Approvals>, Refused> {
        let mut book = LookBook::default();
        let list = {
            let policy = self.policy.load();
            let mut briefs = BTreeMap::new();
            for record in families {
                briefs.insert(record.borrow().family.id, family::brief(&policy, &self.vault, viewer, record.borrow(), &mut book)?);
            }
            let all = |records: &[ApprovalRecord]| records.iter().map(|record| approval(viewer, record, &briefs)).collect();
            Approvals { mine: all(mine), to_decide: all(to_decide), standing }
        };
        self.disclose(viewer, Action::Listed, None, book, list).await
    }
}

/// What is done about one field of one record, which stays closed.
fn entry(viewer: &Viewer, action: Action, record: RecordRef, family: FamilyId, field: FieldKey) -> Entry {
    let look = FieldLook { field, form: Exposure::Withheld };
    Entry::event(viewer.now(), By::viewer(viewer), action)
        .about(record)
        .in_families(vec![family])
        .seeing(vec![Looks { fields: vec![look], records: vec![record] }])
}

fn approval(viewer: &Viewer, record: &ApprovalRecord, families: &BTreeMap<FamilyId, FamilyBrief>) -> Approval {
    let ApprovalRecord { id, record: about, family, field, by, roles, asked_at, reason, state: _, until, decided_by, answer } = record;
    let state = match record.state_at(viewer.now()) {
        // Granted by somebody who may no longer grant: it opens nothing, and another can be asked for.
        ApprovalState::Granted if !record.opens_for(viewer) => ApprovalState::Lapsed,
        state => state,
    };
    Approval {
        id: *id,
        kind: about.kind,
        record: about.id,
        field: *field,
        by: by.clone(),
        roles: (*roles).into(),
        asked_at: *asked_at,
        reason: reason.code,
        words: reason.text.clone(),
        state,
        until: *until,
        decided_by: decided_by.as_ref().map(|decider| decider.who.clone()),
        answer: answer.clone(),
        family: families.get(family).cloned(),
    }
}
