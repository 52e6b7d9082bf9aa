//! Tokens for programs in the database: how many, which step follows which, and what ends one.
//!
//! The rule: nobody is found by the digest of what does not live, and what ends somebody's access ends their tokens. Deliberately absent:
//! who may ask and confirm, which is the gate's.

use crate::support::{School, event, now, on_each_engine, today};
use chrono::TimeDelta;
use contract::{
    credential::Credential,
    ids::{CampusId, SessionId, StaffId, TokenId},
    rights::{Role, RoleSet},
    wire::tokens::{NewToken, TOKENS, TokenState},
};
use guard::{
    Actor, Admission, Viewer,
    token::{TokenAsk, TokenWrite},
};
use store::Written;
use uuid::Uuid;

const DIGEST: [u8; 32] = [7; 32];

/// A consultant who has just used a passkey.
fn fresh(id: StaffId, campus: CampusId) -> Viewer {
    #[expect(clippy::disallowed_methods, reason = "a test says who somebody is")]
    Viewer::admit(Admission {
        actor: Actor::Staff(id),
        name: "someone".into(),
        roles: RoleSet::from_iter([Role::Consultant]),
        campuses: vec![campus],
        session: SessionId(Uuid::nil()),
        stepped_up_at: Some(now()),
        now: now(),
        whence: guard::Whence::Unknown,
    })
}

/// What li asks for.
fn asked(school: &School) -> TokenAsk {
    let li = fresh(school.li, school.north);
    let networks = vec!["203.0.113.0/24".parse().unwrap()];
    let wish = NewToken { name: "每日名单".into(), why: "打 13800138000".into(), role: Role::Consultant, days: 30, networks };
    school.gate.ask_token(li.fresh().unwrap(), &wish).unwrap()
}

fn step(id: TokenId, from: &'static [TokenState], to: TokenState) -> TokenWrite {
    TokenWrite { id, from, to, until: None, decided_by: None, credential: None, entry: event() }
}

/// wang approves what others ask.
async fn with_a_principal(school: &School) {
    school.sql("UPDATE staff SET roles = 16 WHERE login = 'wang'").await;
}

/// A token of li's that wang confirmed and whose secret is out.
async fn living(school: &School) -> TokenId {
    with_a_principal(school).await;
    let ask = asked(school);
    let id = ask.id;
    assert_eq!(school.db.ask_token(&school.trail, ask).await.unwrap(), Written::Stored);
    let confirmed = TokenWrite {
        until: Some(now() + TimeDelta::days(30)),
        decided_by: Some(school.wang),
        ..step(id, &[TokenState::Asked], TokenState::Confirmed)
    };
    assert_eq!(school.db.step_token(&school.trail, confirmed, None).await.unwrap(), Written::Stored);
    assert!(school.db.bearer(&DIGEST).await.unwrap().is_none());
    let made = TokenWrite { credential: Some(Credential::Passkey), ..step(id, &[TokenState::Confirmed], TokenState::Living) };
    assert_eq!(school.db.step_token(&school.trail, made, Some(DIGEST)).await.unwrap(), Written::Stored);
    id
}

on_each_engine! {
    async fn a_token_is_found_by_the_digest_of_its_secret_as_long_as_it_lives(school) {
        let id = living(&school).await;
        let (bearer, person, _) = school.db.bearer(&DIGEST).await.unwrap().unwrap();
        assert_eq!((bearer.id, bearer.role, person.actor), (id, Role::Consultant, Actor::Staff(school.li)));
        assert_eq!((bearer.credential, bearer.condition.networks().len()), (Some(Credential::Passkey), 1));
        assert!(school.db.bearer(&[8; 32]).await.unwrap().is_none());
        let again = step(id, &[TokenState::Confirmed], TokenState::Living);
        assert_eq!(school.db.step_token(&school.trail, again, Some([9; 32])).await.unwrap(), Written::Conflict, "a second secret");
        school.db.touch_token(id, now(), Some("CN".parse().unwrap())).await.unwrap();
        let record = school.db.token(id).await.unwrap().unwrap();
        assert_eq!((record.used_at, record.used_from.map(String::from)), (Some(now()), Some("CN".into())));
        assert!(record.is_held() && !record.words.contains("13800138000"), "{record:?}");
        // The review of rights in an audit counts it.
        let counted = async || {
            let counts = school.db.audit_counts(&school.trail, (today(), today()), Vec::new(), now()).await.unwrap();
            counts.people.iter().map(|person| (person.who.id, person.tokens)).filter(|(_, tokens)| *tokens > 0).collect::<Vec<_>>()
        };
        assert_eq!(counted().await, [(school.li, 1)]);
        let ended = step(id, &[TokenState::Living], TokenState::Ended);
        assert_eq!(school.db.step_token(&school.trail, ended, None).await.unwrap(), Written::Stored);
        assert!(school.db.bearer(&DIGEST).await.unwrap().is_none());
        assert_eq!(counted().await, []);
    }
}

on_each_engine! {
    async fn who_decides_and_who_owns_are_asked_for_when_a_step_is_written(school) {
        with_a_principal(&school).await;
        let (ask, late) = (asked(&school), asked(&school));
        let id = ask.id;
        assert_eq!(school.db.ask_token(&school.trail, ask).await.unwrap(), Written::Stored);
        let until = Some(now() + TimeDelta::days(30));
        let confirm = || TokenWrite { until, decided_by: Some(school.wang), ..step(id, &[TokenState::Asked], TokenState::Confirmed) };
        let make = || step(id, &[TokenState::Confirmed], TokenState::Living);
        // Whoever decides lost the duty or was suspended, or the owner lost the role, between the permission and the commit.
        for (lost, back) in [
            ("UPDATE staff SET roles = 1 WHERE login = 'wang'", "UPDATE staff SET roles = 16 WHERE login = 'wang'"),
            ("UPDATE staff SET active = FALSE WHERE login = 'wang'", "UPDATE staff SET active = TRUE WHERE login = 'wang'"),
            ("UPDATE staff SET roles = 2 WHERE login = 'li'", "UPDATE staff SET roles = 1 WHERE login = 'li'"),
        ] {
            school.sql(lost).await;
            assert_eq!(school.db.step_token(&school.trail, confirm(), None).await.unwrap(), Written::Conflict, "{lost}");
            school.sql(back).await;
        }
        assert_eq!(school.db.step_token(&school.trail, confirm(), None).await.unwrap(), Written::Stored);
        school.sql("UPDATE staff SET roles = 2 WHERE login = 'li'").await;
        assert_eq!(school.db.step_token(&school.trail, make(), Some(DIGEST)).await.unwrap(), Written::Conflict);
        assert_eq!(school.db.ask_token(&school.trail, late).await.unwrap(), Written::Conflict);
        // A right is taken away by whoever it is.
        let ended = step(id, &[TokenState::Confirmed], TokenState::Ended);
        assert_eq!(school.db.step_token(&school.trail, ended, None).await.unwrap(), Written::Stored);
        school.verified().await;
    }
}

on_each_engine! {
    async fn what_ends_somebodys_access_ends_their_tokens(school) {
        for how in ["sessions", "suspension"] {
            let id = living(&school).await;
            let done = match how {
                "sessions" => school.db.end_all_sessions(&school.trail, school.li, &event()).await.unwrap(),
                _ => {
                    school.sql("UPDATE staff SET roles = 32 WHERE login = 'wang'").await;
                    school.db.suspend(&school.trail, school.li, false, &event()).await.unwrap()
                }
            };
            assert_eq!(done, store::StaffActed::Done, "{how}");
            assert!(school.db.bearer(&DIGEST).await.unwrap().is_none(), "{how}");
            assert_eq!(school.db.token(id).await.unwrap().unwrap().state, TokenState::Ended, "{how}");
            // The digest of one that is over may stand there for ever; no secret has it twice.
            school.sql("UPDATE api_token SET digest = NULL").await;
        }
        school.db.suspend(&school.trail, school.li, true, &event()).await.unwrap();
        assert!(school.db.tokens(Some(school.li), now()).await.unwrap().iter().all(|token| token.state == TokenState::Ended));
    }
}

on_each_engine! {
    async fn nobody_has_more_than_five_and_one_that_is_over_makes_room(school) {
        for _ in 0..TOKENS {
            assert_eq!(school.db.ask_token(&school.trail, asked(&school)).await.unwrap(), Written::Stored);
        }
        assert_eq!(school.db.ask_token(&school.trail, asked(&school)).await.unwrap(), Written::Conflict);
        assert_eq!(school.db.count_tokens(school.wang, now()).await.unwrap(), TOKENS as u64);
        assert_eq!(school.db.count_tokens(school.li, now()).await.unwrap(), 0, "one's own wait for others");
        let one = school.db.tokens(None, now()).await.unwrap().pop().unwrap();
        assert!(school.db.tokens(Some(school.wang), now()).await.unwrap().is_empty());
        school.sql(&format!("UPDATE api_token SET until = {} WHERE asked_at = {}", now().timestamp_micros(), one.asked_at.timestamp_micros())).await;
        assert_eq!(school.db.ask_token(&school.trail, asked(&school)).await.unwrap(), Written::Stored);
    }
}
