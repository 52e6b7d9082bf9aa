//! A viewer is admitted, not written down.
use guard::{Admission, Viewer};

fn viewer(admission: Admission) -> Viewer {
    Viewer(admission, None)
}

fn main() {}
