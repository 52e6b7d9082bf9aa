//! Who sees what of a family or of a colleague's record, and why: forms and reasons, never a value.
//!
//! The rule: a reason is data, the steps by which it was decided; the words are the client's. Deliberately absent: a value, its
//! mask and whether there is one; a guardian's name.

use super::{approvals::ApprovalState, policy::FieldRight, school::StaffRef};
use crate::{
    catalogue::FieldKey,
    condition::Condition,
    field::RecordKind,
    ids::{FamilyId, StaffId},
    rights::{Duty, Exposure, Reveal, Role, RowScope},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What has to be so before a record comes before somebody at all, where that takes more than a role that reaches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Door {
    /// One of their roles has the duty.
    Duty(Duty),
    /// The look that is questioned is somebody else's: nobody answers for their own.
    OthersLook,
    /// The family that is to be answered is within the reach of a role with the duty.
    Family,
    /// One of their roles writes the field that is to be corrected, in the record that has it.
    Writes(FieldKey),
    /// The guardian who asked.
    Asked,
}

/// One step of a decision about one person, one record and one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Step {
    /// The account is suspended: nobody signs in by it, whatever its roles may see.
    Suspended,
    /// Whether the record comes before the person; where it does not, no role counts.
    Door {
        /// What has to be so.
        door: Door,
        /// Whether it is.
        open: bool,
    },
    /// What a role of the person gives.
    Role {
        /// The role.
        role: Role,
        /// Which records it reaches; nothing where it counts whatever that is, since a duty brought the record before the person.
        scope: Option<RowScope>,
        /// Whether this one is among them.
        reached: bool,
        /// The classes by which it is, where the person has to teach the pupil.
        classes: Vec<String>,
        /// When the role counts in full, where that is not always. The question is asked as from a network that is named.
        condition: Option<Condition>,
        /// Whether that is not met now: then it shows a mask at most, and opens nothing.
        narrowed: bool,
        /// The form in its cell of the matrix, a mask at most where it is narrowed.
        form: Exposure,
        /// Whether it lets the field be opened.
        reveal: Reveal,
        /// Whether the decision rests on it: reached, and no other role gives more.
        decides: bool,
    },
    /// A request to open this very field: it waits for a second person, or was granted and opens once.
    Approval {
        /// Asked, or granted.
        state: ApprovalState,
        /// Until when it waits, or is good.
        until: DateTime<Utc>,
    },
    /// A standing grant holds: each look wants a reason and a passkey, and no approval of its own.
    Standing {
        /// The class that the pupil attends and the person teaches.
        class: String,
        /// The last day.
        last_day: NaiveDate,
    },
    /// A change of the matrix that waits: once it holds, the answer is another. Asked of the same relation, at the hour of the question.
    Change {
        /// The version that it makes.
        version: i64,
        /// Whether a second person has confirmed it, or none has to.
        confirmed: bool,
        /// From when, at the earliest; else as soon as it is confirmed.
        from: Option<DateTime<Utc>>,
        /// The form then.
        form: Exposure,
        /// Whether the field may be opened then.
        reveal: Reveal,
        /// Whether they are shown, or may open, more than now.
        gains: bool,
        /// Whether they are shown, or may open, less.
        loses: bool,
    },
}

/// Asks what somebody sees of a family, or of a colleague's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ViewAs {
    /// Of a family.
    Family {
        /// The person.
        staff: StaffId,
        /// The family.
        family: FamilyId,
    },
    /// Of the record of a member of staff.
    Colleague {
        /// The person.
        staff: StaffId,
        /// Whose record; it may be their own.
        colleague: StaffId,
    },
}

/// One field for somebody, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldWhy {
    /// The form, and what else may be done.
    pub right: FieldRight,
    /// The steps, in the order of the roles.
    pub steps: Vec<Step>,
}

/// Records of one kind in which somebody sees the same, for the same reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordsSeen {
    /// Their kind.
    pub kind: RecordKind,
    /// Which.
    pub records: Vec<Uuid>,
    /// Their fields.
    pub fields: Vec<FieldWhy>,
}

/// What somebody sees of a family or of a colleague's record, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ViewedAs {
    /// By which version of the matrix.
    pub version: i64,
    /// The records that whoever asks may ask about; of corrections and of questions the newest hundred each.
    pub seen: Vec<RecordsSeen>,
    /// The body that `GET /api/families/{id}` answers them with now, or `GET /api/staff/{id}`, as it is on the wire. Values are `****`,
    /// and what whoever asks does not read in their own answer is `…`. None where they are answered 404, or 403 about a colleague, or
    /// may not sign in. Corrections and questions are in no body of a family.
    pub body: Option<String>,
}

/// Asks who sees a field of a family, or of a colleague's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WhoSees {
    /// Of a family.
    Family {
        /// The family.
        family: FamilyId,
        /// The field, of whichever of its records have it.
        field: FieldKey,
    },
    /// Of the record of a member of staff.
    Colleague {
        /// Whose.
        colleague: StaffId,
        /// The field.
        field: FieldKey,
    },
}

/// People who see a field in one form, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sight {
    /// The form.
    pub form: Exposure,
    /// Whether it may be opened.
    pub reveal: Reveal,
    /// Why.
    pub steps: Vec<Step>,
    /// The members of staff.
    pub people: Vec<StaffRef>,
    /// How many guardians of the family, who are not named.
    pub guardians: u32,
}

/// Records that are seen by the same people for the same reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordsSights {
    /// Which.
    pub records: Vec<Uuid>,
    /// Who; whoever sees most comes first.
    pub sights: Vec<Sight>,
}

/// Who sees a field of a family or of a colleague's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sights {
    /// By which version of the matrix.
    pub version: i64,
    /// The field.
    pub field: FieldKey,
    /// The records that have it; none where there is none that whoever asks may ask about.
    pub seen: Vec<RecordsSights>,
}
