//! Standing grants: which looks one makes a ticket for, and that each is written down and asked for again before it is opened.
//!
//! The rule: no field, pupil, class, person or day outside the grant opens. Deliberately absent: the database, which asks once more.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod support;

use chrono::{Days, NaiveDate, TimeDelta};
use contract::{
    catalogue::FieldKey,
    error::ValueError,
    field::RecordKind,
    ids::{ClassId, FamilyId, GrantId, StaffId, StudentId},
    rights::{Cell, Exposure, Reveal, Role, RoleSet},
    wire::{
        approvals::ApprovalState,
        grants::{DAYS, GrantDecision, NewGrant},
        ledger::Action,
        reveals::{Reason, ReasonCode, RevealRequest},
        school::{CampusRef, StaffRef},
    },
};
use guard::{
    Policy, Refused, Viewer,
    approval::Permit,
    records::{ClassFacts, Decider, FamilyRecord, GrantRecord},
};
use proptest::prelude::*;
use support::*;
use uuid::Uuid;

const FIELD: FieldKey = FieldKey::StudentHealthNote;
const GRANT: GrantId = GrantId(Uuid::from_u128(0x6A));

fn by_approval() -> Policy {
    uniform(&[Role::Teacher], cell(Reveal::WithApproval))
}

fn cell(reveal: Reveal) -> Cell {
    Cell { exposure: Exposure::Masked, reveal, edit: false, search: false, export: false }
}

fn person(id: StaffId) -> StaffRef {
    StaffRef { id, name: "工号".into() }
}

fn today() -> NaiveDate {
    (noon() + TimeDelta::hours(8)).date_naive()
}

fn in_days(days: u64) -> NaiveDate {
    today().checked_add_days(Days::new(days)).unwrap()
}

fn ago(days: u64) -> NaiveDate {
    today().checked_sub_days(Days::new(days)).unwrap()
}

fn reason() -> Reason {
    Reason { code: ReasonCode::Other, text: "回拨 10012345678".into() }
}

fn class() -> ClassFacts {
    ClassFacts {
        id: ClassId(Uuid::from_u128(0xC1)),
        name: "论语·晨读".into(),
        campus: CampusRef { id: HERE, name: "海淀".into() },
        teacher: person(ME),
        starts: ago(30),
        ends: in_days(60),
        pupils: 0,
    }
}

/// Granted to [`ME`], who teaches the class, by a colleague who may.
fn granted(record: &FamilyRecord) -> GrantRecord {
    GrantRecord {
        id: GRANT,
        class: class(),
        fields: vec![FieldKey::StudentIdCard, FIELD],
        by: person(ME),
        roles: RoleSet::from_iter([Role::Teacher]),
        asked_at: noon() - TimeDelta::days(2),
        reason: reason(),
        state: ApprovalState::Granted,
        until: noon() + TimeDelta::days(20),
        last_day: in_days(20),
        decided_by: Some(Decider { who: person(COLLEAGUE), roles: RoleSet::from_iter([Role::Principal]) }),
        answer: String::new(),
        pupils: vec![(StudentId(Uuid::from_u128(0x99)), FamilyId(Uuid::from_u128(0x98))), (record.students[0].id, record.family.id)],
    }
}

/// What can be wrong with a standing grant for a look of today.
type Fault = fn(&mut GrantRecord);
const FAULTS: [Fault; 16] = [
    // Whose it is, and who teaches.
    |one| one.by = person(COLLEAGUE),
    |one| one.class.teacher = person(COLLEAGUE),
    // Which day.
    |one| one.until = noon(),
    |one| one.last_day = ago(1),
    |one| one.class.ends = ago(1),
    |one| one.class.starts = in_days(1),
    // Which field and which pupil.
    |one| one.fields.retain(|field| *field != FIELD),
    |one| one.fields.clear(),
    |one| one.pupils.truncate(1),
    |one| one.pupils.clear(),
    // What became of it, and by whom.
    |one| one.state = ApprovalState::Asked,
    |one| one.state = ApprovalState::Revoked,
    |one| one.state = ApprovalState::Withdrawn,
    |one| one.decided_by = None,
    |one| one.decided_by = one.decided_by.take().map(|decider| Decider { who: person(ME), ..decider }),
    |one| one.decided_by = one.decided_by.take().map(|decider| Decider { roles: RoleSet::from_iter([Role::Registrar]), ..decider }),
];

proptest! {
    /// One fault or several: it is no ticket, nothing is opened, and the attempt is written down.
    #[test]
    fn a_standing_grant_with_any_fault_is_no_ticket(faults in prop::collection::btree_set(0..FAULTS.len(), 0..4)) {
        let record = family(stranger());
        let viewer = staff([Role::Teacher]);
        let (gate, trail) = door(by_approval(), Mood::Up);
        let mut grant = granted(&record);
        faults.iter().for_each(|fault| FAULTS[*fault](&mut grant));
        let ticket = now(gate.ticket(&viewer, (&record.students[0]).into(), FIELD, &[], std::slice::from_ref(&grant)));
        prop_assert_eq!(ticket.is_ok(), faults.is_empty());
        prop_assert_eq!(gate.standing(&viewer, (&record.students[0]).into(), &[grant]).contains(&FIELD), faults.is_empty());
        if let Err(refused) = ticket {
            prop_assert_eq!(refused, Refused::Approval);
            prop_assert_eq!(trail.last().action(), Action::Refused);
        }
    }

    /// Of all fields of all records of a family, under any matrix cell, a grant opens those that it names of the pupil whom it covers,
    /// where the matrix wants an approval, and no other.
    #[test]
    fn a_grant_opens_what_it_names_and_nothing_else(
        named in prop::collection::btree_set(prop::sample::select(FieldKey::ALL), 0..6),
        reveal in prop::sample::select(vec![Reveal::No, Reveal::WithApproval, Reveal::WithReason]),
    ) {
        let record = family(stranger());
        let viewer = staff([Role::Teacher]);
        let (gate, _) = door(uniform(&[Role::Teacher], cell(reveal)), Mood::Up);
        let grant = GrantRecord { fields: named.iter().copied().collect(), ..granted(&record) };
        for field in FieldKey::ALL.iter().copied() {
            let opens = |of: guard::Openable<'_>| now(gate.ticket(&viewer, of, field, &[], std::slice::from_ref(&grant))).is_ok();
            let covered = named.contains(&field) && field.record() == RecordKind::Student && reveal == Reveal::WithApproval;
            prop_assert_eq!(opens((&record.students[0]).into()), covered, "{:?}", field);
            prop_assert!(!opens((&record.guardians[0]).into()) && !opens((&record.notes[0]).into()), "{:?}", field);
        }
    }
}

fn open(gate: &guard::Gate, viewer: &Viewer, record: &FamilyRecord, grants: &[GrantRecord]) -> Result<serde_json::Value, Refused> {
    now(async {
        let student = (&record.students[0]).into();
        let ticket = gate.ticket(viewer, student, FIELD, &[], grants).await?;
        let wish = signed(gate.wish(viewer, student, &RevealRequest { field: FIELD, reason: reason() }).await?);
        gate.reveal_approved(ticket, student, wish).await.map(|revealed| json(&revealed))
    })
}

#[test]
fn each_look_under_a_grant_is_written_and_counted_and_says_which() {
    let record = family(stranger());
    let viewer = staff([Role::Teacher]);
    let (gate, trail) = door(by_approval(), Mood::Up);
    for look in 1..=3 {
        assert_eq!(open(&gate, &viewer, &record, &[granted(&record)]).unwrap()["value"]["value"], canary(FIELD));
        assert_eq!(trail.counted(), look);
        let entry = trail.last();
        assert_eq!((entry.action(), entry.grant(), entry.families()), (Action::Revealed, Some(GRANT), [record.family.id].as_slice()));
        assert!(entry.receipt().is_some() && entry.reason().is_some());
    }
    for (mood, refused) in [(Mood::Down, Refused::TrailDown), (Mood::Exhausted, Refused::Quota)] {
        let (gate, _) = door(by_approval(), mood);
        assert_eq!(open(&gate, &viewer, &record, &[granted(&record)]).err(), Some(refused));
    }
    // Where the matrix changes between ticket and look, the look obeys it.
    let student = (&record.students[0]).into();
    let ticket = now(gate.ticket(&viewer, student, FIELD, &[], &[granted(&record)])).unwrap();
    let wish = signed(now(gate.wish(&viewer, student, &RevealRequest { field: FIELD, reason: reason() })).unwrap());
    gate.adopt(Policy::compile(2, &[], &[], &[]));
    assert_eq!(now(gate.reveal_approved(ticket, student, wish)).err(), Some(Refused::NotFound));
}

#[test]
fn a_grant_is_taken_before_an_approval_for_one_look_is_used_up() {
    let record = family(stranger());
    let viewer = staff([Role::Teacher]);
    let (gate, trail) = door(by_approval(), Mood::Up);
    open(&gate, &viewer, &record, &[granted(&record)]).unwrap();
    assert!(trail.redeemed.lock().unwrap().iter().all(|look| matches!(look.permit, Permit::Standing(_))));
}

fn wish(last_day: NaiveDate, fields: &[FieldKey]) -> NewGrant {
    NewGrant { class: class().id, fields: fields.to_vec(), last_day, reason: reason() }
}

fn field_error<T: std::fmt::Debug>(result: Result<T, Refused>) -> (String, ValueError) {
    match result {
        Err(Refused::Fields(errors)) => (errors[0].at.clone(), errors[0].code),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_whoever_teaches_asks_and_only_for_what_wants_an_approval() {
    let (gate, _) = door(by_approval(), Mood::Up);
    let me = staff([Role::Teacher]);
    let asked = gate.ask_grant(&me, &class(), &wish(in_days(60), &[FIELD, FIELD])).unwrap();
    assert_eq!((asked.fields, asked.last_day, asked.by), (vec![FIELD], in_days(60), ME));
    assert_eq!(asked.entry.reason().unwrap().text, "回拨 100****5678", "numbers in a reason are masked before it is kept");
    assert!(asked.entry.families().is_empty() && asked.entry.grant() == Some(asked.id), "nobody's, until it is granted");
    let ask = |class: ClassFacts, wish: NewGrant| gate.ask_grant(&me, &class, &wish).map(drop);
    assert_eq!(ask(ClassFacts { teacher: person(COLLEAGUE), ..class() }, wish(today(), &[FIELD])), Err(Refused::Forbidden));
    assert_eq!(ask(ClassFacts { ends: ago(1), ..class() }, wish(today(), &[FIELD])), Err(Refused::Forbidden));
    assert_eq!(ask(ClassFacts { starts: in_days(1), ..class() }, wish(today(), &[FIELD])), Err(Refused::Forbidden));
    for field in FieldKey::ALL.iter().filter(|field| field.record() != RecordKind::Student) {
        assert_eq!(ask(class(), wish(today(), &[FIELD, *field])), Err(Refused::Forbidden), "{field:?}");
    }
    assert_eq!(field_error(ask(class(), wish(today(), &[]))), ("fields".into(), ValueError::Required));
    // Not after the class, not for more than the days there are, not for the past.
    let long = ClassFacts { ends: in_days(900), ..class() };
    assert!(ask(long.clone(), wish(in_days(DAYS), &[FIELD])).is_ok());
    for (class, day) in [(class(), in_days(61)), (long, in_days(DAYS + 1)), (class(), ago(1))] {
        assert_eq!(field_error(ask(class, wish(day, &[FIELD]))), ("last_day".into(), ValueError::Malformed), "{day}");
    }
    for reveal in [Reveal::No, Reveal::WithReason] {
        let (gate, _) = door(uniform(&[Role::Teacher], cell(reveal)), Mood::Up);
        assert_eq!(gate.ask_grant(&me, &class(), &wish(today(), &[FIELD])).map(drop), Err(Refused::Forbidden), "{reveal:?}");
    }
    assert!(gate.ask_grant(&parent(), &class(), &wish(today(), &[FIELD])).is_err());
}

#[test]
fn somebody_else_decides_and_never_for_longer_than_was_asked() {
    let record = family(stranger());
    let (gate, _) = door(by_approval(), Mood::Up);
    let principal = staff([Role::Principal]);
    // Of a colleague's class, asked until the twentieth day.
    let waiting = GrantRecord {
        by: person(COLLEAGUE),
        class: ClassFacts { teacher: person(COLLEAGUE), ..class() },
        state: ApprovalState::Asked,
        decided_by: None,
        ..granted(&record)
    };
    let decide = |by: &Viewer, one: &GrantRecord, last_day| gate.decide_grant(by.fresh().unwrap(), one, &GrantDecision::Grant { last_day });
    let write = decide(&principal, &waiting, in_days(20)).unwrap();
    assert_eq!((write.to, write.decided_by), (ApprovalState::Granted, Some(ME)));
    assert_eq!(write.until.map(|(day, over)| (day, (over + TimeDelta::hours(8)).date_naive())), Some((in_days(20), in_days(21))));
    assert!(write.entry.families().contains(&record.family.id), "in the ledger of every family of the class");
    assert!(decide(&principal, &waiting, today()).is_ok());
    for day in [in_days(21), ago(1)] {
        assert_eq!(field_error(decide(&principal, &waiting, day)), ("last_day".into(), ValueError::Malformed));
    }
    let refused = |by: &Viewer, one: GrantRecord| decide(by, &one, today()).err();
    assert_eq!(refused(&principal, GrantRecord { by: person(ME), ..waiting.clone() }), Some(Refused::NotFound), "never one's own");
    assert_eq!(refused(&staff([Role::Teacher]), waiting.clone()), Some(Refused::Forbidden));
    assert_eq!(refused(&principal, GrantRecord { state: ApprovalState::Granted, ..waiting.clone() }), Some(Refused::Lapsed));
    assert_eq!(refused(&principal, GrantRecord { until: noon(), ..waiting.clone() }), Some(Refused::Lapsed));
    assert_eq!(refused(&principal, GrantRecord { class: class(), ..waiting.clone() }), Some(Refused::Lapsed), "taught by another now");
    // Ending: one's own in any open state, somebody else's only once it stands.
    let end = |by: &Viewer, one: &GrantRecord| gate.end_grant(by, one).map(|write| write.to);
    assert_eq!(end(&staff([Role::Teacher]), &granted(&record)), Ok(ApprovalState::Withdrawn));
    assert_eq!(end(&staff([Role::Teacher]), &waiting), Err(Refused::NotFound));
    assert_eq!(end(&principal, &waiting), Err(Refused::Lapsed));
    assert_eq!(end(&principal, &GrantRecord { state: ApprovalState::Granted, ..waiting }), Ok(ApprovalState::Revoked));
}
