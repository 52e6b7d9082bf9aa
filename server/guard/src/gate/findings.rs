//! Findings of audits: made under a report that nobody signed yet, and followed to their end.
//!
//! The rule: four eyes. Whoever is to do something, and whoever says that it was done, is not who accepts it. What is typed lies
//! sealed and leaves without numbers and addresses. Deliberately absent: taking a finding away.

use super::{Gate, alarms::said, audits::drawer};
use crate::{
    audit::{FindingAct, FindingWrite},
    disclose::Disclosed,
    records::{AuditRecord, FindingRecord, LateFinding, StepRecord},
    refused::Refused,
    trail::{By, Entry, RecordRef},
    vault::Vault,
    viewer::Viewer,
};
use chrono::TimeDelta;
use contract::{
    error::{FieldError, ValueError},
    field::RecordKind,
    ids::{FindingId, StaffId},
    rights::{Duty, RoleSet},
    wire::{
        audits::{AUDIT_DAYS, AUDIT_WORDS, AuditState},
        findings::{FindingCard, FindingMove, FindingState, FindingStep, NewFinding, NewFindingStep},
        ledger::Action,
    },
};
use uuid::Uuid;

impl Gate {
    /// Makes a finding. `owner` are the roles of whoever is to do something, where they may sign in.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] for whoever does not draw reports up; [`Refused::Lapsed`] where it is signed or declined;
    /// [`Refused::Fields`] without words, for a day that is over or too far ahead, and for an owner who could not read it.
    pub fn find(&self, viewer: &Viewer, record: &AuditRecord, wish: &NewFinding, owner: Option<RoleSet>) -> Result<FindingAct, Refused> {
        let by = drawer(viewer).ok_or(Refused::Forbidden)?;
        if record.state != AuditState::Drawn {
            return Err(Refused::Lapsed);
        }
        let mut wrong = Vec::new();
        if wish.due < viewer.today() || wish.due > viewer.today() + TimeDelta::days(AUDIT_DAYS) {
            wrong.push(FieldError { at: "due".into(), code: ValueError::DateRange });
        }
        if !owner.is_some_and(|roles| roles.has_duty(Duty::ReadAudit)) {
            wrong.push(FieldError { at: "owner".into(), code: ValueError::Required });
        }
        let words = match said(&wish.words, AUDIT_WORDS) {
            Ok(words) if wrong.is_empty() => words,
            Ok(_) => return Err(Refused::Fields(wrong)),
            Err(Refused::Fields(of_words)) => return Err(Refused::Fields(of_words.into_iter().chain(wrong).collect())),
            Err(other) => return Err(other),
        };
        let write = FindingWrite::Made { audit: record.id, risk: wish.risk, owner: wish.owner, due: wish.due };
        self.finding_act(viewer, (FindingId(Uuid::now_v7()), by, wish.owner), write, FindingStep::Made, words)
    }

    /// Takes a step about a finding.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] where it is not the viewer's to take; [`Refused::Lapsed`] where it cannot be taken now;
    /// [`Refused::Fields`] without words.
    pub fn step_finding(&self, viewer: &Viewer, record: &FindingRecord, wish: &NewFindingStep) -> Result<FindingAct, Refused> {
        let by = viewer.staff().filter(|_| viewer.has_duty(Duty::ReadAudit)).ok_or(Refused::Forbidden)?;
        let (from, to) = match wish.step {
            FindingStep::Done => (FindingState::Open, FindingState::Done),
            FindingStep::Returned => (FindingState::Done, FindingState::Open),
            FindingStep::Accepted => (FindingState::Done, FindingState::Accepted),
            // A finding is made with its report.
            FindingStep::Made => return Err(Refused::Lapsed),
        };
        if record.state != from {
            return Err(Refused::Lapsed);
        }
        if !may(viewer, record).contains(&wish.step) {
            return Err(Refused::Forbidden);
        }
        let words = said(&wish.words, AUDIT_WORDS)?;
        self.finding_act(viewer, (record.id, by, record.owner.id), FindingWrite::Moved { from, to }, wish.step, words)
    }

    /// A finding for whoever has just done something about it.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty; [`Refused::Broken`].
    pub fn finding_after(&self, viewer: &Viewer, record: &FindingRecord) -> Result<Disclosed<FindingCard>, Refused> {
        if !viewer.has_duty(Duty::ReadAudit) {
            return Err(Refused::Forbidden);
        }
        Ok(Disclosed::recorded(finding_card(&self.vault, viewer, record)?))
    }

    /// Whether findings could be anything of `viewer`'s at all.
    #[must_use]
    pub fn follows_findings(&self, viewer: &Viewer) -> bool {
        viewer.has_duty(Duty::ReadAudit)
    }

    /// Of how many of these the next step is the viewer's to take.
    #[must_use]
    pub fn findings_to_step(&self, viewer: &Viewer, late: &[LateFinding]) -> u64 {
        let theirs = |one: &&LateFinding| !steps(viewer, **one).is_empty();
        late.iter().filter(theirs).count().try_into().unwrap_or(u64::MAX)
    }

    fn finding_act(
        &self,
        viewer: &Viewer,
        (id, by, owner): (FindingId, StaffId, StaffId),
        write: FindingWrite,
        step: FindingStep,
        words: &str,
    ) -> Result<FindingAct, Refused> {
        let row = Uuid::now_v7();
        let words = self.vault.seal_label(row, words)?;
        let about = RecordRef { kind: RecordKind::Staff, id: owner.0 };
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::FindingChanged).about(about);
        Ok(FindingAct { id, write, row, step, by, words, entry })
    }
}

/// A finding as `viewer` reads it.
pub(super) fn finding_card(vault: &Vault, viewer: &Viewer, record: &FindingRecord) -> Result<FindingCard, Refused> {
    let FindingRecord { id, from, to, risk, owner, due, state, steps } = record;
    let step = |one: &StepRecord| -> Result<FindingMove, Refused> {
        let StepRecord { row, step, by, at, entry, words } = one;
        Ok(FindingMove { step: *step, who: by.name.clone(), at: *at, entry: *entry, words: vault.show_label(*row, words)? })
    };
    Ok(FindingCard {
        id: *id,
        from: *from,
        to: *to,
        risk: *risk,
        owner: owner.name.clone(),
        due: *due,
        overdue: *state != FindingState::Accepted && *due < viewer.today(),
        state: *state,
        steps: steps.iter().map(step).collect::<Result<_, _>>()?,
        may: may(viewer, record),
    })
}

/// What `viewer` may do about a finding now.
fn may(viewer: &Viewer, record: &FindingRecord) -> Vec<FindingStep> {
    let said_done = record.steps.iter().rev().find(|one| one.step == FindingStep::Done).map(|one| one.by.id);
    steps(viewer, LateFinding { owner: record.owner.id, state: record.state, said_done })
}

/// The same by plain facts. Whoever draws reports up may say that it was done where its owner cannot.
fn steps(viewer: &Viewer, LateFinding { owner, state, said_done }: LateFinding) -> Vec<FindingStep> {
    let Some(me) = viewer.staff().filter(|_| viewer.has_duty(Duty::ReadAudit)) else { return Vec::new() };
    let audits = viewer.has_duty(Duty::ReadTrail) || viewer.has_duty(Duty::SignAudit);
    match state {
        FindingState::Open if me == owner || drawer(viewer).is_some() => vec![FindingStep::Done],
        FindingState::Done if audits && me != owner && said_done != Some(me) => vec![FindingStep::Returned, FindingStep::Accepted],
        FindingState::Open | FindingState::Done | FindingState::Accepted => Vec::new(),
    }
}
