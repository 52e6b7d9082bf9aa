//! Honey records: marked by few, seen by few, told at once; for everybody else a family like any other.

use super::alarms::raised;
use super::processes::Server;
use crate::support::{Actor, School, seed};
use serde_json::{Value, json};
use std::process::Command;

const PATH: &str = "/api/alarms/honey";

async fn lists(who: &Actor) -> (Value, Value) {
    (who.get("/api/families?limit=50").await.is(200).json, who.get("/api/today").await.is(200).json)
}

/// A card without its thread, which has a line more after each look.
async fn shown(who: &Actor, card: &str) -> Value {
    let mut card = who.get(card).await.is(200).json;
    card.as_object_mut().unwrap().remove("timeline").unwrap();
    card
}

async fn is_marked_and_touched(school: &School) {
    let (li, gu, shen) = (school.consultant().await, school.privacy_officer().await, school.administrator().await);
    let family = seed::known(&li).await.family;
    let card = format!("/api/families/{family}");
    let (list, before) = (lists(&li).await, shown(&li, &card).await);
    let _watch = Server::start_with(school, &[]).await;
    let mark = json!({ "family": family });

    // Who may not, and what is none.
    for who in [&li, &school.principal().await] {
        who.get(PATH).await.refused(403, "forbidden");
        who.post(PATH, mark.clone()).await.refused(403, "forbidden");
        who.delete(&format!("{PATH}/{family}")).await.refused(403, "forbidden");
    }
    shen.post(PATH, mark.clone()).await.refused(403, "forbidden");
    school.stale("gu").await.post(PATH, mark.clone()).await.refused(403, "step_up_required");
    gu.post(PATH, json!({ "family": uuid::Uuid::now_v7() })).await.refused(404, "not_found");
    gu.delete(&format!("{PATH}/{family}")).await.refused(404, "not_found");
    assert_eq!(gu.get(PATH).await.is(200).json["items"], json!([]));

    // Marked once, by whom; for everybody else nothing has changed.
    let marks = gu.post(PATH, mark.clone()).await.is(200).json;
    assert_eq!(gu.post(PATH, mark).await.is(200).json, marks);
    assert_eq!((&marks["items"][0]["family"], marks["items"].as_array().unwrap().len()), (&json!(family), 1));
    assert_eq!(shen.get(PATH).await.is(200).json, marks, "whoever watches sees it");
    raised(&shen, "watch_changed").await;
    assert_eq!(lists(&li).await, list);
    let page = gu.get("/api/alarms").await.is(200).text();
    assert!(!page.contains("honey_touched"), "a list that has it is no alarm: {page}");

    // Whoever opens it is told of at once, and sees what they saw before.
    assert_eq!(shown(&li, &card).await, before);
    let alarm = raised(&gu, "honey_touched").await;
    assert_eq!((&alarm["severity"], &alarm["who"], &alarm["count"]), (&json!("critical"), &json!("李老师"), &json!(1)));
    assert!(!alarm.to_string().contains(&family), "an alarm names no family");
    let hits = || school.number("SELECT CAST(sum(hits) AS bigint) AS n FROM alarm WHERE rule = 'honey_touched'");
    li.post("/api/families/exports", json!({ "format": "csv" })).await.is(200);
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(hits().await, 2, "who exports the list exports it too");

    // Whatever else is done to it is told too: its thread, and a change of many at once. Each is an alarm of its own.
    let told = async |count: i64| {
        for _ in 0..50 {
            if hits().await >= count {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_eq!(hits().await, count);
    };
    li.get(&format!("{card}/timeline")).await.is(200);
    told(3).await;
    let rows = li.get("/api/families?limit=100").await.is(200).json["items"].as_array().unwrap().clone();
    let version = rows.iter().find(|row| row["id"] == family.as_str()).unwrap()["version"].clone();
    let wish = json!({ "families": [{ "id": family, "version": version }], "stage": "left" });
    li.post("/api/families/bulk", wish).await.is(200);
    told(4).await;
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM alarm WHERE rule = 'honey_touched'").await, 4);

    // The ledger of the family knows of no mark; without it nothing more is told.
    gu.delete(&format!("{PATH}/{family}")).await.is(200);
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let told = hits().await;
    li.get(&card).await.is(200);
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(hits().await, told);
    assert!(!li.get(&format!("{card}/timeline")).await.is(200).text().contains("watch_changed"));
}

#[tokio::test]
async fn a_honey_record_is_like_any_other_and_whoever_opens_it_is_an_alarm() {
    is_marked_and_touched(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_honey_record_is_like_any_other_and_whoever_opens_it_is_an_alarm() {
    if let Some(school) = School::on_postgres().await {
        is_marked_and_touched(&school).await;
    }
}

#[tokio::test]
async fn a_family_is_marked_on_the_server_by_its_address_too() {
    let school = School::open().await;
    let li = school.consultant().await;
    let family = seed::known(&li).await.family;
    let shendu = |arguments: &[&str]| {
        let done =
            Command::new(env!("CARGO_BIN_EXE_shendu")).arg("honey").args(arguments).arg("--data").arg(&school.place.data).output().unwrap();
        (done.status.success(), format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)))
    };
    let before = school.trail_length().await;
    let (well, said) = shendu(&["add", &format!("https://school.example/families/{family}/")]);
    assert!(well && said.contains("marked"), "{said}");
    assert!(shendu(&["list"]).1.contains(&family));
    assert!(shendu(&["add", &family]).1.contains("before"));
    assert_eq!(school.trail_length().await, before + 1);
    let _watch = Server::start_with(&school, &[]).await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    li.get(&format!("/api/families/{family}")).await.is(200);
    raised(&school.privacy_officer().await, "honey_touched").await;
    let shen = school.administrator().await;
    assert!(shendu(&["remove", &family]).0 && !shendu(&["list"]).1.contains(&family));
    // On the server it is nobody who changed what is watched for; those who watch are told all the same.
    let changed = raised(&shen, "watch_changed").await;
    assert_eq!((&changed["severity"], &changed["who"]), (&json!("notice"), &Value::Null));
    for wrong in [["add", "nobody"], ["add", "0199a0a0-0000-7000-8000-000000000000"], ["remove", &family]] {
        assert!(!shendu(&wrong).0, "{wrong:?}");
    }
}
