//! Who at the school sees a field, in plain words: how far it goes at a glance, and a line for each form.
//!
//! The rule: the mask in a line is the one that the server made for this value. Deliberately absent: the guardian's own role,
//! which goes without saying.

use crate::{
    text::{Text, fill, list, live, portal, t},
    ui::shown::{self, Form},
};
use contract::{
    Exposure, Reveal, Role, Shown,
    wire::portal::{Audience, AudienceRole},
};
use leptos::prelude::*;

/// How far a value goes, by the form in which the one sees it who sees most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Somebody sees it whole.
    Whole,
    /// Nobody sees more than a part without opening it.
    Part,
    /// Nobody sees any of it without opening it, or at all.
    Nobody,
}

impl Reach {
    /// From far to near.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Part, Self::Nobody];
    /// How far these roles make it go.
    pub fn of(roles: &[AudienceRole]) -> Self {
        match staff(roles).map(|one| one.exposure).max() {
            Some(Exposure::Clear) => Self::Whole,
            Some(Exposure::Masked) => Self::Part,
            Some(Exposure::Withheld) | None => Self::Nobody,
        }
    }
    /// The word over a group and beside a number.
    pub const fn word(self) -> Text {
        match self {
            Self::Whole => portal::REACH_WHOLE,
            Self::Part => portal::REACH_PART,
            Self::Nobody => portal::REACH_NOBODY,
        }
    }
}

fn staff(roles: &[AudienceRole]) -> impl Iterator<Item = &AudienceRole> {
    roles.iter().filter(|one| one.role != Role::Guardian)
}

/// The lines under a field.
pub fn lines(audience: &Audience) -> AnyView {
    let forms = [
        (Exposure::Clear, None, portal::SEES_WHOLE),
        (Exposure::Masked, Some(Reveal::No), portal::SEES_PART),
        (Exposure::Masked, Some(Reveal::WithReason), portal::SEES_PART_OPENS),
        (Exposure::Masked, Some(Reveal::WithApproval), portal::SEES_PART_ASKS),
        (Exposure::Withheld, Some(Reveal::WithReason), portal::OPENS),
        (Exposure::Withheld, Some(Reveal::WithApproval), portal::ASKS),
    ];
    let said: Vec<(Text, Vec<Role>)> = forms
        .into_iter()
        .map(|(exposure, reveal, text)| {
            let of = staff(&audience.roles).filter(|one| one.exposure == exposure && reveal.is_none_or(|reveal| one.reveal == reveal));
            (text, of.map(|one| one.role).collect::<Vec<_>>())
        })
        .filter(|(_, roles)| !roles.is_empty())
        .collect();
    if said.is_empty() {
        return view! { <p>{live(portal::SEES_NOBODY)}</p> }.into_any();
    }
    said.into_iter().map(|(text, roles)| line(text, roles, audience.mask.clone())).collect_view().into_any()
}

/// One line; its mask has the stars of any other.
fn line(text: Text, roles: Vec<Role>, mask: Shown<String>) -> AnyView {
    view! {
        <p>
            {move || {
                let words = fill(text, &[("roles", &list(roles.iter().copied()))]);
                match (words.split_once("{mask}"), shown::form(&mask)) {
                    (Some((before, after)), Form::Clear(mask) | Form::Masked(mask)) => {
                        view! { {before.to_owned()}<span class="held__mask">{shown::stars(&mask)}</span>{after.to_owned()} }.into_any()
                    }
                    (Some((before, after)), Form::Withheld) => format!("{before}{}{after}", t(portal::A_PART)).into_any(),
                    (None, _) => words.into_any(),
                }
            }}
        </p>
    }
    .into_any()
}
