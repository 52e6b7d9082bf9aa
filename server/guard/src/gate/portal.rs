//! The portal of a guardian.

use super::{Gate, Kept};
use crate::{
    disclose::{Disclosed, LookBook, guardian, ledger::OwnCircle, question, student},
    policy::Policy,
    records::{GuardianRecord, QuestionRecord, Record, RevealByKey, StudentRecord},
    refused::Refused,
    sealed::Lens,
    trail::{By, Entry},
    viewer::{Actor, Viewer},
};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    rights::{Exposure, Reveal, Role, RowScope},
    shown::Shown,
    wire::{
        ledger::Action,
        portal::{AccessLedger, Audience, AudienceRole, ChildBrief, ChildCard, Children, LedgerQuery, LookKind, Month, Opened},
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
            let of_child = Lens::new(policy.view(viewer, &child.facts), key, child.id.0);
            let of_me = Lens::new(policy.view(viewer, &me.facts), key, me.id.0);
            let mask = |field| child.outline(field, &of_child).or_else(|| me.outline(field, &of_me)).unwrap_or(Ok(Shown::Withheld));
            ChildCard {
                school,
                student: student::card(&policy, viewer, key, child, &mut book)?,
                me: guardian::card(&policy, viewer, key, me, &mut book)?,
                audience: audience(&policy, mask)?,
            }
        };
        self.disclose(viewer, Action::Shown, Some(child.reference()), book, card).await
    }

    /// Who has looked at a child, at the guardian, or at what staff note about the family: of a note the field and the form, and no
    /// word. A guardian's own looks are left out; reading the ledger is an entry of its own. A filter
    /// leaves out lines of this very ledger and asks nothing else, so that it tells no more than the whole.
    ///
    /// # Errors
    /// [`Refused::TrailDown`].
    pub async fn access_ledger(
        &self,
        viewer: &Viewer,
        child: &StudentRecord,
        me: &GuardianRecord,
        found: Found<'_>,
        query: &LedgerQuery,
    ) -> Result<Disclosed<AccessLedger>, Refused> {
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::TrailRead).about(child.reference());
        self.trail.append(entry).await?;
        let circle = OwnCircle { child: child.id, guardian: me.id, family: child.family };
        let by_others = |kept: &Kept| kept.entry.by().actor != Some(viewer.actor());
        let line = |kept: &Kept| circle.line_or_step(kept, found.joined);
        let lines = found.page.iter().filter(|kept| by_others(kept)).filter_map(line);
        let lines = lines.filter(|line| query.wants(line)).collect();
        let month = found.month.map(|(kept, whole)| month(kept, circle, whole));
        let asked = found.asked.iter().filter_map(|record| question::mark(record, child.id)).collect();
        Ok(Disclosed::recorded(AccessLedger { lines, next: found.next, month, asked }))
    }
}

/// What `store` found for a page of an access ledger.
#[derive(Debug)]
pub struct Found<'a> {
    /// The entries of the page.
    pub page: &'a [Kept],
    /// Which of them are steps of standing grants over a class that the child joined later.
    pub joined: &'a BTreeSet<i64>,
    /// Where older ones begin.
    pub next: Option<String>,
    /// The entries of this month, and whether these are all; on the first page.
    pub month: Option<(&'a [Kept], bool)>,
    /// The guardian's questions about looks at the child; on the first page.
    pub asked: &'a [QuestionRecord],
}

/// A month in numbers, of what staff did.
fn month(kept: &[Kept], circle: OwnCircle, whole: bool) -> Month {
    let mut seen_by = BTreeSet::new();
    let mut opened: Vec<Opened> = Vec::new();
    for kept in kept {
        let (Some(line), Some(Actor::Staff(staff))) = (circle.line(kept), kept.entry.by().actor) else {
            continue;
        };
        let kind = LookKind::of(line.action);
        if matches!(kind, Some(LookKind::Seen | LookKind::Opened)) {
            seen_by.insert(staff);
        }
        if kind == Some(LookKind::Opened) {
            for look in line.looks {
                match opened.iter_mut().find(|opened| opened.field == look.field) {
                    Some(opened) => opened.times = opened.times.saturating_add(1),
                    None => opened.push(Opened { field: look.field, times: 1 }),
                }
            }
        }
    }
    Month { people: u32::try_from(seen_by.len()).unwrap_or(u32::MAX), opened, at_least: !whole }
}

/// Which staff role sees which field of a child and of a guardian: the most that it does, whatever its condition.
fn audience(policy: &Policy, mask: impl Fn(FieldKey) -> Result<Shown<String>, Refused>) -> Result<Vec<Audience>, Refused> {
    let fields = FieldKey::of(RecordKind::Student).chain(FieldKey::of(RecordKind::Guardian));
    let seen_by = |field: FieldKey| {
        let role = |role: &Role| {
            let cell = policy.written(*role, field);
            let sees = cell.exposure > Exposure::Withheld || cell.reveal != Reveal::No;
            (*role != Role::Guardian && policy.scope(*role) != RowScope::None && sees).then_some(AudienceRole {
                role: *role,
                exposure: cell.exposure,
                reveal: cell.reveal,
            })
        };
        Ok(Audience { field, roles: Role::ALL.iter().filter_map(role).collect(), mask: mask(field)? })
    };
    fields.map(seen_by).collect()
}
