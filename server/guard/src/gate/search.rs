//! Searching by a personal value.

use super::{Gate, reveal::is_disclosure};
use crate::{
    policy::View,
    refused::Refused,
    scope::Scope,
    search::{Probe, Search},
    trail::{By, Entry, NotCounted},
    viewer::Viewer,
};
use contract::{
    catalogue::FieldKey,
    error::{FieldError, ValueError},
    field::FieldValue,
    rights::Exposure,
    values::{Email, IdCard, Phone},
    wire::{
        families::FamilySearch,
        ledger::{Action, FieldLook},
    },
};

impl Gate {
    /// Permits a search: checks the `search` right of each field, writes the trail, and counts it where a whole value of a
    /// field that is masked for the viewer is looked up. The text itself is written nowhere.
    ///
    /// # Errors
    /// [`Refused::Fields`] for a text that can find nothing; [`Refused::Forbidden`] without the right; [`Refused::Quota`];
    /// [`Refused::TrailDown`].
    pub async fn search(&self, viewer: &Viewer, wish: &FamilySearch) -> Result<Search, Refused> {
        let malformed = |code| Refused::Fields(vec![FieldError { at: "text".into(), code }]);
        let canonical = |parsed: Result<String, ValueError>| parsed.map_err(malformed);
        let (fields, text, whole): (&[FieldKey], String, bool) = match wish {
            FamilySearch::Name { text } => (&[FieldKey::StudentName, FieldKey::GuardianName], text.trim().to_owned(), false),
            FamilySearch::Phone { text } => (
                &[FieldKey::GuardianPhone, FieldKey::GuardianSecondPhone],
                canonical(Phone::parse(text).map(|phone| phone.text().into_owned()))?,
                true,
            ),
            FamilySearch::IdCard { text } => (
                &[FieldKey::StudentIdCard, FieldKey::GuardianIdCard],
                canonical(IdCard::parse(text).map(|card| card.text().into_owned()))?,
                true,
            ),
            FamilySearch::Email { text } => {
                (&[FieldKey::GuardianEmail], canonical(Email::parse(text).map(|email| email.text().into_owned()))?, true)
            }
        };
        if text.chars().count() > 60 {
            return Err(malformed(ValueError::TooLong));
        }
        let (probes, costly) = {
            let policy = self.policy.load();
            let view = policy.view_unscoped(viewer);
            let mut probes = Vec::new();
            let mut permitted = false;
            for field in fields {
                if !finds_by(view, viewer, *field) {
                    continue;
                }
                let may_search = |role| view.cell(role, *field).search;
                permitted = true;
                let tokens = self.vault.index().sought(*field, &text);
                if !tokens.is_empty() {
                    probes.push(Probe { field: *field, tokens, scope: Scope::of(&policy, viewer, may_search) });
                }
            }
            if !permitted {
                drop(policy);
                return Err(self.refuse(viewer, None, Refused::Forbidden).await);
            }
            let costly = whole && probes.iter().any(|probe| is_disclosure(view, viewer, probe.field));
            (probes, costly)
        };
        if probes.is_empty() {
            return Err(malformed(ValueError::Required));
        }
        let looks = probes.iter().map(|probe| FieldLook { field: probe.field, form: Exposure::Withheld }).collect();
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::Searched)
            .seeing(vec![crate::trail::Looks { fields: looks, records: Vec::new() }]);
        if costly {
            match self.trail.append_counted(entry, self.reveal_quota(viewer, 1), None).await {
                Ok(_) => {}
                Err(NotCounted::Exhausted) => return Err(self.refuse(viewer, None, Refused::Quota).await),
                Err(NotCounted::Down(_) | NotCounted::Spent) => return Err(Refused::TrailDown),
            }
        } else {
            self.trail.append(entry).await?;
        }
        Ok(Search { probes })
    }
}

/// Whether `viewer` may find families by `field`, by a role of theirs.
pub(super) fn finds_by(view: View<'_>, viewer: &Viewer, field: FieldKey) -> bool {
    viewer.roles().iter().any(|role| view.cell(role, field).search)
}
