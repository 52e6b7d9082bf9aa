//! `张三丰` → `张**`, `欧阳修文` → `欧阳**`, `Alice Wang` → `A**** W****`.
//!
//! The rule: a surname at most; a single character is masked whole. A name with a dot shows one character in all
//! (`阿依古丽·买买提` → `阿**`), because its first part is the given name. Of a Latin name the initials of the first and the last
//! word are shown, and only of words that have more letters. Deliberately absent: any guess at which part is the surname.

use super::{masked, surnames::is_compound};
use crate::{
    shown::Masked,
    values::{
        person_name::{LONGEST, is_part},
        script::is_han,
    },
};

/// The mask of a person's name.
#[must_use]
pub fn name(text: &str) -> Masked {
    masked(text, shape)
}

fn shape(text: &str) -> Option<String> {
    let (mut count, mut han, mut dotted) = (0, false, false);
    for c in text.chars() {
        if count == LONGEST || !is_part(c) {
            return None;
        }
        count += 1;
        dotted |= c == '·';
        han |= is_han(c) || is_syllable(c);
    }
    let mut characters = text.chars();
    let first = characters.next().filter(|c| c.is_alphabetic())?;
    if count == 1 {
        return Some("*".to_owned());
    }
    let mut out = String::with_capacity(12);
    if han || dotted {
        out.push(first);
        let second = characters.next().filter(|second| count > 2 && !dotted && is_compound(first, *second));
        out.extend(second);
        out.push_str("**");
    } else {
        let mut words = text.split(' ').filter(|word| !word.is_empty());
        push_word(&mut out, words.next()?);
        if let Some(last) = words.next_back() {
            out.push(' ');
            push_word(&mut out, last);
        }
    }
    Some(out)
}

fn push_word(out: &mut String, word: &str) {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    if let (Some(initial), Some(_)) = (letters.next(), letters.next()) {
        out.push(initial);
    }
    out.push_str("****");
}

/// Kana and Hangul: written without spaces, so masked as Han names are.
const fn is_syllable(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}')
}

#[cfg(test)]
mod tests {
    use super::name;
    use crate::FieldKey;

    #[test]
    fn a_name_keeps_its_surname() {
        for (whole, shown) in [
            ("张三丰", "张**"),
            ("张三", "张**"),
            ("欧阳修文", "欧阳**"),
            ("歐陽修", "歐陽**"),
            ("司马光", "司马**"),
            ("诸葛小明", "诸葛**"),
            ("张王晓明", "张**"),
            ("贺兰英", "贺**"),
            ("小明妈", "小**"),
            ("𠮷田健一", "𠮷**"),
            ("김철수", "김**"),
        ] {
            assert_eq!(name(whole).as_str(), shown, "{whole}");
        }
    }

    #[test]
    fn a_single_character_and_a_bare_surname_are_not_shown_whole() {
        assert_eq!(name("李").as_str(), "*");
        assert_eq!(name("A").as_str(), "*");
        assert_eq!(name("欧阳").as_str(), "欧**");
    }

    #[test]
    fn a_name_with_a_dot_shows_one_character() {
        assert_eq!(name("阿依古丽·买买提").as_str(), "阿**");
        assert_eq!(name("司马·买买提").as_str(), "司**");
        assert_eq!(name("Anne·Marie").as_str(), "A**");
    }

    #[test]
    fn a_latin_name_shows_the_initials_of_two_words() {
        for (whole, shown) in [
            ("Alice Wang", "A**** W****"),
            ("Alice", "A****"),
            ("Ana Maria de Souza", "A**** S****"),
            ("Jean-Luc Picard", "J**** P****"),
            ("J Smith", "**** S****"),
            ("Елена Иванова", "Е**** И****"),
        ] {
            assert_eq!(name(whole).as_str(), shown, "{whole}");
        }
    }

    #[test]
    fn what_is_no_name_is_masked_whole() {
        for other in ["张三1", "张**", "10012345678", "-", "'", " ", "·", "\u{301}a", "<b>"] {
            assert_eq!(name(other).as_str(), "****", "{other}");
        }
        assert_eq!(name(&"张".repeat(61)).as_str(), "****");
    }

    #[test]
    fn one_name_in_two_spellings_has_one_mask() {
        for other in ["阿依古丽・买买提", "阿依古丽 • 买买提"] {
            assert_eq!(FieldKey::StudentName.preview(other), name("阿依古丽·买买提"));
        }
        assert_eq!(FieldKey::StudentName.preview("张　三"), name("张三"));
    }
}
