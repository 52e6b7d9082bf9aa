//! Resident identity numbers (GB 11643): region, date of birth, order, check character.
//!
//! The rule: a number is accepted only if its date exists and its check character fits. Deliberately absent: the table of
//! regions, which changes every year, and the numbers of fifteen digits, which are no longer issued.

use super::clean::{compact, is_masked};
use super::script::is_hyphen;
use crate::error::ValueError;
use chrono::{Datelike, NaiveDate};

text_value! {
    /// A resident identity number: seventeen digits and a check character, `X` in upper case.
    IdCard, read
}

/// The weight of each of the seventeen digits, GB 11643-1999.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character for each remainder.
const CHECKS: [u8; 11] = *b"10X98765432";

fn read(text: &str) -> Result<String, ValueError> {
    let clean = compact(text, 60)?;
    if is_masked(&clean) {
        return Err(ValueError::LooksMasked);
    }
    let number: String = clean.chars().filter(|c| *c != ' ' && !is_hyphen(*c)).map(|c| c.to_ascii_uppercase()).collect();
    if !is_shaped(&number) {
        return Err(ValueError::Malformed);
    }
    let part = |from, to| number.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
    let year = part(6, 10).and_then(|year| i32::try_from(year).ok());
    let date = year.zip(part(10, 12)).zip(part(12, 14)).and_then(|((year, month), day)| NaiveDate::from_ymd_opt(year, month, day));
    if !date.is_some_and(|date| (1900..=2100).contains(&date.year())) {
        return Err(ValueError::DateRange);
    }
    if number.bytes().next_back() != check_character(&number) {
        return Err(ValueError::CheckDigit);
    }
    Ok(number)
}

/// Whether the text has the shape of a canonical number; says nothing about its check character.
pub(crate) fn is_shaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 18
        && bytes.iter().take(17).all(u8::is_ascii_digit)
        && bytes.first() != Some(&b'0')
        && bytes.last().is_some_and(|last| last.is_ascii_digit() || *last == b'X')
}

fn check_character(number: &str) -> Option<u8> {
    let sum: u32 = number.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    CHECKS.get(usize::try_from(sum % 11).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::IdCard;
    use crate::{error::ValueError, field::FieldValue};

    fn read(text: &str) -> Result<String, ValueError> {
        IdCard::parse(text).map(|card| card.text().into_owned())
    }

    #[test]
    fn a_number_with_its_check_character_is_accepted() {
        assert_eq!(read("11010519491231002x"), Ok("11010519491231002X".to_owned()));
        assert_eq!(read(" 110105 19491231 002Ｘ"), Ok("11010519491231002X".to_owned()));
        assert_eq!(read("440524188001010014"), Err(ValueError::DateRange));
    }

    #[test]
    fn a_wrong_number_says_what_is_wrong() {
        assert_eq!(read("110105194912310021"), Err(ValueError::CheckDigit));
        assert_eq!(read("110105194902300021"), Err(ValueError::DateRange));
        for text in ["11010519491231002", "1101051949123100211", "X10105194912310021", "010105194912310021", "110105491231002"] {
            assert_eq!(read(text), Err(ValueError::Malformed), "{text}");
        }
        assert_eq!(read("1****************X"), Err(ValueError::LooksMasked));
    }
}
