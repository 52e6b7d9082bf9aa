//! What is not in the catalogue is not sealed.
use contract::values::PersonName;
use guard::Sealed;

enum Nickname {}

fn nickname(bytes: Vec<u8>) -> Sealed<Nickname> {
    let _: Option<PersonName> = None;
    Sealed::stored(bytes)
}

fn main() {}
