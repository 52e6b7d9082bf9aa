//! The hot steps, each repeated as often as the environment says, so that their instructions can be counted.
//!
//! The rule: the count must not depend on what else the machine does, nor on what was drawn: fixed inputs, no hash maps.
//! `server/tools/counts.sh` runs each test with two numbers of repetitions and takes the difference, so that what comes
//! before and after cancels out. It is part of the tests, so nothing becomes public to be counted. Deliberately absent: the
//! kept counts; those are in `server/tools/counts.json`.

use crate::{
    Entry, Policy, SubjectKey, Vault,
    sealed::{Lens, Sealed},
    speed::{Fixed, HOME, THIRTY, registrar},
    trail::{By, GENESIS, Looks, RecordRef, link},
};
use contract::{
    FieldKey, FieldValue,
    catalogue::StudentAddress,
    field::RecordKind,
    ids::FamilyId,
    mask,
    rights::Exposure,
    values::Address,
    wire::ledger::{Action, FieldLook},
};
use std::hint::black_box;
use uuid::Uuid;

const ROW: Uuid = Uuid::from_u128(4);

/// A multiple of the nonces that are drawn at once, or the draws would not divide evenly.
fn times() -> std::ops::Range<i64> {
    let times = std::env::var("COUNTS_TIMES").map_or(64, |times| times.parse().unwrap());
    assert_eq!(times % 64, 0);
    0..times
}

fn key() -> SubjectKey {
    Vault::unlock(&Fixed).unwrap().new_subject(Uuid::from_u128(3)).unwrap().0
}

#[test]
#[ignore = "counted under valgrind: make counts"]
fn seal_a_field() {
    let (key, address) = (key(), Address::parse(THIRTY).ok());
    for _ in times() {
        black_box(Sealed::<StudentAddress>::seal(black_box(&address), &key, ROW).unwrap());
    }
}

#[test]
#[ignore = "counted under valgrind: make counts"]
fn open_and_mask_a_field() {
    let (key, address) = (key(), Address::parse(THIRTY).ok());
    let (policy, viewer) = (Policy::initial(), registrar());
    let view = policy.view(&viewer, &HOME);
    assert_eq!(view.exposure(FieldKey::StudentAddress), Exposure::Masked);
    let sealed = Sealed::<StudentAddress>::seal(&address, &key, ROW).unwrap();
    for _ in times() {
        black_box(Lens::new(view, &key, ROW).show(black_box(&sealed)).unwrap());
    }
}

#[test]
#[ignore = "counted under valgrind: make counts"]
fn decide_a_students_fields() {
    let (policy, viewer) = (Policy::initial(), registrar());
    for _ in times() {
        let view = policy.view(black_box(&viewer), black_box(&HOME));
        for field in FieldKey::of(RecordKind::Student) {
            black_box(view.exposure(black_box(field)));
        }
    }
}

#[test]
#[ignore = "counted under valgrind: make counts"]
fn mask_a_phone_number() {
    for _ in times() {
        black_box(mask::phone(black_box("10012345678")));
    }
}

/// A look at the fields of one student, as a card records it.
fn entry() -> Entry {
    let viewer = registrar();
    let record = RecordRef { kind: RecordKind::Student, id: ROW };
    let fields = FieldKey::of(RecordKind::Student).map(|field| FieldLook { field, form: Exposure::Masked }).collect();
    Entry::event(viewer.now(), By::viewer(&viewer), Action::Shown)
        .about(record)
        .in_families(vec![FamilyId(Uuid::from_u128(3))])
        .seeing(vec![Looks { fields, records: vec![record] }])
}

#[test]
#[ignore = "counted under valgrind: make counts"]
fn write_a_trail_entry() {
    let entry = entry();
    for _ in times() {
        black_box(black_box(&entry).to_bytes().unwrap());
    }
}

/// Apart from the writing: valgrind shows no processor that hashes by itself, so this count would drown the other.
#[test]
#[ignore = "counted under valgrind: make counts"]
fn link_a_trail_entry() {
    let (body, mut head) = (entry().to_bytes().unwrap(), GENESIS);
    for seq in times() {
        head = link(black_box(&head), seq, black_box(&body));
    }
    black_box(head);
}
