//! A guardian's own portal.

use crate::support::{School, seed};
use serde_json::json;

#[tokio::test]
async fn a_guardian_sees_the_own_child_and_not_another() {
    let school = School::open().await;
    let li = school.consultant().await;
    let own = seed::known(&li).await;
    let other = seed::known_with(&li, &seed::Values { phone: "10011112222", email: "other@example.com", ..seed::VALUES }).await;
    let guardian = school.guardian_of(&own.guardian).await;
    let children = guardian.get("/api/portal/children").await.is(200).json;
    assert_eq!(children["children"].as_array().unwrap().len(), 1);
    assert_eq!(children["children"][0]["id"], own.student);
    let card = guardian.get(&format!("/api/portal/children/{}", own.student)).await.is(200).json;
    assert_eq!(card["student"]["name"], json!({ "state": "clear", "value": seed::VALUES.student }));
    assert_eq!(card["me"]["phone"], json!({ "state": "clear", "value": seed::VALUES.phone }));
    assert_eq!(card["student"]["id_card"]["state"], "masked");
    for path in ["", "/ledger"] {
        let forbidden = guardian.get(&format!("/api/portal/children/{}{path}", other.student)).await.refused(404, "not_found");
        let missing = guardian.get(&format!("/api/portal/children/{}{path}", uuid::Uuid::now_v7())).await.refused(404, "not_found");
        assert_eq!(forbidden.without_trace(), missing.without_trace());
    }
}

#[tokio::test]
async fn a_blocked_guardian_sees_nothing_of_the_child_from_the_next_request() {
    let school = School::open().await;
    let own = seed::known(&school.consultant().await).await;
    let guardian = school.guardian_of(&own.guardian).await;
    guardian.get(&format!("/api/portal/children/{}", own.student)).await.is(200);
    let hex = own.guardian.replace('-', "");
    school.sql(&format!("UPDATE kinship SET custody = 'blocked' WHERE guardian_id = x'{hex}'")).await;
    let answer = guardian.get(&format!("/api/portal/children/{}", own.student)).await;
    assert!(answer.status == 404 || answer.status == 401, "{}", answer.text());
    assert!(!answer.text().contains(seed::VALUES.student));
}

#[tokio::test]
async fn staff_have_no_portal() {
    let school = School::open().await;
    let li = school.consultant().await;
    let own = seed::known(&li).await;
    li.get("/api/portal/children").await.refused(404, "not_found");
    li.get(&format!("/api/portal/children/{}", own.student)).await.refused(404, "not_found");
    li.get(&format!("/api/portal/children/{}/ledger", own.student)).await.refused(404, "not_found");
}

#[tokio::test]
async fn the_first_guardian_of_the_demonstration_has_children() {
    let school = School::open().await;
    let children = school.guardian().await.get("/api/portal/children").await.is(200).json;
    assert!(!children["children"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn the_ledger_says_who_looked_at_which_fields_in_which_form() {
    let school = School::open().await;
    let li = school.consultant().await;
    let own = seed::known(&li).await;
    li.get(&format!("/api/families/{}", own.family)).await.is(200);
    let guardian = school.guardian_of(&own.guardian).await;
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", own.student)).await.is(200).json;
    let shown = ledger["lines"].as_array().unwrap().iter().find(|line| line["action"] == "shown").unwrap();
    assert_eq!(shown["who"], "李老师");
    assert!(shown["looks"].as_array().unwrap().contains(&json!({ "field": "guardian.phone", "form": "masked" })));
    assert!(!shown["looks"].to_string().contains("id_card"), "a withheld field was not looked at: {shown}");
}

#[tokio::test]
async fn the_ledger_is_filtered_by_field_and_by_kind() {
    let school = School::open().await;
    let li = school.consultant().await;
    let own = seed::known(&li).await;
    li.get(&format!("/api/families/{}", own.family)).await.is(200);
    li.reveal(&format!("/api/guardians/{}/reveals", own.guardian), seed::because("guardian.phone")).await.is(200);
    li.patch(&format!("/api/students/{}", own.student), json!({ "version": 1, "school": { "set": "白鹿洞小学" } })).await.is(200);
    let guardian = school.guardian_of(&own.guardian).await;
    let ledger = |query: &'static str| {
        let (guardian, path) = (guardian.clone(), format!("/api/portal/children/{}/ledger{query}", own.student));
        async move { guardian.get(&path).await.is(200).json }
    };
    let all = ledger("").await;
    let actions = |ledger: &serde_json::Value| -> std::collections::BTreeSet<String> {
        ledger["lines"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap().to_owned()).collect()
    };
    assert!(["created", "shown", "revealed", "changed"].iter().all(|action| actions(&all).contains(*action)), "{all}");
    assert_eq!(actions(&ledger("?kind=opened").await), ["revealed".to_owned()].into());
    assert_eq!(actions(&ledger("?kind=changed&field=student.school").await), ["changed".to_owned(), "created".to_owned()].into());
    let phone = ledger("?field=guardian.phone").await;
    for line in phone["lines"].as_array().unwrap() {
        assert!(line["looks"].to_string().contains("guardian.phone"), "{line}");
    }
    assert!(ledger("?kind=opened&field=student.school").await["lines"].as_array().unwrap().is_empty());
    // A filter leaves lines out and brings none in.
    for line in phone["lines"].as_array().unwrap() {
        assert!(all["lines"].as_array().unwrap().contains(line));
    }
    let opened = json!([{ "field": "guardian.phone", "times": 1 }]);
    assert_eq!(all["month"], json!({ "people": 1, "opened": opened, "at_least": false }));
    assert!(ledger("?after=1").await["month"].is_null());
    for query in ["?kind=x", "?field=x", "?field=t1.phone", "?kind=opened&kind=seen", "?who=li"] {
        guardian.get(&format!("/api/portal/children/{}/ledger{query}", own.student)).await.refused(400, "malformed_request");
    }
}

#[tokio::test]
async fn a_sibling_who_is_not_the_guardians_stays_out_of_every_filter_and_of_the_month() {
    let school = School::open().await;
    let li = school.consultant().await;
    let own = seed::known(&li).await;
    let card = li.post(&format!("/api/families/{}/students", own.family), json!({ "name": "诸葛砚冬" })).await.is(201).json;
    let sibling = card["students"].as_array().unwrap().iter().find(|one| one["id"] != own.student.as_str()).unwrap()["id"].clone();
    let hex = sibling.as_str().unwrap().replace('-', "");
    school.sql(&format!("UPDATE kinship SET custody = 'blocked' WHERE student_id = x'{hex}'")).await;
    let wu = school.registrar().await;
    wu.reveal(&format!("/api/students/{}/reveals", sibling.as_str().unwrap()), seed::because("student.school")).await.is(200);
    let guardian = school.guardian_of(&own.guardian).await;
    for query in ["", "?kind=opened", "?field=student.school", "?kind=opened&field=student.school"] {
        let ledger = guardian.get(&format!("/api/portal/children/{}/ledger{query}", own.student)).await.is(200).json;
        assert!(!ledger["lines"].to_string().contains("revealed"), "{query}");
        assert_eq!(ledger["month"]["opened"], json!([]), "{query}");
        assert!(!ledger.to_string().contains("吴老师"), "{query}");
    }
}

#[tokio::test]
async fn a_note_that_was_opened_is_a_line_with_who_when_why_field_and_form_and_no_word_of_it() {
    let school = School::open().await;
    let li = school.consultant().await;
    let own = seed::known(&li).await;
    let other = seed::known_with(&li, &seed::Values { phone: "10011112222", email: "other@example.com", ..seed::VALUES }).await;
    seed::allow(&school, "registrar", "note.body", "masked", "with_reason").await;
    let wu = school.registrar().await;
    wu.get(&format!("/api/families/{}", own.family)).await.is(200);
    let before = chrono::Utc::now();
    wu.reveal(&format!("/api/notes/{}/reveals", own.note), seed::because("note.body")).await.is(200);
    let after = chrono::Utc::now();
    let guardian = school.guardian_of(&own.guardian).await;
    let path = format!("/api/portal/children/{}", own.student);
    let ledger = guardian.get(&format!("{path}/ledger")).await.is(200);
    assert!(!ledger.text().contains("书法"), "{}", ledger.text());
    let lines = ledger.json["lines"].as_array().unwrap();
    let opened = lines.iter().find(|line| line["action"] == "revealed").unwrap();
    assert_eq!((&opened["who"], &opened["roles"], &opened["record"]), (&json!("吴老师"), &json!(["registrar"]), &json!("note")));
    let at: chrono::DateTime<chrono::Utc> = opened["at"].as_str().unwrap().parse().unwrap();
    assert!(before <= at && at <= after, "{before} {at} {after}");
    assert_eq!(opened["reason"], json!({ "code": "follow_up", "text": "回访课程" }));
    assert_eq!(opened["looks"], json!([{ "field": "note.body", "form": "clear" }]));
    assert_eq!(opened["signed"], true);
    // A card that shows notes under their mask says so too, and whoever wrote one is there.
    let masked = json!({ "field": "note.body", "form": "masked" });
    let of_wu = |line: &&serde_json::Value| line["action"] == "shown" && line["who"] == "吴老师";
    assert!(lines.iter().find(of_wu).unwrap()["looks"].as_array().unwrap().contains(&masked), "{lines:?}");
    assert!(lines.iter().any(|line| line["action"] == "created" && line["record"] == "note"), "{lines:?}");
    // It is counted, found by the field, and can be asked about.
    assert_eq!(ledger.json["month"]["opened"], json!([{ "field": "note.body", "times": 1 }]));
    let narrowed = guardian.get(&format!("{path}/ledger?kind=opened&field=note.body")).await.is(200).json;
    assert_eq!(narrowed["lines"], json!([opened]));
    let asked = guardian.post(&format!("{path}/questions"), json!({ "line": opened["seq"], "words": "为什么打开？" })).await.is(201).json;
    assert_eq!(&asked["line"], opened);
    // The ledger of another family has no line of it.
    let stranger = school.guardian_of(&other.guardian).await;
    let theirs = stranger.get(&format!("/api/portal/children/{}/ledger", other.student)).await.is(200).text();
    assert!(!theirs.contains("revealed"), "{theirs}");
    let line = json!({ "line": opened["seq"], "words": "为什么打开？" });
    stranger.post(&format!("/api/portal/children/{}/questions", other.student), line).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_guardian_is_told_what_others_see_of_a_value() {
    let school = School::open().await;
    let own = seed::known(&school.consultant().await).await;
    let guardian = school.guardian_of(&own.guardian).await;
    let card = guardian.get(&format!("/api/portal/children/{}", own.student)).await.is(200).json;
    let of = |field: &str| card["audience"].as_array().unwrap().iter().find(|one| one["field"] == field).unwrap()["mask"].clone();
    assert_eq!(of("guardian.phone"), json!({ "state": "masked", "value": "100****5678" }));
    assert_eq!(of("student.address"), json!({ "state": "masked", "value": "浙江省杭州市西湖区****" }));
    // What the guardian may not see either is not shown by this way.
    seed::allow(&school, "guardian", "guardian.phone", "withheld", "no").await;
    let card = guardian.get(&format!("/api/portal/children/{}", own.student)).await.is(200).json;
    let of = |field: &str| card["audience"].as_array().unwrap().iter().find(|one| one["field"] == field).unwrap()["mask"].clone();
    assert_eq!(of("guardian.phone"), json!({ "state": "withheld" }));
    assert_eq!(card["me"]["phone"], json!({ "state": "withheld" }));
}
