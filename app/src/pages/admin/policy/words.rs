//! A cell of the matrix in words, and a moment at the school.

use crate::{
    text::{Lang, Text, Word, admin, lang, t},
    time,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{Cell, Exposure, FieldKey, Reveal};

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
/// Record and field, since names are shared by records; reactive.
pub fn full(field: FieldKey) -> String {
    format!("{} · {}", t(field.record().word()), t(field.word()))
}
/// A moment at the school (+08:00), wherever the reader is: `2026-03-04 08:00`.
pub fn school_moment(at: DateTime<Utc>) -> String {
    time::machine(at + TimeDelta::hours(8)).chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}
