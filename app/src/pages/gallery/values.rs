//! Personal values in each form, and what opens or writes them. The numbers are of a range that cannot ring.

use crate::ui::{RevealTarget, Sealed, ShownInput, ShownValue};
use contract::{Change, FieldKey, Shown, ids::GuardianId, wire::Can};
use leptos::prelude::*;

/// The parts.
pub const ALL: &[super::Part] = &[("shown", "ShownValue", shown), ("sealed", "Sealed", sealed), ("shown-input", "ShownInput", inputs)];

fn forms() -> [Shown<String>; 5] {
    let phone = "10012345678".to_owned();
    [
        Shown::Clear(phone.clone()),
        Shown::Masked(FieldKey::GuardianPhone.preview(&phone)),
        Shown::Masked(FieldKey::GuardianName.preview("欧阳青岚")),
        Shown::Clear(String::new()),
        Shown::Withheld,
    ]
}

fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! { <div class="facts__row"><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn shown() -> AnyView {
    let names = ["clear", "masked", "masked name", "not recorded", "withheld"];
    let facts = names.into_iter().zip(forms()).map(|(name, value)| fact(name, view! { <ShownValue value /> }.into_any())).collect_view();
    view! { <dl class="facts">{facts}</dl> }.into_any()
}

fn sealed() -> AnyView {
    let field = FieldKey::GuardianPhone;
    let target = RevealTarget::Guardian(GuardianId(uuid::Uuid::nil()));
    let opens = Can { reveal: vec![field], ..Can::default() };
    let asks = Can { ask: vec![field], ..Can::default() };
    let [clear, masked, _, _, withheld] = forms();
    let one = |name, value: Shown<String>, can: Can| fact(name, view! { <Sealed target field value can /> }.into_any());
    view! {
        <dl class="facts">
            {one("with a reason", masked.clone(), opens.clone())}
            {one("with an approval", masked.clone(), asks)}
            {one("never", masked, Can::default())}
            {one("withheld", withheld, opens)}
            {one("clear", clear, Can::default())}
        </dl>
    }
    .into_any()
}

fn inputs() -> AnyView {
    let field = FieldKey::GuardianPhone;
    let [clear, masked, _, _, withheld] = forms();
    let one = |id: &'static str, value: Shown<String>, change: Change<String>| {
        view! { <ShownInput id field value change=RwSignal::new(change) /> }.into_any()
    };
    view! {
        <form class="form">
            {one("i-clear", clear, Change::Keep)}
            {one("i-masked", masked.clone(), Change::Keep)}
            {one("i-erased", masked, Change::Erase)}
            {one("i-withheld", withheld, Change::Keep)}
        </form>
    }
    .into_any()
}
