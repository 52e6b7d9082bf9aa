//! Receipts: a look opens by a signature over exactly this look, and the entry of it can be checked for ever.
//!
//! The rule: whatever is another than what was signed makes it unsigned. Deliberately absent: the relying party, which checks
//! origin and counter.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, reason = "tests")]

mod support;

use chrono::TimeDelta;
use contract::{
    catalogue::FieldKey,
    rights::Role,
    wire::{
        ledger::Action,
        reveals::{Reason, ReasonCode, RevealRequest},
    },
};
use guard::{
    Actor, Entry, Refused, Wish,
    receipt::{Algorithm, Book, Fault, NotSigned, PasskeyKey},
    trail::By,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::*;

const FIELD: FieldKey = FieldKey::GuardianPhone;

fn request() -> RevealRequest {
    RevealRequest { field: FIELD, reason: Reason { code: ReasonCode::FollowUp, text: "改期".into() } }
}

fn permitted() -> Wish {
    let (gate, _) = door(uniform(&[Role::Registrar], MASKED_OPEN), Mood::Up);
    now(gate.wish(&staff([Role::Registrar]), (&family(stranger()).guardians[0]).into(), &request())).unwrap()
}

/// The entry that registers a key, and that of a look which it signed.
fn registered_and_signed(key: &Passkey) -> (Entry, Entry) {
    let (gate, trail) = door(uniform(&[Role::Registrar], MASKED_OPEN), Mood::Up);
    let (record, viewer) = (family(stranger()), staff([Role::Registrar]));
    let wish = now(gate.wish(&viewer, (&record.guardians[0]).into(), &request())).unwrap();
    let assertion = key.sign(wish.challenge());
    let wish = wish.signed(assertion, &key.public()).unwrap();
    let _ = now(gate.reveal(&viewer, (&record.guardians[0]).into(), wish)).unwrap();
    (Entry::event(noon(), By::viewer(&viewer), Action::PasskeyAdded).registering(key.public()), trail.last())
}

/// The entry with one of its parts changed, as somebody would change it who holds the database.
fn altered(entry: &Entry, change: impl FnOnce(&mut Value)) -> Entry {
    let mut written: Value = serde_json::from_slice(&entry.to_bytes().unwrap()).unwrap();
    change(&mut written);
    Entry::from_bytes(&serde_json::to_vec(&written).unwrap()).unwrap()
}

#[test]
fn a_wish_is_signed_by_its_own_key_over_its_own_challenge_by_somebody_present() {
    let (key, other) = (Passkey::new(b"one"), Passkey::new(b"one"));
    let wish = permitted();
    let right = client_data("webauthn.get", &wish.challenge());
    let by = |client: &str, flags| wish.clone().signed(key.assert(client, flags), &key.public()).err();
    assert_eq!(by(&right, UP_UV), None);
    for flags in [0, 0x01, 0x04] {
        assert_eq!(by(&right, flags), Some(NotSigned::Presence));
    }
    let elsewhere = right.replace("false", "true");
    for client in [&client_data("webauthn.create", &wish.challenge()), &client_data("webauthn.get", &[0; 32]), &elsewhere, "{}", ""] {
        assert_eq!(by(client, UP_UV), Some(NotSigned::Challenge), "{client}");
    }
    let challenge = wish.challenge();
    assert_eq!(wish.clone().signed(key.sign(challenge), &other.public()).err(), Some(NotSigned::Signature));
    assert_eq!(wish.clone().signed(key.sign(challenge), &Passkey::new(b"two").public()).err(), Some(NotSigned::Key));
    let broken = PasskeyKey::new(b"one".to_vec(), Algorithm::Rs256, vec![1, 0, 1]);
    assert_eq!(wish.signed(key.sign(challenge), &broken).err(), Some(NotSigned::Signature));
}

#[test]
fn two_wishes_are_never_the_same() {
    assert_ne!(permitted().challenge(), permitted().challenge());
}

#[test]
fn a_signed_wish_opens_for_its_person_and_record_and_for_five_minutes() {
    let (record, other) = (family(stranger()), family(stranger()));
    let (gate, trail) = door(uniform(&[Role::Registrar], MASKED_OPEN), Mood::Up);
    let viewer = staff([Role::Registrar]);
    let guardian = (&record.guardians[0]).into();
    let wish = || signed(now(gate.wish(&viewer, guardian, &request())).unwrap());
    let somebody = staff_at(Actor::Staff(COLLEAGUE), [Role::Registrar], noon());
    assert_eq!(now(gate.reveal(&somebody, guardian, wish())).err(), Some(Refused::StepUp));
    assert_eq!(now(gate.reveal(&viewer, (&other.guardians[0]).into(), wish())).err(), Some(Refused::StepUp));
    let later = |seconds| staff_at(Actor::Staff(ME), [Role::Registrar], noon() + TimeDelta::seconds(seconds));
    assert_eq!(now(gate.reveal(&later(300), guardian, wish())).err(), Some(Refused::StepUp));
    assert_eq!(now(gate.reveal(&later(-31), guardian, wish())).err(), Some(Refused::StepUp));
    assert!(trail.entries().iter().all(|entry| entry.action() == Action::Refused));
    assert!(now(gate.reveal(&later(299), guardian, wish())).is_ok());
    assert!(trail.last().receipt().is_some());
}

#[test]
fn a_book_reads_keys_and_receipts_in_their_order() {
    let key = Passkey::new(b"one");
    let (registered, look) = registered_and_signed(&key);
    let mut book = Book::default();
    assert_eq!(book.read(1, &look), Err(Fault::UnknownKey), "before it is registered");
    assert_eq!((book.read(1, &registered), book.read(1, &look)), (Ok(()), Ok(())));
    assert_eq!((book.receipts(), book.earlier()), (1, 0));
    assert_eq!(book.read(1, &look), Err(Fault::Replayed));
    let bare = altered(&look, |entry| drop(entry.as_object_mut().unwrap().remove("receipt")));
    assert_eq!(book.read(1, &bare), Err(Fault::Missing));
    // Before the first receipt there were looks without one.
    let mut book = Book::default();
    assert_eq!((book.read(1, &bare), book.earlier()), (Ok(()), 1));
    // Another key that is registered under the same name takes nothing back.
    let (again, _) = registered_and_signed(&Passkey::new(b"one"));
    let mut book = Book::default();
    assert_eq!((book.read(1, &registered), book.read(1, &again), book.read(1, &look)), (Ok(()), Ok(()), Ok(())));
    // The row that registered it is gone, and its key was carried over: by a later row, and known from the first one on.
    let carried = Entry::carrying_over(noon(), &registered).unwrap();
    assert_eq!((carried.action(), carried.by().actor), (Action::PasskeyCarried, None));
    assert_eq!(Entry::carrying_over(noon(), &carried).as_ref(), Some(&carried), "and once more, after its time");
    assert_eq!(Entry::carrying_over(noon(), &look), None);
    let mut book = Book::vouched_to(8);
    book.carry_over(9, &carried);
    assert_eq!((book.read(8, &look), book.receipts(), book.by_later_keys()), (Ok(()), 1, 1), "no older than the row that carries it");
    let others = altered(&carried, |entry| entry["record"]["id"] = json!(COLLEAGUE));
    for not in [&others, &registered, &look] {
        let mut book = Book::default();
        book.carry_over(1, not);
        assert_eq!(book.read(2, &look), Err(Fault::UnknownKey));
    }
    // A key that was registered by somebody else is not this person's.
    let theirs = altered(&registered, |entry| entry["by"]["actor"] = json!({ "staff": COLLEAGUE }));
    let mut book = Book::default();
    assert_eq!((book.read(1, &theirs), book.read(1, &look)), (Ok(()), Err(Fault::UnknownKey)));
}

#[test]
fn what_nobody_vouches_for_is_counted_apart_and_a_fault_hides_nothing() {
    let key = Passkey::new(b"one");
    let (registered, look) = registered_and_signed(&key);
    let other = Passkey::new(b"two");
    let (planted, planted_look) = registered_and_signed(&other);
    let (_, unknown) = registered_and_signed(&Passkey::new(b"three"));
    let mut book = Book::vouched_to(3);
    assert_eq!((book.read(1, &registered), book.read(2, &unknown)), (Ok(()), Err(Fault::UnknownKey)));
    assert_eq!(book.read(3, &look), Ok(()));
    assert_eq!((book.receipts(), book.later(), book.by_later_keys()), (1, 0, 0));
    let (_, again) = (book.read(4, &planted), book.read(5, &planted_look));
    assert_eq!((again, book.receipts(), book.later(), book.by_later_keys()), (Ok(()), 2, 1, 1));
    // A later look by a key that is vouched for is later, and no more than that.
    let mut book = Book::vouched_to(1);
    assert_eq!((book.read(1, &registered), book.read(2, &look)), (Ok(()), Ok(())));
    assert_eq!((book.receipts(), book.later(), book.by_later_keys()), (1, 1, 0));
}

#[test]
fn the_time_of_the_entry_is_that_of_what_was_signed() {
    let key = Passkey::new(b"one");
    let (registered, look) = registered_and_signed(&key);
    for (at, outcome) in [
        ("2026-03-02T04:04:59Z", Ok(())),
        ("2026-03-02T03:59:30Z", Ok(())),
        ("2026-03-02T04:05:00Z", Err(Fault::NotSigned(NotSigned::Time))),
        ("2026-03-02T03:59:29Z", Err(Fault::NotSigned(NotSigned::Time))),
        // A signature that nobody redeemed, written in a month later.
        ("2026-04-02T04:00:00Z", Err(Fault::NotSigned(NotSigned::Time))),
    ] {
        let mut book = Book::default();
        let dated = altered(&look, |entry| entry["at"] = json!(at));
        assert_eq!((book.read(1, &registered), book.read(2, &dated)), (Ok(()), outcome), "{at}");
    }
}

/// What somebody would change about a look.
type Change = fn(&mut Value);
const CHANGES: [Change; 11] = [
    |entry| entry["reason"]["text"] = json!("别的事"),
    |entry| entry["reason"]["code"] = json!("contract"),
    |entry| entry["record"]["id"] = json!(uuid::Uuid::from_u128(7)),
    |entry| entry["looks"][0]["fields"][0]["field"] = json!("guardian.id_card"),
    |entry| entry["looks"] = json!([]),
    |entry| entry["receipt"]["at"] = json!("2026-01-01T00:00:00Z"),
    |entry| entry["at"] = json!("2026-03-02T04:05:00Z"),
    |entry| entry["at"] = json!("2026-03-02T03:59:29Z"),
    |entry| entry["receipt"]["nonce"] = json!("AAAAAAAAAAAAAAAAAAAAAA"),
    |entry| entry["receipt"]["assertion"]["signature"] = json!("AAAA"),
    |entry| entry["receipt"]["assertion"]["authenticator_data"] = json!("AAAA"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn whatever_is_changed_about_a_look_is_not_what_was_signed(changes in prop::collection::btree_set(0..CHANGES.len(), 0..3)) {
        let key = Passkey::new(b"one");
        let (registered, look) = registered_and_signed(&key);
        let changed = altered(&look, |entry| changes.iter().for_each(|change| CHANGES[*change](entry)));
        let mut book = Book::default();
        prop_assert_eq!(book.read(1, &registered), Ok(()));
        prop_assert_eq!(book.read(1, &changed).is_ok(), changes.is_empty());
    }

    /// Whatever becomes of the text of a receipt: it is read as another and does not hold, or it is not read.
    #[test]
    fn no_byte_of_an_assertion_can_be_changed(at in any::<prop::sample::Index>(), flip in 1_u8..) {
        let key = Passkey::new(b"one");
        let wish = permitted();
        let mut written = serde_json::to_value(key.sign(wish.challenge())).unwrap();
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        let part = ["authenticator_data", "client_data", "signature"][at.index(3)];
        let mut bytes = URL_SAFE_NO_PAD.decode(written[part].as_str().unwrap()).unwrap();
        let place = at.index(bytes.len());
        bytes[place] ^= flip;
        written[part] = json!(URL_SAFE_NO_PAD.encode(bytes));
        prop_assert!(wish.signed(serde_json::from_value(written).unwrap(), &key.public()).is_err());
    }
}
