//! Only the gate says that a trail row is durable.
fn proof() {
    let _ = guard::trail::Durable::after_append();
}

fn main() {}
