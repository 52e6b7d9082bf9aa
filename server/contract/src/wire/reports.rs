//! Reports out of what is kept anyway: the register of approvals, and what one person did in ninety days beside their peers.
//!
//! The rule: days, counts, ends of ids and the working names of staff; no value of a family, and no words that anybody typed, since
//! these pages leave the house. Deliberately absent: a filter by a record or a person of a family.

use super::approvals::ApprovalState;
use crate::{catalogue::FieldKey, field::RecordKind, rights::Role, wire::reveals::ReasonCode};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The query string of the register.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct RegisterQuery {
    /// In one state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ApprovalState>,
    /// Asked from this day at the school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// To this day, which is included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Which lines of the register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterFilter {
    /// In one state.
    #[serde(default)]
    pub state: Option<ApprovalState>,
    /// Asked from this day at the school.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// To this day, which is included.
    #[serde(default)]
    pub to: Option<NaiveDate>,
}

/// A step of an approval, as the trail has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterStep {
    /// The number of the entry, by which its words are found.
    pub entry: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom: the working name at that time.
    pub who: String,
    /// In which roles.
    pub roles: Vec<Role>,
}

/// What a line of the register is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RegisterSubject {
    /// One look at one record.
    Record {
        /// Its kind.
        kind: RecordKind,
    },
    /// A standing grant for the pupils of a class.
    Class {
        /// Its name.
        name: String,
        /// The last day.
        last_day: NaiveDate,
    },
    /// An emergency: what its role shows, for whoever asked.
    Emergency,
}

/// What was opened under a standing grant, or in an emergency while it lasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterLooks {
    /// How many times a field was opened.
    pub count: u32,
    /// The first time.
    pub first: RegisterStep,
    /// The last one.
    pub last: RegisterStep,
}

/// One approval in the register: for one look, a standing grant, or an emergency. Of an emergency, opened is `granted`, ended by a word or
/// with the access is `revoked`, and what was over by the clock is `lapsed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterLine {
    /// One look, a standing grant, or an emergency.
    pub subject: RegisterSubject,
    /// The last six digits of the id of the record, of the standing grant, or of the emergency.
    pub mark: String,
    /// The field; of a standing grant one or several, of an emergency none: the matrix says which.
    pub fields: Vec<FieldKey>,
    /// Why, from the list; the words are in the entry.
    pub reason: ReasonCode,
    /// The request.
    pub asked: RegisterStep,
    /// What became of it.
    pub state: ApprovalState,
    /// Until when it waits, or is good once granted.
    pub until: DateTime<Utc>,
    /// The decision.
    pub decided: Option<RegisterStep>,
    /// What was opened by it, of a standing grant or an emergency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looks: Option<RegisterLooks>,
    /// Its one look, or that it was withdrawn or revoked.
    pub ended: Option<RegisterStep>,
}

/// The register for a file, whose words are those of whoever takes it along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterFile {
    /// The newest lines of the filter.
    pub lines: Vec<RegisterLine>,
    /// Whether there are older ones, which are left out.
    pub cut: bool,
}

/// What is counted of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Measure {
    /// A record that was opened, or a page of a list.
    Looks,
    /// A field that was opened deliberately.
    Reveals,
    /// A search.
    Searches,
    /// A file.
    Exports,
    /// What was tried and refused.
    Refusals,
}

impl Measure {
    /// Every measure, in the order of a report.
    pub const ALL: &'static [Measure] = &[Self::Looks, Self::Reveals, Self::Searches, Self::Exports, Self::Refusals];
}

/// One week of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivityWeek {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// How often, in the order of [`Measure::ALL`].
    pub counts: Vec<u32>,
}

/// What the peers did in the same days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeerCounts {
    /// The median, rounded up.
    pub median: u32,
    /// The highest.
    pub highest: u32,
}

/// One measure over the whole span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Measured {
    /// What is counted.
    pub measure: Measure,
    /// How often.
    pub total: u32,
    /// How often from 22:00 to 06:00 at the school.
    pub late: u32,
    /// The peers; nothing where they are fewer than three.
    pub peers: Option<PeerCounts>,
    /// Whether it is more than three times the median of the peers, and not a handful.
    pub stands_out: bool,
}

/// What one member of staff did in the last ninety days, or in those before they left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activity {
    /// The working name.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// Whether they have left.
    pub left: bool,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The weeks, newest first; the oldest is shorter.
    pub weeks: Vec<ActivityWeek>,
    /// Each measure, in the order of [`Measure::ALL`].
    pub measures: Vec<Measured>,
    /// How many others hold one of the roles.
    pub peers: u32,
    /// How many families of somebody else they opened; nothing for roles that reach a campus or the school.
    pub beyond: Option<u32>,
}
