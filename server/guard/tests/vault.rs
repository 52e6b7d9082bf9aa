//! Keys: what does not belong together does not open, and the operator is told what to do.
//!
//! Deliberately absent: the ciphers themselves, which are held to public vectors inside the crate.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod support;

use contract::rights::Role;
use guard::{
    Gate, Policy, Refused, Trail, Vault, WrappedKey,
    vault::keys::{KeyError, KeyFile},
};
use std::{fs, os::unix::fs::PermissionsExt, sync::Arc};
use support::{MemoryTrail, Mood, OPEN, door, family, now, staff, stranger, uniform, vault};
use uuid::Uuid;

fn registrar() -> (Gate, Arc<MemoryTrail>) {
    door(uniform(&[Role::Registrar], OPEN), Mood::Up)
}

#[test]
fn another_master_key_opens_nothing_and_shows_it_by_its_check_value() {
    let trail = MemoryTrail::new(Mood::Up);
    let gate = Gate::new(vault(8), uniform(&[Role::Registrar], OPEN), Arc::clone(&trail) as Arc<dyn Trail>);
    let record = family(stranger());
    let viewer = staff([Role::Registrar]);
    assert_eq!(now(gate.student_card(&viewer, &record.students[0])).err(), Some(Refused::Broken));
    assert_eq!(now(gate.guardian_card(&viewer, &record.guardians[0])).err(), Some(Refused::Broken));
    assert_eq!(now(gate.family_card(&viewer, &record, &[])).err(), Some(Refused::Broken));
    assert!(trail.entries().is_empty(), "nothing was shown");
    assert_ne!(vault(7).check_value(), vault(8).check_value());
    assert_eq!(vault(7).check_value(), vault(7).check_value());
}

#[test]
fn the_key_of_another_family_does_not_open_a_record() {
    let (gate, _) = registrar();
    let (mut mine, other) = (family(stranger()), family(stranger()));
    let viewer = staff([Role::Registrar]);
    mine.students[0].key = Arc::clone(&other.key);
    assert_eq!(now(gate.student_card(&viewer, &mine.students[0])).err(), Some(Refused::Broken));
}

#[test]
fn a_wrapped_key_that_was_moved_or_altered_does_not_unwrap() {
    let (gate, _) = registrar();
    let (mut mine, other) = (family(stranger()), family(stranger()));
    let viewer = staff([Role::Registrar]);
    let mut flipped = mine.key.as_stored().to_vec();
    flipped[20] ^= 1;
    let cut = mine.key.as_stored()[..mine.key.as_stored().len() - 1].to_vec();
    let subject = mine.key.subject();
    for key in [
        WrappedKey::stored(subject, other.key.as_stored().to_vec()),
        WrappedKey::stored(other.key.subject(), mine.key.as_stored().to_vec()),
        WrappedKey::stored(subject, flipped),
        WrappedKey::stored(subject, cut),
        WrappedKey::stored(subject, Vec::new()),
    ] {
        mine.students[0].key = Arc::new(key);
        assert_eq!(now(gate.student_card(&viewer, &mine.students[0])).err(), Some(Refused::Broken));
    }
}

#[test]
fn a_ciphertext_under_another_row_does_not_open() {
    let (gate, _) = registrar();
    let mut record = family(stranger());
    record.students[0].id.0 = Uuid::from_u128(1);
    assert_eq!(now(gate.student_card(&staff([Role::Registrar]), &record.students[0])).err(), Some(Refused::Broken));
}

#[test]
fn the_same_value_never_looks_the_same_at_rest() {
    let (one, other) = (family(stranger()), family(stranger()));
    assert_ne!(one.guardians[0].fields.phone.as_stored(), other.guardians[0].fields.phone.as_stored());
    assert_ne!(one.key.as_stored(), other.key.as_stored());
}

#[test]
fn a_head_is_sealed_with_its_number_its_hash_and_the_key_of_the_school() {
    let seal = vault(7).head_sealer().seal(3, &[1; 32]);
    assert_eq!(seal, vault(7).head_sealer().seal(3, &[1; 32]));
    assert_ne!(seal, vault(7).head_sealer().seal(4, &[1; 32]));
    assert_ne!(seal, vault(7).head_sealer().seal(3, &[2; 32]));
    assert_ne!(seal, vault(8).head_sealer().seal(3, &[1; 32]));
}

#[test]
fn a_token_digest_depends_on_its_purpose_and_the_key_of_the_school() {
    let digest = vault(7).token_digest("code", "482913");
    assert_eq!(digest, vault(7).token_digest("code", "482913"));
    assert_ne!(digest, vault(7).token_digest("recovery", "482913"));
    assert_ne!(digest, vault(7).token_digest("code4", "82913"));
    assert_ne!(digest, vault(8).token_digest("code", "482913"));
}

#[test]
fn the_tokens_of_a_contact_differ_by_field_and_school() {
    use contract::catalogue::FieldKey;
    let (here, _) = registrar();
    let there = Gate::new(vault(8), Policy::initial(), MemoryTrail::new(Mood::Up) as Arc<dyn Trail>);
    let token = here.contact_token(FieldKey::GuardianPhone, "10055512345");
    assert!(token.is_some());
    assert_ne!(token, here.contact_token(FieldKey::GuardianSecondPhone, "10055512345"));
    assert_ne!(token, there.contact_token(FieldKey::GuardianPhone, "10055512345"));
    assert_eq!(here.contact_token(FieldKey::StudentBirthDate, "2013-11-27"), None, "a birth date is not findable");
}

#[test]
fn an_operator_learns_what_is_wrong_with_the_key_file_and_no_digit_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    let file = KeyFile::at(&path);
    assert!(!file.exists());
    assert!(matches!(Vault::unlock(&file), Err(KeyError::Missing(at)) if at == path));
    file.create().unwrap();
    assert!(matches!(file.create(), Err(KeyError::Io(..))), "a key is never overwritten");
    let vault = Vault::unlock(&file).unwrap();
    assert_eq!(vault.check_value(), Vault::unlock(&file).unwrap().check_value());
    let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o640);
    let digits = fs::read_to_string(&path).unwrap();
    match Vault::unlock(&file) {
        Err(error @ KeyError::Exposed(_)) => {
            let told = format!("{error} {error:?}");
            assert!(told.contains("0600") && !told.contains(&digits));
        }
        other => panic!("exposed, but {:?}", other.err()),
    }
    mode(0o600);
    for wrong in ["", "0", digits.get(1..).unwrap(), &format!("{digits}00"), &digits.replace(char::is_alphanumeric, "g")] {
        fs::write(&path, wrong).unwrap();
        let error = Vault::unlock(&file).err().unwrap();
        assert!(matches!(error, KeyError::Malformed(_)), "{error}");
        assert!(wrong.len() < 2 || !error.to_string().contains(wrong));
    }
    let nowhere = KeyFile::at(&folder.path().join("none").join("master.key"));
    assert!(matches!(nowhere.create(), Err(KeyError::Io(..))));
}

#[test]
fn debug_tells_nothing() {
    let (gate, _) = registrar();
    assert_eq!(format!("{gate:?} {:?}", vault(7)), "Gate Vault");
    let record = format!("{:?}", family(stranger()).guardians[0].fields);
    assert!(record.contains("Sealed(guardian.phone)") && !record.contains("10055512345"));
    let key = family(stranger()).key;
    assert_eq!(format!("{key:?}"), format!("WrappedKey({})", key.subject()));
}
