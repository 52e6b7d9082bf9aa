//! What approves a look, a standing grant or an approval for it alone, is asked for again in the transaction that writes it down.
//!
//! The rule: what does not hold at that moment writes nothing and spends nothing, whatever the gate knew before. Deliberately absent: the
//! gate, which asks the same from the records.

use crate::support::{School, days, event, guardian, now, on_each_engine, student, today};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{ApprovalId, GrantId, StudentId},
    wire::approvals::ApprovalState,
};
use guard::{
    Actor, Trail,
    approval::{ApprovalAsk, ApprovalWrite, GrantAsk, GrantWrite, Permit, Redemption},
    trail::{NotCounted, Quota, RecordRef},
};
use store::Written;
use uuid::Uuid;

const FIELD: FieldKey = FieldKey::StudentHealthNote;

fn write(id: GrantId, from: &'static [ApprovalState], to: ApprovalState) -> GrantWrite {
    GrantWrite { id, from, to, until: None, decided_by: None, entry: event() }
}

/// A pupil of the class of chen, and a grant of wang's, who may approve.
async fn granted(school: &School) -> (StudentId, GrantId) {
    let wish = school.wish(school.li, vec![student("诸葛")], vec![guardian("父", "10012345678")]);
    let ids = school.seed(wish, &[(0, days(-5), None)]).await;
    school.sql("UPDATE staff SET roles = 16 WHERE login = 'wang'").await;
    let id = GrantId(Uuid::now_v7());
    let (until, last_day) = (now() + chrono::TimeDelta::days(10), days(9));
    let ask = GrantAsk { id, class: school.class, fields: vec![FIELD], by: school.chen, last_day, until, entry: event() };
    assert_eq!(school.db.ask_grant(&school.trail, ask).await.unwrap(), Written::Stored);
    let grant = GrantWrite {
        until: Some((last_day, until)),
        decided_by: Some(school.wang),
        ..write(id, &[ApprovalState::Asked], ApprovalState::Granted)
    };
    assert_eq!(school.db.step_grant(&school.trail, grant).await.unwrap(), Written::Stored);
    (ids.students[0], id)
}

on_each_engine! {
    async fn a_look_is_written_only_while_the_grant_holds(school) {
        let (pupil, id) = granted(&school).await;
        let look = Redemption { permit: Permit::Standing(id), by: school.chen.0, record: pupil.0, field: FIELD, at: now(), day: today() };
        let quota = Quota { actor: Actor::Staff(school.chen), day: today(), limit: 30, cost: 1 };
        let looks = async |look| school.trail.append_counted(event(), quota, Some(look)).await;
        assert_eq!((looks(look).await, looks(look).await), (Ok(29), Ok(28)), "it stays");
        // An audit counts what was asked for, and sees what stands.
        let counts = school.db.audit_counts(&school.trail, (today(), today()), Vec::new(), now()).await.unwrap();
        assert_eq!(counts.grants.iter().map(|grant| (grant.id, grant.holds(now(), today()))).collect::<Vec<_>>(), [(id, true)]);
        assert_eq!(counts.grants_asked, (1, 1, 0));
        for (what, wrong) in [
            ("another grant", Redemption { permit: Permit::Standing(GrantId(Uuid::now_v7())), ..look }),
            ("another person", Redemption { by: school.li.0, ..look }),
            ("another pupil", Redemption { record: Uuid::now_v7(), ..look }),
            ("another field", Redemption { field: FieldKey::StudentIdCard, ..look }),
            ("after its time", Redemption { at: now() + chrono::TimeDelta::days(10), ..look }),
            ("after the class", Redemption { day: days(61), ..look }),
            ("before the pupil came", Redemption { day: days(-6), ..look }),
        ] {
            assert_eq!(looks(wrong).await, Err(NotCounted::Spent), "{what}");
        }
        for (end, back) in [
            ("UPDATE staff SET active = FALSE WHERE login = 'wang'", "UPDATE staff SET active = TRUE WHERE login = 'wang'"),
            ("UPDATE staff SET roles = 1 WHERE login = 'wang'", "UPDATE staff SET roles = 16 WHERE login = 'wang'"),
            ("UPDATE enrolment SET ends = '2026-03-09'", "UPDATE enrolment SET ends = NULL"),
            ("UPDATE class SET ends = '2026-03-09'", "UPDATE class SET ends = '2026-06-01'"),
            ("UPDATE class SET teacher_id = (SELECT id FROM staff WHERE login = 'li')",
                "UPDATE class SET teacher_id = (SELECT id FROM staff WHERE login = 'chen')"),
            ("UPDATE standing_grant SET decided_by = asked_by", "UPDATE standing_grant SET decided_by = (SELECT id FROM staff WHERE login = 'wang')"),
        ] {
            school.sql(end).await;
            assert_eq!(looks(look).await, Err(NotCounted::Spent), "{end}");
            school.sql(back).await;
        }
        assert_eq!(looks(look).await, Ok(27), "what was refused spent nothing");
        let revoke = || write(id, &[ApprovalState::Granted], ApprovalState::Revoked);
        assert_eq!(school.db.step_grant(&school.trail, revoke()).await.unwrap(), Written::Stored);
        assert_eq!(school.db.step_grant(&school.trail, revoke()).await.unwrap(), Written::Conflict);
        assert_eq!(looks(look).await, Err(NotCounted::Spent));
    }

    async fn a_look_by_an_approval_asks_for_its_approver_in_the_same_transaction(school) {
        let wish = school.wish(school.li, vec![student("诸葛")], vec![guardian("父", "10012345678")]);
        let ids = school.seed(wish, &[]).await;
        school.sql("UPDATE staff SET roles = 16 WHERE login = 'wang'").await;
        let id = ApprovalId(Uuid::now_v7());
        let until = now() + chrono::TimeDelta::hours(1);
        let record = RecordRef { kind: RecordKind::Student, id: ids.students[0].0 };
        let ask = ApprovalAsk { id, record, family: ids.family, field: FIELD, by: school.chen, until, entry: event() };
        school.db.ask_approval(&school.trail, ask).await.unwrap();
        let (from, to) = (&[ApprovalState::Asked], ApprovalState::Granted);
        let grant = ApprovalWrite { id, from, to, until: Some(until), decided_by: Some(school.wang), entry: event() };
        assert_eq!(school.db.change_approval(&school.trail, grant).await.unwrap(), Written::Stored);
        let look = Redemption { permit: Permit::Once(id), by: school.chen.0, record: record.id, field: FIELD, at: now(), day: today() };
        let quota = Quota { actor: Actor::Staff(school.chen), day: today(), limit: 30, cost: 1 };
        let looks = async || school.trail.append_counted(event(), quota, Some(look)).await;
        for (end, back) in [
            ("UPDATE staff SET active = FALSE WHERE login = 'wang'", "UPDATE staff SET active = TRUE WHERE login = 'wang'"),
            ("UPDATE staff SET roles = 1 WHERE login = 'wang'", "UPDATE staff SET roles = 16 WHERE login = 'wang'"),
            ("UPDATE approval SET decided_by = asked_by", "UPDATE approval SET decided_by = (SELECT id FROM staff WHERE login = 'wang')"),
        ] {
            school.sql(end).await;
            assert_eq!(looks().await, Err(NotCounted::Spent), "{end}");
            school.sql(back).await;
        }
        assert_eq!((looks().await, looks().await), (Ok(29), Err(NotCounted::Spent)), "once, and what was refused spent nothing");
    }
}
