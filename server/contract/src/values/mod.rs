//! The personal values, one type a kind: what a text must be to be accepted, and the one form in which it is sealed.
//!
//! The rule: two texts that mean the same value become the same text, and a mask is never taken for a value. The content is
//! private, `Debug` prints only the name of the type, and there is no `Display`: a value cannot slip into a log or a message.
//! Reading from the wire trusts the text, since the server wrote it; what a person typed always goes through `parse`.
//! Deliberately absent: a clock (whether a date lies in the future is for the caller) and any lookup of what really exists.

macro_rules! text_value {
    ($(#[$doc:meta])* $name:ident, $read:path) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(String);

        impl $name {
            /// The canonical text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl crate::field::FieldValue for $name {
            fn parse(text: &str) -> Result<Self, crate::error::ValueError> {
                $read(text).map(Self)
            }
            fn from_stored(text: &str) -> Option<Self> {
                (!text.is_empty()).then(|| Self(text.to_owned()))
            }
            fn text(&self) -> std::borrow::Cow<'_, str> {
                std::borrow::Cow::Borrowed(&self.0)
            }
        }
        crate::values::opaque!($name);
    };
}

/// What every value has, whatever it holds: a silent `Debug` and its text on the wire.
macro_rules! opaque {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&crate::field::FieldValue::text(self))
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                let refusal = || serde::de::Error::custom(concat!("not a ", stringify!($name)));
                crate::field::FieldValue::from_stored(&text).ok_or_else(refusal)
            }
        }
    };
}
use opaque;

mod birth_date;
mod clean;
pub(crate) mod email;
pub(crate) mod id_card;
mod label;
mod normal;
pub(crate) mod person_name;
pub(crate) mod phone;
mod plain;
pub(crate) mod script;
pub(crate) mod wechat_id;

pub use birth_date::BirthDate;
pub use email::Email;
pub use id_card::IdCard;
pub use label::{ROLE_NAME, label, login_name, role_name};
pub use person_name::PersonName;
pub use phone::Phone;
pub use plain::{Address, Employer, HealthNote, NoteText, SchoolName};
pub use wechat_id::WechatId;
