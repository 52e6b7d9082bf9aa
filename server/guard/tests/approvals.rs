//! Approvals: which ticket is good, and that a look by one is written down before it is opened.
//!
//! The rule: whatever about a granted approval is not as it has to be makes it no ticket. Deliberately absent: the database,
//! which uses a ticket up.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, reason = "tests")]

mod support;

use chrono::TimeDelta;
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{ApprovalId, StaffId},
    rights::{Cell, Exposure, Reveal, Role, RoleSet},
    wire::{
        approvals::{ApprovalState, Decision, NewApproval},
        ledger::Action,
        reveals::{Reason, ReasonCode, RevealRequest},
        school::StaffRef,
    },
};
use guard::{
    Policy, Refused, Sealed,
    records::{ApprovalRecord, Decider, FamilyRecord},
    trail::RecordRef,
};
use proptest::prelude::*;
use support::*;

const FIELD: FieldKey = FieldKey::StudentIdCard;

fn cell(reveal: Reveal) -> Cell {
    Cell { exposure: Exposure::Masked, reveal, edit: true, search: false, export: false }
}

fn by_approval() -> Policy {
    uniform(&[Role::Registrar], cell(Reveal::WithApproval))
}

fn reason() -> Reason {
    Reason { code: ReasonCode::Contract, text: "回拨 10012345678".into() }
}

fn person(id: StaffId) -> StaffRef {
    StaffRef { id, name: "工号".into() }
}

/// Granted to [`ME`] by a colleague who may.
fn granted(record: &FamilyRecord) -> ApprovalRecord {
    ApprovalRecord {
        id: ApprovalId(uuid::Uuid::from_u128(0xA9)),
        record: RecordRef { kind: RecordKind::Student, id: record.students[0].id.0 },
        family: record.family.id,
        field: FIELD,
        by: person(ME),
        roles: RoleSet::from_iter([Role::Registrar]),
        asked_at: noon() - TimeDelta::hours(1),
        reason: reason(),
        state: ApprovalState::Granted,
        until: noon() + TimeDelta::hours(1),
        decided_by: Some(Decider { who: person(COLLEAGUE), roles: RoleSet::from_iter([Role::Principal]) }),
        answer: String::new(),
    }
}

/// What can be wrong with a granted approval.
type Fault = fn(&mut ApprovalRecord);
const FAULTS: [Fault; 12] = [
    |one| one.by = person(COLLEAGUE),
    |one| one.record.id = uuid::Uuid::from_u128(7),
    |one| one.record.kind = RecordKind::Guardian,
    |one| one.field = FieldKey::StudentName,
    |one| one.until = noon(),
    // By a clock that was ahead.
    |one| one.until = noon() + TimeDelta::hours(25),
    |one| one.asked_at = noon() + TimeDelta::minutes(1),
    |one| one.state = ApprovalState::Asked,
    |one| one.state = ApprovalState::Used,
    |one| one.state = ApprovalState::Withdrawn,
    |one| one.decided_by = None,
    |one| one.decided_by = one.decided_by.take().map(|decider| Decider { roles: RoleSet::from_iter([Role::Registrar]), ..decider }),
];

proptest! {
    /// One fault or several: it is no ticket, nothing is opened, and the attempt is written down.
    #[test]
    fn an_approval_with_any_fault_is_no_ticket(faults in prop::collection::btree_set(0..FAULTS.len(), 0..4)) {
        let record = family(stranger());
        let viewer = staff([Role::Registrar]);
        let (gate, trail) = door(by_approval(), Mood::Up);
        let mut approval = granted(&record);
        faults.iter().for_each(|fault| FAULTS[*fault](&mut approval));
        let ticket = now(gate.ticket(&viewer, (&record.students[0]).into(), FIELD, &[approval], &[]));
        prop_assert_eq!(ticket.is_ok(), faults.is_empty());
        if let Err(refused) = ticket {
            prop_assert_eq!(refused, Refused::Approval);
            prop_assert_eq!(trail.last().action(), Action::Refused);
        }
    }
}

fn wish(field: FieldKey) -> RevealRequest {
    RevealRequest { field, reason: reason() }
}

#[test]
fn a_look_by_a_ticket_is_written_counted_and_used_up_before_it_is_opened() {
    let mut record = family(stranger());
    record.students[0].fields.id_card = Sealed::stored(vec![0; 40]);
    let viewer = staff([Role::Registrar]);
    let outcome_of = |mood| {
        let (gate, trail) = door(by_approval(), mood);
        let student = (&record.students[0]).into();
        let outcome = now(async {
            let ticket = gate.ticket(&viewer, student, FIELD, &[granted(&record)], &[]).await?;
            let wish = signed(gate.wish(&viewer, student, &wish(FIELD)).await?);
            gate.reveal_approved(ticket, student, wish).await
        });
        let redeemed = trail.redeemed.lock().unwrap().len();
        (outcome.err(), trail.entries().iter().map(guard::Entry::action).collect::<Vec<_>>(), redeemed)
    };
    assert_eq!(outcome_of(Mood::Up), (Some(Refused::Broken), vec![Action::Revealed], 1));
    assert_eq!(outcome_of(Mood::Down), (Some(Refused::TrailDown), vec![], 0));
    assert_eq!(outcome_of(Mood::Exhausted), (Some(Refused::Quota), vec![Action::Refused], 0));
}

#[test]
fn a_ticket_opens_its_own_field_of_its_own_record_once() {
    let (record, other) = (family(stranger()), family(stranger()));
    let viewer = staff([Role::Registrar]);
    let (gate, _) = door(by_approval(), Mood::Up);
    let ticket = || now(gate.ticket(&viewer, (&record.students[0]).into(), FIELD, &[granted(&record)], &[])).unwrap();
    let open = |of: &FamilyRecord, field| {
        let student = (&of.students[0]).into();
        let wish = signed(now(gate.wish(&viewer, student, &wish(field))).unwrap());
        now(gate.reveal_approved(ticket(), student, wish))
    };
    assert_eq!(open(&other, FIELD).err(), Some(Refused::Approval));
    assert_eq!(open(&record, FieldKey::StudentName).err(), Some(Refused::Approval));
    assert_eq!(json(&open(&record, FIELD).unwrap())["value"]["value"], canary(FIELD));
    assert_eq!(open(&record, FIELD).err(), Some(Refused::Approval));
}

#[test]
fn only_a_matrix_that_wants_an_approval_takes_a_ticket() {
    let record = family(stranger());
    let viewer = staff([Role::Registrar]);
    for (reveal, with_reason, with_ticket) in [
        (Reveal::No, Some(Refused::NotFound), Some(Refused::Approval)),
        (Reveal::WithApproval, Some(Refused::NotFound), None),
        (Reveal::WithReason, None, Some(Refused::Approval)),
    ] {
        let (gate, _) = door(uniform(&[Role::Registrar], cell(reveal)), Mood::Up);
        let student = (&record.students[0]).into();
        assert_eq!(now(look(&gate, &viewer, student, &wish(FIELD))).err(), with_reason, "{reveal:?}");
        let by_ticket = now(async {
            let ticket = gate.ticket(&viewer, student, FIELD, &[granted(&record)], &[]).await?;
            let wish = signed(gate.wish(&viewer, student, &wish(FIELD)).await?);
            gate.reveal_approved(ticket, student, wish).await
        });
        assert_eq!(by_ticket.err(), with_ticket, "{reveal:?}");
    }
    // And where the matrix changes between ticket and look, the look obeys it.
    let (gate, _) = door(by_approval(), Mood::Up);
    let student = (&record.students[0]).into();
    let ticket = now(gate.ticket(&viewer, student, FIELD, &[granted(&record)], &[])).unwrap();
    let wish = signed(now(gate.wish(&viewer, student, &wish(FIELD))).unwrap());
    gate.adopt(Policy::compile(2, &[], &[], &[]));
    assert_eq!(now(gate.reveal_approved(ticket, student, wish)).err(), Some(Refused::NotFound));
}

#[test]
fn asking_and_deciding_want_the_right_person() {
    let record = family(stranger());
    let viewer = staff([Role::Registrar]);
    let (gate, _) = door(by_approval(), Mood::Up);
    let ask = NewApproval { kind: RecordKind::Student, record: record.students[0].id.0, field: FIELD, reason: reason() };
    let asked = gate.ask_approval(&viewer, (&record.students[0]).into(), &ask).unwrap();
    assert_eq!(asked.entry.reason().unwrap().text, "回拨 100****5678", "numbers in a reason are masked before it is kept");
    assert_eq!(asked.entry.families(), [record.family.id]);
    assert!(gate.approvals_to_decide(&viewer).is_none() && gate.own_approvals(&parent()).is_none());
    let (principal, yes) = (staff([Role::Principal]), Decision::Grant { hours: 24 });
    let waiting = |by| ApprovalRecord { by: person(by), state: ApprovalState::Asked, decided_by: None, ..granted(&record) };
    let decide = |by: &guard::Viewer, one: &ApprovalRecord| gate.decide_approval(by.fresh().unwrap(), one, &yes).map(|write| write.to);
    assert_eq!(decide(&principal, &waiting(COLLEAGUE)), Ok(ApprovalState::Granted));
    assert_eq!(decide(&principal, &waiting(ME)), Err(Refused::NotFound), "nobody decides what they ask themselves");
    assert_eq!(decide(&viewer, &waiting(COLLEAGUE)), Err(Refused::Forbidden));
    assert_eq!(decide(&principal, &ApprovalRecord { by: person(COLLEAGUE), ..granted(&record) }), Err(Refused::Lapsed));
    assert!(gate.withdraw_approval(&viewer, &waiting(COLLEAGUE)).is_err());
    assert!(gate.withdraw_approval(&viewer, &granted(&record)).is_ok());
}
