//! Sealed values are not compared: equality would tell about the value.
use contract::catalogue::GuardianPhone;
use guard::Sealed;

fn same(one: &Sealed<GuardianPhone>, other: &Sealed<GuardianPhone>) -> bool {
    *one == *other
}

fn main() {}
