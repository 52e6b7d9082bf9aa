//! `10012345678` → `100****5678`, `010-62345678` → `010-****5678`, `91234567` → `91****67`.
//!
//! The rule: four stars whatever is behind them. Deliberately absent: a general rule by length.

use super::masked;
use crate::{
    shown::Masked,
    values::phone::{Line, line},
};

/// The mask of a canonical phone number.
#[must_use]
pub fn phone(text: &str) -> Masked {
    masked(text, |text| {
        let shown = match text.split_once('-') {
            Some((area, local)) => Line::Landline(area, local),
            None => line(text).filter(|line| !matches!(line, Line::Landline(..)))?,
        };
        if !is_canonical(text, shown) {
            return None;
        }
        let mut out = String::with_capacity(16);
        push(&mut out, shown)?;
        Some(out)
    })
}

fn is_canonical(text: &str, shown: Line<'_>) -> bool {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    match shown {
        Line::Mobile(number) | Line::HongKong(number) => number.len() == text.len() && digits(text),
        Line::Landline(area, local) => {
            matches!(area.len(), 3 | 4) && area.starts_with('0') && matches!(local.len(), 7 | 8) && digits(area) && digits(local)
        }
    }
}

/// Appends the mask of a number whose parts are digits.
pub(super) fn push(out: &mut String, shown: Line<'_>) -> Option<()> {
    let tail = |number: &'_ str, keep: usize| number.len().checked_sub(keep);
    match shown {
        Line::Mobile(number) => ends(out, number.get(..3)?, number.get(tail(number, 4)?..)?),
        Line::HongKong(number) => ends(out, number.get(..2)?, number.get(tail(number, 2)?..)?),
        Line::Landline(area, local) => {
            if !area.starts_with('0') {
                out.push('0');
            }
            out.push_str(area);
            ends(out, "-", local.get(tail(local, 4)?..)?);
        }
    }
    Some(())
}

fn ends(out: &mut String, head: &str, tail: &str) {
    out.push_str(head);
    out.push_str("****");
    out.push_str(tail);
}

#[cfg(test)]
mod tests {
    use super::phone;
    use crate::FieldKey;

    #[test]
    fn a_masked_phone_keeps_three_and_four() {
        assert_eq!(phone("10012345678").as_str(), "100****5678");
        assert_eq!(phone("010-62345678").as_str(), "010-****5678");
        assert_eq!(phone("0571-8765432").as_str(), "0571-****5432");
        assert_eq!(phone("91234567").as_str(), "91****67");
    }

    #[test]
    fn a_messy_number_is_masked_like_a_tidy_one() {
        for messy in ["+86 100-1234-5678", "１００１２３４５６７８", "0086-10012345678", "100 1234 5678"] {
            assert_eq!(FieldKey::GuardianPhone.preview(messy).as_str(), "100****5678", "{messy}");
        }
    }

    #[test]
    fn what_is_no_canonical_number_is_masked_whole() {
        for other in [
            "1001234567",
            "01062345678",
            "0100123456789",
            "1-12345678",
            "100-1234-5678",
            "1001234567a",
            "100****5678",
            "１００１２３４５６７８",
            "-",
            "张三",
        ] {
            assert_eq!(phone(other).as_str(), "****", "{other}");
        }
    }
}
