//! What some roles would see together, in words: which rule, whose roles, and how little is left to guess.
//!
//! The rule: the numbers are the server's. Deliberately absent: a judgement here of what may be seen together.

use crate::{
    text::{fill, joint, list},
    ui::toast,
};
use contract::wire::policy::{JointConcern, JointRule};
use leptos::prelude::untrack;

/// So many searches by a masked field has a day.
const SEARCHES_A_DAY: u32 = 30;

/// A concern as a sentence; reactive.
pub fn words(concern: &JointConcern) -> String {
    let JointConcern { rule, roles, left, people, refused: _ } = concern;
    let text = match rule {
        JointRule::PupilNumber if *left == 1 => joint::NUMBER_OPEN,
        JointRule::PupilNumber => joint::NUMBER,
        JointRule::DateInNumber => joint::DATE,
    };
    let days = left.div_ceil(SEARCHES_A_DAY).to_string();
    fill(text, &[("roles", &list(roles.iter().copied())), ("n", &left.to_string()), ("days", &days), ("people", &people.to_string())])
}

/// Says why roles were not given, where no other place of the page is for it.
pub fn tell(concerns: &[JointConcern]) {
    for concern in concerns {
        toast::warn(untrack(|| words(concern)));
    }
}
