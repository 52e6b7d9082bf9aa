//! One signature is one look.
use guard::{Gate, SignedWish, Viewer, records::StudentRecord};

async fn twice(gate: &Gate, viewer: &Viewer, record: &StudentRecord, wish: SignedWish) {
    let _ = gate.reveal(viewer, record.into(), wish).await;
    let _ = gate.reveal(viewer, record.into(), wish).await;
}

fn main() {}
