//! Lists.

use super::{Gate, export::exports, search::finds_by};
use crate::{
    disclose::{Disclosed, LookBook, family},
    records::FamilyRecord,
    refused::Refused,
    viewer::Viewer,
};
use contract::{
    catalogue::FieldKey,
    wire::{
        Page,
        families::{FamilyPage, FamilyRow},
        ledger::Action,
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
        let (items, book) = self.rows(viewer, records)?;
        self.disclose(viewer, action, None, book, Page { items, next, total, shown_as: viewer.roles().into() }).await
    }

    /// A page of the list of families, and what its reader may do with the list.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn family_page(
        &self,
        viewer: &Viewer,
        records: &[impl Borrow<FamilyRecord>],
        next: Option<String>,
        total: Option<u64>,
    ) -> Result<Disclosed<FamilyPage>, Refused> {
        let (items, book) = self.rows(viewer, records)?;
        // A program reads lists, and neither finds nor exports.
        let (find, may_export) = if viewer.program().is_some() {
            (Vec::new(), false)
        } else {
            let policy = self.policy.load();
            let view = policy.view_unscoped(viewer);
            (FieldKey::ALL.iter().copied().filter(|field| finds_by(view, viewer, *field)).collect(), exports(view, viewer))
        };
        let page = FamilyPage { items, next, total, shown_as: viewer.roles().into(), find, may_export };
        self.disclose(viewer, Action::Listed, None, book, page).await
    }

    fn rows(&self, viewer: &Viewer, records: &[impl Borrow<FamilyRecord>]) -> Result<(Vec<FamilyRow>, LookBook), Refused> {
        let mut book = LookBook::default();
        let policy = self.policy.load();
        let row = |record: &_| family::row(&policy, &self.vault, viewer, Borrow::<FamilyRecord>::borrow(record), &mut book);
        let rows = records.iter().map(row).collect::<Result<_, _>>()?;
        Ok((rows, book))
    }
}
