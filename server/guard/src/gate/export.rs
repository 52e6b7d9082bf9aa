//! Exports: the list as the screen shows it, lowered to what may leave in a file.

use super::Gate;
use crate::{
    disclose::{Disclosed, LookBook, export},
    records::FamilyRecord,
    refused::Refused,
    viewer::Viewer,
};
use contract::{catalogue::FieldKey, wire::ledger::Action};
use export::ExportTable;
use std::borrow::Borrow;

impl Gate {
    /// A list as a table.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] for a viewer who may export nothing; [`Refused::Broken`]; [`Refused::TrailDown`].
    pub async fn export(&self, viewer: &Viewer, records: &[impl Borrow<FamilyRecord>]) -> Result<Disclosed<ExportTable>, Refused> {
        let mut book = LookBook::default();
        let table = {
            let policy = self.policy.load();
            let view = policy.view_unscoped(viewer);
            let any = viewer.roles().iter().any(|role| FieldKey::ALL.iter().any(|field| view.cell(role, *field).export));
            if !any {
                drop(policy);
                return Err(self.refuse(viewer, None, Refused::Forbidden).await);
            }
            let mut rows = Vec::new();
            for record in records {
                rows.extend(export::rows(&policy, &self.vault, viewer, record.borrow(), &mut book)?);
            }
            ExportTable { rows }
        };
        self.disclose(viewer, Action::Exported, None, book, table).await
    }
}
