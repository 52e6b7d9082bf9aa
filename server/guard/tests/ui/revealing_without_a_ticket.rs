//! What opens only by an approval asks for a ticket; neither presence nor the approval nor a standing grant itself is one.
use guard::{FreshViewer, Gate, SignedWish, records::{ApprovalRecord, GrantRecord, StudentRecord}};

async fn present(gate: &Gate, by: FreshViewer<'_>, record: &StudentRecord, wish: SignedWish) {
    let _ = gate.reveal_approved(by, record.into(), wish).await;
}

async fn approved(gate: &Gate, approval: ApprovalRecord, record: &StudentRecord, wish: SignedWish) {
    let _ = gate.reveal_approved(approval, record.into(), wish).await;
}

async fn granted(gate: &Gate, grant: GrantRecord, record: &StudentRecord, wish: SignedWish) {
    let _ = gate.reveal_approved(grant, record.into(), wish).await;
}

fn main() {}
