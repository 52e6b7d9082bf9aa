//! Four eyes in the database: whoever acts is asked for again where it is written.
//!
//! The rule: what was permitted is not done by somebody who was suspended, or given other roles, before it commits. Deliberately absent:
//! who may propose and confirm, which is the gate's, and what becomes of a proposal, which is asked over HTTP.

use crate::support::{School, event, now, on_each_engine};
use contract::{
    catalogue::FieldKey,
    ids::{SessionId, StaffId},
    rights::{Cell, Exposure, Role, RoleSet},
    wire::{
        ledger::Action,
        policy::PolicyCell,
        proposals::{NewProposal, ProposalDecision},
    },
};
use guard::{Actor, Admission, Viewer, policy::Rules, proposal::ProposalWrite};
use store::{PolicyWritten, StaffActed};
use uuid::Uuid;

/// Somebody who has just used a passkey.
fn fresh(id: StaffId, role: Role) -> Viewer {
    #[expect(clippy::disallowed_methods, reason = "a test says who somebody is")]
    Viewer::admit(Admission {
        actor: Actor::Staff(id),
        name: "someone".into(),
        roles: RoleSet::from_iter([role]),
        campuses: Vec::new(),
        session: SessionId(Uuid::nil()),
        stepped_up_at: Some(now()),
        now: now(),
        whence: guard::Whence::Unknown,
    })
}

/// li keeps the matrix, wang approves, zhao looks after the staff.
async fn offices(school: &School) {
    for (login, bits) in [("li", 64), ("wang", 16), ("zhao", 32)] {
        school.sql(&format!("UPDATE staff SET roles = {bits} WHERE login = '{login}'")).await;
    }
}

fn a_cell(exposure: Exposure) -> PolicyCell {
    let field = FieldKey::GuardianPhone;
    PolicyCell { role: Role::Teacher, field, cell: Cell { exposure, ..Cell::WITHHELD } }
}

async fn propose(school: &School) -> PolicyWritten {
    let li = fresh(school.li, Role::PrivacyOfficer);
    let wish = NewProposal { version: 1, cells: vec![a_cell(Exposure::Masked)], words: "接送要用".into(), ..NewProposal::default() };
    let ask = school.gate.propose(li.fresh().unwrap(), &wish).unwrap();
    school.db.propose_policy(&school.trail, ask).await.unwrap()
}

/// What wang was permitted to do about the last proposal.
async fn decide(school: &School, decision: ProposalDecision) -> ProposalWrite {
    let wang = fresh(school.wang, Role::Principal);
    let record = school.db.last_proposal().await.unwrap().unwrap();
    school.gate.decide_proposal(wang.fresh().unwrap(), &record, &decision).unwrap()
}

async fn suspend(school: &School, who: StaffId, suspended: bool) {
    assert_eq!(school.db.suspend(&school.trail, who, !suspended, &event()).await.unwrap(), StaffActed::Done);
}

on_each_engine! {
    async fn a_confirmation_that_waited_behind_the_suspension_of_whoever_confirms_is_none(school) {
        offices(&school).await;
        assert_eq!(propose(&school).await, PolicyWritten::Stored);
        let declines = || ProposalDecision::Decline { why: "不妥".into() };
        for lost in ["suspended", "roles"] {
            for decision in [ProposalDecision::Confirm {}, declines()] {
                let waiting = decide(&school, decision).await;
                match lost {
                    "suspended" => suspend(&school, school.wang, true).await,
                    _ => school.sql("UPDATE staff SET roles = 128 WHERE login = 'wang'").await,
                }
                assert_eq!(school.db.step_proposal(&school.trail, waiting).await.unwrap(), PolicyWritten::Lapsed, "{lost}");
                assert_eq!(school.db.policy().await.unwrap().version, 1, "{lost}");
                match lost {
                    "suspended" => suspend(&school, school.wang, false).await,
                    _ => school.sql("UPDATE staff SET roles = 16 WHERE login = 'wang'").await,
                }
            }
        }
        let confirms = decide(&school, ProposalDecision::Confirm {}).await;
        assert_eq!(school.db.step_proposal(&school.trail, confirms).await.unwrap(), PolicyWritten::Stored);
        assert_eq!(school.db.policy().await.unwrap().version, 2);
        school.verified().await;
    }
}

on_each_engine! {
    async fn whoever_was_suspended_meanwhile_neither_proposes_nor_narrows(school) {
        offices(&school).await;
        let li = fresh(school.li, Role::PrivacyOfficer);
        let entry = school.gate.act_on_policy(li.fresh().unwrap(), Action::PolicyChanged, 2).unwrap();
        let less = || Rules { cells: vec![a_cell(Exposure::Withheld)], ..Rules::default() };
        suspend(&school, school.li, true).await;
        assert_eq!(propose(&school).await, PolicyWritten::Lapsed);
        assert_eq!(school.db.change_policy(&school.trail, 1, less(), &entry).await.unwrap(), PolicyWritten::Lapsed);
        assert!(school.db.last_proposal().await.unwrap().is_none());
        suspend(&school, school.li, false).await;
        assert_eq!(school.db.change_policy(&school.trail, 1, less(), &entry).await.unwrap(), PolicyWritten::Stored);
    }
}
