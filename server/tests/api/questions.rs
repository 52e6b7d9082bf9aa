//! Questions: a guardian questions a look in their ledger, and somebody else than whoever looked answers.

use crate::support::{Actor, Answer, School, seed};
use serde_json::{Value, json};

/// A family of the consultant's that the consultant has looked at, its guardian signed in.
async fn family(school: &School) -> (Actor, seed::Known, Actor) {
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
    let guardian = school.guardian_of(&known.guardian).await;
    (li, known, guardian)
}

fn of(child: &str) -> String {
    format!("/api/portal/children/{child}/questions")
}

/// A line of somebody's ledger, the newest of this action.
async fn line(guardian: &Actor, child: &str, action: &str) -> i64 {
    let ledger = guardian.get(&format!("/api/portal/children/{child}/ledger")).await.is(200).json;
    let lines = ledger["lines"].as_array().unwrap();
    lines.iter().find(|line| line["action"] == action).unwrap_or_else(|| panic!("no {action}: {ledger}"))["seq"].as_i64().unwrap()
}

async fn ask(guardian: &Actor, child: &str, line: i64) -> String {
    let asked = guardian.post(&of(child), json!({ "line": line, "words": "没有约过课，为什么看号码 10099998888？" })).await.is(201).json;
    asked["id"].as_str().unwrap().to_owned()
}

async fn answer(staff: &Actor, id: &str, finding: &str, words: &str) -> Answer {
    staff.post(&format!("/api/questions/{id}/answer"), json!({ "finding": finding, "answer": words })).await
}

/// What waits at somebody's desk, by the id of the question.
async fn waiting(staff: &Actor, id: &str) -> Option<Value> {
    let page = staff.get("/api/questions").await.is(200).json;
    page["items"].as_array().unwrap().iter().find(|item| item["question"]["id"] == id).cloned()
}

#[tokio::test]
async fn a_look_is_questioned_and_the_guardian_reads_the_answer() {
    let school = School::open().await;
    let (_, known, guardian) = family(&school).await;
    let line = line(&guardian, &known.student, "revealed").await;
    let id = ask(&guardian, &known.student, line).await;
    let officer = school.privacy_officer().await;
    let item = waiting(&officer, &id).await.unwrap();
    // The line as the guardian reads it, the words under the mask of free text, and no family.
    let question = &item["question"];
    assert_eq!((&question["line"]["seq"], &question["line"]["who"]), (&json!(line), &json!("李老师")));
    assert_eq!((&question["line"]["action"], &question["line"]["signed"]), (&json!("revealed"), &json!(true)));
    assert_eq!(question["line"]["looks"], json!([{ "field": "guardian.phone", "form": "clear" }]));
    assert_eq!(question["line"]["reason"]["text"], "回访课程");
    assert_eq!(question["words"], json!({ "state": "masked", "value": "没有约过课，为什么看号码 100****8888？" }));
    assert_eq!(item["family"], Value::Null);
    assert_eq!(officer.get("/api/waiting").await.is(200).json["questions"], json!(1));
    let silent = answer(&officer, &id, "mistake", " ").await.refused(422, "invalid_fields");
    assert_eq!(silent.json["fields"], json!([{ "at": "answer", "code": "required" }]));
    let done = answer(&officer, &id, "unjustified", "没有正当理由，已收回其权限，请打 10077776666").await.is(200).json;
    assert_eq!((&done["question"]["state"], &done["question"]["finding"]), (&json!("answered"), &json!("unjustified")));
    assert_eq!(waiting(&officer, &id).await, None);
    assert_eq!(officer.get("/api/waiting").await.is(200).json["questions"], json!(0));
    let own = guardian.get(&of(&known.student)).await.is(200).json;
    let own = &own["items"][0];
    assert_eq!((&own["state"], &own["finding"], &own["line"]["seq"]), (&json!("answered"), &json!("unjustified"), &json!(line)));
    assert_eq!(own["decided_by"]["name"], question_answerer(&officer).await);
    assert_eq!(own["words"], json!({ "state": "clear", "value": "没有约过课，为什么看号码 10099998888？" }));
    assert_eq!(own["answer"]["value"], "没有正当理由，已收回其权限，请打 100****6666");
    // The family reads in its ledger who answered, and that the words were looked at.
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200).json;
    let lines = ledger["lines"].as_array().unwrap();
    let answered = lines.iter().find(|line| line["action"] == "question_answered").unwrap();
    assert_eq!(answered["roles"], json!(["privacy_officer"]));
    assert!(lines.iter().any(|line| line["looks"].to_string().contains("question.words")), "{ledger}");
}

async fn question_answerer(staff: &Actor) -> Value {
    staff.get("/api/session").await.is(200).json["name"].clone()
}

#[tokio::test]
async fn whoever_is_questioned_does_not_answer_though_they_have_the_duty() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let (principal, officer) = (school.principal().await, school.privacy_officer().await);
    principal.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
    let guardian = school.guardian_of(&known.guardian).await;
    let line = line(&guardian, &known.student, "revealed").await;
    let id = ask(&guardian, &known.student, line).await;
    let own = answer(&principal, &id, "justified", "是我看的").await.refused(404, "not_found");
    let none = answer(&principal, &uuid::Uuid::now_v7().to_string(), "justified", "是我看的").await.refused(404, "not_found");
    assert_eq!(own.without_trace(), none.without_trace());
    assert_eq!(waiting(&principal, &id).await, None);
    assert_eq!(principal.get("/api/waiting").await.is(200).json["questions"], json!(0));
    assert_eq!(principal.get("/api/questions").await.is(200).json["total"], json!(0));
    let late = answer(&officer, &id, "justified", "校长回访").await.is(200);
    assert!(!late.text().contains(seed::VALUES.phone));
}

#[tokio::test]
async fn without_the_duty_or_out_of_reach_nobody_reads_or_answers() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let line = line(&guardian, &known.student, "revealed").await;
    let id = ask(&guardian, &known.student, line).await;
    // Who looked, a colleague, and who reads the trail: none of them reads the words.
    for somebody in [&li, &school.registrar().await, &school.finance().await, &school.auditor().await, &school.administrator().await] {
        somebody.get("/api/questions").await.refused(403, "forbidden");
        answer(somebody, &id, "justified", "有理由").await.refused(403, "forbidden");
        assert_eq!(somebody.get("/api/waiting").await.is(200).json["questions"], json!(0));
    }
    guardian.get("/api/questions").await.refused(404, "not_found");
    answer(&guardian, &id, "justified", "有理由").await.refused(404, "not_found");
    let auditor = school.auditor().await;
    for answer in [li.get(&format!("/api/families/{}", known.family)).await, auditor.get("/api/trail").await] {
        assert!(!answer.is(200).text().contains("没有约过课"));
    }
    // The principal answers for the families within their own reach, and sees which one it is.
    let principal = school.principal().await;
    assert_eq!(waiting(&principal, &id).await.unwrap()["family"]["id"], known.family);
    school.sql(&format!("UPDATE family SET campus_id = randomblob(16) WHERE id = x'{}'", known.family.replace('-', ""))).await;
    assert_eq!(waiting(&principal, &id).await, None);
    answer(&principal, &id, "justified", "有理由").await.refused(404, "not_found");
    assert!(waiting(&school.privacy_officer().await, &id).await.is_some());
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM question WHERE state = 'open'").await, 1);
}

#[tokio::test]
async fn a_line_of_another_family_and_one_that_is_not_there_are_one_answer() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let other = seed::known_with(&li, &seed::Values { phone: "10011112222", email: "other@example.com", ..seed::VALUES }).await;
    li.reveal(&format!("/api/guardians/{}/reveals", other.guardian), seed::because("guardian.phone")).await.is(200);
    let stranger = school.guardian_of(&other.guardian).await;
    let theirs = line(&stranger, &other.student, "revealed").await;
    let about = |line: i64| json!({ "line": line });
    let forbidden = guardian.post(&of(&known.student), about(theirs)).await.refused(404, "not_found");
    for line in [-1, 0, 1_000_000, i64::MAX, i64::MIN] {
        let missing = guardian.post(&of(&known.student), about(line)).await.refused(404, "not_found");
        assert_eq!(forbidden.without_trace(), missing.without_trace(), "{line}");
    }
    // Nor is it there under the other family's child, nor to be taken back by its guardian.
    guardian.post(&of(&other.student), about(theirs)).await.refused(404, "not_found");
    guardian.get(&of(&other.student)).await.refused(404, "not_found");
    let id = ask(&guardian, &known.student, line(&guardian, &known.student, "revealed").await).await;
    let path = |id: &str| format!("/api/portal/questions/{id}/withdrawal");
    let theirs = stranger.post(&path(&id), json!({})).await.refused(404, "not_found");
    let missing = stranger.post(&path(&uuid::Uuid::now_v7().to_string()), json!({})).await.refused(404, "not_found");
    assert_eq!(theirs.without_trace(), missing.without_trace());
    li.get(&of(&known.student)).await.refused(404, "not_found");
    li.post(&of(&known.student), about(1)).await.refused(404, "not_found");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM question").await, 1);
}

#[tokio::test]
async fn what_a_guardian_did_and_an_answer_are_not_questioned() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let new = json!({ "relation": "father", "name": "诸葛远", "phone": "10055556666" });
    let card = li.post(&format!("/api/families/{}/guardians", known.family), new).await.is(201).json;
    let father = card["guardians"].as_array().unwrap().iter().find(|one| one["id"] != known.guardian.as_str()).unwrap()["id"].clone();
    let father = school.guardian_of(father.as_str().unwrap()).await;
    father.get(&format!("/api/portal/children/{}", known.student)).await.is(200);
    let ledger = guardian.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200).json;
    let by_guardians: Vec<i64> = ledger["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["roles"] == json!(["guardian"]))
        .map(|line| line["seq"].as_i64().unwrap())
        .collect();
    assert!(!by_guardians.is_empty());
    // One's own looks are in the family's ledger too, and are left out of what one reads.
    let own = school.number("SELECT MAX(seq) AS n FROM trail WHERE action = 'shown'").await;
    for line in by_guardians.into_iter().chain([own]) {
        guardian.post(&of(&known.student), json!({ "line": line })).await.refused(404, "not_found");
    }
    let id = ask(&guardian, &known.student, line(&guardian, &known.student, "revealed").await).await;
    answer(&school.privacy_officer().await, &id, "justified", "约了试听").await.is(200);
    let answered = line(&guardian, &known.student, "question_answered").await;
    guardian.post(&of(&known.student), json!({ "line": answered })).await.refused(404, "not_found");
    // The other parent reads neither the words nor the answer; that somebody asked stands in the ledger.
    assert_eq!(father.get(&of(&known.student)).await.is(200).json["items"], json!([]));
    assert!(line(&father, &known.student, "question_asked").await > 0);
}

#[tokio::test]
async fn of_a_line_one_question_is_open_and_two_at_once_are_one() {
    let school = School::open().await;
    let (_, known, guardian) = family(&school).await;
    let line = line(&guardian, &known.student, "revealed").await;
    let mut asked = tokio::task::JoinSet::new();
    for turn in 0..6 {
        let (guardian, path) = (guardian.clone(), of(&known.student));
        asked.spawn(async move { guardian.post(&path, json!({ "line": line, "words": format!("第{turn}次") })).await });
    }
    let answers = asked.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    let late = answers.into_iter().find(|answer| answer.status != 201).unwrap().refused(409, "version_conflict");
    assert_eq!((&late.json["current"]["state"], &late.json["current"]["line"]["seq"]), (&json!("open"), &json!(line)));
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM question").await, 1);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM trail WHERE action = 'question_asked'").await, 1);
    // Taken back, it can be asked again.
    let id = guardian.get(&of(&known.student)).await.is(200).json["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/portal/questions/{id}/withdrawal");
    assert_eq!(guardian.post(&path, json!({})).await.is(200).json["state"], "withdrawn");
    guardian.post(&path, json!({})).await.refused(409, "version_conflict");
    let late = answer(&school.privacy_officer().await, &id, "justified", "有理由").await.refused(409, "version_conflict");
    assert_eq!(late.json["current"]["question"]["state"], "withdrawn");
    ask(&guardian, &known.student, line).await;
}

#[tokio::test]
async fn an_answer_counts_once() {
    let school = School::open().await;
    let (_, known, guardian) = family(&school).await;
    let id = ask(&guardian, &known.student, line(&guardian, &known.student, "revealed").await).await;
    let (officer, principal) = (school.privacy_officer().await, school.principal().await);
    let (one, two) = tokio::join!(answer(&officer, &id, "justified", "约了试听"), answer(&principal, &id, "mistake", "误点"));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.text(), two.text());
    let before = guardian.get(&of(&known.student)).await.is(200).json["items"][0]["answer"].clone();
    let again = answer(&officer, &id, "unjustified", "改口").await.refused(409, "version_conflict");
    assert_eq!(again.json["current"]["question"]["state"], "answered");
    guardian.post(&format!("/api/portal/questions/{id}/withdrawal"), json!({})).await.refused(409, "version_conflict");
    assert_eq!(guardian.get(&of(&known.student)).await.is(200).json["items"][0]["answer"], before);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM trail WHERE action = 'question_answered'").await, 1);
}

#[tokio::test]
async fn a_guardian_whose_custody_is_blocked_asks_nothing_and_reads_nothing() {
    let school = School::open().await;
    let (_, known, guardian) = family(&school).await;
    let line = line(&guardian, &known.student, "revealed").await;
    let id = ask(&guardian, &known.student, line).await;
    school.sql(&format!("UPDATE kinship SET custody = 'blocked' WHERE guardian_id = x'{}'", known.guardian.replace('-', ""))).await;
    for answer in [
        guardian.get(&of(&known.student)).await,
        guardian.post(&of(&known.student), json!({ "line": line })).await,
        guardian.post(&format!("/api/portal/questions/{id}/withdrawal"), json!({})).await,
    ] {
        assert!(answer.status == 404 || answer.status == 401, "{}", answer.text());
        assert!(!answer.text().contains("没有约过课"));
    }
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM question WHERE state = 'open'").await, 1);
}

#[tokio::test]
async fn a_sibling_who_is_not_the_guardians_is_not_asked_about() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let card = li.post(&format!("/api/families/{}/students", known.family), json!({ "name": "诸葛砚冬" })).await.is(201).json;
    let sibling = card["students"].as_array().unwrap().iter().find(|one| one["id"] != known.student.as_str()).unwrap()["id"].clone();
    let sibling = sibling.as_str().unwrap();
    school.sql(&format!("UPDATE kinship SET custody = 'blocked' WHERE student_id = x'{}'", sibling.replace('-', ""))).await;
    school.registrar().await.reveal(&format!("/api/students/{sibling}/reveals"), seed::because("student.school")).await.is(200);
    let hidden = school.number("SELECT MAX(seq) AS n FROM trail WHERE action = 'revealed'").await;
    guardian.post(&of(&known.student), json!({ "line": hidden })).await.refused(404, "not_found");
    guardian.post(&of(sibling), json!({ "line": hidden })).await.refused(404, "not_found");
}

#[tokio::test]
async fn the_desk_is_paged_oldest_first_and_the_clock_runs() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let first = ask(&guardian, &known.student, line(&guardian, &known.student, "revealed").await).await;
    li.get(&format!("/api/families/{}", known.family)).await.is(200);
    let second = ask(&guardian, &known.student, line(&guardian, &known.student, "shown").await).await;
    school.sql(&format!("UPDATE question SET asked_at = asked_at - 20 * 86400000000 WHERE id = x'{}'", first.replace('-', ""))).await;
    let officer = school.privacy_officer().await;
    let page = officer.get("/api/questions").await.is(200).json;
    let ids: Vec<&Value> = page["items"].as_array().unwrap().iter().map(|item| &item["question"]["id"]).collect();
    assert_eq!((ids, &page["total"]), (vec![&json!(first), &json!(second)], &json!(2)));
    let asked: chrono::DateTime<chrono::Utc> = page["items"][0]["question"]["asked_at"].as_str().unwrap().parse().unwrap();
    let due = (asked + chrono::TimeDelta::hours(8)).date_naive() + chrono::TimeDelta::days(15);
    assert_eq!(page["items"][0]["question"]["due"], json!(due));
    assert!(due < chrono::Utc::now().date_naive());
    assert_eq!(officer.get("/api/questions?state=answered").await.is(200).json["items"], json!([]));
    for query in ["?state=x", "?after=x", "?line=1", "?limit=1"] {
        officer.get(&format!("/api/questions{query}")).await.refused(400, "malformed_request");
    }
}

#[tokio::test]
async fn what_is_sent_is_read_strictly() {
    let school = School::open().await;
    let (_, known, guardian) = family(&school).await;
    let line = line(&guardian, &known.student, "revealed").await;
    for body in [json!({}), json!({ "line": "1" }), json!({ "line": line, "who": "李老师" }), json!({ "line": 1.5 })] {
        guardian.post(&of(&known.student), body).await.refused(400, "malformed_request");
    }
    let long = json!({ "line": line, "words": "长".repeat(501) });
    assert_eq!(guardian.post(&of(&known.student), long).await.refused(422, "invalid_fields").json["fields"][0]["at"], "words");
    let id = guardian.post(&of(&known.student), json!({ "line": line })).await.is(201).json["id"].as_str().unwrap().to_owned();
    let officer = school.privacy_officer().await;
    let path = format!("/api/questions/{id}/answer");
    for body in [
        json!({ "finding": "guilty", "answer": "x" }),
        json!({ "finding": "mistake" }),
        json!({ "finding": "mistake", "answer": "x", "by": 1 }),
    ] {
        officer.post(&path, body).await.refused(400, "malformed_request");
    }
    let long = json!({ "finding": "mistake", "answer": "长".repeat(501) });
    assert_eq!(officer.post(&path, long).await.refused(422, "invalid_fields").json["fields"][0]["at"], "answer");
}

#[tokio::test]
async fn without_the_trail_nothing_is_asked_and_nothing_answered() {
    let school = School::open().await;
    let (_, known, guardian) = family(&school).await;
    let line = line(&guardian, &known.student, "revealed").await;
    let id = ask(&guardian, &known.student, line).await;
    let officer = school.privacy_officer().await;
    school.sql("DELETE FROM trail_head").await;
    guardian.post(&of(&known.student), json!({ "line": line })).await.refused(503, "trail_unavailable");
    answer(&officer, &id, "justified", "有理由").await.refused(503, "trail_unavailable");
    guardian.post(&format!("/api/portal/questions/{id}/withdrawal"), json!({})).await.refused(503, "trail_unavailable");
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM question WHERE state = 'open'").await, 1);
}

#[tokio::test]
async fn how_far_a_question_has_come_stands_in_the_ledger_of_whoever_asked() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let new = json!({ "relation": "father", "name": "诸葛远", "phone": "10055556666" });
    let card = li.post(&format!("/api/families/{}/guardians", known.family), new).await.is(201).json;
    let father = card["guardians"].as_array().unwrap().iter().find(|one| one["id"] != known.guardian.as_str()).unwrap()["id"].clone();
    let father = school.guardian_of(father.as_str().unwrap()).await;
    let ledger = format!("/api/portal/children/{}/ledger", known.student);
    let asked = async |guardian: &Actor, query: &str| guardian.get(&format!("{ledger}{query}")).await.is(200).json["asked"].clone();
    assert_eq!(asked(&guardian, "").await, json!([]));
    let line = line(&guardian, &known.student, "revealed").await;
    let id = ask(&guardian, &known.student, line).await;
    let due = guardian.get(&of(&known.student)).await.is(200).json["items"][0]["due"].clone();
    let open = json!([{ "line": line, "due": due, "finding": null }]);
    // With every first page, whatever is filtered by, and with the line alone; the words are no part of it.
    for query in ["", "?kind=seen", &format!("?line={line}")] {
        assert_eq!(asked(&guardian, query).await, open, "{query}");
    }
    assert_eq!(asked(&guardian, &format!("?after={line}")).await, json!([]));
    // The other parent reads that somebody asked, and no mark.
    assert_eq!(asked(&father, "").await, json!([]));
    answer(&school.privacy_officer().await, &id, "mistake", "误点").await.is(200);
    assert_eq!(asked(&guardian, "").await, json!([{ "line": line, "due": due, "finding": "mistake" }]));
    let again = ask(&guardian, &known.student, line).await;
    let both = json!([{ "line": line, "due": due, "finding": null }, { "line": line, "due": due, "finding": "mistake" }]);
    assert_eq!(asked(&guardian, "").await, both);
    guardian.post(&format!("/api/portal/questions/{again}/withdrawal"), json!({})).await.is(200);
    assert_eq!(asked(&guardian, "").await, json!([{ "line": line, "due": due, "finding": "mistake" }]));
}

#[tokio::test]
async fn a_line_is_read_alone_by_its_number() {
    let school = School::open().await;
    let (li, known, guardian) = family(&school).await;
    let other = seed::known_with(&li, &seed::Values { phone: "10011112222", email: "other@example.com", ..seed::VALUES }).await;
    li.reveal(&format!("/api/guardians/{}/reveals", other.guardian), seed::because("guardian.phone")).await.is(200);
    let theirs = line(&school.guardian_of(&other.guardian).await, &other.student, "revealed").await;
    let ledger = format!("/api/portal/children/{}/ledger", known.student);
    let whole = guardian.get(&ledger).await.is(200).json;
    let opened = whole["lines"].as_array().unwrap().iter().find(|line| line["action"] == "revealed").unwrap();
    let alone = guardian.get(&format!("{ledger}?line={}", opened["seq"])).await.is(200).json;
    assert_eq!(alone, json!({ "lines": [opened], "next": null, "month": null, "asked": [] }));
    assert_eq!(guardian.get(&format!("{ledger}?line={}&kind=changed", opened["seq"])).await.is(200).json["lines"], json!([]));
    // One of another family, one's own look, and a number that is nobody's are one answer.
    guardian.get(&format!("/api/portal/children/{}", known.student)).await.is(200);
    let own = school.number("SELECT MAX(seq) AS n FROM trail WHERE action = 'shown'").await;
    for line in [theirs, own, -1, 0, 1_000_000, i64::MAX, i64::MIN] {
        let none = guardian.get(&format!("{ledger}?line={line}")).await.is(200).json;
        assert_eq!(none, json!({ "lines": [], "next": null, "month": null, "asked": [] }), "{line}");
    }
    for query in ["?line=x", "?line=", "?line=1.5", "?line=9223372036854775808"] {
        guardian.get(&format!("{ledger}{query}")).await.refused(400, "malformed_request");
    }
}
