//! `[已隐藏]`: health and whatever else is said by being there. The rule: the same for every text, the empty one included,
//! since that a pupil has a health note is itself health information. Deliberately absent: any look at the text.

use crate::shown::Masked;

/// The mask of a value of which nothing is shown, not even whether there is one.
#[must_use]
pub fn hidden(_text: &str) -> Masked {
    Masked::new("[已隐藏]".to_owned())
}
