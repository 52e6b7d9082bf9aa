//! Exports: the list as the screen shows it, lowered to what may leave in a file.

use super::Gate;
use crate::{
    disclose::{Disclosed, LookBook, export},
    policy::View,
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
            if !exports(view, viewer) {
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

/// Whether any field may leave in a file by a role of `viewer`.
pub(super) fn exports(view: View<'_>, viewer: &Viewer) -> bool {
    viewer.roles().iter().any(|role| FieldKey::ALL.iter().any(|field| view.cell(role, *field).export))
}
