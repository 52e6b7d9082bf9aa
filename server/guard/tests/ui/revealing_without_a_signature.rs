//! A deliberate look asks for a signature over exactly this look; presence a moment ago is none, and neither is the wish.
use guard::{FreshViewer, Gate, Viewer, Wish, records::StudentRecord};

async fn present(gate: &Gate, viewer: &Viewer, record: &StudentRecord, by: FreshViewer<'_>) {
    let _ = gate.reveal(viewer, record.into(), by).await;
}

async fn wished(gate: &Gate, viewer: &Viewer, record: &StudentRecord, wish: Wish) {
    let _ = gate.reveal(viewer, record.into(), wish).await;
}

fn main() {}
