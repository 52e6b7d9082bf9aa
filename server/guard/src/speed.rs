//! What the innermost steps cost, by criterion: seal and open, index tokens, decisions, masks.
//!
//! The rule: it is part of the tests, so that nothing becomes public to be measured and nothing of it is in any release.
//! `make bench` runs it; an ordinary test run leaves it out. Deliberately absent: bars; those are in the table of the run.

use crate::{
    Actor, Admission, Facts, Policy, Vault, Viewer,
    sealed::{Lens, Sealed},
    vault::keys::{KeyError, KeyProvider},
};
use chrono::DateTime;
use contract::{
    FieldKey, FieldValue,
    catalogue::{GuardianPhone, StudentAddress},
    ids::{CampusId, SessionId, StaffId},
    mask,
    rights::{Role, RoleSet},
    values::{Address, Phone},
};
use criterion::Criterion;
use std::{hint::black_box, time::Duration};
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) struct Fixed;

impl KeyProvider for Fixed {
    fn master(&self) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        Ok(Zeroizing::new([7; 32]))
    }
}

fn criterion() -> Criterion {
    Criterion::default().warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(40).without_plots()
}

pub(crate) fn registrar() -> Viewer {
    #[expect(clippy::disallowed_methods, reason = "a viewer of a measurement")]
    Viewer::admit(Admission {
        actor: Actor::Staff(StaffId(Uuid::from_u128(1))),
        name: "吴老师".into(),
        roles: RoleSet::from_iter([Role::Registrar]),
        campuses: vec![CampusId(Uuid::from_u128(2))],
        session: SessionId(Uuid::nil()),
        stepped_up_at: None,
        now: DateTime::UNIX_EPOCH,
        whence: crate::Whence::Unknown,
    })
}

pub(crate) const HOME: Facts = Facts { campus: CampusId(Uuid::from_u128(2)), owner: None, taught_by_viewer: false, own_child: false };
/// Thirty bytes of UTF-8.
pub(crate) const THIRTY: &str = "北京市海淀区明德八号";

#[test]
#[ignore = "a measurement: make bench"]
fn speed_of_sealing_and_opening() {
    let vault = Vault::unlock(&Fixed).unwrap();
    let (subject, row) = (Uuid::from_u128(3), Uuid::from_u128(4));
    let (key, wrapped) = vault.new_subject(subject).unwrap();
    let address = Address::parse(THIRTY).ok();
    let (policy, viewer) = (Policy::initial(), registrar());
    let view = policy.view(&viewer, &HOME);
    let mut c = criterion();
    c.bench_function("seal 30 bytes", |b| b.iter(|| Sealed::<StudentAddress>::seal(black_box(&address), &key, row)));
    let sealed = Sealed::<StudentAddress>::seal(&address, &key, row).unwrap();
    c.bench_function("open and mask 30 bytes", |b| b.iter(|| Lens::new(view, &key, row).show(black_box(&sealed))));
    c.bench_function("seal and open 30 bytes", |b| {
        b.iter(|| {
            let sealed = Sealed::<StudentAddress>::seal(black_box(&address), &key, row).unwrap();
            Lens::new(view, &key, row).reveal(&sealed, &crate::trail::Durable::after_append())
        });
    });
    // A copy each time: what was unwrapped once is not unwrapped again.
    c.bench_function("unwrap a family's key", |b| b.iter(|| vault.unwrap(black_box(&wrapped.clone())).is_ok()));
}

#[test]
#[ignore = "a measurement: make bench"]
fn speed_of_finding() {
    let vault = Vault::unlock(&Fixed).unwrap();
    let (key, _) = vault.new_subject(Uuid::from_u128(3)).unwrap();
    let mut c = criterion();
    c.bench_function("index token of a phone number", |b| {
        b.iter(|| vault.index().sought(FieldKey::GuardianPhone, black_box("10012345678")))
    });
    let phone = |number: u64| Phone::parse(&format!("100{number:08}")).ok();
    let sealed: Vec<_> = (0..100_000)
        .map(|number| (Uuid::from_u128(number.into()), phone(number)))
        .map(|(row, phone)| (row, Sealed::<GuardianPhone>::seal(&phone, &key, row).unwrap()))
        .collect();
    let sought = phone(99_999);
    let proof = crate::trail::Durable::after_append();
    let (policy, viewer) = (Policy::initial(), registrar());
    let view = policy.view(&viewer, &HOME);
    let scan = || sealed.iter().filter(|(row, sealed)| Lens::new(view, &key, *row).reveal(sealed, &proof).unwrap() == sought).count();
    assert_eq!(scan(), 1);
    c.sample_size(10).bench_function("open and scan 100,000", |b| b.iter(|| black_box(scan())));
}

#[test]
#[ignore = "a measurement: make bench"]
fn speed_of_deciding() {
    let (policy, viewer) = (Policy::initial(), registrar());
    let view = policy.view(&viewer, &HOME);
    let mut c = criterion();
    let mut turn = 0;
    c.bench_function("one exposure decision", |b| {
        b.iter(|| {
            turn = (turn + 1) % FieldKey::ALL.len();
            view.exposure(black_box(FieldKey::ALL[turn]))
        });
    });
    c.bench_function("which roles reach a record", |b| b.iter(|| black_box(policy.view(&viewer, black_box(&HOME))).reached()));
    c.bench_function("what a viewer may do with a student", |b| {
        b.iter(|| view.can(black_box(FieldKey::of(contract::RecordKind::Student))))
    });
}

#[test]
#[ignore = "a measurement: make bench"]
fn speed_of_masking() {
    let mut c = criterion();
    c.bench_function("mask of a phone number", |b| b.iter(|| mask::phone(black_box("10012345678"))));
    c.bench_function("mask of a name", |b| b.iter(|| mask::name(black_box("欧阳修远"))));
    c.bench_function("mask of an identity number", |b| b.iter(|| mask::id_card(black_box("000000201501011234"))));
    c.bench_function("mask of an address", |b| b.iter(|| mask::address(black_box("北京市海淀区明德路8号3单元501"))));
    c.bench_function("mask of a birth date", |b| b.iter(|| mask::birth_date(black_box("2015-01-01"))));
    c.bench_function("mask of an e-mail address", |b| b.iter(|| mask::email(black_box("lin.mu@example.com"))));
}
