//! Lists.

use super::Gate;
use crate::{
    disclose::{Disclosed, LookBook, family},
    records::FamilyRecord,
    refused::Refused,
    viewer::Viewer,
};
use contract::wire::{Page, families::FamilyRow, ledger::Action};
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
}
