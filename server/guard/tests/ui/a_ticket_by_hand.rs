//! A ticket is made by the gate from a granted approval.
use contract::{FieldKey, ids::ApprovalId};
use guard::{Ticket, Viewer, trail::RecordRef};

fn forge<'a>(by: &'a Viewer, approval: ApprovalId, record: RecordRef) -> Ticket<'a> {
    Ticket { by, approval, record, field: FieldKey::StudentIdCard }
}

fn main() {}
