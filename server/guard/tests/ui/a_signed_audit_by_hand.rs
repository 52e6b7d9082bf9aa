//! A report of an audit is signed where a signature holds.
use guard::receipt::{AuditWish, Receipt, SignedAudit};

fn forge(wish: AuditWish, receipt: Receipt) -> SignedAudit {
    SignedAudit { wish, receipt }
}

fn main() {}
