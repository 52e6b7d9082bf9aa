//! The field is in the type: one field's ciphertext does not stand for another's.
use contract::catalogue::{GuardianPhone, StudentName};
use guard::Sealed;

fn name(_: Sealed<StudentName>) {}

fn mix(phone: Sealed<GuardianPhone>) {
    name(phone);
}

fn main() {}
