//! Names that identify no family: of schools, campuses and staff, and login names.
//!
//! The rule: they are read like personal values, so that two texts that look alike are one name and nothing invisible hides in
//! one. Deliberately absent: a type; none of them is sealed, and none is a field of the catalogue.

use super::clean::one_line;
use crate::{error::ValueError, rights::Role};

/// A name on one line, at most `longest` characters.
///
/// # Errors
/// What is wrong with it.
pub fn label(text: &str, longest: usize) -> Result<String, ValueError> {
    let name = one_line(text, 1..=longest)?;
    if name.chars().any(char::is_alphanumeric) { Ok(name) } else { Err(ValueError::Malformed) }
}

/// The longest name of a role.
pub const ROLE_NAME: usize = 24;

/// A name that a school gives a role of its own: plain enough for a heading, a file and a formula, and nobody else's.
///
/// # Errors
/// What is wrong with it; [`ValueError::Taken`] for what a role is called that every school has.
pub fn role_name(text: &str) -> Result<String, ValueError> {
    let name = label(text, ROLE_NAME)?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '·' | '-' | '&' | '(' | ')');
    if !name.chars().all(plain) || !name.chars().next().is_some_and(char::is_alphanumeric) {
        return Err(ValueError::Malformed);
    }
    let folded = name.to_lowercase();
    let is_taken = |role: &Role| {
        let (zh, en) = role.called();
        zh == folded || en.to_lowercase() == folded || role.name() == folded
    };
    if Role::ALL.iter().any(is_taken) { Err(ValueError::Taken) } else { Ok(name) }
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

    #[test]
    fn a_role_is_named_plainly_and_like_no_other() {
        assert_eq!(role_name(" 班主任 "), Ok("班主任".into()));
        assert_eq!(role_name("Homeroom  teacher"), Ok("Homeroom teacher".into()));
        assert_eq!(role_name("教务（南区）"), Ok("教务(南区)".into()));
        assert_eq!(role_name(&"班".repeat(ROLE_NAME)).map(|name| name.chars().count()), Ok(ROLE_NAME));
        assert_eq!(role_name(&"班".repeat(ROLE_NAME + 1)), Err(ValueError::TooLong));
        assert_eq!(role_name("  "), Err(ValueError::Required));
        let unseen = ["班\u{0000}主任", "班\n主任", "班\u{202E}主任", "班\u{200B}主任"];
        for text in ["=SUM(A1)", "-班", "班|主任", "班\"主任", "<b>", "——", "班,主任", "`a`", "a_b"].into_iter().chain(unseen)
        {
            assert_eq!(role_name(text), Err(ValueError::Malformed), "{text:?}");
        }
        for text in ["教师", "TEACHER", "Ｔｅａｃｈｅｒ", "privacy officer", "应急人员", "校长"] {
            assert_eq!(role_name(text), Err(ValueError::Taken), "{text}");
        }
    }
}
