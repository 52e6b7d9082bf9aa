//! Matrix, trail, staff.

use leptos::prelude::*;

/// The field matrix.
#[component]
pub fn PolicyPage() -> impl IntoView {}

/// The trail.
#[component]
pub fn TrailPage() -> impl IntoView {}

/// Staff.
#[component]
pub fn StaffPage() -> impl IntoView {}
