//! A scope is read, never widened.
use guard::{Scope, scope::Reach};

fn widen(scope: &mut Scope) {
    scope.reaches.push(Reach::Everything);
}

fn main() {}
