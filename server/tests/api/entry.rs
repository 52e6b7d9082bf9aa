//! How a guardian gets in: an invitation or a known contact, then a code by SMS or e-mail.

use super::places::Reached;
use crate::support::{Actor, Answer, School, seed};
use contract::mask;
use serde_json::{Value, json};
use server::courier::CourierConfig;
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

pub(super) fn code_in(text: &str) -> String {
    let digits: Vec<char> = text.chars().collect();
    let six = digits.windows(6).find(|six| six.iter().all(char::is_ascii_digit)).unwrap();
    six.iter().collect()
}

/// A guardian comes in by a code that goes to this contact.
pub(super) async fn by_code(school: &School, browser: &Actor, contact: &str) -> Answer {
    let codes = async || -> Vec<String> {
        let letters = school.outbox(0).await;
        let code =
            |letter: &Value| letter["text"].as_str().unwrap().split("code is ").nth(1).map(|rest| rest.trim_end_matches('.').to_owned());
        letters.iter().filter_map(code).collect()
    };
    let before = codes().await.len();
    let asked = browser.post("/api/portal/codes", json!({ "by": "contact", "contact": contact })).await.is(200).json;
    for _ in 0..100 {
        if let Some(code) = codes().await.get(before) {
            return browser.post("/api/portal/codes/verify", json!({ "ceremony": asked["ceremony"], "code": code })).await.is(200);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no code came");
}

async fn ready() -> (School, seed::Known) {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    (school, known)
}

pub(super) async fn invite(school: &School, known: &seed::Known) -> String {
    let path = format!("/api/guardians/{}/invitations", known.guardian);
    let made = school.consultant().await.ask("POST", &path, None).await.is(201).json;
    made["url"].as_str().unwrap().split_once('#').unwrap().1.to_owned()
}

pub(super) async fn ask(school: &School, wish: Value) -> Value {
    school.nobody().post("/api/portal/codes", wish).await.is(200).json
}

pub(super) async fn enter(school: &School, ceremony: &Value, code: &str) -> Answer {
    school.nobody().post("/api/portal/codes/verify", json!({ "ceremony": ceremony, "code": code })).await
}

#[tokio::test]
async fn an_invitation_shows_masked_contacts_alone() {
    let (school, known) = ready().await;
    let token = invite(&school, &known).await;
    let opened = school.nobody().post("/api/portal/invitations/open", json!({ "token": token })).await.is(200);
    assert_eq!(opened.json["phone"], json!({ "state": "masked", "value": mask::phone(seed::VALUES.phone).as_str() }));
    assert_eq!(opened.json["email"], json!({ "state": "masked", "value": mask::email(seed::VALUES.email).as_str() }));
    for value in [seed::VALUES.phone, seed::VALUES.email, seed::VALUES.guardian, seed::VALUES.student] {
        assert!(!opened.text().contains(value));
    }
    school.nobody().post("/api/portal/invitations/open", json!({ "token": "x" })).await.refused(410, "lapsed");
}

#[tokio::test]
async fn a_code_that_came_by_sms_opens_the_portal_once() {
    let (school, known) = ready().await;
    let token = invite(&school, &known).await;
    let asked = ask(&school, json!({ "by": "invitation", "token": token, "channel": "sms" })).await;
    let letter = school.outbox(1).await[0].clone();
    assert_eq!((&letter["to"], &letter["channel"]), (&json!(seed::VALUES.phone), &json!("sms")));
    let code = code_in(letter["text"].as_str().unwrap());
    let me = enter(&school, &asked["ceremony"], &code).await.is(200);
    assert_eq!((&me.json["surface"], &me.json["name"]), (&json!("portal"), &json!("")));
    assert!(me.json["fresh_until"].is_null(), "a code is no passkey");
    let guardian = school.nobody().with_token(me.token());
    assert_eq!(guardian.get("/api/portal/children").await.is(200).json["children"][0]["id"], known.student);
    enter(&school, &asked["ceremony"], &code).await.refused(410, "lapsed");
    school.nobody().post("/api/portal/invitations/open", json!({ "token": token })).await.refused(410, "lapsed");
}

#[tokio::test]
async fn a_code_dies_after_five_wrong_ones() {
    let (school, _) = ready().await;
    let asked = ask(&school, json!({ "by": "contact", "contact": seed::VALUES.phone })).await;
    let code = code_in(school.outbox(1).await[0]["text"].as_str().unwrap());
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let answer = enter(&school, &asked["ceremony"], wrong).await.refused(422, "invalid_fields");
        assert_eq!(answer.json["fields"], json!([{ "at": "code", "code": "malformed" }]));
    }
    enter(&school, &asked["ceremony"], &code).await.refused(410, "lapsed");
}

#[tokio::test]
async fn a_code_lapses_after_ten_minutes() {
    let (school, _) = ready().await;
    let asked = ask(&school, json!({ "by": "contact", "contact": seed::VALUES.phone })).await;
    assert_eq!(asked["valid_for"], 600);
    let code = code_in(school.outbox(1).await[0]["text"].as_str().unwrap());
    school.sql("UPDATE ceremony SET expires_at = 1").await;
    enter(&school, &asked["ceremony"], &code).await.refused(410, "lapsed");
}

#[tokio::test]
async fn an_unknown_contact_gets_the_answer_of_a_known_one() {
    let (school, _) = ready().await;
    let nobody = school.nobody();
    let mut bodies = Vec::new();
    for contact in [seed::VALUES.phone, "10055556666", seed::VALUES.email, "unknown@example.com"] {
        let answer = nobody.post("/api/portal/codes", json!({ "by": "contact", "contact": contact })).await.is(200);
        let ceremony = answer.json["ceremony"].clone();
        let mut body = answer.json.clone();
        body["ceremony"] = json!("");
        let wrong = enter(&school, &ceremony, "12345x").await.refused(422, "invalid_fields");
        bodies.push((body, answer.header("content-length").to_owned(), wrong.without_trace()));
    }
    assert!(bodies.windows(2).all(|two| two[0] == two[1]), "{bodies:?}");
    let letters = school.outbox(2).await;
    assert_eq!(letters.len(), 2, "nobody else got a message");
}

/// Until what was asked for has been done, which happens after the answer.
async fn settled(school: &School) {
    for _ in 0..100 {
        if school.number("SELECT COUNT(*) AS n FROM ceremony WHERE owner_id IS NULL AND kind = 'code'").await == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("nobody was found");
}

/// Asks for a code by the known contact, as somebody; the ceremony.
async fn ask_as(school: &School, who: &Actor) -> Value {
    let asked = who.post("/api/portal/codes", json!({ "by": "contact", "contact": seed::VALUES.phone })).await.is(200).json;
    settled(school).await;
    asked["ceremony"].clone()
}

/// The digits of the last of so many messages.
async fn last_code(school: &School, messages: usize) -> String {
    let letters = school.outbox(messages).await;
    let text = letters.last().unwrap()["text"].as_str().unwrap().to_owned();
    text.split("code is ").nth(1).unwrap().trim_end_matches('.').to_owned()
}

async fn stranger_keeps_nobody_out(school: &School) {
    seed::known(&school.consultant().await).await;
    let reached = Reached::new(school, None).await;
    let mut theirs = json!("");
    for number in 0..5 {
        let stranger = school.nobody().at(&reached.from(&format!("198.51.100.{number}")));
        for _ in 0..3 {
            theirs = ask_as(school, &stranger).await;
        }
    }
    assert_eq!(school.outbox(3).await.len(), 3, "no flood of messages either");
    // No message goes, and the one that went last lets its owner in: once.
    let parent = school.nobody().at(&reached.from("203.0.113.1"));
    let ceremony = ask_as(school, &parent).await;
    assert_eq!(school.outbox(3).await.len(), 3);
    let code = last_code(school, 3).await;
    parent.post("/api/portal/codes/verify", json!({ "ceremony": ceremony, "code": code })).await.is(200);
    parent.post("/api/portal/codes/verify", json!({ "ceremony": theirs, "code": code })).await.refused(410, "lapsed");
}

#[tokio::test]
async fn whoever_knows_a_contact_keeps_its_owner_out_from_nowhere() {
    stranger_keeps_nobody_out(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_whoever_knows_a_contact_keeps_its_owner_out_from_nowhere() {
    if let Some(school) = School::on_postgres().await {
        stranger_keeps_nobody_out(&school).await;
    }
}

async fn guesses_count_together(school: &School) {
    let known = seed::known(&school.consultant().await).await;
    let reached = Reached::new(school, None).await;
    let parent = school.nobody().at(&reached.from("203.0.113.1"));
    let verify = async |who: &Actor, ceremony: &Value, code: &str| {
        who.post("/api/portal/codes/verify", json!({ "ceremony": ceremony, "code": code })).await
    };
    let early = ask_as(school, &parent).await;
    let short = last_code(school, 1).await;
    let token = invite(school, &known).await;
    let invited = ask(school, json!({ "by": "invitation", "token": token, "channel": "email" })).await;
    let by_link = school.outbox(2).await.last().unwrap()["text"].as_str().map(code_in).unwrap();
    for number in 0..5 {
        let stranger = school.nobody().at(&reached.from(&format!("198.51.100.{number}")));
        let ceremony = ask_as(school, &stranger).await;
        for _ in 0..4 {
            verify(&stranger, &ceremony, "12345").await.refused(422, "invalid_fields");
        }
    }
    // Twenty wrong ones, of five requests: six digits are no longer enough, at any server.
    verify(&parent.at(&school.second().await), &early, &short).await.refused(422, "invalid_fields");
    // Their owner is not kept out by it.
    let messages = school.outbox(0).await.len();
    let ceremony = ask_as(school, &parent).await;
    let long = last_code(school, messages + 1).await;
    assert_eq!((short.len(), long.len()), (6, 10));
    verify(&parent, &ceremony, &long).await.is(200);
    verify(&parent, &invited["ceremony"], &by_link).await.refused(410, "lapsed");
    let again = ask(school, json!({ "by": "invitation", "token": token, "channel": "email" })).await;
    let by_link = last_code(school, messages + 2).await;
    verify(&parent, &again["ceremony"], &by_link).await.is(200);
    // Each of the wrong ones is written down as of whom it would have been.
    let refused = "SELECT COUNT(*) AS n FROM trail WHERE action = 'sign_in_refused' AND actor_id IS NOT NULL";
    assert_eq!(school.number(refused).await, 21);
}

#[tokio::test]
async fn wrong_codes_of_one_guardian_count_over_all_requests_and_close_nothing_to_them() {
    guesses_count_together(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_wrong_codes_of_one_guardian_count_over_all_requests_and_close_nothing_to_them() {
    if let Some(school) = School::on_postgres().await {
        guesses_count_together(&school).await;
    }
}

#[tokio::test]
async fn codes_to_one_contact_from_one_address_are_few_whether_it_is_known_or_not() {
    let (school, _) = ready().await;
    for contact in [seed::VALUES.phone, "10055556666"] {
        let wish = json!({ "by": "contact", "contact": contact });
        for _ in 0..3 {
            ask(&school, wish.clone()).await;
        }
        school.nobody().post("/api/portal/codes", wish).await.refused(429, "too_many_requests");
    }
}

#[tokio::test]
async fn an_invitation_is_made_by_whoever_keeps_the_family() {
    let (school, known) = ready().await;
    let path = format!("/api/guardians/{}/invitations", known.guardian);
    school.other_consultant().await.ask("POST", &path, None).await.refused(404, "not_found");
    school.finance().await.ask("POST", &path, None).await.refused(403, "forbidden");
    school.administrator().await.ask("POST", &path, None).await.refused(404, "not_found");
    school.guardian_of(&known.guardian).await.ask("POST", &path, None).await.refused(404, "not_found");
}

/// A mail server that takes one message after another and keeps them.
async fn mail_server() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let kept = Arc::new(Mutex::new(Vec::new()));
    let inbox = kept.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let inbox = inbox.clone();
            tokio::spawn(async move {
                let (reader, mut writer) = stream.into_split();
                let mut lines = BufReader::new(reader).lines();
                writer.write_all(b"220 mail.example\r\n").await.unwrap();
                while let Ok(Some(line)) = lines.next_line().await {
                    let command = line.to_ascii_uppercase();
                    let answer = if command.starts_with("EHLO") {
                        "250-mail.example\r\n250 8BITMIME\r\n"
                    } else if command == "DATA" {
                        writer.write_all(b"354 go on\r\n").await.unwrap();
                        let mut message = String::new();
                        while let Ok(Some(line)) = lines.next_line().await {
                            if line == "." {
                                break;
                            }
                            message.push_str(&line);
                            message.push('\n');
                        }
                        inbox.lock().unwrap().push(message);
                        "250 kept\r\n"
                    } else if command == "QUIT" {
                        "221 bye\r\n"
                    } else {
                        "250 fine\r\n"
                    };
                    writer.write_all(answer.as_bytes()).await.unwrap();
                }
            });
        }
    });
    (port, kept)
}

#[tokio::test]
async fn a_code_that_came_by_mail_opens_the_portal() {
    let (port, inbox) = mail_server().await;
    let smtp = Some(format!("smtp://127.0.0.1:{port}"));
    let courier = CourierConfig { smtp, mail_from: "Shendu <school@example.com>".into(), sms: "file".into() };
    let school = School::at("http://localhost:8080", courier).await;
    let known = seed::known(&school.consultant().await).await;
    let asked = ask(&school, json!({ "by": "contact", "contact": seed::VALUES.email })).await;
    let mut message = None;
    for _ in 0..100 {
        message = inbox.lock().unwrap().first().cloned();
        if message.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let message = message.expect("a message came");
    let (head, body) = message.split_once("\n\n").unwrap();
    assert!(head.contains(seed::VALUES.email));
    let text = if head.contains("base64") {
        use base64::Engine;
        let packed: String = body.split_whitespace().collect();
        String::from_utf8(base64::engine::general_purpose::STANDARD.decode(packed).unwrap()).unwrap()
    } else {
        body.to_owned()
    };
    let code = text.split("code is ").nth(1).unwrap().chars().take(6).collect::<String>();
    let me = enter(&school, &asked["ceremony"], &code).await.is(200);
    let guardian = school.nobody().with_token(me.token());
    assert_eq!(guardian.get("/api/portal/children").await.is(200).json["children"][0]["id"], known.student);
}
