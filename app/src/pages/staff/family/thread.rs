//! The thread of a family: notes, changes, classes and looks, newest first, narrowed by a press.
//!
//! The rule: the card brings the newest stretch with it; what comes later is asked for alone, so that nobody is looked at again
//! because somebody was looked at. An item that stands is left alone while others come. Deliberately absent: what notes say in
//! the thread's own answers; the card has it.

use super::{super::log::entry, part};
use crate::{
    api::{self, ApiError},
    routes::rel,
    text::{Text, fill, live, staff, t},
    time,
    ui::{
        Button, ButtonKind, Chip, Failure, Loader, RevealTarget, Sealed, ShownValue,
        kept::{each_kept, kept},
    },
};
use chrono::NaiveDate;
use contract::{
    FieldKey,
    wire::{
        families::FamilyCard,
        notes::NoteCard,
        timeline::{Timeline, TimelineItem, TimelineKind},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// What is shown of the thread, and its coming.
#[derive(Clone, Copy)]
pub struct Thread {
    family: Loader<FamilyCard>,
    kind: RwSignal<TimelineKind>,
    shown: RwSignal<Timeline>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<ApiError>>,
}

/// Which stretch is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The newest, in the place of what is shown.
    Newest,
    /// What came since, before what is shown.
    News,
    /// What is older, after it.
    Older,
}

impl Thread {
    /// Follows the card.
    pub fn new(family: Loader<FamilyCard>) -> Self {
        let thread = Self {
            family,
            kind: RwSignal::new(TimelineKind::All),
            shown: RwSignal::new(Timeline::default()),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        };
        let newest = part(family, |family| family.timeline.clone());
        Effect::new(move || {
            let Some(timeline) = newest.get() else { return };
            if thread.kind.get_untracked() == TimelineKind::All { thread.shown.set(timeline) } else { thread.read(Wanted::News) }
        });
        thread
    }
    /// Asks what has happened since; after a look, and after a change whose answer did not say it.
    pub fn news(self) {
        self.read(Wanted::News);
    }
    fn narrow(self, kind: TimelineKind) {
        self.kind.set(kind);
        self.read(Wanted::Newest);
    }
    fn read(self, wanted: Wanted) {
        let Some(id) = self.family.now().map(|family| family.id) else { return };
        let kind = self.kind.get_untracked();
        let after = match wanted {
            Wanted::Older => self.shown.with_untracked(|shown| shown.next.clone()),
            Wanted::Newest | Wanted::News => None,
        };
        self.busy.set(true);
        spawn_local(async move {
            let answer = api::families::timeline(id, kind, after).await;
            // Another narrowing, or the page is gone.
            if self.kind.try_get_untracked() != Some(kind) || self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(stretch) => {
                    self.failure.set(None);
                    self.shown.update(|shown| take(shown, stretch, wanted));
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }
}

fn take(shown: &mut Timeline, stretch: Timeline, wanted: Wanted) {
    match wanted {
        Wanted::Newest => *shown = stretch,
        Wanted::Older => {
            shown.items.extend(stretch.items);
            shown.next = stretch.next;
        }
        Wanted::News => {
            let known = shown.items.iter().find_map(seq).unwrap_or_default();
            let news = stretch.items.into_iter().filter(|item| seq(item).is_some_and(|seq| seq > known));
            // Days to come stand before everything that has happened.
            let at = shown.items.iter().position(|item| seq(item).is_some()).unwrap_or_default();
            shown.items.splice(at..at, news);
        }
    }
}

const fn seq(item: &TimelineItem) -> Option<i64> {
    match item {
        TimelineItem::Entry { line, .. } => Some(line.seq),
        TimelineItem::Class { .. } => None,
    }
}

fn day(item: &TimelineItem) -> NaiveDate {
    match item {
        TimelineItem::Entry { line, .. } => time::date_of(line.at),
        TimelineItem::Class { day, .. } => *day,
    }
}

/// What stands in the list: a day, or something that happened on it.
#[derive(Clone)]
enum Line {
    Day(NaiveDate),
    Item(TimelineItem),
}

impl Line {
    fn key(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Item(TimelineItem::Entry { line, .. }) => line.seq.to_string(),
            Self::Item(TimelineItem::Class { day, student, class, left }) => format!("{day}{student}{}{left}", class.id),
        }
    }
}

fn lines(items: Vec<TimelineItem>) -> Vec<Line> {
    let mut lines = Vec::with_capacity(items.len());
    let mut last = None;
    for item in items {
        let day = day(&item);
        if last.replace(day) != Some(day) {
            lines.push(Line::Day(day));
        }
        lines.push(Line::Item(item));
    }
    lines
}

const fn word(kind: TimelineKind) -> Text {
    match kind {
        TimelineKind::All => staff::EVERYTHING,
        TimelineKind::Notes => staff::NOTES,
        TimelineKind::Changes => staff::CHANGES,
        TimelineKind::Looks => staff::LOOKS,
    }
}

const fn nothing(kind: TimelineKind) -> Text {
    match kind {
        TimelineKind::Notes => staff::NO_NOTES,
        TimelineKind::Looks => staff::LEDGER_EMPTY,
        TimelineKind::All | TimelineKind::Changes => staff::NO_CHANGES,
    }
}

/// Chips, the lines, and a button for older ones.
pub fn draw(thread: Thread) -> AnyView {
    let Thread { family, kind, shown, busy, failure } = thread;
    let on_opened = Callback::new(move |()| thread.news());
    let chips = TimelineKind::ALL.iter().map(|one| {
        let one = *one;
        view! { <Chip pressed=Signal::derive(move || kind.get() == one) on_click=move |()| thread.narrow(one)>{move || t(word(one))}</Chip> }
    });
    let one = move |line: Line| {
        kept(line.key(), move || match line {
            Line::Day(day) => view! { <li class="log__day">{move || time::day(day)}</li> }.into_any(),
            Line::Item(item) => self::item(item, family, on_opened),
        })
    };
    view! {
        <div class="chips" role="group" aria-label=live(staff::FILTERS)>{chips.collect_view()}</div>
        {move || (kind.get() == TimelineKind::Looks).then(|| view! { <p class="faint">{t(staff::LEDGER_NOTE)}</p> })}
        {move || failure.get().map(|error| view! { <Failure error again=move |()| thread.read(Wanted::Newest) /> })}
        {move || (shown.with(|shown| shown.items.is_empty()) && !busy.get()).then(|| view! { <p class="muted">{t(nothing(kind.get()))}</p> })}
        <ol class="log__list" aria-busy=move || busy.get().to_string()>
            {each_kept(Box::new(move || lines(shown.get().items).into_iter().map(one).collect()))}
        </ol>
        {move || shown.with(|shown| shown.next.is_some()).then(|| view! {
            <div class="row no-print"><Button kind=ButtonKind::Quiet busy on_click=move |()| thread.read(Wanted::Older)>{live(staff::OLDER)}</Button></div>
        })}
    }
    .into_any()
}

fn item(item: TimelineItem, family: Loader<FamilyCard>, on_opened: Callback<()>) -> AnyView {
    match item {
        TimelineItem::Entry { line, note: None, moved } => entry(line, moved, time::clock),
        TimelineItem::Entry { line, note: Some(id), .. } => {
            match family.now().and_then(|family| family.notes.into_iter().find(|note| note.id == id)) {
                Some(note) => self::note(note, on_opened),
                // Somebody else wrote it after the card was read.
                None => view! {
                    <li class="log__item log__item--write">
                        <p>{move || fill(staff::NOTE_BY, &[("who", &line.who)])}</p>
                        <Button class="button--small" on_click=move |()| family.reload()>{live(staff::SHOW_NOTE)}</Button>
                    </li>
                }
                .into_any(),
            }
        }
        TimelineItem::Class { student, class, left, .. } => {
            let name =
                family.now().and_then(|family| family.students.into_iter().find(|card| card.id == student)).map(|card| card.name.to_text());
            let href = format!("/classes/{}", class.id);
            view! {
                <li class="log__item">
                    <p>
                        {name.map(|value| view! { <ShownValue value /> })} " "
                        {move || t(if left { staff::LEFT_CLASS } else { staff::JOINED_CLASS })} " "
                        <a class="link" href=href.clone() rel=rel(&href)>{class.name}</a>
                    </p>
                </li>
            }
            .into_any()
        }
    }
}

fn note(note: NoteCard, on_opened: Callback<()>) -> AnyView {
    let NoteCard { id, at, by, body, next_contact, can } = note;
    view! {
        <li class="log__item log__item--note">
            <p class="log__words"><Sealed target=RevealTarget::Note(id) field=FieldKey::NoteBody value=body.to_text() can on_opened /></p>
            <p class="log__meta">
                {by.name} " · " <time datetime=time::machine(at)>{move || time::clock(at)}</time>
                {next_contact.map(|day| view! { " · " <span class="nowrap">{move || fill(staff::NEXT_ON, &[("day", &time::day(day))])}</span> })}
            </p>
        </li>
    }
    .into_any()
}
