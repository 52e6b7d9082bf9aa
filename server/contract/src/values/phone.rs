//! Phone numbers: mainland mobiles and landlines, mobiles of Hong Kong.
//!
//! The rule: one number, one text, however it was grouped or prefixed, so that the blind index finds it. Deliberately
//! absent: numbers of other countries and extensions, which are refused rather than guessed at.

use super::{
    clean::{compact, is_masked},
    script::is_hyphen,
};
use crate::error::ValueError;

text_value! {
    /// A phone number: `10012345678`, `010-62345678` or, for Hong Kong, eight digits.
    Phone, read
}

/// What a number is, by its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// Eleven digits that begin with 1.
    Mobile(&'a str),
    /// An area code, its 0 left out where it follows a country prefix, and seven or eight digits.
    Landline(&'a str, &'a str),
    /// Eight digits.
    HongKong(&'a str),
}

/// Where a number belongs, as far as its prefix says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Country {
    Unsaid,
    Mainland,
    HongKong,
}

fn read(text: &str) -> Result<String, ValueError> {
    let clean = compact(text, 60)?;
    if is_masked(&clean) {
        return Err(ValueError::LooksMasked);
    }
    let bare: String = clean.chars().filter(|c| !matches!(c, ' ' | '(' | ')') && !is_hyphen(*c)).collect();
    let (country, digits) = country(&bare);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ValueError::Malformed);
    }
    let found = match country {
        Country::HongKong => hong_kong(digits),
        Country::Mainland => mainland(digits),
        Country::Unsaid => line(digits),
    };
    found.map(canonical).ok_or(ValueError::Malformed)
}

fn canonical(line: Line<'_>) -> String {
    match line {
        Line::Mobile(digits) | Line::HongKong(digits) => digits.to_owned(),
        Line::Landline(area, local) if area.starts_with('0') => format!("{area}-{local}"),
        Line::Landline(area, local) => format!("0{area}-{local}"),
    }
}

fn country(text: &str) -> (Country, &str) {
    let after = |prefixes: [&str; 2]| prefixes.iter().find_map(|prefix| text.strip_prefix(prefix));
    if let Some(rest) = after(["+852", "00852"]) {
        (Country::HongKong, rest)
    } else if let Some(rest) = after(["+86", "0086"]) {
        (Country::Mainland, rest)
    } else if let Some(rest) = text.strip_prefix("86").filter(|rest| is_mobile(rest)) {
        (Country::Mainland, rest)
    } else {
        (Country::Unsaid, text)
    }
}

/// What a number without a country prefix is. Expects digits only.
pub(crate) fn line(digits: &str) -> Option<Line<'_>> {
    mobile(digits).or_else(|| landline(digits)).or_else(|| hong_kong(digits))
}

/// What a number is that may begin with the prefix of a country, all in digits: `8610012345678`, `0085291234567`.
pub(crate) fn prefixed(digits: &str) -> Option<Line<'_>> {
    let bare = digits.strip_prefix("00").unwrap_or(digits);
    let abroad = || bare.strip_prefix("852").and_then(hong_kong).or_else(|| bare.strip_prefix("86").and_then(mainland));
    line(digits).or_else(abroad)
}

fn mainland(digits: &str) -> Option<Line<'_>> {
    mobile(digits).or_else(|| landline(digits)).or_else(|| area_without_zero(digits))
}

/// Eleven digits from 1; a trunk 0 before them is an old habit, but 010 is an area code.
fn mobile(digits: &str) -> Option<Line<'_>> {
    let digits = digits.strip_prefix('0').filter(|rest| is_mobile(rest) && !rest.starts_with("10")).unwrap_or(digits);
    is_mobile(digits).then_some(Line::Mobile(digits))
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1')
}

/// Area codes have three digits for 010 and 02x, four otherwise.
fn landline(digits: &str) -> Option<Line<'_>> {
    let area = if digits.starts_with("010") || digits.starts_with("02") { 3 } else { 4 };
    let second = *digits.as_bytes().get(1)?;
    if !digits.starts_with('0') || second == b'0' || (area == 4 && second == b'1') {
        return None;
    }
    let (area, local) = digits.split_at_checked(area)?;
    matches!(local.len(), 7 | 8).then_some(Line::Landline(area, local))
}

/// From abroad the 0 of the area code is left out.
fn area_without_zero(digits: &str) -> Option<Line<'_>> {
    let area = if digits.starts_with("10") || digits.starts_with('2') { 2 } else { 3 };
    if digits.starts_with('0') || (area == 3 && digits.starts_with('1')) {
        return None;
    }
    let (area, local) = digits.split_at_checked(area)?;
    matches!(local.len(), 7 | 8).then_some(Line::Landline(area, local))
}

fn hong_kong(digits: &str) -> Option<Line<'_>> {
    (digits.len() == 8 && digits.starts_with(['5', '6', '7', '9'])).then_some(Line::HongKong(digits))
}

#[cfg(test)]
mod tests {
    use super::Phone;
    use crate::{error::ValueError, field::FieldValue};

    fn read(text: &str) -> Result<String, ValueError> {
        Phone::parse(text).map(|phone| phone.text().into_owned())
    }

    #[test]
    fn one_number_has_one_text() {
        for typed in [
            "10012345678",
            "+86 100-1234-5678",
            "0086 100 1234 5678",
            "8610012345678",
            "(+86)10012345678",
            "１００１２３４５６７８",
            "(86) 10012345678",
            "+86－100－1234－5678",
        ] {
            assert_eq!(read(typed), Ok("10012345678".to_owned()), "{typed}");
        }
        for typed in ["010-62345678", "01062345678", "(010) 6234 5678", "（010）62345678", "+86 10 6234 5678", "+86 (0)10 62345678"] {
            assert_eq!(read(typed), Ok("010-62345678".to_owned()), "{typed}");
        }
        assert_eq!(read("0571 8765432"), Ok("0571-8765432".to_owned()));
        assert_eq!(read("02187654321"), Ok("021-87654321".to_owned()));
        for typed in ["91234567", "+852 9123 4567", "00852-91234567"] {
            assert_eq!(read(typed), Ok("91234567".to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "1001234567",
            "100123456789",
            "21234567",
            "+1 202 555 0123",
            "abc",
            "+86",
            "+852 10012345678",
            "0111234567890",
            "010-623456789",
            "10012345678转2",
            "100\u{200B}12345678",
        ] {
            assert_eq!(read(text), Err(ValueError::Malformed), "{text}");
        }
        assert_eq!(read("100****5678"), Err(ValueError::LooksMasked));
        assert_eq!(read(" "), Err(ValueError::Required));
    }
}
