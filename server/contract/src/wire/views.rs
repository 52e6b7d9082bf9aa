//! Saved views of the list of families: a filter, the columns and how close the rows stand, under a name.
//!
//! The rule: a view is a wish like any other and widens nothing: whoever uses it asks the list with it, within their own scope.
//! Columns are of what a row shows anyway. Deliberately absent: rows, counts, a search.

use super::filter::FamilyFilter;
use crate::{ids::ViewId, named::names};
use serde::{Deserialize, Serialize};

/// The most characters of a name.
pub const NAME_LENGTH: usize = 40;
/// The most views of one person.
pub const VIEWS: usize = 50;

names! {
    /// A column of the list beside the students' names, which every row begins with.
    Column {
        /// The first guardian's mobile.
        Phone = "phone",
        /// Dates of birth.
        BirthDate = "birth_date",
        /// The address.
        Address = "address",
        /// The stage.
        Stage = "stage",
        /// The classes of today.
        Classes = "classes",
        /// The consultant.
        Owner = "owner",
        /// When to get in touch again.
        NextContact = "next_contact",
        /// The campus.
        Campus = "campus",
        /// The last change.
        Updated = "updated",
    }
}

names! {
    /// How close the rows stand.
    Density {
        /// More of them on a screen.
        Compact = "compact",
        /// As usual.
        Usual = "usual",
        /// Easier to hit.
        Roomy = "roomy",
    }
}

/// What a view looks like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ViewLook {
    /// What the list is narrowed by, and its order.
    pub filter: FamilyFilter,
    /// The columns, in their order; each at most once.
    pub columns: Vec<Column>,
    /// How close the rows stand.
    pub density: Density,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ViewCard {
    /// The view.
    pub id: ViewId,
    /// Its name, with numbers and addresses in it masked.
    pub name: String,
    /// Whether the whole school has it.
    pub shared: bool,
    /// Whether it is the viewer's to change.
    pub own: bool,
    /// What it looks like.
    pub look: ViewLook,
}

/// The views that a person has: their own and the shared ones, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Views {
    /// The views.
    pub views: Vec<ViewCard>,
    /// Whether the viewer may share views with the school.
    pub may_share: bool,
}

/// A view to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewView {
    /// Its name: 1 to 40 characters.
    pub name: String,
    /// Whether the whole school shall have it.
    #[serde(default)]
    pub shared: bool,
    /// What it looks like.
    pub look: ViewLook,
}

/// What is to change about a view.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ViewChanges {
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Shared from now on, or no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
    /// Another look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<ViewLook>,
}
