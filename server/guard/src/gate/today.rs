//! What waits today.

use super::Gate;
use crate::{
    disclose::{Disclosed, LookBook, family},
    records::FamilyRecord,
    refused::Refused,
    viewer::Viewer,
};
use contract::wire::{
    ledger::Action,
    today::{DueCounts, Today},
};
use std::borrow::Borrow;

impl Gate {
    /// The families to get in touch with.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn today(
        &self,
        viewer: &Viewer,
        records: &[impl Borrow<FamilyRecord>],
        counts: DueCounts,
        families: u64,
        findings: u64,
    ) -> Result<Disclosed<Today>, Refused> {
        let mut book = LookBook::default();
        let (due, narrowed) = {
            let policy = self.policy.load();
            let due = records
                .iter()
                .map(|record| family::due(&policy, &self.vault, viewer, record.borrow(), &mut book))
                .collect::<Result<_, _>>()?;
            (due, policy.narrowed(viewer).into())
        };
        self.disclose(viewer, Action::Listed, None, book, Today { day: viewer.today(), due, counts, narrowed, findings, families }).await
    }
}
