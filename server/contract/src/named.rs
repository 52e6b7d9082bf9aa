//! The schema of an enum whose names stand in a table.
//!
//! The rule: the document says the names that go over the wire. A derive does not see through the macro that makes the table
//! and would say the names of the variants. Deliberately absent: enums that are written out; those derive.

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

pub(crate) use named_schema;
