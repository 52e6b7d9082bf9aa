//! `110101201605121234` → `1****************4`. The rule: one character at each end; region and birthday stay hidden.
//! Deliberately absent: the check character, since a mistyped number is still somebody's.

use super::masked;
use crate::{shown::Masked, values::id_card::is_shaped};

/// The mask of a resident identity number of eighteen characters.
#[must_use]
pub fn id_card(text: &str) -> Masked {
    masked(text, |text| {
        if !is_shaped(text) {
            return None;
        }
        let mut out = String::with_capacity(18);
        push(&mut out, text)?;
        Some(out)
    })
}

/// Appends the mask of a number that has the shape of one.
pub(super) fn push(out: &mut String, number: &str) -> Option<()> {
    out.push(number.chars().next()?);
    out.push_str("****************");
    out.push(number.chars().next_back()?);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::id_card;

    #[test]
    fn an_identity_number_keeps_one_character_at_each_end() {
        assert_eq!(id_card("110101201605121234").as_str(), "1****************4");
        assert_eq!(id_card("11010120160512123X").as_str(), "1****************X");
    }

    #[test]
    fn any_other_shape_is_masked_whole() {
        for other in ["110101160512123", "11010120160512123x", "1101012016051212345", "X10101201605121234", "1****************X", "张三"]
        {
            assert_eq!(id_card(other).as_str(), "****", "{other}");
        }
    }
}
