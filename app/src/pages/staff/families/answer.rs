//! One answer of the server to the list or to a search.
//!
//! The rule: its rows are shared and never changed; another look at the families is another answer, even one with the same
//! rows. Deliberately absent: comparing rows, which would cost more than drawing them.

use contract::wire::{
    Page,
    families::{FamilyPage, FamilyRow},
};
use std::{ops::Deref, sync::Arc};

/// One answer; copying it copies no row.
#[derive(Debug, Clone)]
pub struct Answer(Arc<Page<FamilyRow>>);

impl Answer {
    /// As it came.
    pub fn new(page: Page<FamilyRow>) -> Self {
        Self(Arc::new(page))
    }
    /// The rows of a page of the list.
    pub fn of(page: FamilyPage) -> Self {
        let FamilyPage { items, next, total, shown_as, .. } = page;
        Self::new(Page { items, next, total, shown_as })
    }
}
impl Deref for Answer {
    type Target = Page<FamilyRow>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// How many rows the answers hold.
pub fn count(answers: &[Answer]) -> usize {
    answers.iter().map(|answer| answer.items.len()).sum()
}
