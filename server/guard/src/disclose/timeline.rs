//! The thread of a family: its ledger as a person of today may read it, and the times of its students in classes.
//!
//! The rule: history is projected for the viewer's present roles (CVE-2026-39943 and its kin): an item names the fields that
//! these roles know of, and no item says what a field held. What concerns nobody in the viewer's reach makes no item.
//! Deliberately absent: what notes say, which the card has.

use super::ledger::{Kept, line, people};
use crate::{
    policy::{Policy, View},
    records::{FamilyRecord, StudentRecord},
    viewer::Viewer,
};
use chrono::{NaiveDate, TimeDelta};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::NoteId,
    rights::{Exposure, Reveal},
    wire::{
        ledger::{Action, LedgerLine},
        timeline::{Timeline, TimelineItem, TimelineKind},
    },
};
use std::{cmp::Reverse, fmt, str::FromStr};

/// The time zone of the school, +08:00 without daylight saving time.
const SCHOOL: TimeDelta = TimeDelta::hours(8);

/// How many entries of the trail a stretch of the thread is made of.
pub const LINES: usize = 40;

/// Where a stretch ends and the next begins: after this entry, of this day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The number of the entry.
    pub seq: i64,
    /// Its day at the school.
    pub day: NaiveDate,
}

impl Place {
    /// The place of an entry.
    #[must_use]
    pub fn of(kept: &Kept) -> Self {
        Self { seq: kept.seq, day: (kept.entry.at() + SCHOOL).date_naive() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.seq, self.day)
    }
}

impl FromStr for Place {
    type Err = NoPlace;
    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (seq, day) = text.split_once('.').ok_or(NoPlace)?;
        Ok(Self { seq: seq.parse().map_err(|_| NoPlace)?, day: day.parse().map_err(|_| NoPlace)? })
    }
}

/// A text that names no place of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no place of a thread")]
pub struct NoPlace;

/// A stretch of the thread: entries as they are kept, newest first, and the days of classes that lie between them.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'k> {
    /// What it is narrowed to.
    pub kind: TimelineKind,
    /// The entries.
    pub kept: &'k [Kept],
    /// Where it begins; none at the beginning, where days to come are told too.
    pub from: Option<Place>,
    /// Where the next one begins; none at the end.
    pub next: Option<Place>,
}

impl<'k> Stretch<'k> {
    /// The newest [`LINES`] entries, unnarrowed.
    #[must_use]
    pub fn newest(kept: &'k [Kept]) -> Self {
        let next = kept.last().filter(|_| kept.len() >= LINES).map(Place::of);
        Self { kind: TimelineKind::All, kept, from: None, next }
    }
}

/// Whether an entry belongs to a kind.
#[must_use]
pub fn belongs(kept: &Kept, kind: TimelineKind) -> bool {
    let writes = matches!(kept.entry.action(), Action::Created | Action::Changed);
    let note = kept.entry.record().is_some_and(|record| record.kind == RecordKind::Note);
    match kind {
        TimelineKind::All => true,
        TimelineKind::Notes => writes && note,
        TimelineKind::Changes => writes && !note,
        TimelineKind::Looks => !writes,
    }
}

/// The actions of a kind, for a read that is narrowed by them; whatever else it brings, [`belongs`] decides.
#[must_use]
pub fn actions(kind: TimelineKind) -> Vec<Action> {
    let writes = [Action::Created, Action::Changed];
    match kind {
        TimelineKind::All => Vec::new(),
        TimelineKind::Notes => vec![Action::Created],
        TimelineKind::Changes => writes.to_vec(),
        TimelineKind::Looks => Action::ALL.iter().copied().filter(|action| !writes.contains(action)).collect(),
    }
}

pub(crate) fn stretch(policy: &Policy, viewer: &Viewer, record: &FamilyRecord, stretch: Stretch<'_>) -> Timeline {
    let people = people(record);
    let view = policy.view(viewer, &record.family.facts);
    let entry = |kept: &Kept| {
        let line = line(kept, Some(&people))?;
        let note = kept.entry.record().filter(|about| about.kind == RecordKind::Note && kept.entry.action() == Action::Created);
        let item = TimelineItem::Entry {
            line: projected(line, &view),
            note: note.map(|about| NoteId(about.id)),
            moved: kept.entry.moved().cloned(),
        };
        Some((Place::of(kept).day, item))
    };
    let mut items: Vec<(NaiveDate, TimelineItem)> =
        stretch.kept.iter().filter(|kept| belongs(kept, stretch.kind)).filter_map(entry).collect();
    if matches!(stretch.kind, TimelineKind::All | TimelineKind::Changes) {
        let within = |day: &NaiveDate| stretch.from.is_none_or(|from| *day <= from.day) && stretch.next.is_none_or(|next| *day > next.day);
        items.extend(record.students.iter().flat_map(times).filter(|(day, _)| within(day)));
        // Stable: the entries of a day stay as they are, before what is only known by the day.
        items.sort_by_key(|(day, _)| Reverse(*day));
    }
    Timeline { items: items.into_iter().map(|(_, item)| item).collect(), next: stretch.next.map(|next| next.to_string()) }
}

/// The days on which a student began and left classes.
fn times(student: &StudentRecord) -> impl Iterator<Item = (NaiveDate, TimelineItem)> {
    student.enrolments.iter().flat_map(|enrolment| {
        let item = |day, left| (day, TimelineItem::Class { day, student: student.id, class: enrolment.class.clone(), left });
        std::iter::once(item(enrolment.starts, false)).chain(enrolment.ends.map(|day| item(day, true)))
    })
}

/// A line without the fields that the viewer's roles know nothing of; the words of a reason go with the last of them.
fn projected(mut line: LedgerLine, view: &View<'_>) -> LedgerLine {
    let before = line.looks.len();
    line.looks.retain(|look| knows(view, look.field));
    if before > 0
        && line.looks.is_empty()
        && let Some(reason) = &mut line.reason
    {
        reason.text.clear();
    }
    line
}

/// Whether a field is more than a gap to the viewer: seen in any form, written, or opened on demand.
fn knows(view: &View<'_>, field: FieldKey) -> bool {
    view.exposure(field) > Exposure::Withheld || view.edit(field) || view.reveal(field) != Reveal::No
}
