//! Corrections: who may ask, who may see that somebody asked, who may decide.

use super::Gate;
use crate::{
    disclose::{Disclosed, LookBook, correction},
    records::{CorrectionRecord, FamilyRecord, GuardianRecord, Person, StudentRecord},
    refused::Refused,
    scope::Desk,
    viewer::Viewer,
    write::{self, CorrectionAsk, CorrectionVerdict, CorrectionWithdrawal},
};
use contract::{
    error::ErrorCode,
    wire::{
        Page,
        corrections::{AskedCorrection, CorrectionCard, CorrectionDecision, Corrections, NewCorrection},
        families::Conflict,
        ledger::Action,
    },
};
use std::sync::Arc;

impl Gate {
    /// The corrections that `viewer` may decide: of fields that a role of theirs writes, in records that this role reaches.
    #[must_use]
    pub fn desk(&self, viewer: &Viewer) -> Desk {
        Desk::of(&self.policy.load(), viewer)
    }

    /// Asks for a correction.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for whoever is not the guardian of the person; [`Refused::Fields`] with all that is wrong.
    pub fn ask_correction(&self, viewer: &Viewer, person: Person<'_>, new: &NewCorrection) -> Result<CorrectionAsk, Refused> {
        write::ask_correction(&self.vault, viewer, person, new)
    }

    /// Takes a correction back.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for whoever did not ask for it.
    pub fn withdraw_correction(
        &self,
        viewer: &Viewer,
        record: &CorrectionRecord,
        person: Person<'_>,
    ) -> Result<CorrectionWithdrawal, Refused> {
        write::withdraw_correction(viewer, record, person)
    }

    /// Decides about a correction.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for whoever may not write the field; [`Refused::Fields`] with all that is wrong.
    pub fn decide_correction(
        &self,
        viewer: &Viewer,
        record: &CorrectionRecord,
        person: Person<'_>,
        wish: &CorrectionDecision,
    ) -> Result<CorrectionVerdict, Refused> {
        write::decide_correction(&self.policy.load(), &self.vault, viewer, record, person, wish)
    }

    /// The corrections that a guardian asked for about a child and themselves.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn own_corrections(
        &self,
        viewer: &Viewer,
        child: &StudentRecord,
        me: &GuardianRecord,
        records: &[CorrectionRecord],
    ) -> Result<Disclosed<Corrections>, Refused> {
        let mut book = LookBook::default();
        let items = {
            let (policy, key) = (self.policy.load(), self.vault.unwrap(&child.key)?);
            let card = |record: &CorrectionRecord| {
                let person = Person::with(record.field, child, me).ok_or(Refused::NotFound)?;
                correction::card(&policy, viewer, key, record, person, &mut book)
            };
            records.iter().map(card).collect::<Result<_, _>>()?
        };
        self.disclose(viewer, Action::Listed, None, book, Corrections { items }).await
    }

    /// One correction, to the guardian who asked for it.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn own_correction(
        &self,
        viewer: &Viewer,
        record: &CorrectionRecord,
        person: Person<'_>,
    ) -> Result<Disclosed<CorrectionCard>, Refused> {
        let mut book = LookBook::default();
        let card = self.own_card(viewer, record, person, &mut book)?;
        self.disclose(viewer, Action::Shown, Some(person.reference()), book, card).await
    }

    /// The correction that is open already, for somebody who asks for it again, or the present one for a late withdrawal.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn own_correction_conflict(
        &self,
        viewer: &Viewer,
        record: &CorrectionRecord,
        person: Person<'_>,
        trace_id: String,
    ) -> Result<Disclosed<Conflict<CorrectionCard>>, Refused> {
        let mut book = LookBook::default();
        let card = self.own_card(viewer, record, person, &mut book)?;
        self.disclose(viewer, Action::Shown, Some(person.reference()), book, late(card, trace_id)).await
    }

    fn own_card(
        &self,
        viewer: &Viewer,
        record: &CorrectionRecord,
        person: Person<'_>,
        book: &mut LookBook,
    ) -> Result<CorrectionCard, Refused> {
        correction::card(&self.policy.load(), viewer, self.vault.unwrap(person.key())?, record, person, book)
    }

    /// A page of corrections for whoever decides.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn corrections(
        &self,
        viewer: &Viewer,
        found: &[(CorrectionRecord, Arc<FamilyRecord>)],
        next: Option<String>,
        total: Option<u64>,
    ) -> Result<Disclosed<Page<AskedCorrection>>, Refused> {
        let mut book = LookBook::default();
        let mut items = Vec::with_capacity(found.len());
        for (record, family) in found {
            items.extend(correction::asked(&self.policy.load(), &self.vault, viewer, record, family, &mut book)?);
        }
        let page = Page { items, next, total, shown_as: viewer.roles().into() };
        self.disclose(viewer, Action::Listed, None, book, page).await
    }

    /// One correction for whoever decides, as it is now.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn correction(
        &self,
        viewer: &Viewer,
        record: &CorrectionRecord,
        family: &FamilyRecord,
    ) -> Result<Disclosed<AskedCorrection>, Refused> {
        let mut book = LookBook::default();
        let asked = correction::asked(&self.policy.load(), &self.vault, viewer, record, family, &mut book)?.ok_or(Refused::NotFound)?;
        self.disclose(viewer, Action::Shown, None, book, asked).await
    }

    /// The same for a decision that came too late.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn correction_conflict(
        &self,
        viewer: &Viewer,
        record: &CorrectionRecord,
        family: &FamilyRecord,
        trace_id: String,
    ) -> Result<Disclosed<Conflict<AskedCorrection>>, Refused> {
        let mut book = LookBook::default();
        let asked = correction::asked(&self.policy.load(), &self.vault, viewer, record, family, &mut book)?.ok_or(Refused::NotFound)?;
        self.disclose(viewer, Action::Shown, None, book, late(asked, trace_id)).await
    }
}

pub(super) fn late<T>(current: T, trace_id: String) -> Conflict<T> {
    let code = ErrorCode::VersionConflict;
    Conflict { code, status: code.status(), trace_id, current, since: Vec::new() }
}
