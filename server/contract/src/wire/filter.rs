//! What a list of families is narrowed by: conditions joined by all or by any.
//!
//! The rule: a condition is about a plain fact that every row of the list shows anyway, so that narrowing tells nothing that
//! looking does not; nothing personal can be one, since there is no such variant. On the wire, in an address and in the database
//! a list of conditions is one short text of unreserved characters, which is read strictly: `stage.lead.trial_owner.me`.
//! Deliberately absent: nesting, expressions, names of columns.

use super::{families::FamilySort, school::Stage};
use crate::{
    ids::{CampusId, ClassId, StaffId},
    named::named,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The most conditions of one filter.
pub const MOST: usize = 12;
/// The most days of [`Condition::Unchanged`].
const DAYS: u16 = 3650;

/// Whose families.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// Those of whoever asks, so that a view means for each person their own.
    Mine,
    /// Those that nobody looks after.
    Nobodys,
    /// Those of one person.
    Of(StaffId),
}

/// When a family is to be contacted, as seen on the day on which somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Next {
    /// Before today.
    Overdue,
    /// Today.
    Today,
    /// From Monday to Sunday of this week.
    Week,
    /// No day is set.
    None,
}

impl Next {
    /// Every one.
    pub const ALL: &'static [Self] = &[Self::Overdue, Self::Today, Self::Week, Self::None];
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Week => "week",
            Self::None => "none",
        }
    }
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Condition {
    /// The stage is one of these.
    Stage(Vec<Stage>),
    /// The stage is none of these.
    NotStage(Vec<Stage>),
    /// The consultant.
    Owner(Whose),
    /// The campus.
    Campus(CampusId),
    /// The next contact is one of these.
    Next(Vec<Next>),
    /// A student whom the viewer reaches attends this class today.
    Class(ClassId),
    /// The last change is older than so many days.
    Unchanged(u16),
}

/// What was sent is no filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a filter")]
pub struct NotAFilter;

/// Reads names of a list, each at most once; gives them back in the order of the list.
fn several<'t, T: Copy + PartialEq>(words: impl Iterator<Item = &'t str>, all: &[T], name: fn(T) -> &'static str) -> Option<Vec<T>> {
    let mut named = Vec::new();
    for word in words {
        let one = all.iter().copied().find(|one| name(*one) == word).filter(|one| !named.contains(one))?;
        named.push(one);
    }
    named = all.iter().copied().filter(|one| named.contains(one)).collect();
    (!named.is_empty()).then_some(named)
}

impl FromStr for Condition {
    type Err = NotAFilter;
    fn from_str(text: &str) -> Result<Self, NotAFilter> {
        let (name, rest) = text.split_once('.').ok_or(NotAFilter)?;
        let read = match name {
            "stage" => several(rest.split('.'), Stage::ALL, Stage::name).map(Self::Stage),
            "stage-not" => several(rest.split('.'), Stage::ALL, Stage::name).map(Self::NotStage),
            "owner" => match rest {
                "me" => Some(Self::Owner(Whose::Mine)),
                "nobody" => Some(Self::Owner(Whose::Nobodys)),
                id => id.parse().ok().map(|id| Self::Owner(Whose::Of(id))),
            },
            "campus" => rest.parse().ok().map(Self::Campus),
            "next" => several(rest.split('.'), Next::ALL, Next::name).map(Self::Next),
            "class" => rest.parse().ok().map(Self::Class),
            "unchanged" => rest.parse().ok().filter(|days| (1..=DAYS).contains(days)).map(Self::Unchanged),
            _ => None,
        };
        read.ok_or(NotAFilter)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut named = |name: &str, words: &mut dyn Iterator<Item = &'static str>| {
            f.write_str(name)?;
            for word in words {
                write!(f, ".{word}")?;
            }
            Ok(())
        };
        match self {
            Self::Stage(stages) => named("stage", &mut stages.iter().map(|stage| stage.name())),
            Self::NotStage(stages) => named("stage-not", &mut stages.iter().map(|stage| stage.name())),
            Self::Owner(Whose::Mine) => f.write_str("owner.me"),
            Self::Owner(Whose::Nobodys) => f.write_str("owner.nobody"),
            Self::Owner(Whose::Of(id)) => write!(f, "owner.{id}"),
            Self::Campus(id) => write!(f, "campus.{id}"),
            Self::Next(next) => named("next", &mut next.iter().map(|next| next.name())),
            Self::Class(id) => write!(f, "class.{id}"),
            Self::Unchanged(days) => write!(f, "unchanged.{days}"),
        }
    }
}

/// The conditions of a filter, at most [`MOST`]; none of them narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "stage.lead.trial_owner.me"))]
pub struct Conditions(pub Vec<Condition>);

impl FromStr for Conditions {
    type Err = NotAFilter;
    fn from_str(text: &str) -> Result<Self, NotAFilter> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let read = text.split('_').take(MOST + 1).map(str::parse).collect::<Result<Vec<_>, _>>()?;
        if read.len() > MOST { Err(NotAFilter) } else { Ok(Self(read)) }
    }
}
impl fmt::Display for Conditions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, condition) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("_")?;
            }
            condition.fmt(f)?;
        }
        Ok(())
    }
}
impl TryFrom<String> for Conditions {
    type Error = NotAFilter;
    fn try_from(text: String) -> Result<Self, NotAFilter> {
        text.parse()
    }
}
impl From<Conditions> for String {
    fn from(conditions: Conditions) -> Self {
        conditions.to_string()
    }
}

/// How the conditions are joined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Match {
    /// A family meets all of them.
    #[default]
    All,
    /// A family meets at least one.
    Any,
}
named!(Match);

impl Match {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::All, Self::Any];
    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
        }
    }
}

/// A filter and an order: of the list, of an export, of a saved view.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyFilter {
    /// The conditions.
    #[serde(default)]
    pub when: Conditions,
    /// How they are joined.
    #[serde(default, rename = "match")]
    pub joined: Match,
    /// Order.
    #[serde(default)]
    pub sort: FamilySort,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn every_condition_is_read_as_it_was_written() {
        let id = Uuid::from_u128(7);
        let all = Conditions(vec![
            Condition::Stage(vec![Stage::Lead, Stage::Trial]),
            Condition::NotStage(vec![Stage::Left]),
            Condition::Owner(Whose::Mine),
            Condition::Owner(Whose::Nobodys),
            Condition::Owner(Whose::Of(StaffId(id))),
            Condition::Campus(CampusId(id)),
            Condition::Next(Next::ALL.to_vec()),
            Condition::Class(ClassId(id)),
            Condition::Unchanged(30),
        ]);
        let text = all.to_string();
        assert_eq!(text.parse(), Ok(all));
        // It stands in an address as it is, and may come back through the sign-in page.
        assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)), "{text}");
        assert_eq!("stage.trial.lead".parse::<Conditions>().map(|read| read.to_string()), Ok("stage.lead.trial".into()));
        assert_eq!("".parse(), Ok(Conditions::default()));
    }

    #[test]
    fn whatever_else_is_sent_is_no_filter() {
        for text in [
            "stage",
            "stage.",
            "stage.x",
            "stage.lead.lead",
            "owner.x",
            "owner.",
            "campus.me",
            "next.lead",
            "unchanged.0",
            "unchanged.3651",
            "unchanged.-1",
            "class.7",
            "name.李",
            "phone.100",
            "guardian.phone.100",
            "stage.lead__owner.me",
            "_stage.lead",
            "t0.stage.lead",
            "stage.lead;drop",
            "student.name.x",
            "Stage.lead",
            "stage .lead",
        ] {
            assert_eq!(text.parse::<Conditions>(), Err(NotAFilter), "{text}");
        }
        let many = vec!["owner.me"; MOST + 1].join("_");
        assert_eq!(many.parse::<Conditions>(), Err(NotAFilter));
        for json in [
            r#"{"when":{"0":"owner.me","length":1}}"#,
            r#"{"when":["owner.me"]}"#,
            r#"{"when":1}"#,
            r#"{"or":"owner.me"}"#,
            r#"{"match":"or"}"#,
        ] {
            assert!(serde_json::from_str::<FamilyFilter>(json).is_err(), "{json}");
        }
    }
}
