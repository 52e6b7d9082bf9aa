//! Staff: shown to whoever keeps them, taken in, changed, let go.
//!
//! The rule: an act is an entry that commits together with it, and needs a fresh passkey. Deliberately absent: families; the
//! administrator learns numbers of them and no more.

use super::Gate;
use crate::{
    disclose::{Disclosed, staff},
    records::StaffRecord,
    refused::Refused,
    trail::{By, Entry, Looks, RecordRef},
    viewer::{FreshViewer, Viewer},
    write::{self, StaffIntake, StaffWrite},
};
use contract::{
    error::ErrorCode,
    field::RecordKind,
    ids::{FamilyId, StaffId},
    rights::Duty,
    wire::{
        Page,
        families::Conflict,
        ledger::Action,
        staff::{NewStaff, StaffCard, StaffChanges},
    },
};

impl Gate {
    /// The cards and what was shown, for whoever keeps the staff; a refusal is written down by whoever asked for them.
    fn staff_cards(&self, viewer: &Viewer, records: &[StaffRecord]) -> Result<(Vec<StaffCard>, Vec<Looks>), Refused> {
        let mut looks = Vec::new();
        let policy = self.policy.load();
        let view = policy.view_of_staff(viewer).ok_or(Refused::Forbidden)?;
        let card = |record: &StaffRecord| staff::card(view, Some(self.vault.unwrap(&record.key)?), record, &mut looks);
        let cards = records.iter().map(card).collect::<Result<_, _>>()?;
        Ok((cards, looks))
    }

    /// The staff, for whoever keeps them.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn staff(&self, viewer: &Viewer, records: &[StaffRecord]) -> Result<Disclosed<Page<StaffCard>>, Refused> {
        let (items, looks) = match self.staff_cards(viewer, records) {
            Err(Refused::Forbidden) => return Err(self.refuse(viewer, None, Refused::Forbidden).await),
            shown => shown?,
        };
        self.trail.append(Entry::event(viewer.now(), By::viewer(viewer), Action::Listed).seeing(looks)).await?;
        Ok(Disclosed::recorded(Page { items, next: None, total: None, shown_as: viewer.roles().into() }))
    }

    /// One member of staff, for whoever keeps them.
    ///
    /// # Errors
    /// As [`Gate::staff`].
    pub async fn staff_card(&self, viewer: &Viewer, record: StaffRecord) -> Result<Disclosed<StaffCard>, Refused> {
        Ok(Disclosed::recorded(self.one_card(viewer, record).await?))
    }

    /// The present member of staff for an update that came too late.
    ///
    /// # Errors
    /// As [`Gate::staff`].
    pub async fn staff_conflict(
        &self,
        viewer: &Viewer,
        record: StaffRecord,
        trace_id: String,
    ) -> Result<Disclosed<Conflict<StaffCard>>, Refused> {
        let current = self.one_card(viewer, record).await?;
        let code = ErrorCode::VersionConflict;
        Ok(Disclosed::recorded(Conflict { code, status: code.status(), trace_id, current, since: Vec::new() }))
    }

    async fn one_card(&self, viewer: &Viewer, record: StaffRecord) -> Result<StaffCard, Refused> {
        let (mut cards, looks) = match self.staff_cards(viewer, std::slice::from_ref(&record)) {
            Err(Refused::Forbidden) => return Err(self.refuse(viewer, None, Refused::Forbidden).await),
            shown => shown?,
        };
        let about = RecordRef { kind: RecordKind::Staff, id: record.id.0 };
        self.trail.append(Entry::event(viewer.now(), By::viewer(viewer), Action::Shown).about(about).seeing(looks)).await?;
        cards.pop().ok_or(Refused::NotFound)
    }

    /// Takes in a member of staff.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty; [`Refused::Fields`] with everything that is wrong at once.
    pub fn staff_intake(&self, by: FreshViewer<'_>, new: &NewStaff) -> Result<StaffIntake, Refused> {
        write::staff_intake(&self.policy.load(), &self.vault, &by, new)
    }

    /// Changes a member of staff.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::OwnRoles`], [`Refused::Fields`].
    pub fn change_staff(&self, by: FreshViewer<'_>, record: &StaffRecord, wish: &StaffChanges) -> Result<StaffWrite, Refused> {
        write::change_staff(&self.policy.load(), &self.vault, &by, record, wish)
    }

    /// The entry that commits together with an act on a member of staff.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty.
    pub fn act_on_staff(&self, by: FreshViewer<'_>, id: StaffId, action: Action) -> Result<Entry, Refused> {
        Ok(duty(by, Duty::KeepStaff, action)?.about(RecordRef { kind: RecordKind::Staff, id: id.0 }))
    }

    /// The entry of one family that goes over to another consultant because its own one left.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty.
    pub fn hand_over(&self, by: FreshViewer<'_>) -> Result<impl Fn(FamilyId, i64) -> Entry + Send + use<>, Refused> {
        let entry = duty(by, Duty::KeepStaff, Action::Changed)?;
        Ok(move |family: FamilyId, version: i64| {
            let about = RecordRef { kind: RecordKind::Family, id: family.0 };
            entry.clone().about(about).in_families(vec![family]).making_version(version)
        })
    }

    /// The entry that commits together with an act on the school or its campuses.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty.
    pub fn act_on_school(&self, by: FreshViewer<'_>, action: Action) -> Result<Entry, Refused> {
        duty(by, Duty::KeepSchool, action)
    }
}

fn duty(by: FreshViewer<'_>, duty: Duty, action: Action) -> Result<Entry, Refused> {
    let viewer = by.viewer();
    if viewer.has_duty(duty) { Ok(Entry::event(viewer.now(), By::viewer(viewer), action)) } else { Err(Refused::Forbidden) }
}
