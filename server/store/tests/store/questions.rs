//! Questions on both engines: one open of a line, one answer, the entry with the write, desks apart.

use crate::support::{Ids, School, guardian, on_each_engine, student, today, viewer};
use contract::{
    ids::{QuestionId, StaffId},
    rights::Role,
    wire::questions::{Finding, NewAnswer, NewQuestion, QuestionState},
};
use guard::{
    Actor, Viewer,
    scope::QuestionDesk,
    write::{QuestionAsk, QuestionReply},
};
use std::collections::BTreeSet;
use store::{QuestionList, StoreError, Written};
use uuid::Uuid;

/// A family that the consultant took in, which is the one line in its ledger.
async fn family(school: &School) -> Ids {
    school.take_in(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])).await
}

fn officer(number: u128) -> Viewer {
    viewer(Actor::Staff(StaffId(Uuid::from_u128(number))), &[Role::PrivacyOfficer], &[], today())
}

fn desk(school: &School, viewer: &Viewer) -> QuestionDesk {
    school.gate.question_desk(viewer).unwrap()
}

async fn ask(school: &School, ids: &Ids) -> QuestionAsk {
    let parent = school.parent(ids.guardians[0]);
    let scope = school.gate.scope(&parent);
    let child = school.db.student(&scope, ids.students[0]).await.unwrap().unwrap();
    let me = school.db.guardian(&scope, ids.guardians[0]).await.unwrap().unwrap();
    let newest = school.db.family_trail(ids.family, None, 100).await.unwrap();
    let line = newest.iter().find(|kept| kept.entry.by().actor == Some(Actor::Staff(school.li))).unwrap().seq;
    let look = school.db.family_line(ids.family, line).await.unwrap();
    let new = NewQuestion { line, words: "a word".into() };
    school.gate.ask_question(&parent, &child, &me, (look.as_ref(), &BTreeSet::new()), &new).unwrap()
}

async fn reply(school: &School, id: QuestionId, by: &Viewer, finding: Finding) -> QuestionReply {
    let record = school.db.question(&desk(school, by), id).await.unwrap().unwrap();
    school.gate.answer_question(by, &record, &NewAnswer { finding, answer: "an answer".into() }).unwrap()
}

const OPEN: QuestionList = QuestionList { state: QuestionState::Open, after: None, limit: 1 };

on_each_engine! {
    async fn of_two_questions_about_one_line_one_is_stored(school) {
        let ids = family(&school).await;
        let (one, two) = (ask(&school, &ids).await, ask(&school, &ids).await);
        let before = school.count("trail").await;
        let (one, two) = tokio::join!(school.db.ask_question(&school.trail, one), school.db.ask_question(&school.trail, two));
        let mut stored = [one.unwrap(), two.unwrap()].map(|written| written == Written::Stored);
        stored.sort_unstable();
        assert_eq!(stored, [false, true]);
        assert_eq!((school.count("question").await, school.count("trail").await - before), (1, 1));
    }

    async fn of_two_answers_one_is_stored(school) {
        let ids = family(&school).await;
        let asked = ask(&school, &ids).await;
        let id = asked.id;
        school.db.ask_question(&school.trail, asked).await.unwrap();
        let (one, two) = (officer(1), officer(2));
        let (first, second) = (reply(&school, id, &one, Finding::Justified).await, reply(&school, id, &two, Finding::Mistake).await);
        let before = school.count("trail").await;
        let (first, second) = tokio::join!(school.db.answer_question(&school.trail, first), school.db.answer_question(&school.trail, second));
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_ne!(first, second);
        assert_eq!(school.count("trail").await - before, 1);
        let record = school.db.question(&desk(&school, &one), id).await.unwrap().unwrap();
        let kept = if first == Written::Stored { Finding::Justified } else { Finding::Mistake };
        assert_eq!((record.state, record.finding), (QuestionState::Answered, Some(kept)));
        assert_eq!(school.db.count_questions(&desk(&school, &one)).await.unwrap(), 0);
        // The same question can be asked again.
        let again = ask(&school, &ids).await;
        assert_eq!(school.db.ask_question(&school.trail, again).await, Ok(Written::Stored));
    }

    async fn a_desk_holds_the_looks_of_others_in_the_families_that_it_reaches(school) {
        let ids = family(&school).await;
        let asked = ask(&school, &ids).await;
        let (id, line) = (asked.id, asked.line);
        school.db.ask_question(&school.trail, asked).await.unwrap();
        let principal = |campus| viewer(Actor::Staff(StaffId(Uuid::from_u128(3))), &[Role::Principal], &[campus], today());
        let looked = viewer(Actor::Staff(school.li), &[Role::PrivacyOfficer], &[], today());
        for (who, found) in [(officer(1), 1), (principal(school.north), 1), (principal(school.south), 0), (looked, 0)] {
            let desk = desk(&school, &who);
            assert_eq!(school.db.questions(&desk, OPEN).await.unwrap().0.len(), found);
            assert_eq!(school.db.count_questions(&desk).await.unwrap(), found as u64);
            assert_eq!(school.db.question(&desk, id).await.unwrap().is_some(), found == 1);
        }
        assert!(school.gate.question_desk(&school.consultant(school.wang)).is_none());
        assert!(school.gate.question_desk(&school.parent(ids.guardians[0])).is_none());
        // A line is found by its number in its own family's ledger, and nowhere else.
        let other = school.take_in(school.wish(school.li, vec![student("上官云")], vec![guardian("司马白", "10012345679")])).await;
        assert!(school.db.family_line(other.family, line).await.unwrap().is_none());
        assert_eq!(school.db.family_line(ids.family, line).await.unwrap().map(|kept| kept.seq), Some(line));
        let (own, others) = (school.gate.scope(&school.parent(ids.guardians[0])), school.gate.scope(&school.parent(other.guardians[0])));
        assert_eq!(school.db.own_questions(&own, ids.students[0]).await.unwrap().len(), 1);
        assert!(school.db.own_questions(&others, ids.students[0]).await.unwrap().is_empty());
        assert!(school.db.own_question(&others, id).await.unwrap().is_none());
        assert!(school.db.own_question(&school.gate.scope(&officer(1)), id).await.unwrap().is_none());
    }

    async fn what_its_trail_entry_fails_for_leaves_nothing(school) {
        let ids = family(&school).await;
        let asked = ask(&school, &ids).await;
        let id = asked.id;
        school.db.ask_question(&school.trail, asked).await.unwrap();
        let by = officer(1);
        let answer = reply(&school, id, &by, Finding::Mistake).await;
        let other = school.take_in(school.wish(school.li, vec![student("上官云")], vec![guardian("司马白", "10012345679")])).await;
        let another = ask(&school, &other).await;
        school.sql("DELETE FROM trail_head").await;
        assert_eq!(school.db.answer_question(&school.trail, answer).await, Err(StoreError::TrailDown));
        assert_eq!(school.db.ask_question(&school.trail, another).await, Err(StoreError::TrailDown));
        let open: i64 = school.rows("SELECT COUNT(*) AS n FROM question WHERE state = 'open'").await[0].try_get("", "n").unwrap();
        assert_eq!((open, school.count("question").await), (1, 1));
    }
}
