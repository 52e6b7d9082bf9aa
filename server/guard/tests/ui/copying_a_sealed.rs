//! A sealed value is moved, never cloned.
use contract::catalogue::GuardianPhone;
use guard::Sealed;

fn copy(sealed: &Sealed<GuardianPhone>) -> Sealed<GuardianPhone> {
    sealed.clone()
}

fn main() {}
