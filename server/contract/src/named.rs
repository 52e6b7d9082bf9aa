//! An enum whose names stand in a table: on the wire, and in the schema.
//!
//! The rule: the name is what goes over the wire and what the document says. One search through the table, the same code for
//! every such enum, takes the place of what a derive makes for each; in the client that is kilobytes. Deliberately absent:
//! enums that are written out; those derive.

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use std::fmt;

/// Where in a table of names a text stands.
struct Position<'a>(&'a dyn Fn(&str) -> Option<usize>);

impl Visitor<'_> for Position<'_> {
    type Value = usize;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name of the table")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<usize, E> {
        self.0(text).ok_or_else(|| E::invalid_value(Unexpected::Other("another text"), &self))
    }
}

/// The position of a text by `find`.
///
/// # Errors
/// What is read is no text, or stands nowhere; the error does not repeat it.
pub(crate) fn position<'de, D: Deserializer<'de>>(reader: D, find: &dyn Fn(&str) -> Option<usize>) -> Result<usize, D::Error> {
    reader.deserialize_str(Position(find))
}

/// Implements reading and writing an enum with `ALL` and `name` as its name, and its schema.
macro_rules! named {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
                writer.serialize_str(self.name())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
                let at = $crate::named::position(reader, &|text| Self::ALL.iter().position(|each| each.name() == text))?;
                Self::ALL.get(at).copied().ok_or_else(|| serde::de::Error::custom("no such name"))
            }
        }
        $crate::named::named_schema!($name);
    };
}

/// Implements the schema of an enum with `ALL` and `name`.
macro_rules! named_schema {
    ($name:ident) => {
        #[cfg(feature = "openapi")]
        impl utoipa::__dev::ComposeSchema for $name {
            fn compose(_: Vec<utoipa::openapi::RefOr<utoipa::openapi::Schema>>) -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let text = utoipa::openapi::schema::SchemaType::Type(utoipa::openapi::schema::Type::String);
                let names = Self::ALL.iter().map(|each| each.name());
                utoipa::openapi::schema::ObjectBuilder::new().schema_type(text).enum_values(Some(names)).build().into()
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }
    };
}

/// An enum of plain choices with a stable name each.
macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$about:meta])* $one:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$about])* $one),+ }
        $crate::named::named!($type);
        impl $type {
            /// Every one, in the usual order.
            pub const ALL: &'static [Self] = &[$(Self::$one),+];
            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Self::$one => $name),+ } }
        }
    };
}

pub(crate) use {named, named_schema, names};
