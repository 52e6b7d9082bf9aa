//! Four eyes over the field matrix: proposing what widens it, confirming, declining, withdrawing, and the moment.
//!
//! The rule: whoever keeps the matrix proposes; whoever decides approvals confirms, and is another person, whatever roles either
//! of them has by now. Whether a change widens, and whether it is still of the version in force, is asked where it is written.
//! Deliberately absent: a record; nothing is opened here.

use super::{Gate, reveal::reason};
use crate::{
    disclose::Disclosed,
    policy::Rules,
    proposal::{ProposalAsk, ProposalDue, ProposalWrite, Step, Wanted},
    records::ProposalRecord,
    refused::Refused,
    trail::{By, Entry},
    viewer::{Actor, FreshViewer, Viewer},
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    error::{FieldError, ValueError},
    ids::{ProposalId, StaffId},
    rights::Duty,
    wire::{
        ledger::Action,
        policy::PolicyImpact,
        proposals::{DAYS_AHEAD, NewProposal, Proposal, ProposalDecision, ProposalState, Proposals},
        reveals::{Reason, ReasonCode},
    },
};
use uuid::Uuid;

impl Gate {
    /// Proposes a change.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty; [`Refused::Fields`] for words that say nothing, for a moment in the past or too far
    /// ahead, for a name that no role can have, and for a way back that is a change too.
    pub fn propose(&self, by: FreshViewer<'_>, wish: &NewProposal) -> Result<ProposalAsk, Refused> {
        let NewProposal { version, cells, scopes, conditions, roles, to, words, from } = wish.clone();
        let viewer = by.viewer();
        let me = viewer.staff().filter(|_| viewer.has_duty(Duty::KeepPolicy)).ok_or(Refused::Forbidden)?;
        let why = reason(&Reason { code: ReasonCode::Other, text: words }, "words")?;
        let now = viewer.now();
        if from.is_some_and(|from| from < now || from > now + TimeDelta::days(DAYS_AHEAD)) {
            return Err(wrong("from", ValueError::DateRange));
        }
        let change = Rules::read(Rules { cells, scopes, conditions, roles })?;
        let wanted = match to {
            None => Wanted::Laid(change),
            Some(to) if change.is_empty() => Wanted::Back(to),
            Some(_) => return Err(wrong("to", ValueError::Malformed)),
        };
        let entry = entry(now, By::viewer(viewer), Action::PolicyProposed, version).because(why);
        Ok(ProposalAsk { id: ProposalId(Uuid::now_v7()), by: me, base: version, wanted, from, entry })
    }

    /// Confirms or declines what somebody else proposed.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty and for one's own; [`Refused::Lapsed`] where it no longer waits;
    /// [`Refused::Fields`].
    pub fn decide_proposal(&self, by: FreshViewer<'_>, record: &ProposalRecord, wish: &ProposalDecision) -> Result<ProposalWrite, Refused> {
        let viewer = by.viewer();
        let me = decider(viewer, record).ok_or(Refused::Forbidden)?;
        if record.state_at(viewer.now(), record.base) != ProposalState::Proposed {
            return Err(Refused::Lapsed);
        }
        let of = |action| entry(viewer.now(), By::viewer(viewer), action, record.base);
        let (step, entry) = match wish {
            ProposalDecision::Confirm {} => (Step::Confirm(Box::new(of(Action::PolicyChanged))), of(Action::PolicyConfirmed)),
            ProposalDecision::Decline { why } => {
                let why = reason(&Reason { code: ReasonCode::Other, text: why.clone() }, "why")?;
                (Step::Decline, of(Action::PolicyDeclined).because(why))
            }
        };
        Ok(ProposalWrite { id: record.id, by: me, step, entry })
    }

    /// Takes a change back that does not hold yet: one's own, or one that oneself confirmed.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] for anybody else's; [`Refused::Lapsed`] where nothing is left to take back.
    pub fn withdraw_proposal(&self, viewer: &Viewer, record: &ProposalRecord) -> Result<ProposalWrite, Refused> {
        let me = behind(viewer, record).ok_or(Refused::Forbidden)?;
        if !is_open(record.state_at(viewer.now(), record.base)) {
            return Err(Refused::Lapsed);
        }
        let entry = entry(viewer.now(), By::viewer(viewer), Action::PolicyWithdrawn, record.base);
        Ok(ProposalWrite { id: record.id, by: me, step: Step::Withdraw, entry })
    }

    /// A change that comes into force by itself, once its moment has come.
    #[must_use]
    pub fn proposal_due(&self, now: DateTime<Utc>, record: &ProposalRecord) -> Option<ProposalDue> {
        record.holds_at().filter(|moment| *moment <= now)?;
        // As an act of whoever made it hold; of nobody where it does not.
        let last = record.decided_by.as_ref().unwrap_or(&record.by);
        let by = By::person(Actor::Staff(last.who.id), last.who.name.clone(), last.roles);
        let holds = entry(now, by, Action::PolicyChanged, record.base);
        let fails = entry(now, By::nobody(), Action::PolicyDeclined, record.base);
        Some(ProposalDue { id: record.id, at: now, holds, fails })
    }

    /// The last proposal as `viewer` reads it; `present` is the version in force.
    pub fn proposals(&self, viewer: &Viewer, present: i64, last: Option<(&ProposalRecord, PolicyImpact)>) -> Disclosed<Proposals> {
        // Its words have lost their numbers and addresses; the rest of it is plain facts.
        Disclosed::recorded(Proposals { last: last.map(|(record, impact)| proposal(viewer, record, present, impact)) })
    }
}

fn proposal(viewer: &Viewer, record: &ProposalRecord, present: i64, impact: PolicyImpact) -> Proposal {
    let state = record.state_at(viewer.now(), present);
    // Who could confirm may have come to the school since.
    let by_itself = matches!(state, ProposalState::Confirmed | ProposalState::Scheduled)
        || (state == ProposalState::Proposed && impact.confirmers.is_empty());
    Proposal {
        id: record.id,
        by: record.by.who.clone(),
        at: record.at,
        words: record.words.clone(),
        state,
        until: record.until(),
        from: record.from,
        holds_at: record.holds_at().filter(|_| by_itself),
        decided_by: record.decided_by.as_ref().map(|decider| decider.who.clone()),
        answer: record.answer.clone(),
        may_decide: state == ProposalState::Proposed && decider(viewer, record).is_some(),
        may_withdraw: (is_open(state) || state == ProposalState::Overtaken) && behind(viewer, record).is_some(),
        impact,
    }
}

/// The viewer as a second person: with the duty, and not whoever proposed it.
fn decider(viewer: &Viewer, record: &ProposalRecord) -> Option<StaffId> {
    viewer.staff().filter(|me| viewer.has_duty(Duty::Approve) && *me != record.by.who.id)
}

/// The viewer as one of the people behind a proposal: whoever proposed it, or confirmed it.
fn behind(viewer: &Viewer, record: &ProposalRecord) -> Option<StaffId> {
    let confirmed = record.decided_by.as_ref().filter(|_| record.state == ProposalState::Confirmed);
    viewer.staff().filter(|me| *me == record.by.who.id || confirmed.is_some_and(|decider| *me == decider.who.id))
}

const fn is_open(state: ProposalState) -> bool {
    matches!(state, ProposalState::Proposed | ProposalState::Confirmed | ProposalState::Scheduled)
}

/// An entry about the version that would come after `base`.
fn entry(at: DateTime<Utc>, by: By, action: Action, base: i64) -> Entry {
    Entry::event(at, by, action).making_version(base.saturating_add(1))
}

fn wrong(at: &str, code: ValueError) -> Refused {
    Refused::Fields(vec![FieldError { at: at.into(), code }])
}
