//! Families on the wire: list, card, intake, search, export.

use super::{
    filter::{Conditions, FamilyFilter, Match},
    guardians::{GuardianBrief, GuardianCard, NewGuardian},
    ledger::LedgerLine,
    notes::NoteCard,
    school::{CampusRef, StaffRef, Stage},
    students::{NewStudent, StudentBrief, StudentCard},
    timeline::Timeline,
};
use crate::{
    catalogue::FieldKey,
    change::Change,
    ids::{CampusId, FamilyId, StaffId},
    rights::Role,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A family in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyRow {
    /// The family.
    pub id: FamilyId,
    /// Counts changes of stage, owner and next contact; goes back with an update.
    pub version: i64,
    /// Where it stands.
    pub stage: Stage,
    /// Its campus.
    pub campus: CampusRef,
    /// Its consultant.
    pub owner: Option<StaffRef>,
    /// Its students.
    pub students: Vec<StudentBrief>,
    /// Its first guardian.
    pub guardian: Option<GuardianBrief>,
    /// When to get in touch again.
    pub next_contact: Option<NaiveDate>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

/// A family with everything that the viewer may see of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyCard {
    /// The family.
    pub id: FamilyId,
    /// Counts changes of stage, owner, campus and next contact; goes back with an update.
    pub version: i64,
    /// Where it stands.
    pub stage: Stage,
    /// Its campus.
    pub campus: CampusRef,
    /// Its consultant.
    pub owner: Option<StaffRef>,
    /// When to get in touch again.
    pub next_contact: Option<NaiveDate>,
    /// Taken in.
    pub created_at: DateTime<Utc>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// Its students.
    pub students: Vec<StudentCard>,
    /// Its guardians.
    pub guardians: Vec<GuardianCard>,
    /// Notes, newest first.
    pub notes: Vec<NoteCard>,
    /// The newest of what happened and who looked; empty in an answer that only repeats the record.
    pub timeline: Timeline,
    /// Whether the viewer may move the stage and add people now.
    pub may_keep: bool,
    /// Whether the viewer may write a note now.
    pub may_note: bool,
}

/// Sort orders of the list; personal fields are not among them by construction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FamilySort {
    /// Last changed first.
    #[default]
    Recent,
    /// Longest unchanged first.
    Oldest,
}

/// The query string of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct FamilyQuery {
    /// The conditions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Conditions>,
    /// How they are joined.
    #[serde(default, rename = "match", skip_serializing_if = "Option::is_none")]
    pub joined: Option<Match>,
    /// Order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<FamilySort>,
    /// Where the page begins, from [`super::Page::next`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 100; 50 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// A page of the list of families, and what its reader may do with the list, so that nothing is offered that would be refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyPage {
    /// The rows.
    pub items: Vec<FamilyRow>,
    /// Where the next page begins; absent on the last.
    pub next: Option<String>,
    /// How many rows there are in the viewer's scope; on the first page only.
    pub total: Option<u64>,
    /// By whose rights the rows are masked.
    pub shown_as: Vec<Role>,
    /// The fields by which the viewer may find families; none for a program.
    pub find: Vec<FieldKey>,
    /// Whether the viewer may export a list; never a program.
    pub may_export: bool,
}

/// Finds families by a personal value: always a POST, so that the value stays out of URLs and logs (ASVS 14.2.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FamilySearch {
    /// By characters or pinyin initials of a student's or guardian's name.
    Name {
        /// What was typed.
        text: String,
    },
    /// By a guardian's whole phone number.
    Phone {
        /// What was typed.
        text: String,
    },
    /// By a student's or guardian's whole identity number.
    IdCard {
        /// What was typed.
        text: String,
    },
    /// By a guardian's whole e-mail address.
    Email {
        /// What was typed.
        text: String,
    },
}

/// A family to be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewFamily {
    /// Its campus.
    pub campus: CampusId,
    /// Where it stands.
    pub stage: Stage,
    /// One to eight students.
    pub students: Vec<NewStudent>,
    /// Up to eight guardians.
    #[serde(default)]
    pub guardians: Vec<NewGuardian>,
}

/// What is to change about a family as such.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyChanges {
    /// The version that the viewer saw.
    pub version: i64,
    /// A new stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// A new consultant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<StaffId>,
    /// When to get in touch again.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub next_contact: Change<NaiveDate>,
}

/// One of the families that are to be changed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkFamily {
    /// The family.
    pub id: FamilyId,
    /// The version that the viewer saw.
    pub version: i64,
}

/// The same change for many families; each is changed by itself or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkChange {
    /// 1 to 200 families, each once.
    pub families: Vec<BulkFamily>,
    /// A new stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// A new consultant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<StaffId>,
    /// When to get in touch again.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub next_contact: Change<NaiveDate>,
    /// Says what would become of each, and changes nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preview: bool,
}

/// What became of one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BulkOutcome {
    /// It was changed, or would be.
    Changed,
    /// It is so already.
    Already,
    /// The consultant does not work at its campus.
    OtherCampus,
    /// Somebody changed it since the viewer saw it.
    Conflict,
    /// Within reach to be read, and not to be changed.
    Forbidden,
    /// Not there, or out of reach: deliberately the same.
    NotFound,
}

/// One line of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkLine {
    /// The family.
    pub id: FamilyId,
    /// What became of it.
    pub outcome: BulkOutcome,
    /// The version that it has now, where somebody was faster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
}

/// What became of each, in the order in which they were named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkReport {
    /// A line for each family.
    pub families: Vec<BulkLine>,
}

/// What was made, and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyMade {
    /// The family.
    pub id: FamilyId,
}

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ExportFormat {
    /// UTF-8 with a byte order mark, so that spreadsheet programs read the characters.
    Csv,
    /// A workbook; every cell is text.
    Xlsx,
}

/// An export of the list as it is filtered on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyExport {
    /// The form.
    pub format: ExportFormat,
    /// What the list is narrowed by.
    #[serde(default)]
    pub filter: FamilyFilter,
}

/// The answer to an update that came too late: the present record and who changed what meanwhile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Conflict<T> {
    /// Always `version_conflict`.
    pub code: crate::error::ErrorCode,
    /// Always 409.
    pub status: u16,
    /// Leads an operator to the log line.
    pub trace_id: String,
    /// The record as the viewer sees it now.
    pub current: T,
    /// The changes since the version that the viewer saw, newest first.
    pub since: Vec<LedgerLine>,
}
