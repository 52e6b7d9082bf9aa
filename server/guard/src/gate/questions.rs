//! Questions: who may ask about a look, who may see that somebody asked, who may answer.
//!
//! The rule: to ask is a right of the guardian that no matrix gives or takes. To answer is a duty, and whoever is questioned
//! has it for everybody but themselves.

use super::{Gate, Kept, corrections::late};
use crate::{
    disclose::{Disclosed, LookBook, family, question},
    records::{FamilyRecord, GuardianRecord, QuestionRecord, Record, StudentRecord},
    refused::Refused,
    scope::QuestionDesk,
    viewer::Viewer,
    write::{self, QuestionAsk, QuestionReply, QuestionWithdrawal},
};
use contract::wire::{
    Page,
    families::Conflict,
    ledger::Action,
    questions::{AskedQuestion, NewAnswer, NewQuestion, Question, Questions},
};
use std::{borrow::Borrow, collections::BTreeSet};

impl Gate {
    /// The questions that `viewer` may answer; nothing without the duty.
    #[must_use]
    pub fn question_desk(&self, viewer: &Viewer) -> Option<QuestionDesk> {
        QuestionDesk::of(&self.policy.load(), viewer)
    }

    /// Asks about a look, as found in the ledger of the child's family, or about one of the steps of grants that the child joined.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for a line that the guardian does not read there, or that nobody can be asked about;
    /// [`Refused::Fields`].
    pub fn ask_question(
        &self,
        viewer: &Viewer,
        child: &StudentRecord,
        me: &GuardianRecord,
        (look, steps): (Option<&Kept>, &BTreeSet<i64>),
        new: &NewQuestion,
    ) -> Result<QuestionAsk, Refused> {
        write::ask_question(&self.vault, viewer, child, me, (look, steps), new)
    }

    /// Takes a question back.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for whoever did not ask it.
    pub fn withdraw_question(&self, viewer: &Viewer, record: &QuestionRecord) -> Result<QuestionWithdrawal, Refused> {
        write::withdraw_question(viewer, record)
    }

    /// Answers a question.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty; [`Refused::NotFound`] for a look of one's own; [`Refused::Fields`].
    pub fn answer_question(&self, viewer: &Viewer, record: &QuestionRecord, new: &NewAnswer) -> Result<QuestionReply, Refused> {
        write::answer_question(&self.vault, viewer, record, new)
    }

    /// What a guardian has asked about a child.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn own_questions(
        &self,
        viewer: &Viewer,
        child: &StudentRecord,
        records: &[QuestionRecord],
    ) -> Result<Disclosed<Questions>, Refused> {
        let mut book = LookBook::default();
        let items = records.iter().map(|record| self.own_asked(viewer, child, record, &mut book)).collect::<Result<_, _>>()?;
        self.disclose(viewer, Action::Listed, None, book, Questions { items }).await
    }

    /// One question, to the guardian who asked it.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn own_question(
        &self,
        viewer: &Viewer,
        child: &StudentRecord,
        record: &QuestionRecord,
    ) -> Result<Disclosed<Question>, Refused> {
        let mut book = LookBook::default();
        let question = self.own_asked(viewer, child, record, &mut book)?;
        self.disclose(viewer, Action::Shown, Some(child.reference()), book, question).await
    }

    /// The question that is open already, for somebody who asks again, or the present one for a late withdrawal.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn own_question_conflict(
        &self,
        viewer: &Viewer,
        child: &StudentRecord,
        record: &QuestionRecord,
        trace_id: String,
    ) -> Result<Disclosed<Conflict<Question>>, Refused> {
        let mut book = LookBook::default();
        let question = self.own_asked(viewer, child, record, &mut book)?;
        self.disclose(viewer, Action::Shown, Some(child.reference()), book, late(question, trace_id)).await
    }

    fn own_asked(&self, viewer: &Viewer, child: &StudentRecord, record: &QuestionRecord, book: &mut LookBook) -> Result<Question, Refused> {
        if record.about != child.id {
            return Err(Refused::NotFound);
        }
        let policy = self.policy.load();
        let view = policy.view_of_own_question(viewer, &child.facts, record.asked_by).ok_or(Refused::NotFound)?;
        question::question(view, self.vault.unwrap(child.key())?, record, book)
    }

    /// A page of questions for whoever answers. `families` are those among theirs that the viewer reaches.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn questions(
        &self,
        viewer: &Viewer,
        records: &[QuestionRecord],
        families: &[impl Borrow<FamilyRecord>],
        next: Option<String>,
        total: Option<u64>,
    ) -> Result<Disclosed<Page<AskedQuestion>>, Refused> {
        let mut book = LookBook::default();
        let items = records.iter().map(|record| self.asked_question(viewer, record, families, &mut book)).collect::<Result<_, _>>()?;
        let page = Page { items, next, total, shown_as: viewer.roles().into() };
        self.disclose(viewer, Action::Listed, None, book, page).await
    }

    /// One question for whoever answers, as it is now.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn question(
        &self,
        viewer: &Viewer,
        record: &QuestionRecord,
        families: &[impl Borrow<FamilyRecord>],
    ) -> Result<Disclosed<AskedQuestion>, Refused> {
        let mut book = LookBook::default();
        let asked = self.asked_question(viewer, record, families, &mut book)?;
        self.disclose(viewer, Action::Shown, None, book, asked).await
    }

    /// The same for an answer that came too late.
    ///
    /// # Errors
    /// [`Refused::Broken`], [`Refused::TrailDown`].
    pub async fn question_conflict(
        &self,
        viewer: &Viewer,
        record: &QuestionRecord,
        families: &[impl Borrow<FamilyRecord>],
        trace_id: String,
    ) -> Result<Disclosed<Conflict<AskedQuestion>>, Refused> {
        let mut book = LookBook::default();
        let asked = self.asked_question(viewer, record, families, &mut book)?;
        self.disclose(viewer, Action::Shown, None, book, late(asked, trace_id)).await
    }

    fn asked_question(
        &self,
        viewer: &Viewer,
        record: &QuestionRecord,
        families: &[impl Borrow<FamilyRecord>],
        book: &mut LookBook,
    ) -> Result<AskedQuestion, Refused> {
        let policy = self.policy.load();
        let view = policy.view_of_question(viewer, record.of).ok_or(Refused::NotFound)?;
        let question = question::question(view, self.vault.unwrap(&record.key)?, record, book)?;
        let family = families.iter().find(|family| (*family).borrow().family.id == record.family);
        let family = family.map(|family| family::brief(&policy, &self.vault, viewer, family.borrow(), book)).transpose()?;
        Ok(AskedQuestion { question, family })
    }
}
