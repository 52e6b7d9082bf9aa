//! A search is permitted by the gate.
use guard::Search;

fn search() -> Search {
    Search { probes: Vec::new() }
}

fn main() {}
