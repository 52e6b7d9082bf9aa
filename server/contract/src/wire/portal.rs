//! The portal of a guardian on the wire: own children, what is held, who sees it, who looked.

use super::{
    guardians::GuardianCard,
    ledger::{Action, LedgerLine},
    questions::Finding,
    students::StudentCard,
};
use crate::{
    catalogue::FieldKey,
    ids::StudentId,
    rights::{Exposure, Reveal, Role},
    shown::Shown,
    values::PersonName,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One of the guardian's children.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChildBrief {
    /// The student.
    pub id: StudentId,
    /// Name.
    pub name: Shown<PersonName>,
    /// The classes attended now.
    pub classes: Vec<String>,
}

/// The first page of the portal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Children {
    /// The school's name.
    pub school: String,
    /// The guardian's children, none whose custody is blocked.
    pub children: Vec<ChildBrief>,
}

/// Which role sees a field in which form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Audience {
    /// The field.
    pub field: FieldKey,
    /// The roles that see anything of it, and how.
    pub roles: Vec<AudienceRole>,
    /// What whoever sees it masked is shown; withheld where the guardian may not see the value either.
    pub mask: Shown<String>,
}

/// One role's view of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AudienceRole {
    /// The role.
    pub role: Role,
    /// The form.
    pub exposure: Exposure,
    /// Whether it may be opened deliberately.
    pub reveal: Reveal,
}

/// One child: what is held, and who sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChildCard {
    /// The school's name.
    pub school: String,
    /// The child.
    pub student: StudentCard,
    /// The guardian as the school holds them.
    pub me: GuardianCard,
    /// Who sees which field.
    pub audience: Vec<Audience>,
}

/// Who has looked at a child, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessLedger {
    /// The lines.
    pub lines: Vec<LedgerLine>,
    /// Where older lines begin.
    pub next: Option<String>,
    /// This month in numbers; on the first page alone.
    pub month: Option<Month>,
    /// The questions of the guardian about looks at the child that were not taken back, newest first, wherever their lines are;
    /// with the first page and with a single line.
    pub asked: Vec<AskedLine>,
}

/// How far the question about a line has come, as it stands beside the line; its words are read with the question itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedLine {
    /// The line, [`LedgerLine::seq`].
    pub line: i64,
    /// The last day for an answer.
    pub due: NaiveDate,
    /// What the school found; nothing while the question waits.
    pub finding: Option<Finding>,
}

/// What happened to the records of a child since the first of the month, at the school.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Month {
    /// How many members of staff saw anything.
    pub people: u32,
    /// Which fields were opened deliberately, and how often.
    pub opened: Vec<Opened>,
    /// Whether there was more than was counted.
    pub at_least: bool,
}

/// One field that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Opened {
    /// The field.
    pub field: FieldKey,
    /// How often.
    pub times: u32,
}

/// The kinds of looks that a guardian tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LookKind {
    /// Seen, in a list or by itself, searched by or exported.
    Seen,
    /// Opened deliberately.
    Opened,
    /// Written.
    Changed,
}

impl LookKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Seen, Self::Opened, Self::Changed];
    /// The name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Opened => "opened",
            Self::Changed => "changed",
        }
    }
    /// The kind of an action; none where nothing of a child was seen or written.
    #[must_use]
    pub const fn of(action: Action) -> Option<Self> {
        match action {
            Action::Listed | Action::Searched | Action::Shown | Action::Exported => Some(Self::Seen),
            Action::Revealed => Some(Self::Opened),
            Action::Created | Action::Changed | Action::CorrectionAccepted => Some(Self::Changed),
            _ => None,
        }
    }
}

/// The query string of the access ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct LedgerQuery {
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The line of this number alone, wherever it is; none where the ledger has none such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<i64>,
    /// Looks at this field alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldKey>,
    /// Looks of this kind alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<LookKind>,
}

impl LedgerQuery {
    /// Whether anything is left out.
    #[must_use]
    pub const fn filters(&self) -> bool {
        self.field.is_some() || self.kind.is_some()
    }
    /// Whether a line is wanted.
    #[must_use]
    pub fn wants(&self, line: &LedgerLine) -> bool {
        self.kind.is_none_or(|kind| LookKind::of(line.action) == Some(kind))
            && self.field.is_none_or(|field| line.looks.iter().any(|look| look.field == field))
    }
}
