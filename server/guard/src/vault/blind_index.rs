//! Blind index: finds an encrypted value by what it equals, without storing it.
//!
//! A token is HMAC-SHA-256 with a key of its own for each field, truncated to eight bytes. Whole values (phone, identity
//! number, e-mail) have one token. Names have a token for each character, each pair of neighbours, and each prefix of the
//! pinyin initials; these leak frequencies to whoever holds the database, which is why only names have them.
//! Deliberately absent: tokens of birth dates, addresses, health: too few values, too easily guessed.

use super::{derive, keys::KeyError};
use contract::catalogue::FieldKey;
use pinyin::ToPinyinMulti;
use ring::hmac;
use std::collections::BTreeSet;

/// One token of one field.
pub type Token = [u8; 8];

/// The field that carries an index, with its key.
struct Column {
    field: FieldKey,
    key: hmac::Key,
}

/// The index keys of one school.
pub(crate) struct BlindIndex {
    columns: Vec<Column>,
}

/// How a field can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Findable {
    /// By the whole value.
    Whole,
    /// By parts of a name.
    Name,
}

/// How a field can be found, if at all.
#[must_use]
pub const fn findable(field: FieldKey) -> Option<Findable> {
    match field {
        FieldKey::StudentName | FieldKey::GuardianName => Some(Findable::Name),
        FieldKey::StudentIdCard
        | FieldKey::GuardianPhone
        | FieldKey::GuardianSecondPhone
        | FieldKey::GuardianEmail
        | FieldKey::GuardianIdCard => Some(Findable::Whole),
        FieldKey::StudentBirthDate
        | FieldKey::StudentSchool
        | FieldKey::StudentAddress
        | FieldKey::StudentHealthNote
        | FieldKey::GuardianWechat
        | FieldKey::GuardianAddress
        | FieldKey::GuardianEmployer
        | FieldKey::NoteBody
        | FieldKey::CorrectionWords
        | FieldKey::CorrectionAnswer
        | FieldKey::QuestionWords
        | FieldKey::QuestionAnswer
        | FieldKey::StaffPhone
        | FieldKey::StaffEmail => None,
    }
}

impl BlindIndex {
    pub(crate) fn new(master: &[u8; 32]) -> Result<Self, KeyError> {
        let column = |field: FieldKey| {
            let label = [b"index".as_slice(), &field.code().to_be_bytes()].concat();
            Ok(Column { field, key: hmac::Key::new(hmac::HMAC_SHA256, &*derive(master, &label)?) })
        };
        let fields = FieldKey::ALL.iter().copied().filter(|field| findable(*field).is_some());
        Ok(Self { columns: fields.map(column).collect::<Result<_, KeyError>>()? })
    }

    /// The tokens under which a value is stored; none for an empty value or a field without an index.
    pub(crate) fn stored(&self, field: FieldKey, canonical: &str) -> Vec<Token> {
        if canonical.is_empty() {
            return Vec::new();
        }
        match findable(field) {
            None => Vec::new(),
            Some(Findable::Whole) => self.tokens(field, [format!("={canonical}")]),
            Some(Findable::Name) => self.tokens(field, name_parts(canonical)),
        }
    }

    /// The tokens that must all be there for a value to be found; none when the text can find nothing.
    pub(crate) fn sought(&self, field: FieldKey, canonical: &str) -> Vec<Token> {
        match findable(field) {
            None => Vec::new(),
            Some(Findable::Whole) if canonical.is_empty() => Vec::new(),
            Some(Findable::Whole) => self.tokens(field, [format!("={canonical}")]),
            Some(Findable::Name) => self.tokens(field, sought_parts(canonical)),
        }
    }

    fn tokens(&self, field: FieldKey, parts: impl IntoIterator<Item = String>) -> Vec<Token> {
        let Some(column) = self.columns.iter().find(|column| column.field == field) else {
            return Vec::new();
        };
        let token = |part: String| {
            let mut token = Token::default();
            token.iter_mut().zip(hmac::sign(&column.key, part.as_bytes()).as_ref()).for_each(|(to, from)| *to = *from);
            token
        };
        parts.into_iter().map(token).collect()
    }
}

/// Separators of name parts carry nothing; letters are compared in lower case.
fn letters(name: &str) -> Vec<char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn name_parts(name: &str) -> BTreeSet<String> {
    let letters = letters(name);
    let mut parts: BTreeSet<String> = letters.iter().map(char::to_string).collect();
    parts.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
    for initials in initials(&letters) {
        let mut prefix = String::from("~");
        for letter in initials.chars() {
            prefix.push(letter);
            parts.insert(prefix.clone());
        }
    }
    parts
}

fn sought_parts(text: &str) -> BTreeSet<String> {
    let letters = letters(text);
    // Latin letters alone are meant as pinyin initials, `oyxy` for 欧阳修远, unless the name itself is in Latin letters.
    if !letters.is_empty() && letters.iter().all(char::is_ascii_lowercase) && letters.len() <= MAX_INITIALS {
        return BTreeSet::from([format!("~{}", letters.iter().collect::<String>())]);
    }
    match letters.as_slice() {
        [] => BTreeSet::new(),
        [one] => BTreeSet::from([one.to_string()]),
        many => many.windows(2).map(|pair| pair.iter().collect::<String>()).collect(),
    }
}

const MAX_INITIALS: usize = 8;
/// Names with many ambiguous characters would multiply; past this many readings the first reading of each is used.
const MAX_READINGS: usize = 16;

/// Every reading of the name as initials; a Latin name reads as itself.
fn initials(letters: &[char]) -> BTreeSet<String> {
    let mut readings = vec![String::new()];
    for letter in letters.iter().take(MAX_INITIALS) {
        let choices: BTreeSet<char> = match letter.to_pinyin_multi() {
            Some(multi) => multi.into_iter().filter_map(|pinyin| pinyin.plain().chars().next()).collect(),
            None if letter.is_ascii_alphanumeric() => BTreeSet::from([*letter]),
            None => continue,
        };
        let room = readings.len() * choices.len() <= MAX_READINGS;
        let choices: Vec<char> = choices.into_iter().take(if room { usize::MAX } else { 1 }).collect();
        readings = readings.iter().flat_map(|reading| choices.iter().map(move |choice| format!("{reading}{choice}"))).collect();
    }
    readings.retain(|reading| !reading.is_empty());
    readings.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(name: &str, sought: &str) -> bool {
        let index = BlindIndex::new(&[3; 32]).unwrap();
        let stored = index.stored(FieldKey::StudentName, name);
        let sought = index.sought(FieldKey::StudentName, sought);
        !sought.is_empty() && sought.iter().all(|token| stored.contains(token))
    }

    #[test]
    fn a_name_is_found_by_character_pair_and_initials() {
        for sought in ["欧", "欧阳", "阳修", "欧阳修远", "oyxy", "oy", "OYX"] {
            assert!(finds("欧阳修远", sought), "{sought}");
        }
        for sought in ["阳欧", "欧修", "yxy", "张", ""] {
            assert!(!finds("欧阳修远", sought), "{sought}");
        }
    }

    #[test]
    fn a_surname_with_two_readings_is_found_by_both() {
        assert!(finds("单雄", "sx") && finds("单雄", "dx"));
    }

    #[test]
    fn a_latin_name_is_found_by_its_beginning() {
        assert!(finds("Alice Wang", "alice"));
    }

    #[test]
    fn characters_beyond_the_basic_plane_are_found() {
        assert!(finds("𠮷野", "𠮷") && finds("𠮷野", "𠮷野"));
    }

    #[test]
    fn the_same_value_has_different_tokens_in_different_fields() {
        let index = BlindIndex::new(&[3; 32]).unwrap();
        assert_ne!(index.stored(FieldKey::GuardianPhone, "10012345678"), index.stored(FieldKey::GuardianSecondPhone, "10012345678"));
    }

    #[test]
    fn an_empty_value_has_no_token() {
        let index = BlindIndex::new(&[3; 32]).unwrap();
        assert!(index.stored(FieldKey::GuardianPhone, "").is_empty() && index.sought(FieldKey::GuardianPhone, "").is_empty());
    }
}
