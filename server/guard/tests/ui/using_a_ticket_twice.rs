//! A ticket is used up by the look that it is for.
use guard::{Gate, SignedWish, Ticket, records::StudentRecord};

async fn twice(gate: &Gate, ticket: Ticket<'_>, record: &StudentRecord, wish: SignedWish, again: SignedWish) {
    let _ = gate.reveal_approved(ticket, record.into(), wish).await;
    let _ = gate.reveal_approved(ticket, record.into(), again).await;
}

fn main() {}
