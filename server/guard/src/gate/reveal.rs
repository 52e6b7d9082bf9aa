//! The deliberate look: one record, one field, a reason, a fresh passkey, a daily quota.
//!
//! The rule: the trail row is durable and counted before the value is opened. Right, row and value come from the one record
//! that is passed.

use super::Gate;
use crate::{
    disclose::Disclosed,
    records::{GuardianRecord, NoteRecord, RevealByKey, StudentRecord},
    refused::Refused,
    sealed::Lens,
    trail::{By, Durable, Entry, Looks, NotCounted, Quota},
    viewer::{FreshViewer, Viewer},
};
use contract::{
    catalogue::FieldKey,
    error::{FieldError, ValueError},
    mask,
    rights::{Exposure, Reveal},
    shown::Shown,
    wire::{
        ledger::{Action, FieldLook},
        reveals::{Reason, ReasonCode, RevealRequest, Revealed},
    },
};

/// How many deliberate looks a person has a day.
pub const REVEALS_A_DAY: u32 = 30;
/// After how many seconds an opened value closes again in the browser.
pub const REVEAL_SECONDS: u32 = 30;
const REASON_LENGTH: usize = 200;

impl Gate {
    /// Opens a field of a student.
    ///
    /// # Errors
    /// [`Refused::NotFound`] where there is no right; [`Refused::Quota`]; [`Refused::Fields`] for a reason that says nothing;
    /// [`Refused::TrailDown`].
    pub async fn reveal_of_student(
        &self,
        by: FreshViewer<'_>,
        record: &StudentRecord,
        wish: &RevealRequest,
    ) -> Result<Disclosed<Revealed>, Refused> {
        self.reveal(by, record, wish).await
    }

    /// Opens a field of a guardian.
    ///
    /// # Errors
    /// As [`Gate::reveal_of_student`].
    pub async fn reveal_of_guardian(
        &self,
        by: FreshViewer<'_>,
        record: &GuardianRecord,
        wish: &RevealRequest,
    ) -> Result<Disclosed<Revealed>, Refused> {
        self.reveal(by, record, wish).await
    }

    /// Opens a note.
    ///
    /// # Errors
    /// As [`Gate::reveal_of_student`].
    pub async fn reveal_of_note(
        &self,
        by: FreshViewer<'_>,
        record: &NoteRecord,
        wish: &RevealRequest,
    ) -> Result<Disclosed<Revealed>, Refused> {
        self.reveal(by, record, wish).await
    }

    /// The daily allowance of `viewer`.
    #[must_use]
    pub fn reveal_quota(&self, viewer: &Viewer, cost: u32) -> Quota {
        Quota { actor: viewer.actor(), day: viewer.today(), limit: REVEALS_A_DAY, cost }
    }

    async fn reveal<R: RevealByKey>(&self, by: FreshViewer<'_>, record: &R, wish: &RevealRequest) -> Result<Disclosed<Revealed>, Refused> {
        let viewer = by.viewer();
        let field = wish.field;
        let allowed = {
            let policy = self.policy.load();
            let view = policy.view(viewer, record.facts());
            field.record() == record.reference().kind && view.reached() && view.reveal(field) == Reveal::WithReason
        };
        if !allowed {
            return Err(self.refuse(viewer, Some(record.reference()), Refused::NotFound).await);
        }
        let look = FieldLook { field, form: Exposure::Clear };
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Revealed)
            .about(record.reference())
            .in_families(vec![record.family()])
            .seeing(vec![Looks { fields: vec![look], records: vec![record.reference()] }])
            .because(reason(&wish.reason)?);
        let left_today = match self.trail.append_counted(entry, self.reveal_quota(viewer, 1)).await {
            Ok(left) => left,
            Err(NotCounted::Exhausted) => return Err(self.refuse(viewer, Some(record.reference()), Refused::Quota).await),
            Err(NotCounted::Down(_)) => return Err(Refused::TrailDown),
        };
        let durable = Durable::after_append();
        let key = self.vault.unwrap(record.key())?;
        let policy = self.policy.load();
        let lens = Lens::new(policy.view(viewer, record.facts()), key, record.reference().id);
        let value = record.open(field, &lens, &durable).ok_or(Refused::NotFound)??;
        Ok(Disclosed::recorded(Revealed { field, value: Shown::Clear(value), closes_in: REVEAL_SECONDS, left_today }))
    }
}

/// A reason fit to be kept and read by the guardian: numbers and addresses in it are masked.
fn reason(reason: &Reason) -> Result<Reason, Refused> {
    let text = reason.text.trim();
    let wrong = |code| Refused::Fields(vec![FieldError { at: "reason.text".into(), code }]);
    if text.chars().count() > REASON_LENGTH {
        return Err(wrong(ValueError::TooLong));
    }
    if text.is_empty() && reason.code == ReasonCode::Other {
        return Err(wrong(ValueError::Required));
    }
    if text.chars().any(char::is_control) {
        return Err(wrong(ValueError::Malformed));
    }
    Ok(Reason { code: reason.code, text: mask::free_text(text).as_str().to_owned() })
}

/// Whether finding by `field` tells `viewer` more than they are shown.
pub(super) fn is_disclosure(policy: &crate::policy::Policy, viewer: &Viewer, field: FieldKey) -> bool {
    viewer.roles().iter().filter(|role| policy.cell(*role, field).search).all(|role| policy.cell(role, field).exposure < Exposure::Clear)
}
