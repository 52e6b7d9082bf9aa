//! Getting in: what is single use is used once, and what has ended is not found.

use crate::support::{now, on_each_engine};
use chrono::TimeDelta;
use contract::{
    ids::{CeremonyId, GuardianId, PasskeyId, SessionId, StaffId},
    rights::{Role, RoleSet},
    wire::ledger::Action,
};
use guard::{Actor, Entry, policy::Rules, trail::By};
use store::{CeremonyKind, CeremonyState, NewSession, PasskeyRow, PolicyWritten, StaffActed, StoreError};
use tokio::task::JoinSet;
use uuid::Uuid;

fn session(actor: Actor, token_digest: [u8; 32]) -> NewSession {
    NewSession {
        id: SessionId(Uuid::now_v7()),
        token_digest,
        actor,
        device: "a browser".into(),
        at: now(),
        expires_at: now() + TimeDelta::hours(12),
        stepped_up_at: None,
        location: None,
        credential: contract::Credential::Any,
    }
}

fn ceremony(kind: CeremonyKind) -> CeremonyState {
    CeremonyState {
        id: CeremonyId(Uuid::now_v7()),
        kind,
        actor: Some(Actor::Staff(StaffId(Uuid::from_u128(3)))),
        session: None,
        state: "{}".into(),
        expires_at: now() + TimeDelta::minutes(5),
    }
}

fn passkey(actor: Actor, credential: u8) -> PasskeyRow {
    PasskeyRow {
        id: PasskeyId(Uuid::now_v7()),
        actor,
        name: "a key".into(),
        credential_id: vec![credential; 16],
        credential: "{}".into(),
        created_at: now(),
        used_at: None,
        synced: true,
        make: None,
        attested: false,
    }
}

on_each_engine! {
    async fn a_session_is_found_by_its_digest_until_it_ends(school) {
        let actor = Actor::Staff(school.li);
        let new = session(actor, [1; 32]);
        let id = new.id;
        school.db.open_session(new).await.unwrap();
        let (row, person, policy) = school.db.session(&[1; 32]).await.unwrap().unwrap();
        assert_eq!((row.id, person.actor, person.campuses, policy), (id, actor, vec![school.north], 1));
        assert!(school.db.session(&[2; 32]).await.unwrap().is_none());
        assert_eq!(school.db.sessions_of(actor, now()).await.unwrap().len(), 1);
        assert!(school.db.sessions_of(actor, now() + TimeDelta::hours(12)).await.unwrap().is_empty());
        assert!(!school.db.end_session(Actor::Staff(school.wang), id, now()).await.unwrap(), "not theirs");
        assert!(school.db.end_session(actor, id, now()).await.unwrap());
        assert!(school.db.session(&[1; 32]).await.unwrap().is_none());
        school.db.renew_session(id, [3; 32], contract::Credential::Any, now()).await.unwrap();
        assert!(school.db.session(&[3; 32]).await.unwrap().is_none(), "what has ended is not renewed");
    }

    async fn a_renewed_session_forgets_its_old_digest(school) {
        let new = session(Actor::Staff(school.li), [1; 32]);
        let id = new.id;
        school.db.open_session(new).await.unwrap();
        school.db.renew_session(id, [2; 32], contract::Credential::Any, now()).await.unwrap();
        assert!(school.db.session(&[1; 32]).await.unwrap().is_none());
        let (row, ..) = school.db.session(&[2; 32]).await.unwrap().unwrap();
        assert_eq!((row.id, row.stepped_up_at), (id, Some(now())));
    }

    async fn other_sessions_end_and_this_one_stays(school) {
        let actor = Actor::Staff(school.li);
        let keep = session(actor, [1; 32]);
        let id = keep.id;
        school.db.open_session(keep).await.unwrap();
        school.db.open_session(session(actor, [2; 32])).await.unwrap();
        school.db.open_session(session(Actor::Staff(school.wang), [3; 32])).await.unwrap();
        assert_eq!(school.db.end_other_sessions(actor, id, None, now()).await, Ok(()));
        assert!(school.db.session(&[1; 32]).await.unwrap().is_some());
        assert!(school.db.session(&[2; 32]).await.unwrap().is_none());
        assert!(school.db.session(&[3; 32]).await.unwrap().is_some());
    }

    async fn a_device_is_known_of_one_person_and_of_each_the_twenty_that_were_used_last(school) {
        let (li, wang) = (Actor::Staff(school.li), Actor::Staff(school.wang));
        assert!(!school.db.meet_device(li, &[0; 32], now()).await.unwrap());
        assert!(school.db.knows_device(li, &[0; 32]).await.unwrap() && !school.db.knows_device(wang, &[0; 32]).await.unwrap());
        for number in 1..20 {
            let on_its_day = now() + TimeDelta::days(number.into());
            assert!(!school.db.meet_device(li, &[number; 32], on_its_day).await.unwrap());
        }
        let later = now() + TimeDelta::days(30);
        assert!(school.db.meet_device(li, &[0; 32], later).await.unwrap(), "the first is used again");
        assert!(!school.db.meet_device(li, &[20; 32], later).await.unwrap());
        assert!(!school.db.meet_device(wang, &[21; 32], later).await.unwrap());
        for (digest, known) in [([0; 32], true), ([1; 32], false), ([2; 32], true), ([20; 32], true)] {
            assert_eq!(school.db.knows_device(li, &digest).await.unwrap(), known, "{}", digest[0]);
        }
        school.db.forget_other_devices(li, Some(&[2; 32])).await.unwrap();
        assert!(school.db.knows_device(li, &[2; 32]).await.unwrap() && !school.db.knows_device(li, &[20; 32]).await.unwrap());
        assert!(school.db.knows_device(wang, &[21; 32]).await.unwrap(), "not theirs");
    }

    async fn nobody_who_may_not_come_in_has_a_session_opened_and_none_comes_back_with_them(school) {
        let actor = Actor::Staff(school.wang);
        let entry = crate::support::event();
        // Somebody has to be left who looks after the staff.
        let keeps_staff = RoleSet::from_iter([Role::Administrator]).bits();
        school.sql(&format!("UPDATE staff SET roles = {keeps_staff} WHERE login = 'chen'")).await;
        assert_eq!(school.db.suspend(&school.trail, school.wang, false, &entry).await, Ok(StaffActed::Done));
        assert_eq!(school.db.open_session(session(actor, [1; 32])).await, Ok(false), "asked before, and opened after");
        assert_eq!(school.db.suspend(&school.trail, school.wang, true, &entry).await, Ok(StaffActed::Done));
        assert!(school.db.session(&[1; 32]).await.unwrap().is_none());
        assert_eq!(school.db.open_session(session(actor, [2; 32])).await, Ok(true));
    }

    async fn a_sole_session_ends_the_others_of_its_person(school) {
        let actor = Actor::Staff(school.li);
        school.db.open_session(session(actor, [1; 32])).await.unwrap();
        school.db.open_session(session(Actor::Staff(school.wang), [2; 32])).await.unwrap();
        assert_eq!(school.db.open_sole_session(session(actor, [3; 32])).await, Ok(true));
        assert!(school.db.session(&[1; 32]).await.unwrap().is_none());
        assert!(school.db.session(&[2; 32]).await.unwrap().is_some() && school.db.session(&[3; 32]).await.unwrap().is_some());
    }

    async fn what_somebody_began_goes_with_their_sessions(school) {
        let theirs = CeremonyState { actor: Some(Actor::Staff(school.li)), ..ceremony(CeremonyKind::Recover) };
        let others = CeremonyState { actor: Some(Actor::Staff(school.wang)), ..ceremony(CeremonyKind::Recover) };
        let (one, two) = (theirs.id, others.id);
        school.db.begin_ceremony(theirs, now()).await.unwrap();
        school.db.begin_ceremony(others, now()).await.unwrap();
        let entry = crate::support::event();
        assert_eq!(school.db.end_all_sessions(&school.trail, school.li, &entry).await, Ok(StaffActed::Done));
        assert!(school.db.take_ceremony(one, CeremonyKind::Recover, now()).await.unwrap().is_none());
        assert!(school.db.take_ceremony(two, CeremonyKind::Recover, now()).await.unwrap().is_some());
    }

    async fn a_one_time_code_is_spent_once_with_all_that_was_asked_for_and_wrong_ones_are_remembered_for_an_hour(school) {
        let asked: Vec<CeremonyState> = (0..3).map(|_| ceremony(CeremonyKind::Code)).collect();
        let (actor, ids) = (asked[0].actor.unwrap(), asked.iter().map(|one| one.id).collect::<Vec<_>>());
        let lapsed = asked[0].expires_at;
        for one in asked {
            school.db.begin_ceremony(one, now()).await.unwrap();
        }
        for id in [ids[0], ids[0], ids[1]] {
            school.db.attempt_ceremony(id, CeremonyKind::Code, 5, now()).await.unwrap().unwrap();
        }
        let mut spent = JoinSet::new();
        for _ in 0..10 {
            let (db, id) = (school.db.clone(), ids[1]);
            spent.spawn(async move { db.spend_code(id, actor, now()).await.unwrap() });
        }
        assert_eq!(spent.join_all().await.iter().filter(|spent| **spent).count(), 1);
        for id in ids {
            assert!(!school.db.spend_code(id, actor, now()).await.unwrap());
        }
        let tried = async || school.db.tried_codes(actor).await.unwrap().iter().map(|one| one.attempts).sum::<i32>();
        assert_eq!(tried().await, 2, "the right one was no guess");
        school.db.begin_ceremony(ceremony(CeremonyKind::SignIn), lapsed).await.unwrap();
        assert_eq!(tried().await, 2);
        school.db.begin_ceremony(ceremony(CeremonyKind::SignIn), lapsed + TimeDelta::hours(1)).await.unwrap();
        assert_eq!(tried().await, 0);
    }

    async fn a_session_comes_with_the_version_of_the_policy(school) {
        school.db.open_session(session(Actor::Staff(school.li), [1; 32])).await.unwrap();
        school.sql("UPDATE staff SET roles = 64 WHERE login = 'li'").await;
        let roles = RoleSet::from_iter([Role::PrivacyOfficer]);
        let entry = Entry::event(now(), By::person(Actor::Staff(school.li), "li".into(), roles), Action::PolicyChanged);
        let put = || school.db.change_policy(&school.trail, 1, Rules::default(), &entry);
        assert_eq!(put().await, Ok(PolicyWritten::Stored));
        assert_eq!(put().await, Ok(PolicyWritten::Conflict));
        assert_eq!(school.db.session(&[1; 32]).await.unwrap().unwrap().2, 2);
        assert_eq!(school.db.policy().await.unwrap().version, 2);
        assert_eq!(school.verified().await, 1);
    }

    async fn an_invitation_that_was_made_by_a_clock_that_was_ahead_is_none(school) {
        let (staff, guardian) = (Actor::Staff(school.li), Actor::Guardian(GuardianId(Uuid::from_u128(7))));
        for (digest, actor) in [([3; 32], staff), ([4; 32], guardian)] {
            let made_at = now() + TimeDelta::minutes(1);
            school.db.invite(digest, actor, made_at + store::invited_for(actor)).await.unwrap();
            assert!(school.db.invitation(&digest, now()).await.unwrap().is_none(), "{actor:?}");
            assert!(!school.db.use_invitation(&digest, now()).await.unwrap(), "{actor:?}");
            // Once its time has come it is like any other.
            assert!(school.db.invitation(&digest, made_at).await.unwrap().is_some(), "{actor:?}");
            assert!(school.db.use_invitation(&digest, made_at).await.unwrap(), "{actor:?}");
        }
    }

    async fn an_invitation_is_used_once_by_one_of_ten(school) {
        let actor = Actor::Staff(school.li);
        let until = now() + TimeDelta::minutes(15);
        school.db.invite([1; 32], actor, until).await.unwrap();
        assert_eq!(school.db.invitation(&[1; 32], now()).await.unwrap().unwrap().actor, actor);
        assert!(school.db.invitation(&[1; 32], until).await.unwrap().is_none());
        assert!(!school.db.use_invitation(&[1; 32], until).await.unwrap(), "it has lapsed");
        let mut uses = JoinSet::new();
        for _ in 0..10 {
            let db = school.db.clone();
            uses.spawn(async move { db.use_invitation(&[1; 32], now()).await.unwrap() });
        }
        assert_eq!(uses.join_all().await.iter().filter(|used| **used).count(), 1);
        assert!(school.db.invitation(&[1; 32], now()).await.unwrap().is_none());
        assert!(!school.db.use_invitation(&[2; 32], now()).await.unwrap(), "nobody was invited");
    }

    async fn a_ceremony_is_taken_once_by_one_of_ten(school) {
        let new = ceremony(CeremonyKind::SignIn);
        let id = new.id;
        school.db.begin_ceremony(new, now()).await.unwrap();
        assert!(school.db.take_ceremony(id, CeremonyKind::StepUp, now()).await.unwrap().is_none(), "begun for something else");
        let mut takes = JoinSet::new();
        for _ in 0..10 {
            let db = school.db.clone();
            takes.spawn(async move { db.take_ceremony(id, CeremonyKind::SignIn, now()).await.unwrap() });
        }
        let taken: Vec<_> = takes.join_all().await.into_iter().flatten().collect();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].actor, Some(Actor::Staff(StaffId(Uuid::from_u128(3)))));
    }

    async fn a_ceremony_that_lapsed_is_not_taken(school) {
        let new = ceremony(CeremonyKind::SignIn);
        let (id, lapsed) = (new.id, new.expires_at);
        school.db.begin_ceremony(new, now()).await.unwrap();
        assert!(school.db.take_ceremony(id, CeremonyKind::SignIn, lapsed).await.unwrap().is_none());
        school.db.begin_ceremony(ceremony(CeremonyKind::SignIn), now()).await.unwrap();
        school.db.begin_ceremony(CeremonyState { expires_at: lapsed + TimeDelta::days(1), ..ceremony(CeremonyKind::Code) }, lapsed).await.unwrap();
        assert_eq!(school.count("ceremony").await, 1, "what has lapsed is forgotten");
    }

    async fn a_one_time_code_may_be_tried_three_times(school) {
        let new = ceremony(CeremonyKind::Code);
        let id = new.id;
        school.db.begin_ceremony(new, now()).await.unwrap();
        assert!(school.db.attempt_ceremony(id, CeremonyKind::SignIn, 3, now()).await.unwrap().is_none());
        let mut tries = JoinSet::new();
        for _ in 0..10 {
            let db = school.db.clone();
            tries.spawn(async move { db.attempt_ceremony(id, CeremonyKind::Code, 3, now()).await.unwrap().is_some() });
        }
        assert_eq!(tries.join_all().await.iter().filter(|tried| **tried).count(), 3);
    }

    async fn a_recovery_code_is_used_once_by_its_owner(school) {
        school.db.replace_recovery_codes(school.li, &[[1; 32], [2; 32]]).await.unwrap();
        assert!(!school.db.use_recovery_code(school.wang, &[1; 32], now()).await.unwrap(), "not theirs");
        let mut uses = JoinSet::new();
        for _ in 0..10 {
            let (db, li) = (school.db.clone(), school.li);
            uses.spawn(async move { db.use_recovery_code(li, &[1; 32], now()).await.unwrap() });
        }
        assert_eq!(uses.join_all().await.iter().filter(|used| **used).count(), 1);
        assert_eq!(school.db.recovery_codes_left(school.li).await, Ok(1));
        school.db.replace_recovery_codes(school.li, &[[3; 32]]).await.unwrap();
        assert!(!school.db.use_recovery_code(school.li, &[2; 32], now()).await.unwrap(), "replaced");
        school.db.replace_recovery_codes(school.li, &[]).await.unwrap();
        assert_eq!(school.db.recovery_codes_left(school.li).await, Ok(0));
    }

    async fn a_credential_is_registered_once_whoever_tries(school) {
        let (li, wang) = (Actor::Staff(school.li), Actor::Staff(school.wang));
        school.db.add_passkey(passkey(li, 1)).await.unwrap();
        assert_eq!(school.db.add_passkey(passkey(wang, 1)).await, Err(StoreError::Exists));
        assert_eq!(school.db.passkey_by_credential(&[1; 16]).await.unwrap().unwrap().actor, li);
        let mut adds = JoinSet::new();
        for number in 0..10 {
            let db = school.db.clone();
            let owner = if number % 2 == 0 { li } else { wang };
            adds.spawn(async move { db.add_passkey(passkey(owner, 2)).await });
        }
        let outcomes = adds.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == Err(StoreError::Exists)).count(), 9);
        let id = school.db.passkeys_of(li).await.unwrap()[0].id;
        assert!(!school.db.rename_passkey(wang, id, "mine".into()).await.unwrap());
        assert!(!school.db.remove_passkey(wang, id).await.unwrap());
        assert!(school.db.use_passkey(&school.db.passkeys_of(li).await.unwrap()[0], "{\"counter\":1}".into(), now()).await.unwrap());
        let used = school.db.passkey_by_credential(&[1; 16]).await.unwrap().unwrap();
        assert_eq!((used.used_at, used.credential.as_str()), (Some(now()), "{\"counter\":1}"));
        assert!(school.db.remove_passkey(li, id).await.unwrap());
        assert!(!school.db.use_passkey(&used, "{\"counter\":2}".into(), now()).await.unwrap(), "removed meanwhile");
    }

    async fn a_counter_is_raised_by_one_of_ten_who_saw_the_same(school) {
        let li = Actor::Staff(school.li);
        school.db.add_passkey(passkey(li, 1)).await.unwrap();
        let seen = school.db.passkeys_of(li).await.unwrap().remove(0);
        let finish = async |credential: &str| {
            let mut uses = JoinSet::new();
            for _ in 0..10 {
                let (db, seen, credential) = (school.db.clone(), seen.clone(), credential.to_owned());
                uses.spawn(async move { db.use_passkey(&seen, credential, now()).await.unwrap() });
            }
            uses.join_all().await.iter().filter(|used| **used).count()
        };
        assert_eq!(finish("{}").await, 10, "a key that does not count changes nothing");
        assert_eq!(finish("{\"counter\":1}").await, 1);
        assert_eq!(finish("{\"counter\":2}").await, 0, "nobody has seen the new one");
    }
}
