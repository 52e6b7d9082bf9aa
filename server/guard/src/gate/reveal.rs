//! The deliberate look: one record, one field, a reason, a passkey that signs for exactly this, a daily quota.
//!
//! The rule: the trail row is durable and counted before the value is opened. Right, row and value come from the one record
//! that is passed. The look takes a [`SignedWish`], which opens once; where the matrix asks for an approval also a [`Ticket`],
//! for which the same transaction asks again and which it uses up where it is for one look.

use super::Gate;
use crate::{
    approval::{Openable, Permit, Redemption, Ticket},
    disclose::Disclosed,
    policy::View,
    receipt::{SignedWish, Wish},
    refused::Refused,
    sealed::Lens,
    trail::{By, Durable, Entry, Looks, NotCounted, Quota},
    viewer::Viewer,
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
    /// A wish to open one field, to be signed by a passkey. Nothing is opened by it.
    ///
    /// # Errors
    /// [`Refused::NotFound`] where there is no right; [`Refused::Fields`] for a reason that says nothing; [`Refused::TrailDown`].
    pub async fn wish(&self, viewer: &Viewer, record: Openable<'_>, request: &RevealRequest) -> Result<Wish, Refused> {
        let about = record.0.reference();
        if self.opens_by(viewer, record, request.field) == Reveal::No {
            return Err(self.refuse(viewer, Some(about), Refused::NotFound).await);
        }
        Wish::new(viewer, about, request.field, reason(&request.reason, "reason.text")?)
    }

    /// The daily allowance of `viewer`.
    #[must_use]
    pub fn reveal_quota(&self, viewer: &Viewer, cost: u32) -> Quota {
        Quota { actor: viewer.actor(), day: viewer.today(), limit: REVEALS_A_DAY, cost }
    }

    /// Opens a field with a reason.
    ///
    /// # Errors
    /// [`Refused::StepUp`] where the wish is another's, about another record or too old; [`Refused::NotFound`] where there is no
    /// right; [`Refused::Quota`]; [`Refused::TrailDown`].
    pub async fn reveal(&self, viewer: &Viewer, record: Openable<'_>, wish: SignedWish) -> Result<Disclosed<Revealed>, Refused> {
        self.open(viewer, record, wish, Reveal::WithReason, None).await
    }

    /// Opens the field that a ticket is for, once.
    ///
    /// # Errors
    /// As [`Gate::reveal`]; [`Refused::Approval`] where the ticket is for something else, or was used up meanwhile.
    pub async fn reveal_approved(
        &self,
        ticket: Ticket<'_>,
        record: Openable<'_>,
        wish: SignedWish,
    ) -> Result<Disclosed<Revealed>, Refused> {
        if (ticket.record, ticket.field) != (record.0.reference(), wish.field()) {
            return Err(self.refuse(ticket.by, Some(record.0.reference()), Refused::Approval).await);
        }
        self.open(ticket.by, record, wish, Reveal::WithApproval, Some(ticket.redemption())).await
    }

    async fn open(
        &self,
        viewer: &Viewer,
        record: Openable<'_>,
        wish: SignedWish,
        by: Reveal,
        approval: Option<Redemption>,
    ) -> Result<Disclosed<Revealed>, Refused> {
        let (field, about) = (wish.field(), record.0.reference());
        if !wish.is_of(viewer, about) {
            return Err(self.refuse(viewer, Some(about), Refused::StepUp).await);
        }
        // Decided anew: the matrix may have changed while the passkey was looked for.
        if self.opens_by(viewer, record, field) != by {
            return Err(self.refuse(viewer, Some(about), Refused::NotFound).await);
        }
        let (reason, receipt) = wish.into_parts();
        let look = FieldLook { field, form: Exposure::Clear };
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Revealed)
            .about(about)
            .in_families(vec![record.0.family()])
            .seeing(vec![Looks { fields: vec![look], records: vec![about] }])
            .because(reason)
            .signed(receipt);
        let entry = match approval.map(|approval| approval.permit) {
            Some(Permit::Standing(grant)) => entry.under(grant),
            Some(Permit::Once(_)) | None => entry,
        };
        let left_today = match self.trail.append_counted(entry, self.reveal_quota(viewer, 1), approval).await {
            Ok(left) => left,
            Err(NotCounted::Exhausted) => return Err(self.refuse(viewer, Some(about), Refused::Quota).await),
            Err(NotCounted::Spent) => return Err(self.refuse(viewer, Some(about), Refused::Approval).await),
            Err(NotCounted::Down(_)) => return Err(Refused::TrailDown),
        };
        let durable = Durable::after_append();
        let key = self.vault.unwrap(record.0.key())?;
        let policy = self.policy.load();
        let lens = Lens::new(policy.view(viewer, record.0.facts()), key, about.id);
        let value = record.0.open(field, &lens, &durable).ok_or(Refused::NotFound)??;
        Ok(Disclosed::recorded(Revealed { field, value: Shown::Clear(value), closes_in: REVEAL_SECONDS, left_today }))
    }
}

/// A reason fit to be kept and read by the guardian: numbers and addresses in it are masked.
pub(super) fn reason(reason: &Reason, at: &str) -> Result<Reason, Refused> {
    let text = reason.text.trim();
    let wrong = |code| Refused::Fields(vec![FieldError { at: at.into(), code }]);
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
pub(super) fn is_disclosure(view: View<'_>, viewer: &Viewer, field: FieldKey) -> bool {
    viewer.roles().iter().map(|role| view.cell(role, field)).filter(|cell| cell.search).all(|cell| cell.exposure < Exposure::Clear)
}
