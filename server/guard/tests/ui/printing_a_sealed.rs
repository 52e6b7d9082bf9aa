//! A sealed value has no text.
use contract::catalogue::GuardianPhone;
use guard::Sealed;

fn log(sealed: &Sealed<GuardianPhone>) -> String {
    format!("{sealed}")
}

fn main() {}
