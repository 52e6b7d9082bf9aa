//! WeChat ids: a chosen handle, or the mobile or QQ number that people give instead.
//!
//! The rule: numbers lose their separators, handles keep their case. Deliberately absent: any test that the id exists.

use super::clean::{compact, is_masked};
use super::script::is_hyphen;
use crate::error::ValueError;

text_value! {
    /// A WeChat id: 6 to 20 of `A–Z a–z 0–9 _ -` beginning with a letter, or a number of 5 to 11 digits.
    WechatId, read
}

fn read(text: &str) -> Result<String, ValueError> {
    let clean = compact(text, 60)?;
    if is_masked(&clean) {
        return Err(ValueError::LooksMasked);
    }
    if is_handle(&clean) {
        return Ok(clean);
    }
    let bare: String = clean.chars().filter(|c| *c != ' ' && !is_hyphen(*c)).collect();
    let number = bare.strip_prefix("+86").unwrap_or(&bare);
    if is_number(number) {
        return Ok(number.to_owned());
    }
    Err(if clean.len() > 20 { ValueError::TooLong } else { ValueError::Malformed })
}

/// A chosen handle.
pub(crate) fn is_handle(text: &str) -> bool {
    (6..=20).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// A QQ or mobile number.
pub(crate) fn is_number(text: &str) -> bool {
    (5..=11).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::WechatId;
    use crate::{error::ValueError, field::FieldValue};

    fn read(text: &str) -> Result<String, ValueError> {
        WechatId::parse(text).map(|id| id.text().into_owned())
    }

    #[test]
    fn an_id_is_a_handle_or_a_number() {
        for (typed, canonical) in [
            ("wxid_ab12cd34", "wxid_ab12cd34"),
            ("Ａ-b_cde", "A-b_cde"),
            ("123 456 789", "123456789"),
            ("+86 100-1234-5678", "10012345678"),
        ] {
            assert_eq!(read(typed), Ok(canonical.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["abcde", "_abcdef", "1abcdef", "微信号码一二", "abc def", "1234", "0123456"] {
            assert_eq!(read(text), Err(ValueError::Malformed), "{text}");
        }
        assert_eq!(read(&"a".repeat(21)), Err(ValueError::TooLong));
        assert_eq!(read("w****4"), Err(ValueError::LooksMasked));
    }
}
