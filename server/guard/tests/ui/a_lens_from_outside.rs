//! The lens, which opens, is nowhere to be found outside.
use guard::sealed::Lens;

fn main() {}
