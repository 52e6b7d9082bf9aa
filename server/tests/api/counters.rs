//! W26: the signature counter of a passkey, which tells a copy from its original as long as it only grows.

use super::{
    passkeys::{begin, enrol, finish},
    rejections::ready,
};
use crate::support::{School, key::Key};
use sea_orm::ConnectionTrait;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn w26_a_counter_that_does_not_grow_is_refused() {
    let (school, mut key) = ready().await;
    let begun = begin(&school, Some("li")).await;
    let credential = key.assert_as(&begun["options"], |said| said.counter = 100);
    finish(&school, &begun, credential).await.is(200);
    for counter in [100, 99, 1, 0] {
        for login in [Some("li"), None] {
            let begun = begin(&school, login).await;
            let credential = key.assert_as(&begun["options"], |said| said.counter = counter);
            finish(&school, &begun, credential).await.refused(401, "sign_in_refused");
        }
    }
    let begun = begin(&school, None).await;
    let credential = key.assert_as(&begun["options"], |said| said.counter = 101);
    finish(&school, &begun, credential).await.is(200);
}

#[tokio::test]
async fn w26_of_two_ceremonies_with_one_counter_the_second_is_refused() {
    let (school, mut key) = ready().await;
    let (one, two) = (begin(&school, Some("li")).await, begin(&school, Some("li")).await);
    let credential = key.assert_as(&one["options"], |said| said.counter = 100);
    finish(&school, &one, credential).await.is(200);
    let credential = key.assert_as(&two["options"], |said| said.counter = 100);
    finish(&school, &two, credential).await.refused(401, "sign_in_refused");
}

#[tokio::test]
async fn w26_a_key_that_does_not_count_gets_in() {
    let (school, mut key) = ready().await;
    for _ in 0..2 {
        let begun = begin(&school, None).await;
        let credential = key.assert_as(&begun["options"], |said| said.counter = 0);
        finish(&school, &begun, credential).await.is(200);
    }
}

/// Ten ceremonies are begun, answered with one counter, and ended at once at two servers: an original and its copies. While
/// the row of the passkey is locked behind the school's back, where that can be, all ten have read it and none has written.
async fn of_ten_at_once_one_gets_in(school: &School) {
    let mut key = Key::new(&school.origin);
    enrol(school, &mut key, "li").await;
    let elsewhere = school.second().await;
    let mut bodies = Vec::new();
    for turn in 0..10 {
        let begun = begin(school, Some("li").filter(|_| turn % 3 > 0)).await;
        let credential = key.assert_as(&begun["options"], |said| said.counter = 100);
        bodies.push(json!({ "ceremony": begun["ceremony"], "credential": credential }));
    }
    let behind = school.behind().await;
    let locked = school.place.database.is_some();
    if locked {
        behind.execute_unprepared("BEGIN; SELECT id FROM passkey FOR UPDATE").await.unwrap();
    }
    let mut ends = tokio::task::JoinSet::new();
    for (turn, body) in bodies.into_iter().enumerate() {
        let nobody = if turn % 2 == 0 { school.nobody() } else { school.nobody().at(&elsewhere) };
        ends.spawn(async move { nobody.post("/api/sign-in/finish", body).await });
    }
    if locked {
        let waiting = "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let mut tries = 0..200;
        while school.number(waiting).await < 10 && tries.next().is_some() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        behind.execute_unprepared("COMMIT").await.unwrap();
    }
    let (passed, refused): (Vec<_>, Vec<_>) = ends.join_all().await.into_iter().partition(|answer| answer.status == 200);
    assert_eq!(passed.len(), 1);
    for answer in refused {
        assert!(answer.refused(401, "sign_in_refused").token().is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w26_of_ten_that_end_at_once_with_one_counter_one_gets_in() {
    of_ten_at_once_one_gets_in(&School::open().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w26_on_postgresql_of_ten_that_end_at_once_with_one_counter_one_gets_in() {
    if let Some(school) = School::on_postgres().await {
        of_ten_at_once_one_gets_in(&school).await;
    }
}
