//! Names of people, of any script.
//!
//! The rule: one name, one spelling of its dots, spaces, hyphens and apostrophes. Deliberately absent: any notion of first
//! and last names; a name is one text, as people write it here.

use super::{
    clean::{is_masked, refuse_invisible, within},
    normal::{is_combining_mark, nfc},
    script::{half_width, is_han, is_hyphen, is_variation_selector},
};
use crate::error::ValueError;

/// The most characters a name has.
pub(crate) const LONGEST: usize = 60;

text_value! {
    /// A person's name: 1 to 60 letters of any script, with `·`, space, hyphen and apostrophe between them.
    PersonName, read
}

fn read(text: &str) -> Result<String, ValueError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(ValueError::Required);
    }
    if trimmed.len() > LONGEST * 16 {
        return Err(ValueError::TooLong);
    }
    refuse_invisible(trimmed)?;
    if is_masked(trimmed) || trimmed.contains("已隐藏") {
        return Err(ValueError::LooksMasked);
    }
    let folded = nfc(&trimmed.chars().filter(|c| !is_variation_selector(*c)).map(fold).collect::<String>());
    let name = close_up(&folded);
    let lettered = name.chars().next().is_some_and(char::is_alphabetic);
    let closed = name.chars().next_back().is_some_and(|c| c.is_alphabetic() || is_combining_mark(c));
    if !lettered || !closed || !name.chars().all(is_part) {
        return Err(ValueError::Malformed);
    }
    within(name, 1..=LONGEST)
}

/// Whether a canonical name may contain the character.
pub(crate) fn is_part(c: char) -> bool {
    is_han(c) || c.is_ascii_alphabetic() || matches!(c, '·' | ' ' | '-' | '\'') || c.is_alphabetic() || is_combining_mark(c)
}

/// One spelling for what keyboards spell many ways. NFKC would go further and change letters that a name may keep.
fn fold(c: char) -> char {
    match c {
        '·' | '•' | '‧' | '・' | '･' | '．' | '∙' | '⋅' | '᛫' | '●' => '·',
        '’' | '‘' | 'ʼ' | '＇' | '`' => '\'',
        _ if is_hyphen(c) => '-',
        _ if c.is_whitespace() => ' ',
        _ => half_width(c),
    }
}

/// Drops the spaces that only align: around dots and between Han characters (`张　三` is set as wide as three).
fn close_up(text: &str) -> String {
    let tight = |c: char| c == '·' || is_han(c);
    let mut out = String::with_capacity(text.len());
    let mut waiting = false;
    for c in text.chars() {
        if c == ' ' {
            waiting = true;
            continue;
        }
        if waiting {
            let before = out.chars().next_back();
            let apart = before.is_some_and(|before| before != '·' && c != '·' && !(tight(before) && tight(c)));
            if apart {
                out.push(' ');
            }
            waiting = false;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::PersonName;
    use crate::{error::ValueError, field::FieldValue};

    fn read(text: &str) -> Result<String, ValueError> {
        PersonName::parse(text).map(|name| name.text().into_owned())
    }

    #[test]
    fn a_name_has_one_spelling() {
        for (typed, canonical) in [
            (" 张　三 ", "张三"),
            ("欧阳修文", "欧阳修文"),
            ("阿依古丽 • 买买提", "阿依古丽·买买提"),
            ("阿依古丽・买买提", "阿依古丽·买买提"),
            ("Ａｌｉｃｅ　 Wang", "Alice Wang"),
            ("O’Neill", "O'Neill"),
            ("Jean–Luc", "Jean-Luc"),
            ("𠮷田", "𠮷田"),
            ("葛\u{E0100}", "葛"),
            ("Re\u{301}mi", "Rémi"),
            ("김철수", "김철수"),
        ] {
            assert_eq!(read(typed), Ok(canonical.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for text in ["张三1", "张三(妈妈)", "·三", "张·", "-", "张\u{202E}三", "张\n三", "张\u{200D}三", "a@b"] {
            assert_eq!(read(text), Err(ValueError::Malformed), "{text:?}");
        }
        for text in ["张**", "*", "＊", "A**** W****", "[已隐藏]"] {
            assert_eq!(read(text), Err(ValueError::LooksMasked), "{text}");
        }
        assert_eq!(read("  "), Err(ValueError::Required));
        assert_eq!(read(&"张".repeat(61)), Err(ValueError::TooLong));
        assert!(read(&"𠮷".repeat(60)).is_ok());
    }
}
