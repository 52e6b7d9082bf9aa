//! Single records, and the answer to an update that came too late.

use super::{Gate, Kept, Stretch};
use crate::{
    disclose::{Disclosed, LookBook, family, guardian, ledger, student, timeline},
    records::{FamilyRecord, GuardianRecord, Record, StudentRecord},
    refused::Refused,
    trail::{By, Entry, RecordRef},
    viewer::Viewer,
};
use contract::{
    error::ErrorCode,
    field::RecordKind,
    wire::{
        families::{Conflict, FamilyCard},
        guardians::GuardianCard,
        ledger::Action,
        students::StudentCard,
        timeline::Timeline,
    },
};
use std::collections::BTreeSet;

fn conflict<T>(current: T, kept: &[Kept], record: RecordRef, trace_id: String) -> Conflict<T> {
    let since = ledger::lines(kept, &BTreeSet::from([record.id]));
    Conflict { code: ErrorCode::VersionConflict, status: ErrorCode::VersionConflict.status(), trace_id, current, since }
}

impl Gate {
    /// A family.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn family_card(&self, viewer: &Viewer, record: &FamilyRecord, kept: &[Kept]) -> Result<Disclosed<FamilyCard>, Refused> {
        let mut book = LookBook::default();
        let card = {
            let policy = self.policy.load();
            let newest = timeline::stretch(&policy, viewer, record, Stretch::newest(kept));
            family::card(&policy, &self.vault, viewer, record, newest, &mut book)?
        };
        let about = RecordRef { kind: RecordKind::Family, id: record.family.id.0 };
        self.disclose(viewer, Action::Shown, Some(about), book, card).await
    }

    /// A stretch of a family's thread. It holds no personal value, so reading it is a reading of the ledger and no look at
    /// anybody: an entry of the trail, and no line in the ledger itself.
    ///
    /// # Errors
    /// [`Refused::TrailDown`].
    pub async fn timeline(&self, viewer: &Viewer, record: &FamilyRecord, stretch: Stretch<'_>) -> Result<Disclosed<Timeline>, Refused> {
        let timeline = timeline::stretch(&self.policy.load(), viewer, record, stretch);
        let about = RecordRef { kind: RecordKind::Family, id: record.family.id.0 };
        self.trail.append(Entry::event(viewer.now(), By::viewer(viewer), Action::TrailRead).about(about)).await?;
        Ok(Disclosed::recorded(timeline))
    }

    /// A student.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn student_card(&self, viewer: &Viewer, record: &StudentRecord) -> Result<Disclosed<StudentCard>, Refused> {
        let mut book = LookBook::default();
        let card = student::card(&self.policy.load(), viewer, self.vault.unwrap(&record.key)?, record, &mut book)?;
        self.disclose(viewer, Action::Shown, Some(record.reference()), book, card).await
    }

    /// A guardian.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn guardian_card(&self, viewer: &Viewer, record: &GuardianRecord) -> Result<Disclosed<GuardianCard>, Refused> {
        let mut book = LookBook::default();
        let card = guardian::card(&self.policy.load(), viewer, self.vault.unwrap(&record.key)?, record, &mut book)?;
        self.disclose(viewer, Action::Shown, Some(record.reference()), book, card).await
    }

    /// The present family for an update that came too late; `kept` are the changes since.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn family_conflict(
        &self,
        viewer: &Viewer,
        record: &FamilyRecord,
        kept: &[Kept],
        trace_id: String,
    ) -> Result<Disclosed<Conflict<FamilyCard>>, Refused> {
        let mut book = LookBook::default();
        let about = RecordRef { kind: RecordKind::Family, id: record.family.id.0 };
        let card = family::card(&self.policy.load(), &self.vault, viewer, record, Timeline::default(), &mut book)?;
        self.disclose(viewer, Action::Shown, Some(about), book, conflict(card, kept, about, trace_id)).await
    }

    /// The present student for an update that came too late.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn student_conflict(
        &self,
        viewer: &Viewer,
        record: &StudentRecord,
        kept: &[Kept],
        trace_id: String,
    ) -> Result<Disclosed<Conflict<StudentCard>>, Refused> {
        let mut book = LookBook::default();
        let card = student::card(&self.policy.load(), viewer, self.vault.unwrap(&record.key)?, record, &mut book)?;
        let about = record.reference();
        self.disclose(viewer, Action::Shown, Some(about), book, conflict(card, kept, about, trace_id)).await
    }

    /// The present guardian for an update that came too late.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn guardian_conflict(
        &self,
        viewer: &Viewer,
        record: &GuardianRecord,
        kept: &[Kept],
        trace_id: String,
    ) -> Result<Disclosed<Conflict<GuardianCard>>, Refused> {
        let mut book = LookBook::default();
        let card = guardian::card(&self.policy.load(), viewer, self.vault.unwrap(&record.key)?, record, &mut book)?;
        let about = record.reference();
        self.disclose(viewer, Action::Shown, Some(about), book, conflict(card, kept, about, trace_id)).await
    }
}
