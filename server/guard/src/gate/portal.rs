//! The portal of a guardian.

use super::{Gate, Kept};
use crate::{
    disclose::{Disclosed, LookBook, guardian, ledger, student},
    policy::Policy,
    records::{GuardianRecord, Record, StudentRecord},
    refused::Refused,
    sealed::Lens,
    trail::{By, Entry},
    viewer::Viewer,
};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    rights::{Exposure, Reveal, Role, RowScope},
    wire::{
        ledger::Action,
        portal::{AccessLedger, Audience, AudienceRole, ChildBrief, ChildCard, Children},
    },
};
use std::collections::BTreeSet;

impl Gate {
    /// The children of a guardian.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn children(&self, viewer: &Viewer, school: String, records: &[StudentRecord]) -> Result<Disclosed<Children>, Refused> {
        let mut book = LookBook::default();
        let children = {
            let policy = self.policy.load();
            let mut brief = |record: &StudentRecord| {
                let key = self.vault.unwrap(&record.key)?;
                let lens = Lens::new(policy.view(viewer, &record.facts), key, record.id.0);
                let name = lens.show(&record.fields.name)?;
                book.add(record.family, record.reference(), lens.into_looks());
                Ok(ChildBrief { id: record.id, name, classes: record.classes.iter().map(|class| class.name.clone()).collect() })
            };
            records.iter().map(&mut brief).collect::<Result<_, Refused>>()?
        };
        self.disclose(viewer, Action::Listed, None, book, Children { school, children }).await
    }

    /// One child: what is held, and who sees it.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn child(
        &self,
        viewer: &Viewer,
        school: String,
        child: &StudentRecord,
        me: &GuardianRecord,
    ) -> Result<Disclosed<ChildCard>, Refused> {
        let mut book = LookBook::default();
        let card = {
            let policy = self.policy.load();
            let key = self.vault.unwrap(&child.key)?;
            ChildCard {
                school,
                student: student::card(&policy, viewer, key, child, &mut book)?,
                me: guardian::card(&policy, viewer, key, me, &mut book)?,
                audience: audience(&policy),
            }
        };
        self.disclose(viewer, Action::Shown, Some(child.reference()), book, card).await
    }

    /// Who has looked at a child. A guardian's own looks are left out; reading the ledger is an entry of its own.
    ///
    /// # Errors
    /// [`Refused::TrailDown`].
    pub async fn access_ledger(
        &self,
        viewer: &Viewer,
        child: &StudentRecord,
        me: &GuardianRecord,
        kept: &[Kept],
        next: Option<String>,
    ) -> Result<Disclosed<AccessLedger>, Refused> {
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::TrailRead).about(child.reference());
        self.trail.append(entry).await?;
        let people = BTreeSet::from([child.id.0, me.id.0]);
        let by_others = |kept: &&Kept| kept.entry.by().actor != Some(viewer.actor());
        let others: Vec<Kept> = kept.iter().filter(by_others).cloned().collect();
        Ok(Disclosed::recorded(AccessLedger { lines: ledger::lines(&others, &people), next }))
    }
}

/// Which staff role sees which field of a child and of a guardian.
fn audience(policy: &Policy) -> Vec<Audience> {
    let fields = FieldKey::of(RecordKind::Student).chain(FieldKey::of(RecordKind::Guardian));
    let seen_by = |field: FieldKey| {
        let role = |role: &Role| {
            let cell = policy.cell(*role, field);
            let sees = cell.exposure > Exposure::Withheld || cell.reveal != Reveal::No;
            (*role != Role::Guardian && policy.scope(*role) != RowScope::None && sees).then_some(AudienceRole {
                role: *role,
                exposure: cell.exposure,
                reveal: cell.reveal,
            })
        };
        Audience { field, roles: Role::ALL.iter().filter_map(role).collect() }
    };
    fields.map(seen_by).collect()
}
