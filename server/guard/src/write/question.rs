//! Questions: asked by a guardian about a line of their own ledger, taken back, answered by staff.
//!
//! The rule: a line that the guardian does not read in their ledger is not there, whoever's it is. Nobody answers for a look of
//! their own. Deliberately absent: the words in the trail, whose entries say that somebody asked and answered and no more.

use super::correction::sentence;
use crate::{
    disclose::ledger::{Kept, OwnCircle},
    records::{GuardianRecord, QuestionRecord, Record, StudentRecord},
    refused::Refused,
    sealed::Sealed,
    trail::{By, Entry, RecordRef},
    vault::Vault,
    viewer::{Actor, Viewer},
};
use contract::{
    catalogue::{QuestionAnswer, QuestionWords},
    field::RecordKind,
    ids::{FamilyId, GuardianId, QuestionId, StaffId, StudentId},
    rights::Duty,
    wire::{
        ledger::{Action, LedgerLine},
        questions::{Finding, NewAnswer, NewQuestion},
    },
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A question to be stored.
#[derive(Debug)]
pub struct QuestionAsk {
    /// The question.
    pub id: QuestionId,
    /// The child in whose ledger the look was found.
    pub about: StudentId,
    /// The number of the look in the trail.
    pub line: i64,
    /// Who is questioned.
    pub of: StaffId,
    /// Who asks.
    pub by: GuardianId,
    /// What the guardian says.
    pub words: Sealed<QuestionWords>,
    /// An empty answer, so that its absence is sealed too.
    pub answer: Sealed<QuestionAnswer>,
    /// Commits together with it; it names the family.
    pub entry: Entry,
}

/// A question that is taken back.
#[derive(Debug)]
pub struct QuestionWithdrawal {
    /// The question.
    pub id: QuestionId,
    /// Commits together with it.
    pub entry: Entry,
}

/// A permitted answer.
#[derive(Debug)]
pub struct QuestionReply {
    /// The question.
    pub id: QuestionId,
    /// Who answers.
    pub by: StaffId,
    /// What the school finds.
    pub finding: Finding,
    /// What the guardian reads.
    pub answer: Sealed<QuestionAnswer>,
    /// Commits together with it.
    pub entry: Entry,
}

fn entry(viewer: &Viewer, action: Action, child: StudentId, family: FamilyId) -> Entry {
    let child = RecordRef { kind: RecordKind::Student, id: child.0 };
    Entry::event(viewer.now(), By::viewer(viewer), action).about(child).in_families(vec![family])
}

pub(crate) fn ask(
    vault: &Vault,
    viewer: &Viewer,
    child: &StudentRecord,
    me: &GuardianRecord,
    (look, steps): (Option<&Kept>, &BTreeSet<i64>),
    new: &NewQuestion,
) -> Result<QuestionAsk, Refused> {
    let NewQuestion { line: number, words } = new;
    let Actor::Guardian(by) = viewer.actor() else {
        return Err(Refused::NotFound);
    };
    if by != me.id || !child.facts.own_child {
        return Err(Refused::NotFound);
    }
    let circle = OwnCircle { child: child.id, guardian: me.id, family: child.family };
    let is_read = |look: &&Kept| circle.line_or_step(look, steps).as_ref().is_some_and(LedgerLine::is_questionable);
    let read = look.filter(|look| look.seq == *number).filter(is_read);
    let Some(Actor::Staff(of)) = read.and_then(|look| look.entry.by().actor) else {
        return Err(Refused::NotFound);
    };
    let words = sentence("words", words, false).map_err(|error| Refused::Fields(vec![error]))?;
    let (id, key) = (QuestionId(Uuid::now_v7()), vault.unwrap(child.key())?);
    Ok(QuestionAsk {
        id,
        about: child.id,
        line: *number,
        of,
        by,
        words: Sealed::seal(&words, key, id.0)?,
        answer: Sealed::seal(&None, key, id.0)?,
        entry: entry(viewer, Action::QuestionAsked, child.id, child.family),
    })
}

pub(crate) fn withdraw(viewer: &Viewer, record: &QuestionRecord) -> Result<QuestionWithdrawal, Refused> {
    if viewer.actor() != Actor::Guardian(record.asked_by) {
        return Err(Refused::NotFound);
    }
    Ok(QuestionWithdrawal { id: record.id, entry: entry(viewer, Action::QuestionWithdrawn, record.about, record.family) })
}

pub(crate) fn answer(vault: &Vault, viewer: &Viewer, record: &QuestionRecord, new: &NewAnswer) -> Result<QuestionReply, Refused> {
    let NewAnswer { finding, answer } = new;
    let by = viewer.staff().filter(|_| viewer.has_duty(Duty::Approve)).ok_or(Refused::Forbidden)?;
    if by == record.of {
        return Err(Refused::NotFound);
    }
    let answer = sentence("answer", answer, true).map_err(|error| Refused::Fields(vec![error]))?;
    let answer = Sealed::seal(&answer, vault.unwrap(&record.key)?, record.id.0)?;
    let entry = entry(viewer, Action::QuestionAnswered, record.about, record.family);
    Ok(QuestionReply { id: record.id, by, finding: *finding, answer, entry })
}
