//! Emergency access: asking, opening, refusing, ending.
//!
//! The rule: whoever opens is another person than whoever asks, has the duty to approve and proves presence a moment before. The three
//! offices cannot ask, and for none of them is one opened: who keeps, decides about or checks the system reaches no family, in an
//! emergency neither. Every step is in the trail, and opening is an alarm. Deliberately absent: a value; what the role of emergencies sees is the matrix's to say.

use super::{Gate, reveal::reason};
use crate::{
    disclose::Disclosed,
    emergency::{EmergencyAsk, EmergencyWrite},
    records::EmergencyRecord,
    refused::Refused,
    trail::{By, Entry, RecordRef},
    viewer::{FreshViewer, Viewer},
};
use chrono::TimeDelta;
use contract::{
    field::RecordKind,
    ids::{EmergencyId, StaffId},
    rights::Duty,
    wire::{
        emergencies::{Emergencies, Emergency, EmergencyDecision, EmergencyState, MINUTES, NewEmergency},
        ledger::Action,
        reveals::{Reason, ReasonCode},
    },
};
use uuid::Uuid;

/// For how long a request waits: an emergency that can wait longer is none.
const WAITS: TimeDelta = TimeDelta::hours(1);
/// What can still be ended.
const RUNNING: &[EmergencyState] = &[EmergencyState::Asked, EmergencyState::Open];

impl Gate {
    /// Asks for emergency access.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] for the three offices and for whoever belongs to no campus; [`Refused::Fields`] for words that say nothing.
    pub fn ask_emergency(&self, viewer: &Viewer, wish: &NewEmergency) -> Result<EmergencyAsk, Refused> {
        let by = may_ask(viewer).ok_or(Refused::Forbidden)?;
        let why = reason(&Reason { code: ReasonCode::Other, text: wish.why.clone() }, "why")?;
        let entry = entry(viewer, Action::EmergencyAsked, by).because(why);
        Ok(EmergencyAsk { id: EmergencyId(Uuid::now_v7()), by, until: viewer.now() + WAITS, entry })
    }

    /// Opens or refuses somebody else's.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for one's own; [`Refused::Forbidden`] without the duty; [`Refused::Lapsed`] where it no longer waits, or
    /// whoever asked has no access by now or has one of the three offices.
    pub fn decide_emergency(
        &self,
        by: FreshViewer<'_>,
        record: &EmergencyRecord,
        wish: EmergencyDecision,
    ) -> Result<EmergencyWrite, Refused> {
        let viewer = by.viewer();
        let me = viewer.staff().filter(|_| viewer.has_duty(Duty::Approve)).ok_or(Refused::Forbidden)?;
        let of = record.by.who.id;
        if of == me {
            return Err(Refused::NotFound);
        }
        if record.state_at(viewer.now()) != EmergencyState::Asked {
            return Err(Refused::Lapsed);
        }
        let may_have_it = !record.by.roles.is_empty() && record.by.roles.of_three() == 0;
        if wish.open && !may_have_it {
            return Err(Refused::Lapsed);
        }
        let (to, until, action) = if wish.open {
            (EmergencyState::Open, Some(viewer.now() + TimeDelta::minutes(MINUTES)), Action::EmergencyOpened)
        } else {
            (EmergencyState::Refused, None, Action::EmergencyClosed)
        };
        let entry = entry(viewer, action, of);
        Ok(EmergencyWrite { id: record.id, of, from: &[EmergencyState::Asked], to, until, decided_by: Some(me), entry })
    }

    /// Takes one's own back, or ends one that is open.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for whom it does not concern; [`Refused::Lapsed`] where nothing is left to end.
    pub fn end_emergency(&self, viewer: &Viewer, record: &EmergencyRecord) -> Result<EmergencyWrite, Refused> {
        if !concerns(viewer, record) {
            return Err(Refused::NotFound);
        }
        if !may_end(viewer, record) {
            return Err(Refused::Lapsed);
        }
        let of = record.by.who.id;
        let entry = entry(viewer, Action::EmergencyClosed, of);
        Ok(EmergencyWrite { id: record.id, of, from: RUNNING, to: EmergencyState::Ended, until: None, decided_by: None, entry })
    }

    /// Whose emergencies `viewer` may know of: everybody's with the duty to approve or to watch, else the own ones.
    #[must_use]
    pub fn emergencies_of(&self, viewer: &Viewer) -> Option<StaffId> {
        viewer.staff().filter(|_| !decides_or_watches(viewer))
    }

    /// The emergencies as `viewer` reads them.
    pub fn emergencies(&self, viewer: &Viewer, records: &[EmergencyRecord]) -> Disclosed<Emergencies> {
        let shown: Vec<Emergency> = records.iter().filter(|record| concerns(viewer, record)).map(|record| shown(viewer, record)).collect();
        let running = shown.iter().any(|one| one.own && RUNNING.contains(&one.state));
        // The words have lost their numbers and addresses; the rest is plain facts of the school.
        Disclosed::recorded(Emergencies { may_ask: may_ask(viewer).is_some() && !running, items: shown })
    }
}

fn decides_or_watches(viewer: &Viewer) -> bool {
    viewer.has_duty(Duty::Approve) || viewer.has_duty(Duty::Watch)
}

fn concerns(viewer: &Viewer, record: &EmergencyRecord) -> bool {
    viewer.staff().is_some_and(|me| me == record.by.who.id || decides_or_watches(viewer))
}

/// Whoever reaches families in some way and is none of the three offices.
fn may_ask(viewer: &Viewer) -> Option<StaffId> {
    let of_a_campus = !viewer.campuses().is_empty();
    viewer.staff().filter(|_| viewer.roles().of_three() == 0 && of_a_campus)
}

fn may_end(viewer: &Viewer, record: &EmergencyRecord) -> bool {
    match record.state_at(viewer.now()) {
        EmergencyState::Asked => viewer.staff() == Some(record.by.who.id),
        EmergencyState::Open => concerns(viewer, record),
        EmergencyState::Refused | EmergencyState::Ended | EmergencyState::Lapsed => false,
    }
}

fn entry(viewer: &Viewer, action: Action, of: StaffId) -> Entry {
    Entry::event(viewer.now(), By::viewer(viewer), action).about(RecordRef { kind: RecordKind::Staff, id: of.0 })
}

fn shown(viewer: &Viewer, record: &EmergencyRecord) -> Emergency {
    let state = record.state_at(viewer.now());
    let own = viewer.staff() == Some(record.by.who.id);
    Emergency {
        id: record.id,
        by: record.by.who.clone(),
        own,
        asked_at: record.asked_at,
        words: record.words.clone(),
        state,
        until: record.until,
        decided_by: record.decided_by.clone(),
        may_decide: !own && state == EmergencyState::Asked && viewer.has_duty(Duty::Approve),
        may_end: may_end(viewer, record),
    }
}
