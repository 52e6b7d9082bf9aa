//! Reports out of what is kept anyway. Reading one is an entry of the trail.
//!
//! The rule: the register of approvals is a part of the trail in another order, and is for whoever reads the trail. What a person did
//! is for them too, and for whoever keeps the staff and lets them go: counts, from which no family can be told.

use super::Gate;
use crate::{
    disclose::{Disclosed, activity, register},
    records::{ActivityRecord, RegisterRecord},
    refused::Refused,
    trail::{By, Entry, RecordRef},
    viewer::Viewer,
};
use contract::{
    field::RecordKind,
    rights::Duty,
    wire::{
        Page,
        ledger::Action,
        reports::{Activity, RegisterFile, RegisterLine},
    },
};

impl Gate {
    /// A page of the register of approvals.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::TrailDown`].
    pub async fn register_page(
        &self,
        viewer: &Viewer,
        records: &[RegisterRecord],
        next: Option<String>,
    ) -> Result<Disclosed<Page<RegisterLine>>, Refused> {
        self.reads_trail(viewer, Action::TrailRead).await?;
        let items = records.iter().map(|record| register::line(record, viewer.now())).collect();
        Ok(Disclosed::recorded(Page { items, next, total: None, shown_as: viewer.roles().into() }))
    }

    /// The register for a file; `cut` says that there are older lines than these.
    ///
    /// # Errors
    /// As [`Gate::register_page`].
    pub async fn register_file(&self, viewer: &Viewer, records: &[RegisterRecord], cut: bool) -> Result<Disclosed<RegisterFile>, Refused> {
        self.reads_trail(viewer, Action::TrailExported).await?;
        let lines = records.iter().map(|record| register::line(record, viewer.now())).collect();
        Ok(Disclosed::recorded(RegisterFile { lines, cut }))
    }

    /// What a member of staff did in ninety days. The entry names whose report it was.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::TrailDown`].
    pub async fn activity(&self, viewer: &Viewer, record: &ActivityRecord) -> Result<Disclosed<Activity>, Refused> {
        if !viewer.has_duty(Duty::KeepStaff) && !viewer.has_duty(Duty::ReadTrail) {
            return Err(self.refuse(viewer, None, Refused::Forbidden).await);
        }
        let about = RecordRef { kind: RecordKind::Staff, id: record.id.0 };
        self.trail.append(Entry::event(viewer.now(), By::viewer(viewer), Action::TrailRead).about(about)).await?;
        Ok(Disclosed::recorded(activity::activity(record)))
    }
}
