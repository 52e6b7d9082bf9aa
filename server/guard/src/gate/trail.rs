//! The trail, for whoever reads it; reading it is an entry too.

use super::{Gate, Kept};
use crate::{
    disclose::{Disclosed, ExportTable, ledger},
    refused::Refused,
    trail::{By, Entry},
    viewer::Viewer,
};
use contract::{
    rights::Duty,
    wire::{
        Page,
        ledger::{Action, LedgerLine, TrailEntry},
    },
};

impl Gate {
    pub(super) async fn reads_trail(&self, viewer: &Viewer, action: Action) -> Result<(), Refused> {
        if !viewer.has_duty(Duty::ReadTrail) {
            return Err(self.refuse(viewer, None, Refused::Forbidden).await);
        }
        Ok(self.trail.append(Entry::event(viewer.now(), By::viewer(viewer), action)).await?)
    }

    /// A page of the trail.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::TrailDown`].
    pub async fn trail_page(&self, viewer: &Viewer, kept: &[Kept], next: Option<String>) -> Result<Disclosed<Page<LedgerLine>>, Refused> {
        self.reads_trail(viewer, Action::TrailRead).await?;
        let items = kept.iter().filter_map(|kept| ledger::line(kept, None)).collect();
        Ok(Disclosed::recorded(Page { items, next, total: None, shown_as: viewer.roles().into() }))
    }

    /// One entry, unfolded.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::TrailDown`].
    pub async fn trail_entry(&self, viewer: &Viewer, kept: &Kept, hash: &[u8]) -> Result<Disclosed<TrailEntry>, Refused> {
        self.reads_trail(viewer, Action::TrailRead).await?;
        Ok(Disclosed::recorded(ledger::entry(kept, hash).ok_or(Refused::NotFound)?))
    }

    /// A part of the trail as a table for a file.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::TrailDown`].
    pub async fn trail_table(&self, viewer: &Viewer, kept: &[Kept]) -> Result<Disclosed<ExportTable>, Refused> {
        self.reads_trail(viewer, Action::TrailExported).await?;
        Ok(Disclosed::recorded(ExportTable { rows: kept.iter().filter_map(ledger::cells).collect() }))
    }
}
