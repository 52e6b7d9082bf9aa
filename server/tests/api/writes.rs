//! Changes: versions, masks, rights.

use crate::support::{School, seed};
use serde_json::json;

#[tokio::test]
async fn of_two_changes_from_one_version_the_second_gets_a_conflict_and_nothing_is_lost() {
    let school = School::open().await;
    let (li, wu) = (school.consultant().await, school.registrar().await);
    let known = seed::known(&li).await;
    let path = format!("/api/guardians/{}", known.guardian);
    wu.patch(&path, json!({ "version": 1, "phone": { "set": "10033334444" } })).await.is(200);
    let late = li.patch(&path, json!({ "version": 1, "phone": { "set": "10066667777" }, "email": { "set": "late@example.com" } })).await;
    let late = late.refused(409, "version_conflict");
    assert_eq!(late.json["current"]["version"], 2);
    assert_eq!(late.json["current"]["phone"]["value"], "100****4444");
    let since = late.json["since"].as_array().unwrap();
    assert_eq!((since.len(), &since[0]["who"], &since[0]["action"]), (1, &json!("吴老师"), &json!("changed")));
    assert!(since[0]["looks"].to_string().contains("guardian.phone"));
    let phone = li.reveal(&format!("{path}/reveals"), seed::because("guardian.phone")).await.is(200).json;
    assert_eq!(phone["value"]["value"], "10033334444");
    let email = li.reveal(&format!("{path}/reveals"), seed::because("guardian.email")).await.is(200).json;
    assert_eq!(email["value"]["value"], seed::VALUES.email, "the late change left nothing behind");
    li.patch(&path, json!({ "version": 2, "phone": { "set": "10066667777" } })).await.is(200);
}

#[tokio::test]
async fn a_late_change_of_a_student_and_of_a_family_is_a_conflict_too() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let student = format!("/api/students/{}", known.student);
    li.patch(&student, json!({ "version": 1, "school": { "set": "白鹿洞小学" } })).await.is(200);
    li.patch(&student, json!({ "version": 1, "school": "erase" })).await.refused(409, "version_conflict");
    let family = format!("/api/families/{}", known.family);
    let version = li.get(&family).await.is(200).json["version"].clone();
    li.patch(&family, json!({ "version": version, "stage": "left" })).await.is(200);
    let late = li.patch(&family, json!({ "version": version, "stage": "lead" })).await.refused(409, "version_conflict");
    assert_eq!(late.json["current"]["stage"], "left");
}

#[tokio::test]
async fn of_ten_changes_at_once_one_is_stored() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let mut asked = tokio::task::JoinSet::new();
    for digit in 0..10 {
        let (li, path) = (li.clone(), format!("/api/guardians/{}", known.guardian));
        let wish = json!({ "version": 1, "phone": { "set": format!("1003333444{digit}") } });
        asked.spawn(async move { li.patch(&path, wish).await.status });
    }
    let answers = asked.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 409).count(), 9, "{answers:?}");
}

#[tokio::test]
async fn a_mask_is_never_saved_over_the_value() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let card = li.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    let guardian = &card["guardians"][0];
    for field in ["name", "phone", "second_phone", "wechat", "email", "address"] {
        let wish = json!({ "version": 1, field: { "set": guardian[field]["value"] } });
        let answer = li.patch(&format!("/api/guardians/{}", known.guardian), wish).await.refused(422, "invalid_fields");
        assert_eq!(answer.json["fields"], json!([{ "at": field, "code": "looks_masked" }]), "{field}");
    }
    let student = &card["students"][0];
    for field in ["name", "birth_date", "school", "address"] {
        let wish = json!({ "version": 1, field: { "set": student[field]["value"] } });
        li.patch(&format!("/api/students/{}", known.student), wish).await.refused(422, "invalid_fields");
    }
    let wish = json!({ "version": 1, "phone": guardian["phone"] });
    li.patch(&format!("/api/guardians/{}", known.guardian), wish).await.refused(400, "malformed_request");
    let after = li.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    assert_eq!(after["guardians"][0]["version"], 1);
}

#[tokio::test]
async fn a_field_that_a_role_may_not_write_stays() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    seed::teach(&school, &known.student, "chen").await;
    let chen = school.teacher().await;
    let wish = json!({ "version": 1, "name": { "set": "温庭" } });
    let answer = chen.patch(&format!("/api/students/{}", known.student), wish).await;
    assert!(matches!(answer.code(), "forbidden" | "invalid_fields"), "{}", answer.text());
    let answer = chen.patch(&format!("/api/families/{}", known.family), json!({ "version": 1, "stage": "left" })).await;
    answer.refused(403, "forbidden");
    chen.post(&format!("/api/families/{}/notes", known.family), json!({ "body": "已到课" })).await.refused(403, "forbidden");
    chen.post("/api/families", seed::VALUES.intake(&seed::campus(&chen).await)).await.refused(403, "forbidden");
    let card = school.registrar().await.get(&format!("/api/families/{}", known.family)).await.is(200).json;
    assert_eq!(card["students"][0]["name"]["value"], seed::VALUES.student);
}

#[tokio::test]
async fn everything_wrong_with_an_intake_is_said_at_once_and_nothing_is_written() {
    let school = School::open().await;
    let li = school.consultant().await;
    let before = school.number("SELECT COUNT(*) AS n FROM family").await;
    let values = seed::Values { phone: "12", email: "nobody", student: "", ..seed::VALUES };
    let answer = li.post("/api/families", values.intake(&seed::campus(&li).await)).await.refused(422, "invalid_fields");
    let at: Vec<&str> = answer.json["fields"].as_array().unwrap().iter().map(|field| field["at"].as_str().unwrap()).collect();
    for field in ["students.0.name", "guardians.0.phone", "guardians.0.email"] {
        assert!(at.contains(&field), "{at:?}");
    }
    assert!(!answer.text().contains("nobody"));
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM family").await, before);
}

#[tokio::test]
async fn a_family_goes_to_consultants_of_its_campus_alone() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let path = format!("/api/families/{}", known.family);
    let stranger = json!({ "version": 1, "owner": uuid::Uuid::now_v7() });
    li.patch(&path, stranger).await.refused(422, "invalid_fields");
    let other = school.other_consultant().await;
    let version = li.get(&path).await.is(200).json["version"].clone();
    li.patch(&path, json!({ "version": version, "owner": other.who.unwrap().uuid() })).await.is(200);
    li.get(&path).await.refused(404, "not_found");
    other.get(&path).await.is(200);
}
