//! What the list was like when it was left, for whoever comes back to it by Back.
//!
//! The rule: it is kept in the memory of the program, for one address, until it is used or the person signs out; the program itself
//! goes with the sign-in page. What may be outdated is shown at once and asked for anew. Deliberately absent: storage.

use super::{answer::Answer, find::Found};
use crate::{api, session, ui::back};
use contract::{
    ids::FamilyId,
    wire::views::{Column, Density},
};
use std::cell::RefCell;

/// The list as it was.
#[derive(Clone)]
pub struct Kept {
    /// The address.
    pub address: String,
    /// What the server had answered.
    pub pages: Vec<Answer>,
    /// What a search had brought.
    pub found: Option<Found>,
    /// What was selected.
    pub selected: Vec<FamilyId>,
    /// How it looked.
    pub look: (Vec<Column>, Density),
    /// How far it was scrolled, in pixels.
    pub scrolled: f64,
    /// The row that had the focus.
    pub row: Option<FamilyId>,
    /// The writes until then.
    pub writes: u32,
}

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

impl Kept {
    /// Nothing is in it but where the list was.
    pub fn at(address: String, scrolled: f64) -> Self {
        let (pages, selected, look) = (Vec::new(), Vec::new(), (Vec::new(), Density::Usual));
        Self { address, pages, found: None, selected, look, scrolled, row: None, writes: api::writes() }
    }
    /// Keeps it, while somebody is signed in.
    pub fn keep(self) {
        session::on_leave(|| drop(KEPT.take()));
        let kept = session::me_now().map(|_| self);
        KEPT.set(kept);
    }
    /// What is kept for `address`, when a step through the history has led there; it is then gone.
    pub fn take(address: &str) -> Option<Self> {
        let kept = KEPT.take();
        let came_back = back::take_step();
        kept.filter(|kept| came_back && kept.address == address)
    }
    /// Whether something was written since.
    pub fn is_outdated(&self) -> bool {
        self.writes != api::writes()
    }
}
