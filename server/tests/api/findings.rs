//! Findings of audits that are late: counted for whoever is to take the next step, and for nobody else.
//!
//! The rule: the number is held against what the report itself says of the reader. Deliberately absent: the steps of a finding, which are
//! tried beside the reports.

use super::audits::{day, drawn, finding, path, sign, step};
use crate::support::{Actor, School};
use serde_json::{Value, json};

/// What the page of today and the numbers that wait say; the same.
async fn late(who: &Actor) -> u64 {
    let today = who.get("/api/today").await.is(200);
    let waiting = who.get("/api/waiting").await.is(200);
    for answer in [&today, &waiting] {
        assert!(!answer.text().contains("账号"), "a number, and nothing of what was found");
    }
    assert_eq!(today.json["findings"], waiting.json["findings"]);
    waiting.json["findings"].as_u64().unwrap()
}

async fn is_counted_where_it_is_late(school: &School) {
    let (han, gu, shen, meng) =
        (school.auditor().await, school.privacy_officer().await, school.administrator().await, school.principal().await);
    let others = [school.consultant().await, school.teacher().await, school.registrar().await];
    let report = drawn(&han).await;
    finding(school, &han, &report, "shen").await;
    let found = finding(school, &han, &report, "meng").await["findings"].clone();
    let (of_shen, of_meng) = (&found[0], &found[1]);
    // Whose the next step is, as the report itself says it.
    let counts = async |expected: [u64; 4]| {
        let four = [&han, &gu, &shen, &meng];
        for (who, expected) in four.into_iter().zip(expected) {
            assert_eq!(late(who).await, expected, "{:?}", who.who);
            let read = who.get(&path(&report)).await.is(200).json;
            let of_reader = |one: &&Value| one["overdue"] == json!(true) && one["may"] != json!([]);
            let signed = read["state"] == "signed";
            let read = read["findings"].as_array().unwrap().iter().filter(of_reader).count();
            assert!(!signed || u64::try_from(read).unwrap() == expected, "{read} {expected}");
        }
        for other in &others {
            assert_eq!(late(other).await, 0);
        }
    };
    counts([0, 0, 0, 0]).await;
    school.sql(&format!("UPDATE audit_finding SET due = '{}'", day(1))).await;
    counts([0, 0, 0, 0]).await;
    sign(&meng, &report).await.is(200);
    counts([2, 2, 1, 1]).await;
    // Done: somebody else is to accept it.
    step(&shen, of_shen, "done", "已停用三个账号").await.is(200);
    counts([2, 2, 0, 2]).await;
    step(&han, of_meng, "done", "已停用三个账号").await.is(200);
    counts([1, 2, 0, 1]).await;
    step(&gu, of_meng, "returned", "还有一个账号").await.is(200);
    counts([2, 2, 0, 2]).await;
    step(&gu, of_shen, "accepted", "好").await.is(200);
    counts([1, 1, 0, 1]).await;
    // Its day is today: not late.
    school.sql(&format!("UPDATE audit_finding SET due = '{}'", day(0))).await;
    counts([0, 0, 0, 0]).await;
}

#[tokio::test]
async fn a_finding_of_a_signed_report_whose_day_is_past_is_counted_for_whoever_is_to_act() {
    is_counted_where_it_is_late(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_finding_whose_day_is_past_is_counted_for_whoever_is_to_act() {
    if let Some(school) = School::on_postgres().await {
        is_counted_where_it_is_late(&school).await;
    }
}

async fn is_counted_where_a_later_report_carries_it(school: &School) {
    let (han, shen, meng) = (school.auditor().await, school.administrator().await, school.principal().await);
    let first = drawn(&han).await;
    finding(school, &han, &first, "shen").await;
    school.sql(&format!("UPDATE audit_finding SET due = '{}'", day(1))).await;
    meng.post(&format!("{}/declining", path(&first)), json!({ "words": "只有一天" })).await.is(200);
    assert_eq!((late(&han).await, late(&shen).await), (0, 0), "no principal stands behind it yet");
    let second = drawn(&han).await;
    assert_eq!(second["carried"].as_array().unwrap().len(), 1);
    assert_eq!(late(&shen).await, 0);
    sign(&meng, &second).await.is(200);
    assert_eq!((late(&han).await, late(&shen).await), (1, 1));
    let carried = han.get(&path(&second)).await.is(200).json["carried"][0].clone();
    step(&shen, &carried, "done", "已停用三个账号").await.is(200);
    step(&han, &carried, "accepted", "好").await.is(200);
    assert_eq!((late(&han).await, late(&shen).await), (0, 0));
    // What is found after the signed one was drawn up waits for the next.
    let third = drawn(&han).await;
    finding(school, &han, &third, "shen").await;
    school.sql(&format!("UPDATE audit_finding SET due = '{}'", day(1))).await;
    assert_eq!(late(&shen).await, 0);
}

#[tokio::test]
async fn a_finding_of_a_declined_report_is_late_once_a_signed_one_carries_it() {
    is_counted_where_a_later_report_carries_it(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_finding_of_a_declined_report_is_late_once_a_signed_one_carries_it() {
    if let Some(school) = School::on_postgres().await {
        is_counted_where_a_later_report_carries_it(&school).await;
    }
}
