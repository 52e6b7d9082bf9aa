//! Classes: who knows of which, and who is in them for whom.

use crate::support::{Actor, School, seed};
use contract::mask;
use serde_json::{Value, json};

async fn classes(actor: &Actor) -> Vec<Value> {
    actor.get("/api/classes").await.is(200).json["items"].as_array().unwrap().clone()
}

async fn card(actor: &Actor, class: &Value) -> Value {
    actor.get(&format!("/api/classes/{}", class["id"].as_str().unwrap())).await.is(200).json
}

/// The class of a teacher that a student was put into.
async fn class_of(school: &School, login: &str, student: &str) -> Value {
    seed::teach(school, student, login).await;
    let teacher = school.staff(login).await;
    for class in classes(&teacher).await {
        if card(&teacher, &class).await["pupils"].as_array().unwrap().iter().any(|pupil| pupil["id"] == student) {
            return class;
        }
    }
    panic!("nobody is taught");
}

async fn is_as_if_it_were_not_there(actor: &Actor, class: &Value) {
    let forbidden = actor.get(&format!("/api/classes/{}", class["id"].as_str().unwrap())).await.refused(404, "not_found");
    let missing = actor.get(&format!("/api/classes/{}", uuid::Uuid::now_v7())).await.refused(404, "not_found");
    assert_eq!(forbidden.without_trace(), missing.without_trace());
    assert_eq!(forbidden.header("content-length"), missing.header("content-length"));
}

#[tokio::test]
async fn a_teacher_knows_the_classes_taught_now_and_no_others() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let chen = school.teacher().await;
    let class = class_of(&school, "chen", &known.student).await;
    let me = chen.who.unwrap().uuid().to_string();
    let own = classes(&chen).await;
    assert!(!own.is_empty() && own.iter().all(|class| class["teacher"]["id"] == me.as_str()), "{own:?}");
    let pupils = card(&chen, &class).await;
    let pupil = pupils["pupils"].as_array().unwrap().iter().find(|pupil| pupil["id"] == known.student.as_str()).unwrap();
    assert_eq!(pupil["name"], json!({ "state": "clear", "value": seed::VALUES.student }));
    assert_eq!(pupil["birth_date"]["state"], "masked");
    assert_eq!(pupil["family"], known.family.as_str());
    let all = classes(&school.principal().await).await;
    let other = all.iter().find(|class| class["teacher"]["id"] != me.as_str()).unwrap();
    is_as_if_it_were_not_there(&chen, other).await;
    // Over since yesterday: for the teacher at once, and for everybody.
    school.sql("UPDATE class SET ends = date('now', '-1 day')").await;
    assert!(classes(&chen).await.is_empty());
    is_as_if_it_were_not_there(&chen, &class).await;
    is_as_if_it_were_not_there(&school.principal().await, &class).await;
}

#[tokio::test]
async fn nobody_is_listed_or_counted_whom_the_viewer_does_not_reach() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let class = class_of(&school, "chen", &known.student).await;
    let (chen, other) = (school.teacher().await, school.other_consultant().await);
    for actor in [&li, &other, &chen, &school.registrar().await, &school.principal().await] {
        let row = classes(actor).await.into_iter().find(|row| row["id"] == class["id"]);
        let Some(row) = row else { continue };
        let shown = card(actor, &class).await;
        let pupils = shown["pupils"].as_array().unwrap();
        assert_eq!(row["pupils"], pupils.len());
        assert_eq!(shown["class"], row);
        for pupil in pupils {
            actor.get(&format!("/api/families/{}", pupil["family"].as_str().unwrap())).await.is(200);
        }
        let has = pupils.iter().any(|pupil| pupil["id"] == known.student.as_str());
        assert_eq!(has, actor.who != other.who, "{:?}", actor.who);
    }
    let mine = card(&li, &class).await["pupils"].as_array().unwrap().clone();
    let pupil = mine.iter().find(|pupil| pupil["id"] == known.student.as_str()).unwrap();
    assert_eq!(pupil["name"], json!({ "state": "masked", "value": mask::name(seed::VALUES.student).as_str() }));
    let whole = card(&chen, &class).await["pupils"].as_array().unwrap().len();
    assert!(mine.len() < whole, "{} of {whole}", mine.len());
}

#[tokio::test]
async fn a_class_of_another_campus_is_as_if_it_were_not_there() {
    let school = School::open().await;
    let li = school.consultant().await;
    let here = seed::campus(&li).await;
    let all = classes(&school.principal().await).await;
    let elsewhere = all.iter().find(|class| class["campus"]["id"] != here.as_str()).unwrap();
    assert!(classes(&li).await.iter().all(|class| class["campus"]["id"] == here.as_str()));
    is_as_if_it_were_not_there(&li, elsewhere).await;
}

#[tokio::test]
async fn who_reaches_no_family_knows_of_no_class_and_guardians_have_no_such_page() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    let class = class_of(&school, "chen", &known.student).await;
    for actor in [school.administrator().await, school.privacy_officer().await, school.auditor().await] {
        assert!(classes(&actor).await.is_empty());
        is_as_if_it_were_not_there(&actor, &class).await;
    }
    let guardian = school.guardian_of(&known.guardian).await;
    guardian.get("/api/classes").await.refused(404, "not_found");
    guardian.get(&format!("/api/classes/{}", class["id"].as_str().unwrap())).await.refused(404, "not_found");
    school.nobody().get("/api/classes").await.refused(401, "not_signed_in");
}

#[tokio::test]
async fn a_list_of_a_class_is_a_look_that_the_family_finds() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let class = class_of(&school, "chen", &known.student).await;
    let guardian = school.guardian_of(&known.guardian).await;
    let path = format!("/api/portal/children/{}/ledger", known.student);
    let before = guardian.get(&path).await.is(200).json["lines"].as_array().unwrap().len();
    let chen = school.teacher().await;
    card(&chen, &class).await;
    // Which classes there are tells of nobody.
    classes(&chen).await;
    let lines = guardian.get(&path).await.is(200).json["lines"].as_array().unwrap().clone();
    assert_eq!(lines.len(), before + 1);
    assert_eq!((&lines[0]["action"], &lines[0]["roles"]), (&json!("listed"), &json!(["teacher"])));
    let fields: Vec<&str> = lines[0]["looks"].as_array().unwrap().iter().map(|look| look["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["student.name", "student.birth_date"]);
}
