//! Which requests a viewer finds is decided by the gate.
use guard::{ApprovalScope, approval::Whose};

fn widen(scope: ApprovalScope, whose: Whose) -> ApprovalScope {
    ApprovalScope { whose, ..scope }
}

fn main() {}
