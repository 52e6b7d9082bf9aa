//! A deliberate look asks for a fresh viewer.
use contract::wire::reveals::RevealRequest;
use guard::{Gate, Viewer, records::StudentRecord};

async fn reveal(gate: &Gate, viewer: &Viewer, record: &StudentRecord, wish: &RevealRequest) {
    let _ = gate.reveal_of_student(viewer, record, wish).await;
}

fn main() {}
