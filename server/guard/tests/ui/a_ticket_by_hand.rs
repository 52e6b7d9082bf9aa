//! A ticket is made by the gate from a granted approval.
use contract::{FieldKey, ids::ApprovalId};
use guard::{FreshViewer, Ticket, trail::RecordRef};

fn forge<'a>(by: FreshViewer<'a>, approval: ApprovalId, record: RecordRef) -> Ticket<'a> {
    Ticket { by, approval, record, field: FieldKey::StudentIdCard }
}

fn main() {}
