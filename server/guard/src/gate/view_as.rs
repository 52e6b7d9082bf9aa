//! "View as": in which form somebody else would see a record.
//!
//! The rule: the answer is made of forms alone, by the very `Policy::view` that shows records, and is written down. Whoever asks
//! needs no reach of their own, since nothing is opened and a record that is not there answers like one out of reach.
//! Deliberately absent: a way from an [`Imagined`] person to a card, a reveal or a write; their viewer never leaves this file.

use super::Gate;
use crate::{
    disclose::Disclosed,
    facts::Facts,
    refused::Refused,
    scope::Scope,
    trail::{By, Entry, Looks, RecordRef},
    viewer::{Actor, Admission, Viewer},
};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{CampusId, SessionId, StaffId},
    rights::{Duty, RoleSet},
    wire::{
        ledger::{Action, FieldLook},
        policy::{FieldRight, ViewedAs},
    },
};
use uuid::Uuid;

/// Somebody as whom a question is asked.
#[derive(Debug)]
pub struct Imagined(Viewer);

/// What the question is about: the record, and its facts for the imagined person where they reach it.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The record.
    pub record: RecordRef,
    /// Its relation to them; none where it belongs to no family.
    pub facts: Option<Facts>,
    /// Whether it was found in their scope.
    pub found: bool,
}

impl Gate {
    /// Imagines a member of staff, for whoever keeps the matrix.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty.
    pub fn imagine(&self, viewer: &Viewer, id: StaffId, roles: RoleSet, campuses: Vec<CampusId>) -> Result<Imagined, Refused> {
        if !viewer.has_duty(Duty::KeepPolicy) {
            return Err(Refused::Forbidden);
        }
        #[expect(clippy::disallowed_methods, reason = "a question about somebody: it opens nothing and is never handed on")]
        let imagined = Viewer::admit(Admission {
            actor: Actor::Staff(id),
            name: String::new(),
            roles,
            campuses,
            session: SessionId(Uuid::nil()),
            stepped_up_at: None,
            now: viewer.now(),
        });
        Ok(Imagined(imagined))
    }

    /// Which records the imagined person reaches, for asking whether one is among them.
    #[must_use]
    pub fn scope_imagined(&self, imagined: &Imagined) -> Scope {
        self.scope(&imagined.0)
    }

    /// The form of each field for the imagined person.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::TrailDown`].
    pub async fn view_as(&self, viewer: &Viewer, imagined: &Imagined, asked: Asked) -> Result<Disclosed<ViewedAs>, Refused> {
        if !viewer.has_duty(Duty::KeepPolicy) {
            return Err(self.refuse(viewer, None, Refused::Forbidden).await);
        }
        let fields: Vec<FieldRight> = {
            let policy = self.policy.load();
            let view = match &asked.facts {
                Some(facts) => policy.view(&imagined.0, facts),
                None => policy.view_unscoped(&imagined.0),
            };
            let reached = asked.found && view.reached();
            FieldKey::of(asked.record.kind).filter(|_| reached).map(|field| view.right(field)).collect()
        };
        let reached = !fields.is_empty() || (asked.found && asked.record.kind == RecordKind::Family);
        let forms = fields.iter().map(|right| FieldLook { field: right.field, form: right.form }).collect();
        let person = RecordRef { kind: RecordKind::Staff, id: imagined.0.actor().uuid() };
        // In no family's ledger: nobody saw anything of theirs.
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::ViewedAs)
            .about(person)
            .seeing(vec![Looks { fields: forms, records: vec![asked.record] }]);
        self.trail.append(entry).await?;
        Ok(Disclosed::recorded(ViewedAs { reached, fields }))
    }
}
