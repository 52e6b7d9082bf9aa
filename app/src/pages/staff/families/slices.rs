//! The rows of a long list, a few between two frames.
//!
//! The rule: rows that stand are left alone while more are drawn, and a press never waits for more than one slice. Nothing is
//! left out on paper: before printing all of them are drawn. Deliberately absent: taking rows away that are out of sight, which
//! would take them from the focus, from a screen reader and from the browser's own search.

use super::answer::Answer;
use crate::text::{Lang, lang};
use contract::{
    ids::FamilyId,
    wire::{families::FamilyRow, views::Column},
};
use leptos::{ev, prelude::*};
use std::{
    collections::VecDeque,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// As many rows as a slow device draws in half of the time in which a press feels answered.
const ROWS: usize = 4;
/// The first slices of a list that nobody has seen yet stand at once: they fill the screen of a laptop.
const AT_ONCE: usize = 3;

static SERIAL: AtomicU32 = AtomicU32::new(0);

/// Some rows of an answer that stand one below another.
#[derive(Clone)]
pub struct Slice {
    key: u32,
    answer: Answer,
    at: usize,
}

impl Slice {
    fn of(answer: &Answer) -> impl Iterator<Item = Self> {
        let pieces = answer.items.len().div_ceil(ROWS);
        (0..pieces).map(move |at| Self { key: SERIAL.fetch_add(1, Ordering::Relaxed), answer: answer.clone(), at })
    }
    /// No other slice has it.
    pub const fn key(&self) -> u32 {
        self.key
    }
    /// The rows.
    pub fn rows(&self) -> &[FamilyRow] {
        self.answer.items.chunks(ROWS).nth(self.at).unwrap_or_default()
    }
}

/// What is drawn, and what is still to come.
#[derive(Clone, Copy)]
pub struct Slices {
    drawn: RwSignal<Vec<Slice>>,
    coming: RwSignal<VecDeque<Slice>>,
    /// Whether the next frame has been asked for.
    awaited: StoredValue<bool>,
    /// Whether what is drawn gives way to what comes next. It stands until then: a press that brings another answer about, such
    /// as the end of a search, is answered before the rows are drawn.
    outdated: StoredValue<bool>,
}

impl Slices {
    /// Follows the answers, and the language and the columns, in which every row is drawn anew.
    pub fn new(answers: Signal<Vec<Answer>>, columns: RwSignal<Vec<Column>>) -> Self {
        let slices = Self {
            drawn: RwSignal::new(Vec::new()),
            coming: RwSignal::new(VecDeque::new()),
            awaited: StoredValue::new(false),
            outdated: StoredValue::new(false),
        };
        Effect::new(move |before: Option<(Lang, Vec<Column>, Vec<Answer>)>| {
            let now = (lang(), columns.get(), answers.get());
            let stands = |(lang, columns, answers): &(Lang, Vec<Column>, Vec<Answer>)| {
                *lang == now.0 && *columns == now.1 && now.2.starts_with(answers)
            };
            let stand = before.filter(stands).map_or(0, |(.., stand)| stand.len());
            let mut more: VecDeque<Slice> = now.2.iter().skip(stand).flat_map(Slice::of).collect();
            if stand > 0 {
                slices.coming.update(|coming| coming.append(&mut more));
            } else if slices.drawn.with_untracked(Vec::is_empty) {
                slices.coming.set(more.split_off(AT_ONCE.min(more.len())));
                slices.drawn.set(more.into());
            } else {
                slices.coming.set(more);
                slices.outdated.set_value(true);
            }
            slices.await_frame();
            now
        });
        let printing = window_event_listener(ev::Custom::<web_sys::Event>::new("beforeprint"), move |_| slices.draw_all());
        on_cleanup(move || printing.remove());
        slices
    }
    /// What is drawn; reactive.
    pub fn drawn(self) -> Vec<Slice> {
        self.drawn.get()
    }
    /// Draws the slice of a family anew, and leaves the others alone.
    pub fn refresh(self, family: FamilyId) {
        self.drawn.update(|drawn| {
            for slice in drawn.iter_mut().filter(|slice| slice.rows().iter().any(|row| row.id == family)) {
                slice.key = SERIAL.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    /// How many rows are still to come; reactive.
    pub fn rows_to_come(self) -> usize {
        self.coming.with(|coming| coming.iter().map(|slice| slice.rows().len()).sum())
    }
    /// One slice after the next frame: what a frame runs before it paints belongs to the press that the paint answers.
    fn await_frame(self) {
        if !self.awaited.get_value() && !self.coming.with_untracked(VecDeque::is_empty) {
            self.awaited.set_value(true);
            request_animation_frame(move || set_timeout(move || self.draw_next(), Duration::ZERO));
        }
    }
    fn draw_next(self) {
        // Nothing is there any more when the page was left meanwhile.
        if self.awaited.try_set_value(false).is_some() {
            return;
        }
        if let Some(Some(next)) = self.coming.try_update(VecDeque::pop_front) {
            self.draw(std::iter::once(next));
            self.await_frame();
        }
    }
    fn draw_all(self) {
        if let Some(coming) = self.coming.try_update(std::mem::take) {
            self.draw(coming);
        }
    }
    fn draw(self, slices: impl IntoIterator<Item = Slice>) {
        let outdated = self.outdated.get_value();
        self.outdated.set_value(false);
        self.drawn.update(|drawn| {
            if outdated {
                drawn.clear();
            }
            drawn.extend(slices);
        });
    }
}
