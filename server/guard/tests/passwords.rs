//! The fallback: what lies sealed, what is compared, and for whom nothing is there.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use chrono::{DateTime, TimeDelta, Utc};
use contract::ids::StaffId;
use guard::{
    Gate, Refused,
    password::{Fallback, SealedSecret},
};
use support::{Mood, OPEN, door, uniform};
use totp_rs::{Builder, Secret};
use uuid::Uuid;

fn gate_of() -> Gate {
    door(uniform(&[], OPEN), Mood::Up).0
}

const PASSWORD: &str = "七个橘子 in the attic";

fn somebody(id: u128) -> StaffId {
    StaffId(Uuid::from_u128(id))
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_015, 0).unwrap()
}

/// What the owner's app shows at a moment.
fn code(gate: &Gate, owner: StaffId, fallback: &Fallback, at: DateTime<Utc>) -> String {
    let secret = gate.app_secret(owner, &fallback.totp, "明德书院", "li").unwrap();
    let secret = Secret::try_from_base32(&*secret.base32).unwrap();
    let app = Builder::new().with_secret(secret).with_account_name("li").build().unwrap();
    app.generate(u64::try_from(at.timestamp()).unwrap()).to_string()
}

#[test]
fn the_password_of_its_owner_is_known_in_either_form_of_its_letters_and_no_other_is() {
    let gate = gate_of();
    let fallback = gate.new_fallback(somebody(1), "ａｂ\u{e9}-七个橘子").unwrap();
    let is = |typed: &str| gate.is_password(somebody(1), Some(&fallback.hash), typed).unwrap();
    assert!(is("ａｂ\u{e9}-七个橘子") && is("abe\u{301}-七个橘子"));
    assert!(!is("abe-七个橘子") && !is("") && !is("ABÉ-七个橘子"));
    assert!(!gate.is_password(somebody(1), None, "").unwrap());
}

#[test]
fn hash_and_secret_lie_sealed_and_open_for_nobody_else() {
    let gate = gate_of();
    let fallback = gate.new_fallback(somebody(1), PASSWORD).unwrap();
    for sealed in [&fallback.hash, &fallback.totp] {
        assert!(!String::from_utf8_lossy(sealed.as_stored()).contains("argon2"));
        assert_eq!(format!("{sealed:?}"), "SealedSecret");
    }
    assert_ne!(gate.new_fallback(somebody(1), PASSWORD).unwrap(), fallback);
    assert_eq!(gate.is_password(somebody(2), Some(&fallback.hash), PASSWORD), Err(Refused::Broken));
    assert_eq!(gate.step_of_code(somebody(2), Some(&fallback.totp), "000000", at()), Err(Refused::Broken));
    // One moved into the other's column.
    assert_eq!(gate.is_password(somebody(1), Some(&fallback.totp), PASSWORD), Err(Refused::Broken));
    let cut = SealedSecret::stored(fallback.hash.as_stored()[1..].to_vec());
    assert_eq!(gate.is_password(somebody(1), Some(&cut), PASSWORD), Err(Refused::Broken));
}

#[test]
fn a_code_tells_its_step_and_counts_one_step_before_and_after() {
    let gate = gate_of();
    let (owner, now) = (somebody(1), at());
    let fallback = gate.new_fallback(owner, PASSWORD).unwrap();
    let present = now.timestamp() / 30;
    for (away, counts) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
        let code = code(&gate, owner, &fallback, now + TimeDelta::seconds(30 * away));
        let step = gate.step_of_code(owner, Some(&fallback.totp), &code, now).unwrap();
        assert_eq!(step, counts.then_some(present + away), "{away}");
        assert_eq!(gate.step_of_code(owner, None, &code, now), Ok(None));
    }
    for wrong in ["", "12345", "1234567", "abcdef", "一二三四五六"] {
        assert_eq!(gate.step_of_code(owner, Some(&fallback.totp), wrong, now), Ok(None), "{wrong}");
    }
}

#[test]
fn an_app_is_told_the_school_and_the_name() {
    let gate = gate_of();
    let fallback = gate.new_fallback(somebody(1), PASSWORD).unwrap();
    let secret = gate.app_secret(somebody(1), &fallback.totp, "明德:书院", "li").unwrap();
    assert!(secret.url.starts_with("otpauth://totp/"), "{}", *secret.url);
    assert!(secret.url.contains(&format!("secret={}", *secret.base32)) && secret.base32.len() == 32);
    assert_eq!(format!("{secret:?}"), "AppSecret");
}
