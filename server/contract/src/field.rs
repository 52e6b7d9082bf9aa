//! A field is a type: what is granted for a phone number cannot open an identity card.
//!
//! The traits are implemented by the catalogue alone. Deliberately absent: any decision about who may see a field.

use crate::{catalogue::FieldKey, error::ValueError, shown::Masked};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How much harm a field can do when it leaks (PIPL Art. 28, GB/T 45574).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Class {
    /// Identifies a person or says something about one.
    Personal,
    /// Sensitive personal information: identity documents, health.
    Sensitive,
}

/// The kind of record a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RecordKind {
    /// A family as such: stage, owner, campus.
    Family,
    /// A pupil.
    Student,
    /// A guardian.
    Guardian,
    /// A follow-up note.
    Note,
    /// A correction that a guardian asks for.
    Correction,
    /// A question that a guardian asks about a look.
    Question,
    /// A member of staff.
    Staff,
}

impl RecordKind {
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Student => "student",
            Self::Guardian => "guardian",
            Self::Note => "note",
            Self::Correction => "correction",
            Self::Question => "question",
            Self::Staff => "staff",
        }
    }
}

pub(crate) mod sealed {
    /// Closes [`super::Field`]: only the catalogue declares fields.
    pub trait Catalogued {}
}

/// One kind of personal value, declared in [`crate::catalogue`].
pub trait Field: sealed::Catalogued + Send + Sync + 'static {
    /// The parsed value; `Option` where the field may be empty, so that presence is sealed too.
    type Value: FieldValue;
    /// The key by which tables, policies and the trail name the field.
    const KEY: FieldKey;
    /// How harmful a leak is.
    const CLASS: Class;
    /// The shape that stands for the value; shows no more than the format of the field allows.
    fn mask(value: &Self::Value) -> Masked {
        Self::mask_stored(&value.text())
    }
    /// The same from the text form that [`FieldValue::text`] made: no value is made for the sake of its mask.
    fn mask_stored(text: &str) -> Masked;
}

/// A value that can be sealed: it has one text form and one way to be read from it.
pub trait FieldValue: Sized + Clone + Send + Sync {
    /// Reads what a person typed: normalises (NFKC, trims, strips separators), then validates.
    ///
    /// # Errors
    /// [`ValueError`] says what is wrong with the text; it never carries the text.
    fn parse(text: &str) -> Result<Self, ValueError>;
    /// Reads the text form that [`FieldValue::text`] made earlier; nothing is validated again.
    fn from_stored(text: &str) -> Option<Self>;
    /// The one text form: canonical, what is sealed and what is shown in clear.
    fn text(&self) -> Cow<'_, str>;
}

/// A value that is nothing but text for its reader, such as a revealed one.
impl FieldValue for String {
    fn parse(text: &str) -> Result<Self, ValueError> {
        Ok(text.to_owned())
    }
    fn from_stored(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    fn parse(text: &str) -> Result<Self, ValueError> {
        if text.trim().is_empty() { Ok(None) } else { T::parse(text).map(Some) }
    }
    fn from_stored(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::from_stored(text).map(Some) }
    }
    fn text(&self) -> Cow<'_, str> {
        self.as_ref().map_or(Cow::Borrowed(""), FieldValue::text)
    }
}
