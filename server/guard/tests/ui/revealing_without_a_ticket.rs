//! What opens only by an approval asks for a ticket; neither presence nor the approval itself is one.
use guard::{FreshViewer, Gate, SignedWish, records::{ApprovalRecord, StudentRecord}};

async fn present(gate: &Gate, by: FreshViewer<'_>, record: &StudentRecord, wish: SignedWish) {
    let _ = gate.reveal_approved(by, record.into(), wish).await;
}

async fn approved(gate: &Gate, approval: ApprovalRecord, record: &StudentRecord, wish: SignedWish) {
    let _ = gate.reveal_approved(approval, record.into(), wish).await;
}

fn main() {}
