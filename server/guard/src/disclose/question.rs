//! A question, shown: to the guardian who asked, and to whoever answers.
//!
//! The rule: both read the same line of the ledger, that of the guardian. Deliberately absent: who asked, for whoever does not
//! reach the family.

use super::{
    LookBook,
    correction::due,
    ledger::{OwnCircle, joined},
};
use crate::{
    policy::View,
    records::QuestionRecord,
    refused::Refused,
    sealed::{Lens, SubjectKey},
    trail::RecordRef,
};
use contract::{
    field::RecordKind,
    ids::StudentId,
    wire::{
        portal::AskedLine,
        questions::{Question, QuestionState},
    },
};

pub(crate) fn question(view: View<'_>, key: &SubjectKey, record: &QuestionRecord, book: &mut LookBook) -> Result<Question, Refused> {
    let QuestionRecord {
        id,
        family,
        about,
        look,
        of: _,
        state,
        finding,
        asked_by,
        asked_at,
        decided_at,
        decided_by,
        words,
        answer,
        key: _,
    } = record;
    // Whether it is a line of the child's was asked when the question was.
    let circle = OwnCircle { child: *about, guardian: *asked_by, family: *family };
    let line = circle.line(look).or_else(|| joined(look)).ok_or(Refused::Broken)?;
    let lens = Lens::new(view, key, id.0);
    let question = Question {
        id: *id,
        line,
        state: *state,
        finding: *finding,
        asked_at: *asked_at,
        due: due(*asked_at),
        decided_at: *decided_at,
        decided_by: decided_by.clone(),
        words: lens.show(words)?,
        answer: lens.show(answer)?,
    };
    // The words are about the child: in the child's ledger the look at them has to stand.
    book.add(*family, RecordRef { kind: RecordKind::Student, id: about.0 }, lens.into_looks());
    Ok(question)
}

/// What stands beside its line in the ledger of the child; nothing of one that was taken back.
pub(crate) fn mark(record: &QuestionRecord, child: StudentId) -> Option<AskedLine> {
    let stands = record.about == child && record.state != QuestionState::Withdrawn;
    stands.then(|| AskedLine { line: record.look.seq, due: due(record.asked_at), finding: record.finding })
}
