//! Lists.

use super::{Gate, Kept};
use crate::{
    disclose::{Disclosed, LookBook, family, ledger, staff},
    records::{FamilyRecord, StaffRecord},
    refused::Refused,
    trail::{By, Entry},
    viewer::Viewer,
};
use contract::{
    rights::Duty,
    wire::{
        Page,
        families::FamilyRow,
        ledger::{Action, LedgerLine},
        staff::StaffCard,
    },
};
use std::borrow::Borrow;

impl Gate {
    /// A page of families; `action` says whether it was listed or searched.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn families(
        &self,
        viewer: &Viewer,
        records: &[impl Borrow<FamilyRecord>],
        next: Option<String>,
        total: Option<u64>,
        action: Action,
    ) -> Result<Disclosed<Page<FamilyRow>>, Refused> {
        let mut book = LookBook::default();
        let items = {
            let policy = self.policy.load();
            records.iter().map(|record| family::row(&policy, &self.vault, viewer, record.borrow(), &mut book)).collect::<Result<_, _>>()?
        };
        let page = Page { items, next, total, shown_as: viewer.roles().into() };
        self.disclose(viewer, action, None, book, page).await
    }

    /// The staff, for whoever keeps them.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn staff(&self, viewer: &Viewer, records: &[StaffRecord]) -> Result<Disclosed<Page<StaffCard>>, Refused> {
        if !viewer.has_duty(Duty::KeepStaff) {
            return Err(self.refuse(viewer, None, Refused::Forbidden).await);
        }
        let mut looks = Vec::new();
        let items = {
            let policy = self.policy.load();
            let card = |record: &StaffRecord| staff::card(&policy, viewer, self.vault.unwrap(&record.key)?, record, &mut looks);
            records.iter().map(card).collect::<Result<_, _>>()?
        };
        self.trail.append(Entry::event(viewer.now(), By::viewer(viewer), Action::Listed).seeing(looks)).await?;
        Ok(Disclosed::recorded(Page { items, next: None, total: None, shown_as: viewer.roles().into() }))
    }

    /// The trail, for whoever reads it; reading it is an entry too.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::TrailDown`].
    pub async fn trail_page(&self, viewer: &Viewer, kept: &[Kept], next: Option<String>) -> Result<Disclosed<Page<LedgerLine>>, Refused> {
        if !viewer.has_duty(Duty::ReadTrail) {
            return Err(self.refuse(viewer, None, Refused::Forbidden).await);
        }
        self.trail.append(Entry::event(viewer.now(), By::viewer(viewer), Action::TrailRead)).await?;
        let items = kept.iter().filter_map(|kept| ledger::line(kept, None)).collect();
        Ok(Disclosed::recorded(Page { items, next, total: None, shown_as: viewer.roles().into() }))
    }
}
