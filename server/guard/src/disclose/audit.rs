//! The figures of an audit, out of what was counted.
//!
//! The rule: what no entry tells is not judged: a right whose use leaves none is not called unused, and where somebody holds several
//! roles, what one of them gives counts for each that gives it. The document is canonical JSON (RFC 8785): keys in their order, whole
//! numbers, no space. Deliberately absent: a family, and words that anybody typed.

use super::activity::{compared, counted, sum};
use crate::{
    policy::Policy,
    records::{Act, AlarmFact, AuditCounts, AuditedPerson},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::{
    FieldKey,
    rights::{Duty, Reveal, Role, RoleSet, RowScope},
    wire::{
        alarms::{Outcome, Severity},
        approvals::ApprovalState,
        audits::{
            AlarmFigures, ApprovalFigures, AuditDecider, AuditExport, AuditFigures, AuditHeld, AuditHint, AuditHold, AuditPerson,
            AuditPointer, AuditRight, HoldFigures, KeptFigures, MatrixStep, SignInFigures, StaffFigures, TrailFigures, UNUSED_DAYS,
        },
        emergencies::EmergencyState,
        ledger::Action,
        reports::{Measure, Measured},
        school::StaffRef,
        tokens::TokenState,
    },
};
use uuid::Uuid;

/// Steps about the matrix that are written out.
const STEPS: usize = 200;

/// The rights whose use an act shows. Without a wildcard: a new action does not compile until somebody says what it is the use of.
const fn shows(action: Action) -> &'static [AuditRight] {
    match action {
        Action::Created | Action::Changed | Action::CorrectionAccepted | Action::CorrectionDeclined => &[AuditRight::KeepFamilies],
        Action::Searched => &[AuditRight::Search],
        Action::Revealed => &[AuditRight::Reveal],
        Action::Exported => &[AuditRight::Export],
        Action::ApprovalGranted
        | Action::ApprovalRefused
        | Action::ApprovalRevoked
        | Action::PolicyConfirmed
        | Action::PolicyDeclined
        | Action::QuestionAnswered
        | Action::EmergencyOpened
        | Action::TokenConfirmed
        | Action::TokenRefused => &[AuditRight::Approve],
        // Whoever decides may end one, and whoever watches.
        Action::EmergencyClosed => &[AuditRight::Approve, AuditRight::Watch],
        Action::PolicyChanged
        | Action::PolicyProposed
        | Action::PolicyReviewed
        | Action::PolicyRolledBack
        | Action::PolicyWithdrawn
        | Action::ViewedAs
        | Action::WatchChanged => &[AuditRight::KeepPolicy],
        Action::TrailRead | Action::TrailVerified | Action::TrailExported | Action::AuditReported | Action::FindingChanged => {
            &[AuditRight::ReadTrail]
        }
        Action::AlarmTaken | Action::AlarmClosed | Action::AlarmUndone => &[AuditRight::Watch],
        Action::StaffCreated
        | Action::StaffChanged
        | Action::RolesChanged
        | Action::CampusesChanged
        | Action::StaffSuspended
        | Action::StaffRestored
        | Action::SessionsEnded
        | Action::StaffLeft => &[AuditRight::KeepStaff],
        // Of a colleague by whoever keeps the staff, of a guardian by whoever keeps the families.
        Action::EnrolmentIssued => &[AuditRight::KeepStaff, AuditRight::KeepFamilies],
        Action::CampusAdded
        | Action::CampusRenamed
        | Action::CampusClosed
        | Action::SchoolChanged
        | Action::LadderChanged
        | Action::RetentionChanged => &[AuditRight::KeepSchool],
        Action::AuditSigned | Action::AuditDeclined => &[AuditRight::SignAudit],
        // Everybody's own, what was only seen, what nobody did, and what did not happen.
        Action::SignedIn
        | Action::SignInRefused
        | Action::SignedOut
        | Action::SteppedUp
        | Action::SessionEnded
        | Action::SessionDisplaced
        | Action::SessionMoved
        | Action::PasskeyAdded
        | Action::PasskeyRemoved
        | Action::RecoveryCodesMade
        | Action::PasswordSet
        | Action::PasswordRemoved
        | Action::RecoveryCodeUsed
        | Action::CodeSent
        | Action::NoticeSent
        | Action::Listed
        | Action::Shown
        | Action::ApprovalAsked
        | Action::ApprovalWithdrawn
        | Action::CorrectionAsked
        | Action::CorrectionWithdrawn
        | Action::QuestionAsked
        | Action::QuestionWithdrawn
        | Action::ViewSaved
        | Action::ViewShared
        | Action::ViewRemoved
        | Action::AlarmRaised
        | Action::TrailCut
        | Action::PasskeyCarried
        | Action::EmergencyAsked
        | Action::TokenAsked
        | Action::TokenMade
        | Action::TokenEnded
        | Action::Refused => &[],
    }
}

/// Whether a role gives a right: by its duties, or by a cell of the matrix.
fn gives(role: Role, right: AuditRight, policy: &Policy) -> bool {
    let duty = |duty| role.duties().contains(&duty);
    let any = |cell: fn(contract::rights::Cell) -> bool| FieldKey::ALL.iter().any(|field| cell(policy.written(role, *field)));
    match right {
        AuditRight::KeepFamilies => duty(Duty::KeepFamilies),
        AuditRight::Search => any(|cell| cell.search),
        AuditRight::Reveal => any(|cell| cell.reveal != Reveal::No),
        AuditRight::Export => any(|cell| cell.export),
        AuditRight::Approve => duty(Duty::Approve),
        AuditRight::KeepPolicy => duty(Duty::KeepPolicy),
        AuditRight::ReadTrail => duty(Duty::ReadTrail),
        AuditRight::Watch => duty(Duty::Watch),
        AuditRight::KeepStaff => duty(Duty::KeepStaff),
        AuditRight::KeepSchool => duty(Duty::KeepSchool),
        AuditRight::SignAudit => duty(Duty::SignAudit),
    }
}

/// Everything that is counted of one member of staff.
struct Review<'c> {
    counts: &'c AuditCounts,
    policy: &'c Policy,
}

impl Review<'_> {
    fn acts(&self, who: Uuid) -> impl Iterator<Item = &Act> {
        self.counts.acts.iter().filter(move |act| act.who == who)
    }
    fn did(&self, who: Uuid, actions: &[Action]) -> u32 {
        sum(self.acts(who).filter(|act| actions.contains(&act.action)).map(|act| act.count))
    }
    fn is_used(&self, who: Uuid, right: AuditRight) -> bool {
        self.acts(who).any(|act| act.count > 0 && shows(act.action).contains(&right))
    }

    /// Whether somebody used nothing of a role. One whose use leaves no entry is not judged.
    fn is_unused(&self, who: Uuid, role: Role) -> bool {
        let rights = AuditRight::ALL.iter().filter(|right| gives(role, **right, self.policy));
        let sees = self.policy.scope(role) != RowScope::None;
        let mut judged = sees;
        for right in rights {
            judged = true;
            if self.is_used(who, *right) {
                return false;
            }
        }
        judged && !(sees && self.did(who, &[Action::Listed, Action::Shown]) > 0)
    }

    fn measured(&self, person: &AuditedPerson, measure: Measure) -> Measured {
        let who = person.who.id.0;
        let of = |who| sum(self.acts(who).filter(|act| counted(measure).contains(&act.action)).map(|act| act.count));
        let is_peer =
            |other: &&AuditedPerson| other.who.id != person.who.id && other.active && other.roles.iter().any(|role| person.roles.has(role));
        let theirs: Vec<u32> = self.counts.people.iter().filter(is_peer).map(|peer| of(peer.who.id.0)).collect();
        let late = sum(self.acts(who).filter(|act| counted(measure).contains(&act.action)).map(|act| act.late));
        let total = of(who);
        let (peers, stands_out) = compared(total, theirs);
        Measured { measure, total, late, peers, stands_out }
    }

    fn person(&self, person: &AuditedPerson) -> AuditPerson {
        let AuditedPerson { who, roles, active, passkeys, tokens, last_used } = person;
        let id = who.id.0;
        let proofs = sum(self.counts.proofs_refused.iter().filter(|(who, _)| *who == id).map(|(_, count)| *count));
        // Whoever may not sign in any more has no rights that could go unused.
        let held: RoleSet = if *active { *roles } else { RoleSet::default() };
        let has = |right: AuditRight| held.iter().any(|role| gives(role, right, self.policy));
        AuditPerson {
            name: who.name.clone(),
            roles: (*roles).into(),
            active: *active,
            last_used: *last_used,
            passkeys: *passkeys,
            tokens: *tokens,
            sign_ins_refused: self.did(id, &[Action::SignInRefused]).saturating_sub(proofs),
            measures: Measure::ALL.iter().map(|measure| self.measured(person, *measure)).collect(),
            unused_roles: held.iter().filter(|role| self.is_unused(id, *role)).collect(),
            unused_rights: AuditRight::ALL.iter().copied().filter(|right| has(*right) && !self.is_used(id, *right)).collect(),
        }
    }
}

/// The figures over the days from `from` to `to`, drawn up `at` a moment.
pub(crate) fn figures(
    counts: &AuditCounts,
    policy: &Policy,
    (from, to): (NaiveDate, NaiveDate),
    at: (DateTime<Utc>, NaiveDate),
) -> AuditFigures {
    let AuditCounts { people, acts, totals, matrix, alarms, entries, heads, verified, fault, since, session_hours, two_of_three, .. } =
        counts;
    let (grants_asked, grants_granted, grants_refused) = counts.grants_asked;
    let proofs_refused = sum(counts.proofs_refused.iter().map(|(_, count)| *count));
    let review = Review { counts, policy };
    let total = |action| totals.iter().find(|(of, ..)| *of == action).map_or((0, 0), |(_, all, known)| (*all, *known));
    let (refused, known) = total(Action::SignInRefused);
    let stands_here = |person: &&AuditedPerson| person.active || acts.iter().any(|act| act.who == person.who.id.0);
    AuditFigures {
        people: people.iter().filter(stands_here).map(|person| review.person(person)).collect(),
        staff: StaffFigures {
            taken_in: total(Action::StaffCreated).0,
            suspended: total(Action::StaffSuspended).0,
            left: total(Action::StaffLeft).0,
            roles_changed: total(Action::RolesChanged).0,
        },
        sign_ins: SignInFigures {
            signed_in: total(Action::SignedIn).0,
            refused: refused.saturating_sub(proofs_refused),
            refused_unknown: refused.saturating_sub(known),
            proofs_refused,
            recovered: total(Action::RecoveryCodeUsed).0,
            moved: total(Action::SessionMoved).0,
        },
        exports: exports(counts, &review),
        approvals: approvals(counts, &review),
        holds: HoldFigures {
            grants_asked,
            grants_granted,
            grants_refused,
            emergencies_asked: total(Action::EmergencyAsked).0,
            emergencies_opened: total(Action::EmergencyOpened).0,
            tokens_confirmed: total(Action::TokenConfirmed).0,
        },
        held: held(counts, at),
        matrix: matrix.iter().take(STEPS).map(step).collect(),
        matrix_steps: u32::try_from(matrix.len()).unwrap_or(u32::MAX),
        alarms: alarm_figures(alarms, from, to),
        trail: TrailFigures {
            entries: *entries,
            heads: *heads,
            verified: *verified,
            fault: fault.map(|(what, _)| what.to_owned()),
            fault_at: fault.map(|(_, at)| at),
        },
        kept: KeptFigures { since: *since, session_hours: *session_hours, two_of_three: *two_of_three },
    }
}

/// What is in force beside the roles, soonest over first. A grant whose class is somebody else's by now, and a token whose role is
/// gone, are not.
fn held(counts: &AuditCounts, (now, day): (DateTime<Utc>, NaiveDate)) -> Vec<AuditHeld> {
    let name = |who: Option<&StaffRef>| who.map(|who| who.name.clone()).unwrap_or_default();
    let grants = counts.grants.iter().filter(|grant| grant.holds(now, day)).map(|grant| AuditHeld {
        what: AuditHold::Grant,
        name: grant.by.name.clone(),
        class: Some(grant.class.name.clone()),
        fields: grant.fields.clone(),
        role: None,
        by: name(grant.decided_by.as_ref().map(|decider| &decider.who)),
        since: grant.asked_at,
        until: grant.until,
    });
    let open = counts.emergencies.iter().filter(|one| one.state_at(now) == EmergencyState::Open);
    let emergencies = open.map(|one| AuditHeld {
        what: AuditHold::Emergency,
        name: one.by.who.name.clone(),
        class: None,
        fields: Vec::new(),
        role: None,
        by: name(one.decided_by.as_ref()),
        since: one.asked_at,
        until: one.until,
    });
    let living = counts.tokens.iter().filter(|token| token.state_at(now) == TokenState::Living && token.is_held());
    let tokens = living.map(|token| AuditHeld {
        what: AuditHold::Token,
        name: token.by.who.name.clone(),
        class: None,
        fields: Vec::new(),
        role: Some(token.role),
        by: name(token.decided_by.as_ref()),
        since: token.asked_at,
        until: token.until,
    });
    let mut all: Vec<AuditHeld> = grants.chain(emergencies).chain(tokens).collect();
    all.sort_by_key(|one| one.until);
    all
}

fn exports(counts: &AuditCounts, review: &Review<'_>) -> Vec<AuditExport> {
    let of = |person: &AuditedPerson| {
        let id = person.who.id.0;
        let (files, trail) = (review.did(id, &[Action::Exported]), review.did(id, &[Action::TrailExported]));
        let families = counts.exports.iter().filter(|tally| tally.who == id).map(|tally| tally.families).sum();
        (files + trail > 0).then(|| AuditExport { name: person.who.name.clone(), files, families, trail })
    };
    let mut all: Vec<AuditExport> = counts.people.iter().filter_map(of).collect();
    all.sort_by_key(|one| std::cmp::Reverse((one.families, one.files, one.trail)));
    all
}

fn approvals(counts: &AuditCounts, review: &Review<'_>) -> ApprovalFigures {
    let of = |state| sum(counts.approvals.iter().filter(|(one, _)| *one == state).map(|(_, count)| *count));
    let decider = |person: &AuditedPerson| {
        let id = person.who.id.0;
        let (granted, refused) = (review.did(id, &[Action::ApprovalGranted]), review.did(id, &[Action::ApprovalRefused]));
        (granted + refused > 0).then(|| AuditDecider { name: person.who.name.clone(), granted, refused })
    };
    ApprovalFigures {
        asked: sum(counts.approvals.iter().map(|(_, count)| *count)),
        waiting: of(ApprovalState::Asked),
        granted: of(ApprovalState::Granted),
        used: of(ApprovalState::Used),
        refused: of(ApprovalState::Refused),
        withdrawn: of(ApprovalState::Withdrawn),
        lapsed: of(ApprovalState::Lapsed),
        deciders: counts.people.iter().filter_map(decider).collect(),
    }
}

fn step(kept: &super::ledger::Kept) -> MatrixStep {
    let entry = &kept.entry;
    MatrixStep { entry: kept.seq, at: entry.at(), who: entry.by().name.clone(), action: entry.action(), version: entry.version() }
}

fn alarm_figures(alarms: &[AlarmFact], from: NaiveDate, to: NaiveDate) -> AlarmFigures {
    let within = |at: DateTime<Utc>| (from..=to).contains(&(at + TimeDelta::hours(8)).date_naive());
    let mut figures = AlarmFigures::default();
    for alarm in alarms {
        let place = |counts: &mut [u32; 3]| {
            let [notices, warnings, critical] = counts;
            let count = match alarm.rule.severity() {
                Severity::Notice => notices,
                Severity::Warning => warnings,
                Severity::Critical => critical,
            };
            *count = count.saturating_add(1);
        };
        if within(alarm.first_at) {
            place(&mut figures.raised);
        }
        match alarm.closed_at {
            None => place(&mut figures.open),
            Some(at) if within(at) => {
                place(&mut figures.closed);
                figures.confirmed = figures.confirmed.saturating_add(u32::from(alarm.outcome == Some(Outcome::Confirmed)));
            }
            Some(_) => {}
        }
    }
    figures
}

/// What the figures point at; nothing that they do not hold.
pub(crate) fn hints(figures: &AuditFigures, drawn_at: DateTime<Utc>) -> Vec<AuditPointer> {
    let long_ago = drawn_at - TimeDelta::days(UNUSED_DAYS);
    let people = |is: &dyn Fn(&AuditPerson) -> bool| {
        u32::try_from(figures.people.iter().filter(|person| person.active && is(person)).count()).unwrap_or(u32::MAX)
    };
    let count = |hint| match hint {
        AuditHint::Chain => u32::from(figures.trail.fault.is_some()),
        AuditHint::Heads => figures.trail.heads.map_or(0, |heads| heads.missing),
        AuditHint::HeadsUnread => u32::from(figures.trail.heads.is_none()),
        AuditHint::Unused => people(&|person| person.last_used.is_some_and(|at| at < long_ago)),
        AuditHint::NeverUsed => people(&|person| person.last_used.is_none()),
        AuditHint::Passkeys => people(&|person| person.passkeys < 2),
        AuditHint::Roles => people(&|person| !person.unused_roles.is_empty()),
        AuditHint::StandsOut => people(&|person| person.measures.iter().any(|measured| measured.stands_out)),
        AuditHint::Alarms => sum(figures.alarms.open.into_iter()),
    };
    AuditHint::ALL.iter().map(|hint| AuditPointer { hint: *hint, count: count(*hint) }).filter(|pointer| pointer.count > 0).collect()
}
