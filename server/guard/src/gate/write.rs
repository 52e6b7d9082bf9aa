//! Writes: permitted here, committed by `store` together with their trail entries.

use super::Gate;
use crate::{
    facts::Facts,
    records::{FamilyRecord, GuardianRecord, StudentRecord},
    refused::Refused,
    trail::{By, Entry},
    viewer::{FreshViewer, Viewer},
    write::{self, FamilyIntake, FamilyWrite, GuardianIntake, GuardianWrite, NoteWrite, StudentIntake, StudentWrite},
};
use contract::{
    rights::Duty,
    wire::{
        families::{FamilyChanges, NewFamily},
        guardians::{GuardianChanges, NewGuardian},
        ledger::Action,
        notes::NewNote,
        students::{NewStudent, StudentChanges},
    },
};

impl Gate {
    /// Takes in a family.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty; [`Refused::Fields`] with everything that is wrong at once.
    pub fn intake(&self, viewer: &Viewer, new: &NewFamily) -> Result<FamilyIntake, Refused> {
        write::intake(&self.policy.load(), &self.vault, viewer, new)
    }
    /// Moves a family along.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] where no role of the viewer that has the duty reaches the family.
    pub fn change_family(&self, viewer: &Viewer, record: &FamilyRecord, wish: &FamilyChanges) -> Result<FamilyWrite, Refused> {
        self.may_keep(viewer, record)?;
        write::change_family(viewer, record, wish)
    }
    /// Adds a student to a family.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::Fields`].
    pub fn add_student(&self, viewer: &Viewer, family: &FamilyRecord, new: &NewStudent) -> Result<(StudentIntake, Entry), Refused> {
        self.may_keep(viewer, family)?;
        write::add_student(&self.policy.load(), &self.vault, viewer, family, new)
    }
    /// Adds a guardian to a family.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::Fields`].
    pub fn add_guardian(&self, viewer: &Viewer, family: &FamilyRecord, new: &NewGuardian) -> Result<(GuardianIntake, Entry), Refused> {
        self.may_keep(viewer, family)?;
        write::add_guardian(&self.policy.load(), &self.vault, viewer, family, new)
    }
    /// Writes a note.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::Fields`].
    pub fn add_note(&self, viewer: &Viewer, family: &FamilyRecord, new: &NewNote) -> Result<NoteWrite, Refused> {
        self.may_keep(viewer, family)?;
        write::add_note(&self.policy.load(), &self.vault, viewer, family, new)
    }
    /// Changes a student.
    ///
    /// # Errors
    /// [`Refused::Fields`] with everything that is wrong at once.
    pub fn change_student(&self, viewer: &Viewer, record: &StudentRecord, wish: &StudentChanges) -> Result<StudentWrite, Refused> {
        write::change_student(&self.policy.load(), &self.vault, viewer, record, wish)
    }
    /// Changes a guardian.
    ///
    /// # Errors
    /// [`Refused::Fields`] with everything that is wrong at once.
    pub fn change_guardian(&self, viewer: &Viewer, record: &GuardianRecord, wish: &GuardianChanges) -> Result<GuardianWrite, Refused> {
        write::change_guardian(&self.policy.load(), &self.vault, viewer, record, wish)
    }
    /// The entry that commits together with an act on the matrix: a change, a way back, a review.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty.
    pub fn act_on_policy(&self, by: FreshViewer<'_>, action: Action, version: i64) -> Result<Entry, Refused> {
        let viewer = by.viewer();
        if !viewer.has_duty(Duty::KeepPolicy) {
            return Err(Refused::Forbidden);
        }
        Ok(Entry::event(viewer.now(), By::viewer(viewer), action).making_version(version))
    }
    /// The duties of `viewer` that they may act by now.
    #[must_use]
    pub fn duties(&self, viewer: &Viewer) -> Vec<Duty> {
        let rests = |duty: Duty| duty == Duty::KeepFamilies && !self.keeps_families(viewer);
        Duty::ALL.iter().copied().filter(|duty| viewer.has_duty(*duty) && !rests(*duty)).collect()
    }
    /// Whether `viewer` may take in and move along families now.
    #[must_use]
    pub fn keeps_families(&self, viewer: &Viewer) -> bool {
        self.policy.load().keeps_families(viewer)
    }
    /// Whether `viewer` may move along the family of a record with these facts: by one role, which has the duty and reaches it.
    #[must_use]
    pub fn keeps_family(&self, viewer: &Viewer, facts: &Facts) -> bool {
        self.policy.load().keeps_family(viewer, facts)
    }
    fn may_keep(&self, viewer: &Viewer, record: &FamilyRecord) -> Result<(), Refused> {
        if self.keeps_family(viewer, &record.family.facts) { Ok(()) } else { Err(Refused::Forbidden) }
    }
}
