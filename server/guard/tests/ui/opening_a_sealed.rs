//! A sealed value is opened inside the guard alone.
use contract::catalogue::GuardianPhone;
use guard::{Sealed, SubjectKey};

fn phone(sealed: &Sealed<GuardianPhone>, key: &SubjectKey) {
    let _ = sealed.open(key, uuid::Uuid::nil());
}

fn main() {}
