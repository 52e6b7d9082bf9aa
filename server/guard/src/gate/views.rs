//! Saved views: who may keep, share and change one.
//!
//! The rule: a view belongs to whoever made it; the others have it when it is shared, and cannot change it. Sharing with the
//! school is for principals and registrars. A view holds a wish and no rows, and is asked with by its user's own rights.
//! Deliberately absent: reading families.

use super::Gate;
use crate::{
    disclose::Disclosed,
    refused::Refused,
    trail::{By, Entry},
    vault::SealedLabel,
    viewer::Viewer,
};
use contract::{
    error::{FieldError, ValueError},
    ids::{StaffId, ViewId},
    rights::Role,
    wire::{
        ledger::Action,
        views::{Column, NAME_LENGTH, NewView, ViewCard, ViewChanges, ViewLook, Views},
    },
};
use uuid::Uuid;

/// A view as it lies in the store.
#[derive(Debug, Clone)]
pub struct ViewRecord {
    /// The view.
    pub id: ViewId,
    /// Whose it is.
    pub owner: StaffId,
    /// Whether the whole school has it.
    pub shared: bool,
    /// Its name.
    pub name: SealedLabel,
    /// What it looks like.
    pub look: ViewLook,
}

/// A view as it is to lie in the store, with the entry that commits together with it.
#[derive(Debug)]
pub struct ViewWrite {
    /// The view.
    pub record: ViewRecord,
    /// The entry.
    pub entry: Entry,
}

impl Gate {
    /// The views of a person, as they read them.
    ///
    /// # Errors
    /// [`Refused::Broken`].
    pub fn views(&self, viewer: &Viewer, records: &[ViewRecord]) -> Result<Disclosed<Views>, Refused> {
        let views = records.iter().map(|record| self.view_card(viewer, record)).collect::<Result<_, _>>()?;
        // Names have lost their numbers and addresses; the rest of a view is plain facts.
        Ok(Disclosed::recorded(Views { views, may_share: may_share(viewer) }))
    }
    /// One of them.
    ///
    /// # Errors
    /// [`Refused::Broken`].
    pub fn view(&self, viewer: &Viewer, record: &ViewRecord) -> Result<Disclosed<ViewCard>, Refused> {
        Ok(Disclosed::recorded(self.view_card(viewer, record)?))
    }
    /// Keeps a new view.
    ///
    /// # Errors
    /// [`Refused::Fields`]; [`Refused::Forbidden`] where the viewer may not share.
    pub fn new_view(&self, viewer: &Viewer, wish: &NewView) -> Result<ViewWrite, Refused> {
        let NewView { name, shared, look } = wish;
        let owner = viewer.staff().ok_or(Refused::Forbidden)?;
        let id = Uuid::now_v7();
        let name = self.vault.seal_label(id, &named(name)?)?;
        let record = ViewRecord { id: ViewId(id), owner, shared: *shared, name, look: seen(look)? };
        written(viewer, record, *shared)
    }
    /// Changes a view that the viewer can see.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] where it is another's or the viewer may not share, [`Refused::Fields`].
    pub fn change_view(&self, viewer: &Viewer, record: ViewRecord, wish: &ViewChanges) -> Result<ViewWrite, Refused> {
        let ViewChanges { name, shared, look } = wish;
        owns(viewer, &record)?;
        let concerns_all = record.shared || shared.unwrap_or_default();
        let mut record = record;
        if let Some(name) = name {
            record.name = self.vault.seal_label(record.id.0, &named(name)?)?;
        }
        if let Some(look) = look {
            record.look = seen(look)?;
        }
        record.shared = shared.unwrap_or(record.shared);
        // Whoever lost the right to share may still take a view back.
        let taken_back = !record.shared && name.is_none() && look.is_none();
        written(viewer, record, concerns_all && !taken_back)
    }
    /// Removes a view that the viewer can see.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] where it is another's.
    pub fn remove_view(&self, viewer: &Viewer, record: &ViewRecord) -> Result<Entry, Refused> {
        owns(viewer, record)?;
        Ok(Entry::event(viewer.now(), By::viewer(viewer), Action::ViewRemoved))
    }

    fn view_card(&self, viewer: &Viewer, record: &ViewRecord) -> Result<ViewCard, Refused> {
        let ViewRecord { id, owner, shared, name, look } = record;
        let name = self.vault.show_label(id.0, name)?;
        Ok(ViewCard { id: *id, name, shared: *shared, own: viewer.staff() == Some(*owner), look: look.clone() })
    }
}

/// Whether the viewer may share views with the school.
fn may_share(viewer: &Viewer) -> bool {
    [Role::Principal, Role::Registrar].into_iter().any(|role| viewer.roles().has_base(role))
}

fn owns(viewer: &Viewer, record: &ViewRecord) -> Result<(), Refused> {
    if viewer.staff() == Some(record.owner) { Ok(()) } else { Err(Refused::Forbidden) }
}

fn written(viewer: &Viewer, record: ViewRecord, concerns_all: bool) -> Result<ViewWrite, Refused> {
    if concerns_all && !may_share(viewer) {
        return Err(Refused::Forbidden);
    }
    let action = if concerns_all { Action::ViewShared } else { Action::ViewSaved };
    Ok(ViewWrite { record, entry: Entry::event(viewer.now(), By::viewer(viewer), action) })
}

fn wrong(at: &str, code: ValueError) -> Refused {
    Refused::Fields(vec![FieldError { at: at.into(), code }])
}

fn named(name: &str) -> Result<String, Refused> {
    let name = name.trim();
    if name.is_empty() {
        return Err(wrong("name", ValueError::Required));
    }
    if name.chars().count() > NAME_LENGTH {
        return Err(wrong("name", ValueError::TooLong));
    }
    if name.chars().any(char::is_control) {
        return Err(wrong("name", ValueError::Malformed));
    }
    Ok(name.to_owned())
}

/// Each column at most once.
fn seen(look: &ViewLook) -> Result<ViewLook, Refused> {
    let twice = |(at, column): (usize, &Column)| look.columns.iter().skip(at + 1).any(|other| other == column);
    if look.columns.iter().enumerate().any(twice) { Err(wrong("look.columns", ValueError::Malformed)) } else { Ok(look.clone()) }
}
