//! A probe is made by the gate, with the scope of the roles that may search its field.
use contract::catalogue::FieldKey;
use guard::{Scope, search::Probe};

fn probe(scope: Scope) -> Probe {
    Probe { field: FieldKey::GuardianPhone, tokens: vec![[0; 8]], scope }
}

fn main() {}
