//! What opens only by an approval asks for a ticket; neither presence nor the approval itself is one.
use contract::wire::reveals::RevealRequest;
use guard::{FreshViewer, Gate, records::{ApprovalRecord, StudentRecord}};

async fn present(gate: &Gate, by: FreshViewer<'_>, record: &StudentRecord, wish: &RevealRequest) {
    let _ = gate.reveal_approved(by, record.into(), wish).await;
}

async fn approved(gate: &Gate, approval: ApprovalRecord, record: &StudentRecord, wish: &RevealRequest) {
    let _ = gate.reveal_approved(approval, record.into(), wish).await;
}

fn main() {}
