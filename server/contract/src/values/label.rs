//! Names that identify no family: of schools, campuses and staff, and login names.
//!
//! The rule: they are read like personal values, so that two texts that look alike are one name and nothing invisible hides in
//! one. Deliberately absent: a type; none of them is sealed, and none is a field of the catalogue.

use super::clean::one_line;
use crate::error::ValueError;

/// A name on one line, at most `longest` characters.
///
/// # Errors
/// What is wrong with it.
pub fn label(text: &str, longest: usize) -> Result<String, ValueError> {
    let name = one_line(text, 1..=longest)?;
    if name.chars().any(char::is_alphanumeric) { Ok(name) } else { Err(ValueError::Malformed) }
}

/// A login name: 2 to 32 small letters and digits, with dots, dashes and underscores between.
///
/// # Errors
/// What is wrong with it.
pub fn login_name(text: &str) -> Result<String, ValueError> {
    let name = text.trim().to_ascii_lowercase();
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match name.chars().count() {
        0 => Err(ValueError::Required),
        1 => Err(ValueError::Malformed),
        2..=32 if name.chars().all(inner) && edge(name.chars().next()) && edge(name.chars().next_back()) => Ok(name),
        2..=32 => Err(ValueError::Malformed),
        _ => Err(ValueError::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_is_plain_and_short() {
        assert_eq!(login_name(" Li.Wei "), Ok("li.wei".into()));
        for wrong in ["l", "李", "li wei", ".li", "li-", "li@x", "a\u{200B}b"] {
            assert_eq!(login_name(wrong), Err(ValueError::Malformed), "{wrong}");
        }
        assert_eq!(login_name(" "), Err(ValueError::Required));
        assert_eq!(login_name(&"a".repeat(33)), Err(ValueError::TooLong));
    }

    #[test]
    fn a_name_is_one_line_with_a_letter_in_it() {
        assert_eq!(label("  明德　书院 ", 40), Ok("明德 书院".into()));
        assert!(label("——", 40).is_err());
        assert!(label("海淀\u{200B}校区", 40).is_err());
        assert_eq!(label(&"海".repeat(41), 40), Err(ValueError::TooLong));
    }
}
