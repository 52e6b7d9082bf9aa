//! Classes: which there are, and who is in one.

use super::Gate;
use crate::{
    disclose::{Disclosed, LookBook, class},
    records::{ClassFacts, ClassRecord},
    refused::Refused,
    viewer::Viewer,
};
use contract::wire::{
    Page,
    classes::{ClassCard, ClassRow},
    ledger::Action,
};

impl Gate {
    /// The classes that a viewer knows of. No pupil is in the answer, only how many are in reach.
    ///
    /// # Errors
    /// [`Refused::TrailDown`].
    pub async fn classes(&self, viewer: &Viewer, classes: &[ClassFacts]) -> Result<Disclosed<Page<ClassRow>>, Refused> {
        let total = u64::try_from(classes.len()).ok();
        let page = Page { items: classes.iter().map(class::row).collect(), next: None, total, shown_as: viewer.roles().into() };
        self.disclose(viewer, Action::Listed, None, LookBook::default(), page).await
    }

    /// The pupils of a class: a list like any other, in the ledger of each family that is in it.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn class_card(&self, viewer: &Viewer, record: &ClassRecord) -> Result<Disclosed<ClassCard>, Refused> {
        let mut book = LookBook::default();
        let card = class::card(&self.policy.load(), &self.vault, viewer, record, &mut book)?;
        self.disclose(viewer, Action::Listed, None, book, card).await
    }
}
