//! Values that are text and little more: addresses, schools, employers, notes.
//!
//! The rule: one line stays one line, and there is at least one letter or digit in it. Deliberately absent: any guess at
//! whether a place exists.

use super::clean::{lines, one_line};
use crate::error::ValueError;

text_value! {
    /// Where somebody lives: 2 to 200 characters on one line.
    Address, address
}
text_value! {
    /// The school that a pupil attends: 1 to 100 characters on one line.
    SchoolName, organisation
}
text_value! {
    /// Where somebody works: 1 to 100 characters on one line.
    Employer, organisation
}
text_value! {
    /// Health, allergies, medication: 1 to 2000 characters, several lines allowed.
    HealthNote, health_note
}
text_value! {
    /// What was said and agreed: 1 to 4000 characters, several lines allowed.
    NoteText, note_text
}

fn address(text: &str) -> Result<String, ValueError> {
    one_line(text, 2..=200).and_then(with_letters)
}
fn organisation(text: &str) -> Result<String, ValueError> {
    one_line(text, 1..=100).and_then(with_letters)
}
fn health_note(text: &str) -> Result<String, ValueError> {
    lines(text, 2000)
}
fn note_text(text: &str) -> Result<String, ValueError> {
    lines(text, 4000)
}

fn with_letters(text: String) -> Result<String, ValueError> {
    if text.chars().any(char::is_alphanumeric) { Ok(text) } else { Err(ValueError::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::{Address, HealthNote, NoteText, SchoolName};
    use crate::{error::ValueError, field::FieldValue};

    #[test]
    fn an_address_is_folded_to_one_form() {
        assert_eq!(Address::parse("  北京市海淀区　马连洼街道２８９号 ").unwrap().as_str(), "北京市海淀区 马连洼街道289号");
        assert_eq!(Address::parse("京"), Err(ValueError::Malformed));
        assert_eq!(Address::parse(&"路".repeat(201)), Err(ValueError::TooLong));
        assert_eq!(Address::parse("——"), Err(ValueError::Malformed));
    }

    #[test]
    fn a_mask_is_not_an_address_or_a_school() {
        for mask in ["****", "北京市海淀区****", "［已隐藏］", "*", "海淀＊＊小学"] {
            assert_eq!(Address::parse(mask).err().or(SchoolName::parse(mask).err()), Some(ValueError::LooksMasked), "{mask}");
        }
    }

    #[test]
    fn a_value_of_one_line_has_no_hidden_characters() {
        for text in ["海淀\n小学", "海淀\u{202E}小学", "海淀\u{200B}小学", "海淀\u{0}小学", "海淀\u{FEFF}小学"] {
            assert_eq!(SchoolName::parse(text), Err(ValueError::Malformed));
        }
    }

    #[test]
    fn a_note_keeps_its_lines_and_its_pictures() {
        let note = NoteText::parse("周六来\r\n带作业 👨\u{200D}👩\u{200D}👧 ①").unwrap();
        assert_eq!(note.as_str(), "周六来\n带作业 👨\u{200D}👩\u{200D}👧 ①");
        assert_eq!(NoteText::parse("100\u{200D}12345678"), Err(ValueError::Malformed));
    }

    #[test]
    fn a_note_may_quote_a_mask_but_not_be_one() {
        assert!(NoteText::parse("妈妈 100****5678 周六来").is_ok());
        assert!(NoteText::parse("**重要** 花生过敏").is_ok());
        for mask in ["****", "[已隐藏]", "100****5678", "d****@example.com"] {
            assert_eq!(HealthNote::parse(mask), Err(ValueError::LooksMasked), "{mask}");
        }
    }

    #[test]
    fn a_value_stays_out_of_debug_output() {
        assert_eq!(format!("{:?}", SchoolName::parse("海淀实验小学").unwrap()), "SchoolName");
    }
}
