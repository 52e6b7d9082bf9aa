//! Tokens for programs: asking, deciding, making the secret, ending.
//!
//! The rule: whoever asks has the role, and proves presence; whoever confirms is another person with the duty to approve, and does too;
//! the secret is made by the owner alone, once. Whoever approves or keeps the staff ends any of them, which takes a right away and asks for
//! no passkey. Deliberately absent: the secret, which never comes here, and a value; what a token shows is decided like any other look.

use super::{Gate, reveal::reason};
use crate::{
    disclose::Disclosed,
    records::TokenRecord,
    refused::Refused,
    token::{TokenAsk, TokenWrite},
    trail::{By, Entry, RecordRef},
    viewer::{FreshViewer, Viewer},
};
use chrono::TimeDelta;
use contract::{
    condition::Condition,
    credential::Credential,
    error::{FieldError, ValueError},
    field::RecordKind,
    ids::{StaffId, TokenId},
    rights::{Duty, Role},
    values::label,
    wire::{
        ledger::Action,
        reveals::{Reason, ReasonCode},
        tokens::{DAYS_MOST, NAME_LENGTH, NewToken, Token, TokenDecision, TokenState, Tokens},
    },
};
use uuid::Uuid;

/// For how long a request waits to be decided.
const WAITS: TimeDelta = TimeDelta::days(7);
/// What can still be ended.
const RUNNING: &[TokenState] = &[TokenState::Asked, TokenState::Confirmed, TokenState::Living];

impl Gate {
    /// Asks for a token by one of the viewer's own roles.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] for a role that the viewer does not have or that takes none; [`Refused::Fields`].
    pub fn ask_token(&self, by: FreshViewer<'_>, wish: &NewToken) -> Result<TokenAsk, Refused> {
        let viewer = by.viewer();
        let NewToken { name, why, role, days, networks } = wish;
        let me = viewer.staff().filter(|_| roles(viewer).contains(role)).ok_or(Refused::Forbidden)?;
        let name = label(name, NAME_LENGTH).map_err(|code| wrong("name", code))?;
        let why = reason(&Reason { code: ReasonCode::Other, text: why.clone() }, "why")?;
        if !(1..=DAYS_MOST).contains(days) {
            return Err(wrong("days", ValueError::Malformed));
        }
        let condition = Condition::new(None, networks.clone()).map_err(|_| wrong("networks", ValueError::TooLong))?;
        let id = TokenId(Uuid::now_v7());
        let name = self.vault.seal_label(id.0, &name)?;
        let entry = entry(viewer, Action::TokenAsked, id, me).because(why);
        Ok(TokenAsk { id, by: me, name, role: *role, days: *days, condition, until: viewer.now() + WAITS, entry })
    }

    /// Confirms or refuses somebody else's.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for one's own; [`Refused::Forbidden`] without the duty; [`Refused::Lapsed`] where it no longer waits, or whoever
    /// asked has lost the role.
    pub fn decide_token(&self, by: FreshViewer<'_>, record: &TokenRecord, wish: TokenDecision) -> Result<TokenWrite, Refused> {
        let viewer = by.viewer();
        let me = viewer.staff().filter(|_| viewer.has_duty(Duty::Approve)).ok_or(Refused::Forbidden)?;
        let of = record.by.who.id;
        if of == me {
            return Err(Refused::NotFound);
        }
        if record.state_at(viewer.now()) != TokenState::Asked || (wish.confirm && !record.is_held()) {
            return Err(Refused::Lapsed);
        }
        let (to, until, action) = if wish.confirm {
            let until = viewer.now() + TimeDelta::days(record.days.min(DAYS_MOST).into());
            (TokenState::Confirmed, Some(until), Action::TokenConfirmed)
        } else {
            (TokenState::Refused, None, Action::TokenRefused)
        };
        let entry = entry(viewer, action, record.id, of);
        Ok(TokenWrite { id: record.id, from: &[TokenState::Asked], to, until, decided_by: Some(me), credential: None, entry })
    }

    /// Makes the secret of one's own that was confirmed; `credential` is what the owner is signed in with.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for somebody else's; [`Refused::Lapsed`] where it does not wait for its secret, or the role is lost.
    pub fn make_token(&self, by: FreshViewer<'_>, record: &TokenRecord, credential: Option<Credential>) -> Result<TokenWrite, Refused> {
        let viewer = by.viewer();
        let of = record.by.who.id;
        if viewer.staff() != Some(of) {
            return Err(Refused::NotFound);
        }
        if record.state_at(viewer.now()) != TokenState::Confirmed || !record.is_held() {
            return Err(Refused::Lapsed);
        }
        let entry = entry(viewer, Action::TokenMade, record.id, of);
        let (from, to) = (&[TokenState::Confirmed], TokenState::Living);
        Ok(TokenWrite { id: record.id, from, to, until: None, decided_by: None, credential, entry })
    }

    /// Ends a token, whatever it waits for.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for whom it does not concern; [`Refused::Lapsed`] where nothing is left to end.
    pub fn end_token(&self, viewer: &Viewer, record: &TokenRecord) -> Result<TokenWrite, Refused> {
        if !concerns(viewer, record) {
            return Err(Refused::NotFound);
        }
        if !RUNNING.contains(&record.state_at(viewer.now())) {
            return Err(Refused::Lapsed);
        }
        let entry = entry(viewer, Action::TokenEnded, record.id, record.by.who.id);
        Ok(TokenWrite { id: record.id, from: RUNNING, to: TokenState::Ended, until: None, decided_by: None, credential: None, entry })
    }

    /// Whose tokens `viewer` may know of: everybody's with the duty to approve or to keep the staff, else the own ones.
    #[must_use]
    pub fn tokens_of(&self, viewer: &Viewer) -> Option<StaffId> {
        viewer.staff().filter(|_| !ends_any(viewer))
    }

    /// The tokens as `viewer` reads them.
    ///
    /// # Errors
    /// [`Refused::Broken`].
    pub fn tokens(&self, viewer: &Viewer, records: &[TokenRecord]) -> Result<Disclosed<Tokens>, Refused> {
        let concern = records.iter().filter(|record| concerns(viewer, record));
        let items = concern.map(|record| self.token(viewer, record)).collect::<Result<_, _>>()?;
        // Names and words have lost their numbers and addresses; the rest is plain facts of the school.
        Ok(Disclosed::recorded(Tokens { items, roles: roles(viewer) }))
    }

    fn token(&self, viewer: &Viewer, record: &TokenRecord) -> Result<Token, Refused> {
        let TokenRecord { id, by, name, role, words, asked_at, days, condition, state: _, until, decided_by, used_at, used_from } = record;
        let state = record.state_at(viewer.now());
        let own = viewer.staff() == Some(by.who.id);
        Ok(Token {
            id: *id,
            name: self.vault.show_label(id.0, name)?,
            by: by.who.clone(),
            own,
            role: *role,
            words: words.clone(),
            asked_at: *asked_at,
            days: *days,
            networks: condition.networks().to_vec(),
            state,
            until: *until,
            decided_by: decided_by.clone(),
            used_at: *used_at,
            used_from: used_from.map(|location| location.country.to_string()),
            holds: state == TokenState::Living && record.is_held(),
            may_decide: !own && state == TokenState::Asked && viewer.has_duty(Duty::Approve),
            may_make: own && state == TokenState::Confirmed && record.is_held(),
            may_end: RUNNING.contains(&state),
        })
    }
}

fn wrong(at: &str, code: ValueError) -> Refused {
    Refused::Fields(vec![FieldError { at: at.into(), code }])
}

/// The roles for which the viewer may ask.
fn roles(viewer: &Viewer) -> Vec<Role> {
    viewer.roles().iter().filter(|role| role.takes_token()).collect()
}

fn ends_any(viewer: &Viewer) -> bool {
    viewer.has_duty(Duty::Approve) || viewer.has_duty(Duty::KeepStaff)
}

fn concerns(viewer: &Viewer, record: &TokenRecord) -> bool {
    viewer.staff().is_some_and(|me| me == record.by.who.id || ends_any(viewer))
}

/// A step of a token, about whose it is.
fn entry(viewer: &Viewer, action: Action, token: TokenId, of: StaffId) -> Entry {
    Entry::event(viewer.now(), By::viewer(viewer), action).about(RecordRef { kind: RecordKind::Staff, id: of.0 }).of_token(token)
}
