//! A proposed change of the field matrix, as found. Plain facts alone: its words are the trail's.
//!
//! The rule: a change of the matrix is good while whoever proposed it may still keep the matrix, and whoever confirmed it is
//! somebody else who may still decide; asked anew each time. Deliberately absent: a state for what the clock, the matrix or the
//! people tell.

use super::Decider;
use crate::policy::Rules;
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{ProposalId, StaffId},
    rights::Duty,
    wire::proposals::ProposalState,
};

/// For how long a proposal waits to be confirmed.
const WAITS: TimeDelta = TimeDelta::days(14);
/// How long a change waits in a school in which nobody else could confirm it.
const ALONE: TimeDelta = TimeDelta::hours(24);

/// A proposed change and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalRecord {
    /// The proposal.
    pub id: ProposalId,
    /// The version that it was made from.
    pub base: i64,
    /// Who proposed it.
    pub by: Decider,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, as the trail has it.
    pub words: String,
    /// What became of it, as it is stored.
    pub state: ProposalState,
    /// From when it is to hold, where a moment was named.
    pub from: Option<DateTime<Utc>>,
    /// Whether nobody else could have confirmed it when it was proposed.
    pub alone: bool,
    /// Who confirmed, declined or took it back.
    pub decided_by: Option<Decider>,
    /// Why it was declined, as the trail has it.
    pub answer: String,
    /// The matrix as it would be, whole.
    pub rules: Rules,
}

impl ProposalRecord {
    /// Until when it waits to be confirmed.
    #[must_use]
    pub fn until(&self) -> DateTime<Utc> {
        let begins = if self.alone { self.lone_moment() } else { self.at };
        begins.checked_add_signed(WAITS).unwrap_or(begins)
    }

    /// When it comes into force by itself, if it is open and nothing comes between: at its moment once it is confirmed, or where nobody
    /// gains by it; after a day at the earliest where nobody else could confirm it.
    #[must_use]
    pub fn holds_at(&self) -> Option<DateTime<Utc>> {
        match self.state {
            ProposalState::Confirmed | ProposalState::Scheduled => self.from,
            ProposalState::Proposed if self.alone => Some(self.lone_moment()),
            _ => None,
        }
    }

    fn lone_moment(&self) -> DateTime<Utc> {
        let earliest = self.at.checked_add_signed(ALONE).unwrap_or(self.at);
        self.from.map_or(earliest, |from| from.max(earliest))
    }

    /// What became of it by now, with `present` the version in force.
    #[must_use]
    pub fn state_at(&self, now: DateTime<Utc>, present: i64) -> ProposalState {
        match self.state {
            _ if self.is_open() && self.base != present => ProposalState::Overtaken,
            _ if self.is_open() && !self.stands() => ProposalState::Deserted,
            ProposalState::Proposed if self.until() <= now => ProposalState::Lapsed,
            state => state,
        }
    }

    /// Whether it waits, as it is stored: for a second person, or for its moment.
    const fn is_open(&self) -> bool {
        matches!(self.state, ProposalState::Proposed | ProposalState::Confirmed | ProposalState::Scheduled)
    }

    /// Whoever made it so that it holds at its moment, where nothing is left to decide: whoever proposed it, and whoever confirmed it.
    #[must_use]
    pub fn settled_by(&self) -> Vec<StaffId> {
        match self.state {
            ProposalState::Confirmed | ProposalState::Scheduled => {
                std::iter::once(self.by.who.id).chain(self.decided_by.as_ref().map(|decider| decider.who.id)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the people behind it may still do what they did.
    fn stands(&self) -> bool {
        let confirmed = |decider: &Decider| decider.roles.has_duty(Duty::Approve) && decider.who.id != self.by.who.id;
        let second = self.state != ProposalState::Confirmed || self.decided_by.as_ref().is_some_and(confirmed);
        self.by.roles.has_duty(Duty::KeepPolicy) && second
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{
        rights::{Role, RoleSet},
        wire::school::StaffRef,
    };
    use uuid::Uuid;

    fn person(id: u128, roles: &[Role]) -> Decider {
        Decider {
            who: StaffRef { id: StaffId(Uuid::from_u128(id)), name: String::new() },
            roles: RoleSet::from_iter(roles.iter().copied()),
        }
    }

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + hours * 3600, 0).unwrap()
    }

    fn proposed() -> ProposalRecord {
        ProposalRecord {
            id: ProposalId(Uuid::from_u128(9)),
            base: 4,
            by: person(1, &[Role::PrivacyOfficer]),
            at: at(0),
            words: String::new(),
            state: ProposalState::Proposed,
            from: None,
            alone: false,
            decided_by: None,
            answer: String::new(),
            rules: Rules::default(),
        }
    }

    #[test]
    fn it_waits_for_fourteen_days_and_for_the_version_that_it_was_made_from() {
        let one = proposed();
        assert_eq!(one.state_at(at(14 * 24 - 1), 4), ProposalState::Proposed);
        assert_eq!(one.state_at(at(14 * 24), 4), ProposalState::Lapsed);
        assert_eq!(one.state_at(at(1), 5), ProposalState::Overtaken);
        assert_eq!(one.holds_at(), None);
    }

    #[test]
    fn it_stands_while_both_people_may_still_do_what_they_did() {
        let confirmed =
            |by, decider| ProposalRecord { state: ProposalState::Confirmed, from: Some(at(2)), by, decided_by: decider, ..proposed() };
        let (gu, meng) = (person(1, &[Role::PrivacyOfficer]), person(2, &[Role::Principal]));
        assert_eq!(confirmed(gu.clone(), Some(meng.clone())).state_at(at(400), 4), ProposalState::Confirmed);
        for (by, decider) in [
            (person(1, &[]), Some(meng.clone())),
            (person(1, &[Role::Principal]), Some(meng)),
            (gu.clone(), Some(person(2, &[]))),
            (gu.clone(), Some(person(2, &[Role::Auditor]))),
            // The same person, whatever else they have become.
            (gu.clone(), Some(person(1, &[Role::PrivacyOfficer, Role::Principal]))),
            (gu, None),
        ] {
            assert_eq!(confirmed(by, decider).state_at(at(1), 4), ProposalState::Deserted);
        }
    }

    #[test]
    fn one_by_which_nobody_gains_waits_for_its_moment_and_for_nobody() {
        let one = ProposalRecord { state: ProposalState::Scheduled, from: Some(at(900)), ..proposed() };
        assert_eq!((one.holds_at(), one.state_at(at(800), 4)), (Some(at(900)), ProposalState::Scheduled));
        assert_eq!(one.state_at(at(1), 5), ProposalState::Overtaken);
        let gone = ProposalRecord { by: person(1, &[Role::Principal]), ..one };
        assert_eq!(gone.state_at(at(1), 4), ProposalState::Deserted);
    }

    #[test]
    fn alone_it_holds_after_a_day_at_the_earliest() {
        let alone = ProposalRecord { alone: true, ..proposed() };
        assert_eq!(alone.holds_at(), Some(at(24)));
        assert_eq!(ProposalRecord { from: Some(at(3)), ..alone.clone() }.holds_at(), Some(at(24)));
        let later = ProposalRecord { from: Some(at(90 * 24)), ..alone };
        assert_eq!(later.holds_at(), Some(at(90 * 24)));
        assert_eq!(later.state_at(at(90 * 24), 4), ProposalState::Proposed);
    }
}
