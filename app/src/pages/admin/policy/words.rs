//! A cell of the matrix in words, a condition, and a moment at the school.

use crate::{
    text::{Lang, Text, Word, admin, comma, fill, lang, matrix, t},
    time,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    Cell, Condition, Exposure, FieldKey, Reveal,
    condition::{Day, Hours, TimeOfDay},
    wire::policy::PolicyRole,
};

/// The class for an exposure.
pub const fn class(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Clear => "cell cell--clear",
        Exposure::Masked => "cell cell--masked",
        Exposure::Withheld => "cell cell--withheld",
    }
}
/// The tag that says whether the cell can be opened.
pub const fn tag(reveal: Reveal) -> Option<Text> {
    match reveal {
        Reveal::No => None,
        Reveal::WithReason => Some(admin::TAG_REASON),
        Reveal::WithApproval => Some(admin::TAG_APPROVAL),
    }
}
/// Everything a cell says; reactive.
pub fn all(cell: Cell) -> String {
    let mut words = vec![t(cell.exposure.word())];
    if cell.reveal != Reveal::No {
        words.push(t(cell.reveal.word()));
    }
    for (may, word) in [(cell.edit, admin::CAN_EDIT), (cell.search, admin::CAN_SEARCH), (cell.export, admin::CAN_EXPORT)] {
        if may {
            words.push(t(word));
        }
    }
    words.join(match lang() {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}
/// A day of the week.
pub const fn day(day: Day) -> Text {
    match day {
        Day::Monday => matrix::MONDAY,
        Day::Tuesday => matrix::TUESDAY,
        Day::Wednesday => matrix::WEDNESDAY,
        Day::Thursday => matrix::THURSDAY,
        Day::Friday => matrix::FRIDAY,
        Day::Saturday => matrix::SATURDAY,
        Day::Sunday => matrix::SUNDAY,
    }
}
/// `7:00`, without the zero that a clock does not say.
fn clock(time: TimeOfDay) -> String {
    let text = time.to_string();
    text.strip_prefix('0').map_or(text.clone(), str::to_owned)
}
/// `周一至周五 7:00–20:00`; reactive.
fn hours(hours: &Hours) -> String {
    let days = match hours.days() {
        days if days.len() == Day::ALL.len() => t(matrix::EVERY_DAY).to_owned(),
        [first, .., last] if hours.days().len() > 2 && is_run(hours.days()) => {
            fill(matrix::DAYS, &[("first", t(day(*first))), ("last", t(day(*last)))])
        }
        days => days.iter().map(|one| t(day(*one))).collect::<Vec<_>>().join(comma()),
    };
    format!("{days} {}–{}", clock(hours.begins()), clock(hours.ends()))
}
/// Whether each day follows the one before.
fn is_run(days: &[Day]) -> bool {
    Day::ALL.windows(days.len()).any(|run| run == days)
}
/// When a role counts in full: `随时`, or `周一至周五 7:00–20:00 · 限 203.0.113.0/24`; reactive.
pub fn condition(condition: &Condition) -> String {
    let networks: Vec<String> = condition.networks().iter().map(ToString::to_string).collect();
    let from = (!networks.is_empty()).then(|| fill(matrix::FROM_NETWORKS, &[("networks", &networks.join(comma()))]));
    let parts: Vec<String> = condition.hours().map(hours).into_iter().chain(from).collect();
    if parts.is_empty() { t(matrix::ALWAYS).to_owned() } else { parts.join(" · ") }
}
/// What a role of the school's own is called, in both languages; reactive.
pub fn name(role: &PolicyRole) -> String {
    if role.is_unnamed() { t(matrix::ROLE_NONE).to_owned() } else { format!("{} · {}", role.zh, role.en) }
}
/// Record and field, since names are shared by records; reactive.
pub fn full(field: FieldKey) -> String {
    format!("{} · {}", t(field.record().word()), t(field.word()))
}
/// A moment at the school (+08:00), wherever the reader is: `2026-03-04 08:00`.
pub fn school_moment(at: DateTime<Utc>) -> String {
    time::machine(at + TimeDelta::hours(8)).chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}
