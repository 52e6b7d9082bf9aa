//! Reports of audits at the door: what counts as unused, what stands out, who may, and what a signature is good for.
//!
//! The rule: what no entry tells is not judged. Deliberately absent: the database, whose counting is tested beside it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, reason = "tests")]

mod support;

use chrono::{NaiveDate, TimeDelta};
use contract::{
    catalogue::FieldKey,
    condition::Condition,
    ids::{ClassId, EmergencyId, GrantId, StaffId, TokenId},
    rights::{Role, RoleSet},
    wire::{
        alarms::{Outcome, Rule},
        approvals::ApprovalState,
        audits::{AuditDocument, AuditHint, AuditHold, AuditPerson, AuditRight, AuditState, HoldFigures, NewAudit},
        emergencies::EmergencyState,
        ledger::Action,
        reports::{Measure, PeerCounts},
        reveals::{Reason, ReasonCode},
        school::{CampusRef, StaffRef},
        tokens::TokenState,
    },
};
use guard::{
    Actor, Entry, Gate, Policy, Refused,
    receipt::{Book, Fault, NotSigned},
    records::{
        Act, AlarmFact, AuditCounts, AuditRecord, AuditedPerson, ClassFacts, Decider, EmergencyRecord, ExportTally, GrantRecord,
        TokenRecord,
    },
    trail::By,
    vault::SealedLabel,
};
use support::*;
use uuid::Uuid;

fn id(number: u128) -> StaffId {
    StaffId(Uuid::from_u128(number))
}

fn person(number: u128, roles: &[Role]) -> AuditedPerson {
    AuditedPerson {
        who: StaffRef { id: id(number), name: format!("工号{number}") },
        roles: roles.iter().copied().collect(),
        active: true,
        passkeys: 2,
        tokens: 0,
        last_used: Some(noon()),
    }
}

fn act(number: u128, action: Action, count: u32) -> Act {
    Act { who: id(number).0, action, count, late: 0 }
}

fn counts(people: Vec<AuditedPerson>, acts: Vec<Act>) -> AuditCounts {
    AuditCounts {
        school: "明德".into(),
        head: (9, [1; 32]),
        people,
        acts,
        totals: Vec::new(),
        exports: Vec::new(),
        approvals: Vec::new(),
        proofs_refused: Vec::new(),
        grants_asked: (0, 0, 0),
        grants: Vec::new(),
        emergencies: Vec::new(),
        tokens: Vec::new(),
        matrix: Vec::new(),
        alarms: Vec::new(),
        entries: 0,
        heads: None,
        verified: 9,
        fault: None,
        since: Some(noon()),
        session_hours: 12,
        two_of_three: false,
    }
}

fn quarter() -> NewAudit {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    NewAudit { from: day(1, 1), to: day(3, 2) }
}

fn document(gate: &Gate, counts: &AuditCounts) -> AuditDocument {
    serde_json::from_str(&gate.draw_audit(&staff([Role::Auditor]), &quarter(), counts).unwrap().document).unwrap()
}

fn review(people: Vec<AuditedPerson>, acts: Vec<Act>) -> Vec<AuditPerson> {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    document(&gate, &counts(people, acts)).figures.people
}

/// A report as the store would give it back.
fn record(gate: &Gate, drawer: StaffId) -> AuditRecord {
    let by = staff_at(Actor::Staff(drawer), [Role::Auditor], noon());
    let drawn = gate.draw_audit(&by, &quarter(), &counts(Vec::new(), Vec::new())).unwrap();
    assert_eq!(drawn.entry.digest(), Some(drawn.digest), "the trail holds the digest");
    AuditRecord {
        id: drawn.id,
        noted: drawn.entry.digest(),
        document: drawn.document,
        digest: drawn.digest,
        drawn_by: drawn.by,
        drawn_at: drawn.at,
        drawn_in: 10,
        head: drawn.head,
        head_stands: true,
        past: false,
        state: AuditState::Drawn,
        ended: None,
        findings: Vec::new(),
        carried: Vec::new(),
    }
}

#[test]
fn a_right_is_unused_where_nobody_did_what_it_is_for() {
    let people = review(
        vec![person(1, &[Role::Consultant]), person(2, &[Role::Auditor])],
        vec![act(1, Action::Listed, 9), act(1, Action::Searched, 1), act(2, Action::TrailRead, 3)],
    );
    assert_eq!(people[0].unused_rights, [AuditRight::KeepFamilies, AuditRight::Reveal, AuditRight::Export]);
    assert_eq!(people[0].unused_roles, []);
    // Reading the matrix leaves no entry: nobody is said not to do it.
    assert_eq!(people[1].unused_rights, [AuditRight::Watch]);
}

#[test]
fn whoever_answers_opens_confirms_or_revokes_uses_the_right_to_approve() {
    for action in [
        Action::QuestionAnswered,
        Action::EmergencyOpened,
        Action::EmergencyClosed,
        Action::TokenConfirmed,
        Action::TokenRefused,
        Action::ApprovalRevoked,
    ] {
        let people = review(vec![person(1, &[Role::Principal])], vec![act(1, action, 1)]);
        assert!(!people[0].unused_rights.contains(&AuditRight::Approve), "{action:?}");
        assert_eq!(people[0].unused_roles, [], "{action:?}");
    }
    let people = review(vec![person(1, &[Role::Administrator])], vec![act(1, Action::LadderChanged, 1)]);
    assert_eq!(people[0].unused_rights, [AuditRight::Watch, AuditRight::KeepStaff]);
    let people = review(vec![person(1, &[Role::Administrator])], vec![act(1, Action::EnrolmentIssued, 1)]);
    assert_eq!(people[0].unused_rights, [AuditRight::Watch, AuditRight::KeepSchool]);
}

#[test]
fn a_proof_that_was_refused_is_no_sign_in_that_was_refused() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let counted = AuditCounts {
        totals: vec![(Action::SignInRefused, 9, 7)],
        proofs_refused: vec![(id(1).0, 4), (id(9).0, 1)],
        ..counts(vec![person(1, &[Role::Principal]), person(2, &[Role::Auditor])], vec![act(1, Action::SignInRefused, 6)])
    };
    let figures = document(&gate, &counted).figures;
    let counts = figures.sign_ins;
    assert_eq!((counts.refused, counts.refused_unknown, counts.proofs_refused), (4, 2, 5));
    assert_eq!(figures.people.iter().map(|person| person.sign_ins_refused).collect::<Vec<_>>(), [2, 0]);
}

#[test]
fn somebody_among_four_peers_is_beside_their_median_and_stands_out_above_three_times_it() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let consultant = |number| person(number, &[Role::Consultant]);
    // Not peers: somebody of another role, and somebody who may not sign in any more.
    let gone = AuditedPerson { active: false, ..consultant(7) };
    let people = vec![consultant(1), consultant(2), consultant(3), consultant(4), consultant(5), person(6, &[Role::Finance]), gone];
    let reveals = |number, count| act(number, Action::Revealed, count);
    let acts = vec![reveals(1, 16), reveals(2, 2), reveals(3, 4), reveals(4, 6), reveals(5, 9), reveals(6, 900), reveals(7, 900)];
    let counted = counts(people, acts);
    let figures = document(&gate, &counted).figures;
    let of = |at: usize| figures.people[at].measures.iter().find(|one| one.measure == Measure::Reveals).unwrap();
    // The median of 2, 4, 6 and 9 is 5; of 4, 6, 9 and 16 it is 7.5.
    assert_eq!((of(0).total, of(0).peers, of(0).stands_out), (16, Some(PeerCounts { median: 5, highest: 9 }), true));
    assert_eq!((of(1).total, of(1).peers, of(1).stands_out), (2, Some(PeerCounts { median: 8, highest: 16 }), false));
    assert_eq!((of(5).peers, of(5).stands_out), (None, false), "nobody else has the role");
    let drawn = gate.draw_audit(&staff([Role::Auditor]), &quarter(), &counted).unwrap();
    let whole = AuditRecord { document: drawn.document, ..record(&gate, ME) };
    let body = json(&now(gate.audit(&staff([Role::Principal]), &whole)).unwrap());
    assert!(body["hints"].as_array().unwrap().contains(&serde_json::json!({ "hint": "stands_out", "count": 1 })), "{}", body["hints"]);
    // Three times the median is not over it.
    let acts = vec![reveals(1, 15), reveals(2, 2), reveals(3, 4), reveals(4, 6), reveals(5, 9)];
    let people = review((1..=5).map(consultant).collect(), acts);
    assert!(people.iter().flat_map(|person| &person.measures).all(|one| !one.stands_out));
}

fn named(number: u128) -> StaffRef {
    StaffRef { id: id(number), name: format!("工号{number}") }
}

fn decider(number: u128, role: Role) -> Decider {
    Decider { who: named(number), roles: RoleSet::from_iter([role]) }
}

#[test]
fn what_is_in_force_beside_the_roles_is_listed_and_what_no_longer_holds_is_not() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let today = (noon() + TimeDelta::hours(8)).date_naive();
    let class = ClassFacts {
        id: ClassId(Uuid::from_u128(1)),
        name: "论语·晨读".into(),
        campus: CampusRef { id: HERE, name: "海淀".into() },
        teacher: named(1),
        starts: today,
        ends: today,
        pupils: 0,
    };
    let grant = GrantRecord {
        id: GrantId(Uuid::from_u128(1)),
        class: class.clone(),
        fields: vec![FieldKey::StudentHealthNote],
        by: named(1),
        roles: RoleSet::from_iter([Role::Teacher]),
        asked_at: noon() - TimeDelta::days(2),
        reason: Reason { code: ReasonCode::Other, text: String::new() },
        state: ApprovalState::Granted,
        until: noon() + TimeDelta::hours(3),
        last_day: today,
        decided_by: Some(decider(9, Role::Principal)),
        answer: String::new(),
        pupils: Vec::new(),
    };
    let another = GrantRecord { class: ClassFacts { teacher: named(2), ..class }, ..grant.clone() };
    let over = GrantRecord { until: noon(), ..grant.clone() };
    let emergency = EmergencyRecord {
        id: EmergencyId(Uuid::from_u128(1)),
        by: decider(2, Role::Teacher),
        asked_at: noon() - TimeDelta::minutes(30),
        words: "孩子发烧".into(),
        state: EmergencyState::Open,
        until: noon() + TimeDelta::minutes(30),
        decided_by: Some(named(9)),
    };
    let ended = EmergencyRecord { until: noon(), ..emergency.clone() };
    let token = TokenRecord {
        id: TokenId(Uuid::from_u128(1)),
        by: decider(3, Role::Registrar),
        name: SealedLabel::stored(Vec::new()),
        role: Role::Registrar,
        words: "对账".into(),
        asked_at: noon() - TimeDelta::days(1),
        days: 30,
        condition: Condition::default(),
        state: TokenState::Living,
        until: noon() + TimeDelta::days(29),
        decided_by: Some(named(9)),
        used_at: None,
        used_from: None,
    };
    let lost = TokenRecord { by: decider(3, Role::Finance), ..token.clone() };
    let counted = AuditCounts {
        grants_asked: (3, 2, 1),
        totals: vec![(Action::EmergencyAsked, 2, 2), (Action::EmergencyOpened, 1, 1)],
        grants: vec![grant, another, over],
        emergencies: vec![emergency, ended],
        tokens: vec![token, lost],
        ..counts(vec![person(1, &[Role::Teacher])], Vec::new())
    };
    let figures = document(&gate, &counted).figures;
    let held: Vec<_> = figures.held.iter().map(|one| (one.what, one.name.as_str(), one.by.as_str(), one.until)).collect();
    let expected = [
        (AuditHold::Emergency, "工号2", "工号9", noon() + TimeDelta::minutes(30)),
        (AuditHold::Grant, "工号1", "工号9", noon() + TimeDelta::hours(3)),
        (AuditHold::Token, "工号3", "工号9", noon() + TimeDelta::days(29)),
    ];
    assert_eq!(held, expected);
    assert_eq!((figures.held[1].class.as_deref(), &figures.held[1].fields), (Some("论语·晨读"), &vec![FieldKey::StudentHealthNote]));
    let asked = HoldFigures {
        grants_asked: 3,
        grants_granted: 2,
        grants_refused: 1,
        emergencies_asked: 2,
        emergencies_opened: 1,
        tokens_confirmed: 0,
    };
    assert_eq!(figures.holds, asked);
    // No word that anybody typed.
    let text = serde_json::to_string(&figures).unwrap();
    assert!(!text.contains("发烧") && !text.contains("对账"), "{text}");
}

#[test]
fn a_role_is_unused_where_nothing_of_it_was_used_and_is_judged_by_its_own_rights_alone() {
    let both = [Role::Teacher, Role::Administrator];
    let used = review(vec![person(1, &both)], vec![act(1, Action::StaffCreated, 1)]);
    assert_eq!(used[0].unused_roles, [Role::Teacher]);
    let used = review(vec![person(1, &both)], vec![act(1, Action::Shown, 1)]);
    assert_eq!(used[0].unused_roles, [Role::Administrator]);
    let idle = review(vec![person(1, &both)], vec![act(1, Action::SignedIn, 7)]);
    assert_eq!(idle[0].unused_roles, both, "to sign in is to use nothing");
}

#[test]
fn whoever_has_no_access_stands_there_for_what_they_did_and_is_not_reviewed() {
    let gone = AuditedPerson { active: false, passkeys: 0, last_used: None, ..person(1, &[Role::Consultant]) };
    let idle = AuditedPerson { active: false, ..person(2, &[Role::Consultant]) };
    let people = review(vec![gone, idle], vec![act(1, Action::Exported, 2)]);
    assert_eq!(people.len(), 1);
    assert_eq!((people[0].active, &people[0].unused_rights, &people[0].unused_roles), (false, &vec![], &vec![]));
}

#[test]
fn the_hints_count_what_the_figures_hold() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let long_ago = AuditedPerson { last_used: Some(noon() - TimeDelta::days(61)), ..person(1, &[Role::Consultant]) };
    let just = AuditedPerson { last_used: Some(noon() - TimeDelta::days(60)), ..person(2, &[Role::Consultant]) };
    let never = AuditedPerson { last_used: None, passkeys: 1, ..person(3, &[Role::Consultant]) };
    let alarm = |closed: Option<i64>, outcome| AlarmFact {
        rule: Rule::MassReveal,
        first_at: noon() - TimeDelta::days(5),
        closed_at: closed.map(|ago| noon() - TimeDelta::days(ago)),
        outcome,
    };
    let counted = AuditCounts {
        alarms: vec![alarm(None, None), alarm(Some(1), Some(Outcome::Confirmed)), alarm(Some(-40), Some(Outcome::Usual))],
        fault: Some(("gap", 4)),
        approvals: vec![(ApprovalState::Used, 2), (ApprovalState::Lapsed, 1)],
        exports: vec![ExportTally { who: id(2).0, families: 40 }],
        ..counts(vec![long_ago, just, never], vec![act(2, Action::Exported, 2), act(1, Action::Listed, 1)])
    };
    let figures = document(&gate, &counted).figures;
    assert_eq!((figures.alarms.raised, figures.alarms.closed, figures.alarms.open), ([0, 0, 3], [0, 0, 1], [0, 0, 1]));
    assert_eq!(figures.alarms.confirmed, 1);
    assert_eq!((figures.approvals.asked, figures.approvals.lapsed), (3, 1));
    assert_eq!((figures.exports[0].files, figures.exports[0].families), (2, 40));
    let drawn = gate.draw_audit(&staff([Role::Auditor]), &quarter(), &counted).unwrap();
    let whole = AuditRecord { document: drawn.document, ..record(&gate, ME) };
    let body = json(&now(gate.audit(&staff([Role::Principal]), &whole)).unwrap());
    let hints: Vec<(AuditHint, u64)> = body["hints"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (serde_json::from_value(one["hint"].clone()).unwrap(), one["count"].as_u64().unwrap()))
        .collect();
    let expected = [
        (AuditHint::Chain, 1),
        (AuditHint::HeadsUnread, 1),
        (AuditHint::Unused, 1),
        (AuditHint::NeverUsed, 1),
        (AuditHint::Passkeys, 1),
        (AuditHint::Roles, 1),
        (AuditHint::Alarms, 1),
    ];
    assert_eq!(hints, expected);
}

#[test]
fn a_signature_is_good_for_one_report_one_person_and_five_minutes() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let (one, other) = (record(&gate, COLLEAGUE), record(&gate, COLLEAGUE));
    let principal = staff([Role::Principal]);
    let key = Passkey::new(b"one");
    let signed = |record: &AuditRecord| {
        let wish = gate.audit_wish(&principal, record).unwrap();
        let assertion = key.sign(wish.challenge());
        wish.signed(assertion, &key.public()).unwrap()
    };
    assert!(matches!(gate.sign_audit(&principal, &other, signed(&one)), Err(Refused::StepUp)));
    let later = staff_at(Actor::Staff(ME), [Role::Principal], noon() + TimeDelta::minutes(5));
    assert!(matches!(gate.sign_audit(&later, &one, signed(&one)), Err(Refused::StepUp)));
    let somebody = staff_at(Actor::Staff(id(7)), [Role::Principal], noon());
    assert!(matches!(gate.sign_audit(&somebody, &one, signed(&one)), Err(Refused::StepUp)));
    let ended = gate.sign_audit(&principal, &one, signed(&one)).unwrap();
    // And is checked later with the key that the trail tells of.
    let registered = Entry::event(noon(), By::viewer(&principal), Action::PasskeyAdded).registering(key.public());
    let mut book = Book::default();
    assert_eq!(book.read(1, &ended.entry), Err(Fault::UnknownKey));
    book.read(1, &registered).unwrap();
    book.read(1, &ended.entry).unwrap();
    assert_eq!(book.receipts(), 1);
    assert_eq!(book.read(1, &ended.entry), Err(Fault::Replayed));
    let moved = ended.entry.clone().of_digest(&other.digest);
    assert_eq!(book.read(1, &moved), Err(Fault::NotSigned(NotSigned::Challenge)));
    let mut written: serde_json::Value = serde_json::from_slice(&ended.entry.to_bytes().unwrap()).unwrap();
    written["at"] = serde_json::json!(noon() + TimeDelta::days(30));
    let redated = Entry::from_bytes(&serde_json::to_vec(&written).unwrap()).unwrap();
    assert_eq!(book.read(4, &redated), Err(Fault::NotSigned(NotSigned::Time)));
    let unsigned = Entry::event(noon(), By::viewer(&principal), Action::AuditSigned).of_digest(&one.digest);
    assert_eq!(Book::default().read(1, &unsigned), Err(Fault::Missing), "there was never one without");
}

#[test]
fn nobody_signs_their_own_and_an_auditor_who_administers_draws_none_up() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let own = record(&gate, ME);
    assert!(matches!(gate.audit_wish(&staff([Role::Principal, Role::Auditor]), &own), Err(Refused::Forbidden)));
    assert!(matches!(gate.audit_wish(&staff([Role::PrivacyOfficer]), &record(&gate, COLLEAGUE)), Err(Refused::Forbidden)));
    let empty = counts(Vec::new(), Vec::new());
    for roles in [vec![Role::Auditor, Role::Administrator], vec![Role::Principal], vec![Role::Administrator], vec![Role::Consultant]] {
        assert!(matches!(gate.draw_audit(&staff(roles), &quarter(), &empty), Err(Refused::Forbidden)));
    }
}

#[test]
fn nothing_is_read_while_the_trail_is_down() {
    let (gate, trail) = door(Policy::initial(), Mood::Up);
    let one = record(&gate, COLLEAGUE);
    *trail.mood.lock().unwrap() = Mood::Down;
    assert!(matches!(now(gate.audit(&staff([Role::Principal]), &one)), Err(Refused::TrailDown)));
}

#[test]
fn the_document_has_its_keys_in_order_and_nothing_between() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let text =
        gate.draw_audit(&staff([Role::Auditor]), &quarter(), &counts(vec![person(1, &[Role::Teacher])], Vec::new())).unwrap().document;
    let keys = ["\"drawn_at\"", "\"drawn_by\"", "\"figures\"", "\"from\"", "\"head\"", "\"head_hash\"", "\"id\"", "\"school\"", "\"to\""];
    let places: Vec<usize> = keys.iter().map(|key| text.rfind(key).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
    assert!(!text.contains(": ") && !text.contains(", ") && !text.contains('\n') && !text.contains('.'), "{text}");
}
