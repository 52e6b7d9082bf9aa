//! Who sees what, and why: what somebody else would be shown of a family or of a colleague's record, and who is shown a field of it.
//!
//! The rule: nothing is opened. Forms come from the very views that show records, bodies from the very functions that make them, with a
//! lens that has no key; a reason that does not come to the same decision is no answer. Of what guardians wrote nobody learns by asking
//! what they would not find: a correction is for its desk, and nobody is told that a look of their own is questioned. Whoever is asked
//! about is not there: they are supposed to come from where their roles count, at this hour, and the reasons say so. A change of the
//! matrix that waits is put the very same question, and is a reason where its answer is another. Each question is written down before it
//! is answered. Deliberately absent: a way from an [`Imagined`] person to a card, a reveal or a write; their viewer never leaves this file.

use super::{Gate, Kept, Stretch};
use crate::{
    disclose::{Disclosed, LookBook, family, simulated, staff, timeline},
    facts::Facts,
    policy::{Before, Policy, impact},
    records::{ApprovalRecord, FamilyRecord, GrantRecord, ProposalRecord, Record, StaffRecord},
    refused::Refused,
    scope::Scope,
    trail::{By, Entry, Looks, RecordRef},
    viewer::{Actor, Admission, Viewer, Whence},
    why::{Circle, Inquiry, Member, Somebody, Way},
};
use chrono::{DateTime, Utc};
use contract::{
    catalogue::FieldKey,
    error::{FieldError, ValueError},
    field::RecordKind,
    ids::{CampusId, SessionId, StaffId},
    rights::{Duty, Exposure, Reveal, Role, RoleSet},
    wire::{
        approvals::ApprovalState,
        families::FamilyCard,
        ledger::{Action, FieldLook},
        policy::FieldRight,
        proposals::ProposalState,
        school::StaffRef,
        staff::StaffCard,
        why::{FieldWhy, RecordsSeen, RecordsSights, Sight, Sights, Step, ViewedAs},
    },
};
use std::cmp::Reverse;
use uuid::Uuid;

/// Somebody about whom a question is asked.
#[derive(Debug)]
pub struct Imagined {
    viewer: Viewer,
    active: bool,
}

/// What a question about somebody is about.
#[derive(Debug)]
pub struct Asked<'r> {
    /// The family, by those who are near it.
    pub circle: &'r Circle,
    /// What counts besides the matrix.
    pub given: Given<'r>,
    /// The family as the imagined person finds it, with its ledger.
    pub theirs: Option<(&'r FamilyRecord, &'r [Kept])>,
    /// The family as whoever asks finds it.
    pub own: Option<(&'r FamilyRecord, &'r [Kept])>,
}

/// What counts besides the matrix in force.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'r> {
    /// The requests to open one of the family's fields that are open now.
    pub approvals: &'r [ApprovalRecord],
    /// The standing grants over classes that one of its students attends.
    pub grants: &'r [GrantRecord],
    /// The last proposed change of the matrix, whatever became of it.
    pub proposal: Option<&'r ProposalRecord>,
}

/// A change of the matrix that waits, as what would hold.
struct Coming {
    policy: Policy,
    confirmed: bool,
    from: Option<DateTime<Utc>>,
}

impl Coming {
    /// Nothing of a proposal that has ended.
    fn of(record: &ProposalRecord, now: DateTime<Utc>, present: i64) -> Option<Self> {
        let confirmed = match record.state_at(now, present) {
            ProposalState::Confirmed | ProposalState::Scheduled => true,
            ProposalState::Proposed => false,
            _ => return None,
        };
        let from = record.holds_at().or_else(|| record.from.filter(|from| *from > now));
        Some(Self { policy: record.rules.compile(present.saturating_add(1)), confirmed, from })
    }

    /// The step, where somebody would be shown the field otherwise than by `now`.
    fn step(&self, viewer: &Viewer, before: Before<'_>, now: FieldRight) -> Option<Step> {
        let then = self.policy.right(viewer, before, now.field);
        let (gains, loses) = impact::between((now.form, now.reveal), (then.form, then.reveal));
        let (version, confirmed, from) = (self.policy.version(), self.confirmed, self.from);
        (gains || loses).then_some(Step::Change { version, confirmed, from, form: then.form, reveal: then.reveal, gains, loses })
    }
}

/// A record as one person comes to it.
#[derive(Clone, Copy)]
struct Subject<'r> {
    record: RecordRef,
    before: Before<'r>,
    taught_by: &'r [(StaffId, String)],
}

impl<'r> Subject<'r> {
    fn member(member: &'r Member, facts: &'r Facts) -> Self {
        Self { record: member.record, before: member.way.of(facts), taught_by: &member.taught_by }
    }
    const fn colleague(id: StaffId) -> Self {
        Self { record: of_staff(id), before: Before::Staff, taught_by: &[] }
    }
}

/// By what one field of one record is decided.
struct Grounds<'r> {
    policy: &'r Policy,
    coming: Option<Coming>,
    given: Given<'r>,
}

impl<'r> Grounds<'r> {
    fn of(policy: &'r Policy, inquiry: &Inquiry<'_>, given: Given<'r>) -> Self {
        let coming = given.proposal.and_then(|record| Coming::of(record, inquiry.now(), policy.version()));
        Self { policy, coming, given }
    }
}

impl Gate {
    /// The right to ask what others see.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] for whoever may not read the matrix; [`Refused::TrailDown`].
    pub async fn inquiry<'v>(&self, viewer: &'v Viewer) -> Result<Inquiry<'v>, Refused> {
        if viewer.staff().is_none() || !viewer.has_duty(Duty::ReadPolicy) {
            return Err(self.refuse(viewer, None, Refused::Forbidden).await);
        }
        Ok(Inquiry { viewer, within: (!viewer.has_duty(Duty::KeepPolicy)).then(|| self.scope(viewer)) })
    }

    /// Imagines a member of staff.
    #[must_use]
    pub fn imagine(&self, inquiry: &Inquiry<'_>, somebody: &Somebody) -> Imagined {
        let Somebody { id, name: _, roles, campuses, active } = somebody;
        Imagined { viewer: imagined(inquiry, Actor::Staff(*id), self.present_roles(*roles), campuses.clone()), active: *active }
    }

    /// Which records the imagined person reaches, for finding the family as they do.
    #[must_use]
    pub fn scope_imagined(&self, somebody: &Imagined) -> Scope {
        self.scope(&somebody.viewer)
    }

    /// What somebody would be shown of a family, field by field, and the body that they would get.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn view_as(&self, inquiry: &Inquiry<'_>, somebody: &Imagined, asked: Asked<'_>) -> Result<Disclosed<ViewedAs>, Refused> {
        let Asked { circle, given, theirs, own } = asked;
        let (answer, mut looks) = {
            let policy = self.policy.load();
            let grounds = Grounds::of(&policy, inquiry, given);
            let mut seen: Vec<RecordsSeen> = Vec::new();
            for member in circle.members.iter().filter(|member| may_ask(&policy, inquiry, circle, member)) {
                let found = theirs.and_then(|(record, _)| facts_of(record, member.record));
                let facts = found.unwrap_or_else(|| circle.facts(member, somebody.viewer.actor()));
                let why = |field| why(&grounds, somebody, Subject::member(member, &facts), field);
                let fields = FieldKey::of(member.record.kind).map(why).collect::<Result<Vec<_>, _>>()?;
                let (kind, id) = (member.record.kind, member.record.id);
                match seen.iter_mut().find(|seen| seen.kind == kind && seen.fields == fields) {
                    Some(seen) => seen.records.push(id),
                    None => seen.push(RecordsSeen { kind, records: vec![id], fields }),
                }
            }
            let mut looks = Vec::new();
            let body = match theirs.filter(|_| somebody.active) {
                Some((record, kept)) => {
                    let own = own.map(|(record, kept)| self.blind(&policy, inquiry.viewer, record, kept)).transpose()?;
                    let (card, noted) = self.blind(&policy, &somebody.viewer, record, kept)?;
                    looks = noted;
                    Some(simulated::body(&card, &looks, own.as_ref().map(|(card, _)| card), circle)?)
                }
                None => None,
            };
            (ViewedAs { version: policy.version(), seen, body }, looks)
        };
        looks.push(Looks { fields: Vec::new(), records: vec![family_of(circle)] });
        let person = RecordRef { kind: RecordKind::Staff, id: somebody.viewer.actor().uuid() };
        self.asked(inquiry, person, looks).await?;
        Ok(Disclosed::recorded(answer))
    }

    /// What somebody would be shown of a member of staff, field by field, and the body that they would get.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn view_of_colleague_as(
        &self,
        inquiry: &Inquiry<'_>,
        somebody: &Imagined,
        record: &StaffRecord,
        proposal: Option<&ProposalRecord>,
    ) -> Result<Disclosed<ViewedAs>, Refused> {
        let (answer, mut looks) = {
            let policy = self.policy.load();
            let grounds = Grounds::of(&policy, inquiry, Given { proposal, ..Given::default() });
            let subject = Subject::colleague(record.id);
            let fields = FieldKey::of(RecordKind::Staff).map(|field| why(&grounds, somebody, subject, field));
            let seen = RecordsSeen { kind: RecordKind::Staff, records: vec![record.id.0], fields: fields.collect::<Result<_, _>>()? };
            let theirs = if somebody.active { blind_colleague(&policy, &somebody.viewer, record)? } else { None };
            let own = blind_colleague(&policy, inquiry.viewer, record)?;
            let own = own.as_ref().map(|(card, _)| card);
            let body = theirs.as_ref().map(|(card, looks)| simulated::colleague(card, looks, own)).transpose()?;
            let looks = theirs.map(|(_, looks)| looks).unwrap_or_default();
            (ViewedAs { version: policy.version(), seen: vec![seen], body }, looks)
        };
        looks.push(Looks { fields: Vec::new(), records: vec![of_staff(record.id)] });
        let person = RecordRef { kind: RecordKind::Staff, id: somebody.viewer.actor().uuid() };
        self.asked(inquiry, person, looks).await?;
        Ok(Disclosed::recorded(answer))
    }

    /// Who is shown a field of a family's records.
    ///
    /// # Errors
    /// [`Refused::Fields`] for a field of records that a circle does not carry, of which there would seem to be none; [`Refused::Broken`],
    /// [`Refused::TrailDown`].
    pub async fn who_sees(
        &self,
        inquiry: &Inquiry<'_>,
        circle: &Circle,
        field: FieldKey,
        staff: &[Somebody],
        given: Given<'_>,
    ) -> Result<Disclosed<Sights>, Refused> {
        if !Circle::carries(field.record()) {
            return Err(no_such_field());
        }
        let of_field = |member: &&Member| member.record.kind == field.record();
        let (answer, records) = {
            let policy = self.policy.load();
            let members = circle.members.iter().filter(of_field).filter(|member| may_ask(&policy, inquiry, circle, member));
            let members: Vec<&Member> = members.collect();
            let grounds = Grounds::of(&policy, inquiry, given);
            let guardian = |id| Imagined {
                viewer: imagined(inquiry, Actor::Guardian(id), RoleSet::from_iter([Role::Guardian]), Vec::new()),
                active: true,
            };
            let guardians: Vec<(Option<StaffRef>, Imagined)> = circle.guardians.iter().map(|id| (None, guardian(*id))).collect();
            let named = |one: &Somebody| (Some(StaffRef { id: one.id, name: one.name.clone() }), self.imagine(inquiry, one));
            let everybody: Vec<_> = staff.iter().map(named).chain(guardians).collect();
            let mut seen: Vec<RecordsSights> = Vec::new();
            for member in &members {
                let sights = sights(&everybody, |somebody| {
                    let facts = circle.facts(member, somebody.viewer.actor());
                    why(&grounds, somebody, Subject::member(member, &facts), field)
                })?;
                match seen.iter_mut().find(|seen| seen.sights == sights) {
                    Some(seen) => seen.records.push(member.record.id),
                    None => seen.push(RecordsSights { records: vec![member.record.id], sights }),
                }
            }
            let records = members.iter().map(|member| member.record).collect();
            (Sights { version: policy.version(), field, seen }, records)
        };
        let look = FieldLook { field, form: Exposure::Withheld };
        self.asked(inquiry, family_of(circle), vec![Looks { fields: vec![look], records }]).await?;
        Ok(Disclosed::recorded(answer))
    }

    /// Who is shown a field of a member of staff.
    ///
    /// # Errors
    /// [`Refused::Fields`] for a field of other records; [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn who_sees_colleague(
        &self,
        inquiry: &Inquiry<'_>,
        colleague: StaffId,
        field: FieldKey,
        staff: &[Somebody],
        proposal: Option<&ProposalRecord>,
    ) -> Result<Disclosed<Sights>, Refused> {
        if field.record() != RecordKind::Staff {
            return Err(no_such_field());
        }
        let answer = {
            let policy = self.policy.load();
            let grounds = Grounds::of(&policy, inquiry, Given { proposal, ..Given::default() });
            let named = |one: &Somebody| (Some(StaffRef { id: one.id, name: one.name.clone() }), self.imagine(inquiry, one));
            let everybody: Vec<_> = staff.iter().map(named).collect();
            let sights = sights(&everybody, |somebody| why(&grounds, somebody, Subject::colleague(colleague), field))?;
            Sights { version: policy.version(), field, seen: vec![RecordsSights { records: vec![colleague.0], sights }] }
        };
        let look = FieldLook { field, form: Exposure::Withheld };
        self.asked(inquiry, of_staff(colleague), vec![Looks { fields: vec![look], records: vec![of_staff(colleague)] }]).await?;
        Ok(Disclosed::recorded(answer))
    }

    /// A family's card without a key, and the forms that were noted instead.
    fn blind(&self, policy: &Policy, viewer: &Viewer, record: &FamilyRecord, kept: &[Kept]) -> Result<(FamilyCard, Vec<Looks>), Refused> {
        let mut book = LookBook::blind();
        let newest = timeline::stretch(policy, viewer, record, Stretch::newest(kept));
        let card = family::card(policy, &self.vault, viewer, record, newest, &mut book)?;
        Ok((card, book.into_parts().1))
    }

    /// Writes a question down. In no family's ledger: nobody saw anything of theirs.
    async fn asked(&self, inquiry: &Inquiry<'_>, about: RecordRef, looks: Vec<Looks>) -> Result<(), Refused> {
        let viewer = inquiry.viewer;
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::ViewedAs).about(about).seeing(looks);
        Ok(self.trail.append(entry).await?)
    }
}

#[expect(clippy::disallowed_methods, reason = "a question about somebody: it opens nothing and is never handed on")]
fn imagined(inquiry: &Inquiry<'_>, actor: Actor, roles: RoleSet, campuses: Vec<CampusId>) -> Viewer {
    Viewer::admit(Admission {
        actor,
        name: String::new(),
        roles,
        campuses,
        session: SessionId(Uuid::nil()),
        stepped_up_at: None,
        now: inquiry.viewer.now(),
        whence: Whence::Supposed,
    })
}

const fn family_of(circle: &Circle) -> RecordRef {
    RecordRef { kind: RecordKind::Family, id: circle.family.0 }
}

const fn of_staff(id: StaffId) -> RecordRef {
    RecordRef { kind: RecordKind::Staff, id: id.0 }
}

fn no_such_field() -> Refused {
    Refused::Fields(vec![FieldError { at: "field".into(), code: ValueError::Malformed }])
}

/// A colleague's card without a key, and the forms that were noted instead; nothing for whoever does not keep the staff.
fn blind_colleague(policy: &Policy, viewer: &Viewer, record: &StaffRecord) -> Result<Option<(StaffCard, Vec<Looks>)>, Refused> {
    let card = |view| {
        let mut looks = Vec::new();
        Ok((staff::card(view, None, record, &mut looks)?, looks))
    };
    policy.view_of_staff(viewer).map(card).transpose()
}

/// Whether the record is told of to whoever asks. Of what guardians wrote that is whoever finds it themselves, and whoever keeps the matrix,
/// who reads in the trail that there is one; of a question about a look of their own it is nobody.
fn may_ask(policy: &Policy, inquiry: &Inquiry<'_>, circle: &Circle, member: &Member) -> bool {
    let viewer = inquiry.viewer;
    match member.way {
        Way::Reach => true,
        Way::Question { of, .. } if viewer.staff() == Some(of) => false,
        Way::Correction { .. } | Way::Question { .. } => {
            let facts = circle.facts(member, viewer.actor());
            inquiry.within.is_none() || policy.comes_before(viewer, member.way.of(&facts))
        }
    }
}

/// The relation that a record was found with.
fn facts_of(family: &FamilyRecord, record: RecordRef) -> Option<Facts> {
    fn of<R: Record>(records: &[R], record: RecordRef) -> Option<Facts> {
        records.iter().find(|one| one.reference() == record).map(|one| *one.facts())
    }
    match record.kind {
        RecordKind::Student => of(&family.students, record),
        RecordKind::Guardian => of(&family.guardians, record),
        RecordKind::Note => of(&family.notes, record),
        RecordKind::Family | RecordKind::Correction | RecordKind::Question | RecordKind::Staff => None,
    }
}

/// One field of one record for somebody, and why.
fn why(grounds: &Grounds<'_>, somebody: &Imagined, subject: Subject<'_>, field: FieldKey) -> Result<FieldWhy, Refused> {
    let Grounds { policy, coming, given: Given { approvals, grants, proposal: _ } } = grounds;
    let Imagined { viewer, active } = somebody;
    let Subject { record, before, taught_by } = subject;
    let mine = taught_by.iter().filter(|(teacher, _)| Some(*teacher) == viewer.staff());
    let classes: Vec<String> = mine.map(|(_, class)| class.clone()).collect();
    let right = policy.right(viewer, before, field);
    let explained = policy.explain(viewer, before, field, &classes);
    if (explained.form, explained.reveal) != (right.form, right.reveal) {
        return Err(Refused::Broken);
    }
    let mut steps = explained.steps;
    if !active {
        for step in &mut steps {
            if let Step::Role { decides, .. } = step {
                *decides = false;
            }
        }
        steps.insert(0, Step::Suspended);
        let right = FieldRight { field, form: Exposure::Withheld, reveal: Reveal::No, edit: false };
        return Ok(FieldWhy { right, steps });
    }
    let of_this = approvals.iter().filter(|approval| approval.record == record && approval.field == field);
    for approval in of_this.filter(|approval| Some(approval.by.id) == viewer.staff()) {
        let state = approval.state_at(viewer.now());
        let opens = right.reveal == Reveal::WithApproval && approval.opens_for(viewer);
        if state == ApprovalState::Asked || opens {
            steps.push(Step::Approval { state, until: approval.until });
        }
    }
    let opens = |grant: &&GrantRecord| right.reveal == Reveal::WithApproval && grant.opens_for(viewer, record, field);
    steps.extend(grants.iter().filter(opens).map(|grant| Step::Standing { class: grant.class.name.clone(), last_day: grant.last_day }));
    steps.extend(coming.as_ref().and_then(|coming| coming.step(viewer, before, right)));
    Ok(FieldWhy { right, steps })
}

/// Who is shown a field of one record, by what they are shown and why, which `of` tells of each.
fn sights(everybody: &[(Option<StaffRef>, Imagined)], of: impl Fn(&Imagined) -> Result<FieldWhy, Refused>) -> Result<Vec<Sight>, Refused> {
    let mut sights: Vec<Sight> = Vec::new();
    for (named, somebody) in everybody {
        let FieldWhy { right: FieldRight { form, reveal, .. }, steps } = of(somebody)?;
        let at = sights.iter().position(|sight| (sight.form, sight.reveal) == (form, reveal) && sight.steps == steps);
        if at.is_none() {
            sights.push(Sight { form, reveal, steps, people: Vec::new(), guardians: 0 });
        }
        let sight = match at {
            Some(at) => sights.get_mut(at),
            None => sights.last_mut(),
        };
        match (sight, named) {
            (Some(sight), Some(named)) => sight.people.push(named.clone()),
            (Some(sight), None) => sight.guardians = sight.guardians.saturating_add(1),
            (None, _) => {}
        }
    }
    // Whoever sees more comes first; whoever is suspended comes last.
    sights.sort_by_key(|sight| (sight.steps.contains(&Step::Suspended), Reverse((sight.form, sight.reveal))));
    Ok(sights)
}
