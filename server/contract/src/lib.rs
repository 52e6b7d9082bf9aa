//! What the two sides agree on: the field catalogue, masks, value types, wire types and error codes.
//!
//! The rule: pure data and pure functions, the same on the server and in the browser. Deliberately absent: I/O, keys,
//! decisions about a viewer, and any dependency that would pull them in.

pub mod catalogue;
pub mod change;
pub mod condition;
pub mod credential;
pub mod error;
pub mod field;
pub mod ids;
pub mod mask;
mod named;
pub mod program;
pub mod retention;
pub mod rights;
pub mod shown;
pub mod spreadsheet;
pub mod values;
pub mod weight;
pub mod wire;

pub use catalogue::FieldKey;
pub use change::Change;
pub use condition::Condition;
pub use credential::Credential;
pub use field::{Class, Field, FieldValue, RecordKind};
pub use program::Program;
pub use rights::{Cell, CustomRole, Duty, Exposure, Reveal, Role, RoleSet, RowScope};
pub use shown::{Masked, Shown};
pub use weight::Weight;
