//! A mask converts to nothing, so it is not saved over the truth.
use contract::{shown::Masked, values::PersonName};

fn name(mask: Masked) -> PersonName {
    mask.into()
}

fn main() {}
