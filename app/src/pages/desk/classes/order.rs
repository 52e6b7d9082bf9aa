//! In which order the classes stand, as the address says it: `teacher`, or `-teacher` for the other way round.

use crate::text::{Text, desk, lang_now};
use contract::wire::classes::ClassRow;
use js_sys::{Array, JsString, Object};
use std::cmp::Ordering;
use wasm_bindgen::JsValue;

/// What they are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Name of the class.
    Name,
    /// Campus.
    Campus,
    /// Teacher.
    Teacher,
    /// How many pupils.
    Pupils,
    /// First day.
    Starts,
    /// Last day.
    Ends,
}

impl Key {
    /// The columns in their order, with their words.
    pub const ALL: [(Self, Text); 6] = [
        (Self::Name, desk::CLASS),
        (Self::Campus, desk::CAMPUS),
        (Self::Teacher, desk::TEACHER),
        (Self::Pupils, desk::PUPILS),
        (Self::Starts, desk::STARTS),
        (Self::Ends, desk::ENDS),
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Campus => "campus",
            Self::Teacher => "teacher",
            Self::Pupils => "pupils",
            Self::Starts => "starts",
            Self::Ends => "ends",
        }
    }
}

/// A column and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    key: Key,
    descending: bool,
}

impl Order {
    /// Reads it from the query; by name where it says nothing that is known.
    pub fn read(text: Option<&str>) -> Self {
        let text = text.unwrap_or_default();
        let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        let known = Key::ALL.into_iter().map(|(key, _)| key).find(|key| key.name() == name);
        Self { key: known.unwrap_or(Key::Name), descending: descending && known.is_some() }
    }
    /// As the address says it.
    pub fn name(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.key.name())
    }
    /// What a press on the head of a column leads to.
    pub fn pressed(self, key: Key) -> Self {
        Self { key, descending: self.key == key && !self.descending }
    }
    /// `aria-sort` of a column.
    pub fn says(self, key: Key) -> &'static str {
        match self {
            Self { key: sorted, descending: false } if sorted == key => "ascending",
            Self { key: sorted, descending: true } if sorted == key => "descending",
            _ => "none",
        }
    }
    /// Sorts; equal ones stay by name.
    pub fn sort(self, rows: &mut [ClassRow]) {
        rows.sort_by(|one, other| {
            let ordering = match self.key {
                Key::Name => Ordering::Equal,
                Key::Campus => by_words(&one.campus.name, &other.campus.name),
                Key::Teacher => by_words(&one.teacher.name, &other.teacher.name),
                Key::Pupils => one.pupils.cmp(&other.pupils),
                Key::Starts => one.starts.cmp(&other.starts),
                Key::Ends => one.ends.cmp(&other.ends),
            };
            let ordering = ordering.then_with(|| by_words(&one.name, &other.name));
            if self.descending { ordering.reverse() } else { ordering }
        });
    }
}

/// As the reader's language sorts words: Chinese by pinyin.
fn by_words(one: &str, other: &str) -> Ordering {
    let locales = Array::of1(&JsValue::from_str(lang_now().tag()));
    JsString::from(one).locale_compare(other, &locales, &Object::new()).cmp(&0)
}
