//! Families: list, intake, card.

use leptos::prelude::*;

use contract::ids::FamilyId;

/// The list of families.
#[component]
pub fn FamiliesPage() -> impl IntoView {}

/// Intake.
#[component]
pub fn FamilyNewPage() -> impl IntoView {}

/// One family.
#[component]
pub fn FamilyPage(
    /// Which.
    id: FamilyId,
) -> impl IntoView {
    let _ = id;
}
