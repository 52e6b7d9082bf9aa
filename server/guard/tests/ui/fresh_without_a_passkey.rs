//! Freshness is proven by a passkey.
use guard::{FreshViewer, Viewer};

fn fresh(viewer: &Viewer) -> FreshViewer<'_> {
    FreshViewer(viewer)
}

fn main() {}
