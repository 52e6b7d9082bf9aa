//! Controls of a form, each with label, hint and error wired by id.
//!
//! The rule: the value lives in a signal of the page; an error is words in a signal. Deliberately absent: validation rules;
//! they are those of `contract` (`FieldKey::check`) and of the server.

mod check;
mod field;
mod segmented;
mod select;
mod text_area;
mod text_field;

pub use check::Checkbox;
pub use field::{Field, FieldIds, field_error};
pub use segmented::Segmented;
pub use select::{Choice, Select};
pub use text_area::TextArea;
pub use text_field::{DateField, InputKind, TextField};
