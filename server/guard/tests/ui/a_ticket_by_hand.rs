//! A ticket is made by the gate from a granted approval or a standing grant.
use contract::FieldKey;
use guard::{Ticket, Viewer, approval::Permit, trail::RecordRef};

fn forge<'a>(by: &'a Viewer, permit: Permit, record: RecordRef) -> Ticket<'a> {
    Ticket { by, permit, record, field: FieldKey::StudentIdCard }
}

fn main() {}
