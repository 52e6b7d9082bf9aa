//! Alarms: who reads them, who looks into them, who changes what is watched for.
//!
//! The rule: nobody looks into an alarm about themselves, and what is typed about one lies sealed and leaves without numbers and
//! addresses. The rules are changed by whoever keeps the field matrix, and that raises an alarm of its own. Deliberately absent:
//! families; an alarm has none.

use super::Gate;
use crate::{
    disclose::Disclosed,
    refused::Refused,
    trail::{By, Entry, RecordRef},
    vault::SealedLabel,
    viewer::{Actor, FreshViewer, Viewer},
};
use chrono::{DateTime, Utc};
use contract::{
    error::{FieldError, ValueError},
    field::RecordKind,
    ids::{AlarmId, StaffId},
    rights::Duty,
    wire::{
        Page,
        alarms::{AlarmCard, AlarmClosing, AlarmMark, AlarmState, Answer, Outcome, Rule, RuleSetting, WORDS_LENGTH},
        ledger::Action,
        school::StaffRef,
    },
};

/// An alarm as it lies in the store.
#[derive(Debug, Clone)]
pub struct AlarmRecord {
    /// The alarm.
    pub id: AlarmId,
    /// By which rule.
    pub rule: Rule,
    /// About whom, where it is about somebody, and their working name where they have one.
    pub about: Option<(Actor, Option<String>)>,
    /// When the first of it was.
    pub first_at: DateTime<Utc>,
    /// When the last was.
    pub last_at: DateTime<Utc>,
    /// How much was counted.
    pub count: u32,
    /// The numbers of the trail.
    pub evidence: Vec<i64>,
    /// How far it has come.
    pub state: AlarmState,
    /// Who looks into it, or did.
    pub owner: Option<StaffRef>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// In which words.
    pub words: Option<SealedLabel>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// What was done by itself.
    pub answer: Answer,
    /// Whether that was taken back.
    pub undone: bool,
}

impl AlarmRecord {
    /// The member of staff whom it is about.
    #[must_use]
    pub fn staff(&self) -> Option<StaffId> {
        match self.about {
            Some((Actor::Staff(id), _)) => Some(id),
            Some((Actor::Guardian(_), _)) | None => None,
        }
    }
    fn is_own(&self, viewer: &Viewer) -> bool {
        self.staff().is_some() && self.staff() == viewer.staff()
    }
    fn is_undoable(&self, now: DateTime<Utc>) -> bool {
        let lasts = match self.answer {
            Answer::Freeze => true,
            // An hour after it was raised, which stands in its id, or after the last hit, it is over by itself.
            Answer::SlowDown => {
                let raised = self.id.0.get_timestamp().and_then(|at| i64::try_from(at.to_unix().0).ok()).unwrap_or_default();
                now.timestamp().saturating_sub(raised.max(self.last_at.timestamp())) < 3_600
            }
            Answer::Nothing | Answer::StepUp | Answer::EndSessions => false,
        };
        lasts && !self.undone
    }
}

/// An alarm that is closed, with the entry that commits together with it.
#[derive(Debug)]
pub struct AlarmClosed {
    /// The alarm.
    pub id: AlarmId,
    /// By whom.
    pub by: StaffId,
    /// What came of it.
    pub outcome: Outcome,
    /// In which words.
    pub words: SealedLabel,
    /// The entry.
    pub entry: Entry,
}

impl Gate {
    /// A page of alarms.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty, [`Refused::Broken`].
    pub fn alarms(&self, viewer: &Viewer, records: &[AlarmRecord], next: Option<String>) -> Result<Disclosed<Page<AlarmCard>>, Refused> {
        watches(viewer)?;
        let items = records.iter().map(|record| self.alarm_card(viewer, record)).collect::<Result<_, _>>()?;
        Ok(Disclosed::recorded(Page { items, next, total: None, shown_as: viewer.roles().into() }))
    }

    /// One alarm.
    ///
    /// # Errors
    /// As [`Gate::alarms`].
    pub fn alarm(&self, viewer: &Viewer, record: &AlarmRecord) -> Result<Disclosed<AlarmCard>, Refused> {
        watches(viewer)?;
        Ok(Disclosed::recorded(self.alarm_card(viewer, record)?))
    }

    /// The entry of somebody who looks into an alarm from now on.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty, or where it is about the viewer.
    pub fn take_alarm(&self, viewer: &Viewer, record: &AlarmRecord) -> Result<(StaffId, Entry), Refused> {
        let by = looks_into(viewer, record)?;
        Ok((by, entry(viewer, record, Action::AlarmTaken)))
    }

    /// Closes an alarm.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty, or where it is about the viewer; [`Refused::Fields`] without words.
    pub fn close_alarm(&self, viewer: &Viewer, record: &AlarmRecord, wish: &AlarmClosing) -> Result<AlarmClosed, Refused> {
        let by = looks_into(viewer, record)?;
        let words = said(&wish.words, WORDS_LENGTH)?;
        let words = self.vault.seal_label(record.id.0, words)?;
        Ok(AlarmClosed { id: record.id, by, outcome: wish.outcome, words, entry: entry(viewer, record, Action::AlarmClosed) })
    }

    /// The entries that commit together with letting somebody in again whom an alarm had suspended: of the alarm, and of them. Where it
    /// had slowed them down, the first alone.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty, or where it is about the viewer; [`Refused::NotFound`] where nothing can be taken back.
    pub fn undo_alarm(&self, by: &FreshViewer<'_>, record: &AlarmRecord) -> Result<(StaffId, [Entry; 2]), Refused> {
        let viewer = by.viewer();
        looks_into(viewer, record)?;
        let about = record.staff().filter(|_| record.is_undoable(viewer.now())).ok_or(Refused::NotFound)?;
        Ok((about, [Action::AlarmUndone, Action::StaffRestored].map(|action| entry(viewer, record, action))))
    }

    /// The entry of a rule that is set anew.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] for whoever does not keep the field matrix; [`Refused::Fields`] for numbers that cannot be watched by, and
    /// for what this rule cannot be set to.
    pub fn tune_watch(&self, by: &FreshViewer<'_>, rule: Rule, setting: RuleSetting) -> Result<Entry, Refused> {
        let entry = self.change_watch(by)?;
        let held = rule.holding(setting);
        let wrong = |at: &str| Err(Refused::Fields(vec![FieldError { at: at.into(), code: ValueError::Malformed }]));
        if !setting.is_possible() || held.threshold != setting.threshold {
            return wrong("threshold");
        }
        if held.on != setting.on {
            return wrong("on");
        }
        if held.answer != setting.answer {
            return wrong("answer");
        }
        Ok(entry)
    }

    /// The entry of whatever changes what is watched for, such as a honey record.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] for whoever does not keep the field matrix.
    pub fn change_watch(&self, by: &FreshViewer<'_>) -> Result<Entry, Refused> {
        let viewer = by.viewer();
        if !viewer.has_duty(Duty::KeepPolicy) {
            return Err(Refused::Forbidden);
        }
        Ok(Entry::event(viewer.now(), By::viewer(viewer), Action::WatchChanged))
    }

    fn alarm_card(&self, viewer: &Viewer, record: &AlarmRecord) -> Result<AlarmCard, Refused> {
        let words = record.words.as_ref().map(|words| self.vault.show_label(record.id.0, words)).transpose()?;
        Ok(AlarmCard {
            id: record.id,
            rule: record.rule,
            severity: record.rule.severity(),
            who: record.about.as_ref().and_then(|(_, name)| name.clone()),
            guardian: matches!(record.about, Some((Actor::Guardian(_), _))),
            own: record.is_own(viewer),
            first_at: record.first_at,
            last_at: record.last_at,
            count: record.count,
            evidence: record.evidence.clone(),
            state: record.state,
            owner: record.owner.as_ref().map(|owner| owner.name.clone()),
            outcome: record.outcome,
            words,
            closed_at: record.closed_at,
            answer: record.answer,
            undoable: record.is_undoable(viewer.now()) && !record.is_own(viewer),
        })
    }
}

/// The entry of an alarm that the watch raised about somebody, or counted more to, or of what it did then: nobody's act.
#[must_use]
pub fn of_the_watch(at: DateTime<Utc>, about: Option<Actor>, action: Action) -> Entry {
    let entry = Entry::event(at, By::nobody(), action);
    match about {
        Some(Actor::Staff(id)) => entry.about(RecordRef { kind: RecordKind::Staff, id: id.0 }),
        // A guardian's ledger is the family's, and an alarm is none of its lines.
        Some(Actor::Guardian(_)) | None => entry,
    }
}

/// Words that somebody typed, of this many characters at the most.
pub(super) fn said(words: &str, length: usize) -> Result<&str, Refused> {
    let words = words.trim();
    let wrong = |code| Err(Refused::Fields(vec![FieldError { at: "words".into(), code }]));
    if words.is_empty() {
        return wrong(ValueError::Required);
    }
    if words.chars().count() > length {
        return wrong(ValueError::TooLong);
    }
    if words.chars().any(|letter| letter.is_control() && letter != '\n') {
        return wrong(ValueError::Malformed);
    }
    Ok(words)
}

fn watches(viewer: &Viewer) -> Result<(), Refused> {
    if viewer.has_duty(Duty::Watch) { Ok(()) } else { Err(Refused::Forbidden) }
}

fn looks_into(viewer: &Viewer, record: &AlarmRecord) -> Result<StaffId, Refused> {
    watches(viewer)?;
    viewer.staff().filter(|_| !record.is_own(viewer)).ok_or(Refused::Forbidden)
}

fn entry(viewer: &Viewer, record: &AlarmRecord, action: Action) -> Entry {
    let entry = Entry::event(viewer.now(), By::viewer(viewer), action).of_alarm(AlarmMark { id: record.id, rule: record.rule });
    match record.staff() {
        Some(id) => entry.about(RecordRef { kind: RecordKind::Staff, id: id.0 }),
        None => entry,
    }
}
