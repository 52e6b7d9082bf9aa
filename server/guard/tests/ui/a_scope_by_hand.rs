//! Which records a viewer reaches is the gate's to say.
use guard::{Scope, scope::Reach};

fn everything() -> Scope {
    Scope { reaches: vec![Reach::Everything], teacher: None, guardian: None }
}

fn main() {}
