//! What relates a viewer to a record. Established by the query that found the record, never by the request.

use contract::ids::{CampusId, StaffId};

/// The relation of one viewer to one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The campus of the family.
    pub campus: CampusId,
    /// The consultant who owns the family.
    pub owner: Option<StaffId>,
    /// Whether the viewer teaches the pupil today.
    pub taught_by_viewer: bool,
    /// Whether the viewer is a guardian of the pupil with custody, or the guardian themselves.
    pub own_child: bool,
}
