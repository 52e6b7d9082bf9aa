//! A ticket is used up by the look that it is for.
use contract::wire::reveals::RevealRequest;
use guard::{Gate, Ticket, records::StudentRecord};

async fn twice(gate: &Gate, ticket: Ticket<'_>, record: &StudentRecord, wish: &RevealRequest) {
    let _ = gate.reveal_approved(ticket, record.into(), wish).await;
    let _ = gate.reveal_approved(ticket, record.into(), wish).await;
}

fn main() {}
