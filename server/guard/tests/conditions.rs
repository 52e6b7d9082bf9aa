//! Roles that count in full at some hours or from some networks alone: what is left of them otherwise.
//!
//! The rule: only the public door is used. A condition lowers and never raises; what more than one role gives is not touched by the
//! condition of one of them. Deliberately absent: what widens a matrix, which `policy_laws` holds.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod support;

use chrono::{DateTime, Utc};
use contract::{
    catalogue::FieldKey,
    change::Change,
    condition::{Condition, Day, Hours},
    field::RecordKind,
    rights::{Cell, Exposure, Reveal, Role},
    wire::{
        approvals::NewApproval,
        families::{FamilyChanges, FamilySearch},
        guardians::GuardianChanges,
        policy::{PolicyCell, PolicyCondition, PolicyScope},
        reveals::{Reason, ReasonCode, RevealRequest},
    },
};
use guard::{
    Actor, Admission, Policy, Refused, Viewer, Whence,
    policy::Rules,
    records::{ApprovalRecord, Decider, FamilyRecord},
    trail::RecordRef,
};
use support::*;

fn hours() -> Condition {
    let hours = Hours::new(Day::ALL[..5].to_vec(), "07:00".parse().unwrap(), "20:00".parse().unwrap()).unwrap();
    Condition::new(Some(hours), Vec::new()).unwrap()
}

fn school() -> Condition {
    Condition::new(None, vec!["203.0.113.0/24".parse().unwrap()]).unwrap()
}

/// `roles` may do everything everywhere, `conditional` under its condition.
fn open_to(roles: &[Role], conditional: Role, condition: Condition, cell: Cell) -> Policy {
    let cells = roles.iter().flat_map(|role| FieldKey::ALL.iter().map(move |field| PolicyCell { role: *role, field: *field, cell }));
    let scopes = roles.iter().map(|role| PolicyScope { role: *role, scope: contract::rights::RowScope::All });
    let conditions = vec![PolicyCondition { role: conditional, condition }];
    Rules { cells: cells.collect(), scopes: scopes.collect(), conditions, roles: every_custom_role() }.compile(1)
}

/// Noon at the school of a Monday, and its evening.
fn evening() -> DateTime<Utc> {
    "2026-03-02T20:00:00+08:00".parse().unwrap()
}

fn asking(roles: &[Role], now: DateTime<Utc>, whence: Whence) -> Viewer {
    Viewer::admit(Admission {
        now,
        whence,
        stepped_up_at: Some(now),
        ..admission(Actor::Staff(ME), roles.iter().copied().collect(), vec![HERE])
    })
}

fn at_school() -> Whence {
    Whence::Address("203.0.113.9".parse().unwrap())
}

fn elsewhere() -> Whence {
    Whence::Address("198.51.100.9".parse().unwrap())
}

/// The forms on a family's card, and what may be done with the fields.
fn card(policy: &Policy, viewer: &Viewer, record: &FamilyRecord) -> serde_json::Value {
    let (gate, _) = door(policy.clone(), Mood::Up);
    json(&now(gate.family_card(viewer, record, &[])).unwrap())
}

fn forms(card: &serde_json::Value) -> Vec<String> {
    let of = |field: FieldKey| match field.record() {
        RecordKind::Student => card["students"][0][column(field)]["state"].clone(),
        RecordKind::Guardian => card["guardians"][0][column(field)]["state"].clone(),
        _ => card["notes"][0][column(field)]["state"].clone(),
    };
    family_fields().map(|field| of(field).as_str().unwrap().to_owned()).collect()
}

/// Everything that a narrowed role must not do, tried.
fn does_nothing(policy: &Policy, viewer: &Viewer) {
    let record = family(stranger());
    let (gate, trail) = door(policy.clone(), Mood::Up);
    let guardian = &record.guardians[0];
    let card = json(&now(gate.family_card(viewer, &record, &[])).unwrap());
    assert!(forms(&card).iter().all(|form| form == "masked"), "{card}");
    assert!(!family_fields().any(|field| card.to_string().contains(canary(field))));
    assert!(!card.to_string().contains("\"may_keep\":true"));
    for can in [&card["students"][0]["can"], &card["guardians"][0]["can"], &card["notes"][0]["can"]] {
        assert!(["reveal", "ask", "edit"].iter().all(|what| can[what].as_array().is_none_or(Vec::is_empty)), "{can}");
    }
    let reason = Reason { code: ReasonCode::FollowUp, text: String::new() };
    let wish = RevealRequest { field: FieldKey::GuardianPhone, reason: reason.clone() };
    assert_eq!(now(look(&gate, viewer, guardian.into(), &wish)).err(), Some(Refused::NotFound));
    let ask = NewApproval { kind: RecordKind::Guardian, record: guardian.id.0, field: FieldKey::GuardianPhone, reason };
    assert_eq!(gate.ask_approval(viewer, guardian.into(), &ask).err(), Some(Refused::Forbidden));
    let found = FamilySearch::Name { text: canary(FieldKey::StudentName).to_owned() };
    assert_eq!(now(gate.search(viewer, &found)).err(), Some(Refused::Forbidden));
    assert_eq!(now(gate.export(viewer, std::slice::from_ref(&record))).err(), Some(Refused::Forbidden));
    let wish = GuardianChanges { version: 1, phone: Change::Set("10055512346".into()), ..GuardianChanges::default() };
    assert!(matches!(gate.change_guardian(viewer, guardian, &wish).err(), Some(Refused::Fields(_))));
    assert_eq!(gate.intake(viewer, &new_family(HERE)).err(), Some(Refused::Forbidden));
    assert_eq!(gate.change_family(viewer, &record, &FamilyChanges::default()).err(), Some(Refused::Forbidden));
    assert_eq!(gate.add_note(viewer, &record, &new_note()).err(), Some(Refused::Forbidden));
    assert!(gate.desk(viewer).parts().iter().all(|(fields, _)| fields.is_empty()));
    assert!(!trail.text().contains(canary(FieldKey::StudentName)));
    // The list keeps its shape.
    assert_eq!(gate.scope(viewer).reaches(), gate.scope(&asking(&[Role::Registrar], noon(), at_school())).reaches());
}

#[test]
fn outside_its_hours_and_from_elsewhere_a_role_shows_masks_and_does_nothing() {
    for (condition, now, whence) in [
        (hours(), evening(), at_school()),
        (school(), noon(), elsewhere()),
        // Nobody knows from where: from no network.
        (school(), noon(), Whence::Unknown),
    ] {
        does_nothing(&open_to(&[Role::Registrar], Role::Registrar, condition, OPEN), &asking(&[Role::Registrar], now, whence));
    }
}

#[test]
fn within_its_hours_and_from_the_network_a_role_counts_in_full() {
    let record = family(stranger());
    let free = card(&uniform(&[Role::Registrar], OPEN), &staff([Role::Registrar]), &record);
    for (condition, now, whence) in [(hours(), noon(), elsewhere()), (hours(), noon(), Whence::Unknown), (school(), evening(), at_school())]
    {
        let policy = open_to(&[Role::Registrar], Role::Registrar, condition, OPEN);
        assert_eq!(card(&policy, &asking(&[Role::Registrar], now, whence), &record), free);
    }
}

#[test]
fn the_other_roles_of_the_person_are_not_touched() {
    let record = family(stranger());
    let policy = open_to(&[Role::Registrar, Role::Consultant], Role::Registrar, hours(), OPEN);
    let both = card(&policy, &asking(&[Role::Registrar, Role::Consultant], evening(), Whence::Unknown), &record);
    assert_eq!(both, card(&uniform(&[Role::Consultant], OPEN), &staff([Role::Consultant]), &record));
    // An emergency has its own hour, and a guardian sees their child.
    let emergency = open_to(&[Role::Registrar, Role::Emergency], Role::Registrar, hours(), OPEN);
    let there = card(&emergency, &asking(&[Role::Registrar, Role::Emergency], evening(), Whence::Unknown), &record);
    assert!(forms(&there).iter().all(|form| form == "clear"));
}

#[test]
fn what_is_withheld_stays_withheld_and_a_mask_a_mask() {
    let record = family(stranger());
    for exposure in [Exposure::Withheld, Exposure::Masked] {
        let cell = Cell { exposure, reveal: Reveal::No, edit: false, search: false, export: false };
        let policy = open_to(&[Role::Registrar], Role::Registrar, hours(), cell);
        let (day, night) = (asking(&[Role::Registrar], noon(), elsewhere()), asking(&[Role::Registrar], evening(), elsewhere()));
        assert_eq!(forms(&card(&policy, &night, &record)), forms(&card(&policy, &day, &record)));
    }
}

#[test]
fn a_look_that_began_within_the_hours_does_not_end_after_them() {
    let record = family(stranger());
    let policy = open_to(&[Role::Registrar], Role::Registrar, hours(), MASKED_OPEN);
    let (gate, trail) = door(policy, Mood::Up);
    let last = evening() - chrono::TimeDelta::seconds(1);
    let (before, after) = (asking(&[Role::Registrar], last, elsewhere()), asking(&[Role::Registrar], evening(), elsewhere()));
    let wish = RevealRequest { field: FieldKey::GuardianPhone, reason: Reason { code: ReasonCode::FollowUp, text: String::new() } };
    let guardian = (&record.guardians[0]).into();
    let begun = || signed(now(gate.wish(&before, guardian, &wish)).unwrap());
    assert_eq!(now(gate.reveal(&after, guardian, begun())).err(), Some(Refused::NotFound));
    assert_eq!(trail.counted(), 0);
    assert!(now(gate.reveal(&before, guardian, begun())).is_ok());
}

#[test]
fn a_granted_approval_opens_nothing_outside_the_hours() {
    let record = family(stranger());
    let cell = Cell { reveal: Reveal::WithApproval, ..MASKED_OPEN };
    let (gate, _) = door(open_to(&[Role::Registrar], Role::Registrar, hours(), cell), Mood::Up);
    let field = FieldKey::StudentIdCard;
    let person = |id| contract::wire::school::StaffRef { id, name: String::new() };
    let granted = ApprovalRecord {
        id: contract::ids::ApprovalId(uuid::Uuid::from_u128(0xA9)),
        record: RecordRef { kind: RecordKind::Student, id: record.students[0].id.0 },
        family: record.family.id,
        field,
        by: person(ME),
        roles: contract::RoleSet::from_iter([Role::Registrar]),
        asked_at: noon(),
        reason: Reason { code: ReasonCode::FollowUp, text: String::new() },
        state: contract::wire::approvals::ApprovalState::Granted,
        until: evening() + chrono::TimeDelta::hours(1),
        decided_by: Some(Decider { who: person(COLLEAGUE), roles: contract::RoleSet::from_iter([Role::Principal]) }),
        answer: String::new(),
    };
    let student = (&record.students[0]).into();
    let ticket =
        |at| now(gate.ticket(&asking(&[Role::Registrar], at, elsewhere()), student, field, std::slice::from_ref(&granted), &[])).err();
    assert_eq!(ticket(noon()), None);
    assert_eq!(ticket(evening()), Some(Refused::Approval));
}
