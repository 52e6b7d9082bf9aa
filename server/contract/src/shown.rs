//! One field of one record as its viewer gets it: clear, masked or withheld.
//!
//! The rule: a [`Masked`] converts to nothing else, so it cannot be saved back over the truth.

use crate::field::FieldValue;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// What stands for a value that its viewer may not see whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    pub(crate) fn new(shape: String) -> Self {
        Self(shape)
    }
    /// The mask of what cannot be masked any better: says nothing, not even the length.
    #[must_use]
    pub fn closed() -> Self {
        Self("****".into())
    }
    /// The shape as it is displayed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One field of one record as its viewer gets it. On the wire `{"state":"masked","value":"100****5678"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", content = "value", rename_all = "snake_case")]
pub enum Shown<T> {
    /// The value itself.
    Clear(T),
    /// Its mask.
    Masked(Masked),
    /// Nothing; the value was not even opened.
    Withheld,
}

/// What every [`Shown`] looks like before its type is asked for: one reader for all fields, which the client pays for once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    state: State,
    #[serde(default)]
    value: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Clear,
    Masked,
    Withheld,
}

impl<'de, T: FieldValue> Deserialize<'de> for Shown<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Form::deserialize(deserializer)? {
            // An empty field is null on the wire and an empty text in its stored form.
            Form { state: State::Clear, value } => {
                T::from_stored(&value.unwrap_or_default()).map(Self::Clear).ok_or_else(|| D::Error::custom("not a value of its field"))
            }
            Form { state: State::Masked, value: Some(shape) } => Ok(Self::Masked(Masked(shape))),
            Form { state: State::Withheld, value: None } => Ok(Self::Withheld),
            Form { state: State::Masked | State::Withheld, .. } => Err(D::Error::custom("a form without its value, or with one too many")),
        }
    }
}

impl<T: FieldValue> Shown<T> {
    /// The same with the value in its text form, for display.
    #[must_use]
    pub fn to_text(&self) -> Shown<String> {
        match self {
            Self::Clear(value) => Shown::Clear(value.text().into_owned()),
            Self::Masked(mask) => Shown::Masked(mask.clone()),
            Self::Withheld => Shown::Withheld,
        }
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use super::Shown;
    use utoipa::{
        __dev::ComposeSchema,
        ToSchema,
        openapi::RefOr,
        openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type},
    };

    fn state(name: &str, value: Option<SchemaType>) -> Schema {
        let tag = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).enum_values(Some([name])).build();
        let object = ObjectBuilder::new().property("state", tag).required("state");
        let object = match value {
            Some(kind) => object.property("value", ObjectBuilder::new().schema_type(kind).build()).required("value"),
            None => object,
        };
        Schema::Object(object.build())
    }

    impl<T> ComposeSchema for Shown<T> {
        fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
            let text_or_null = SchemaType::Array(vec![Type::String, Type::Null]);
            let one_of = OneOfBuilder::new()
                .item(state("clear", Some(text_or_null)))
                .item(state("masked", Some(SchemaType::Type(Type::String))))
                .item(state("withheld", None))
                .build();
            RefOr::T(Schema::OneOf(one_of))
        }
    }
    impl<T> ToSchema for Shown<T> {
        fn name() -> std::borrow::Cow<'static, str> {
            "Shown".into()
        }
    }
}
