//! Two processes over one database, as on two machines: what one of them changes holds at the next answer of the other.

use crate::support::{Actor, School, key::Key, seed};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// `shendu serve`, until it is dropped.
pub(super) struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    pub(super) async fn start(school: &School) -> Self {
        Self::start_with(school, &[]).await
    }

    /// The same with more flags.
    pub(super) async fn start_with(school: &School, flags: &[&str]) -> Self {
        Self::start_logging(school, flags, Stdio::null()).await
    }

    async fn start_logging(school: &School, flags: &[&str], log: Stdio) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_shendu"));
        command.arg("serve").args(["--listen", &format!("127.0.0.1:{port}"), "--origin", &school.origin]);
        command.arg("--data").arg(&school.place.data).args(flags);
        if let Some(url) = &school.place.database {
            command.args(["--database", url]);
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let mut server = Self { child, port };
        for _ in 0..400 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            assert_eq!(server.child.try_wait().unwrap(), None, "the server has ended");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the server does not listen");
    }

    /// A line that stays open.
    pub(super) fn listen(&self, who: &Actor, path: &str) -> Line {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let token = who.token.as_deref().unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: shendu={token}\r\n\r\n").unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        let mut line = Line { stream, heard: String::new(), ended: false };
        assert!(line.hears("200 OK", Duration::from_secs(5)), "{}", line.heard);
        line
    }

    /// One request over a connection of its own; the status and the body.
    fn ask(&self, who: &Actor, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncookie: shendu={}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            who.token.as_deref().unwrap(),
            body.len(),
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
    }
}

async fn a_change_at_one_holds_at_the_other(school: &School) {
    let (li, gu, meng) = (school.consultant().await, school.privacy_officer().await, school.principal().await);
    let path = format!("/api/families/{}", seed::known(&li).await.family);
    let servers = [Server::start(school).await, Server::start(school).await];
    let phone = |server: &Server| {
        let (status, card) = server.ask(&li, "GET", &path, None);
        assert_eq!(status, 200, "{card}");
        card["guardians"][0]["phone"]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(servers.each_ref().map(phone), ["masked", "masked"]);
    // To and fro: no process is the one that knows.
    for (version, (at, exposure)) in [(0, "withheld"), (1, "clear"), (0, "masked")].into_iter().enumerate() {
        let cell = json!({ "exposure": exposure, "reveal": "no", "edit": true, "search": true, "export": true });
        let mut change = json!({ "version": version + 1, "cells": [{ "role": "consultant", "field": "guardian.phone", "cell": cell }] });
        let (status, answer) = servers[at].ask(&gu, "PATCH", "/api/policy", Some(&change));
        if status == 403 {
            // What widens is proposed at the one and confirmed at the other.
            change["words"] = json!("来回");
            let (status, made) = servers[1 - at].ask(&gu, "POST", "/api/policy/proposals", Some(&change));
            assert_eq!(status, 201, "{made}");
            let decision = format!("/api/policy/proposals/{}/decision", made["last"]["id"].as_str().unwrap());
            let (status, answer) = servers[at].ask(&meng, "POST", &decision, Some(&json!({ "answer": "confirm" })));
            assert_eq!(status, 200, "{answer}");
        } else {
            assert_eq!(status, 200, "{answer}");
        }
        assert_eq!(phone(&servers[1 - at]), exposure, "the other one");
        assert_eq!(phone(&servers[at]), exposure, "the same one");
    }
    let (status, _) = servers[0].ask(&li, "POST", "/api/sign-out", None);
    assert_eq!(status, 200);
    let (status, refused) = servers[1].ask(&li, "GET", &path, None);
    assert_eq!((status, &refused["code"]), (401, &json!("not_signed_in")));
}

#[tokio::test]
async fn a_change_of_the_matrix_holds_at_the_next_answer_of_another_process() {
    a_change_at_one_holds_at_the_other(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_change_of_the_matrix_holds_at_the_next_answer_of_another_process() {
    if let Some(school) = School::on_postgres().await {
        a_change_at_one_holds_at_the_other(&school).await;
    }
}

#[tokio::test]
async fn a_log_for_which_there_is_no_room_keeps_nobody_from_an_answer() {
    let school = School::open().await;
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let server = Server::start_logging(&school, &[], full.into()).await;
    for (who, path, status) in [(&li, "/api/families", 200), (&li, "/api/trail", 403), (&gu, "/api/trail", 200)] {
        assert_eq!(server.ask(who, "GET", path, None).0, status, "{path}");
    }
}

async fn a_suspension_at_one_holds_at_the_other(school: &School) {
    let (li, shen) = (school.consultant().await, school.administrator().await);
    let servers = [Server::start(school).await, Server::start(school).await];
    let path = format!("/api/staff/{}/suspensions", li.who.unwrap().uuid());
    for server in &servers {
        assert_eq!(server.ask(&li, "GET", "/api/families", None).0, 200);
    }
    assert_eq!(servers[0].ask(&shen, "POST", &path, None).0, 200);
    for server in &servers {
        assert_eq!(server.ask(&li, "GET", "/api/families", None).0, 401);
    }
}

#[tokio::test]
async fn a_suspension_holds_at_the_next_answer_of_another_process() {
    a_suspension_at_one_holds_at_the_other(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_suspension_holds_at_the_next_answer_of_another_process() {
    if let Some(school) = School::on_postgres().await {
        a_suspension_at_one_holds_at_the_other(&school).await;
    }
}

/// What a server says over a line that stays open.
pub(super) struct Line {
    stream: TcpStream,
    heard: String,
    ended: bool,
}

impl Line {
    fn read(&mut self) {
        let mut part = [0; 1024];
        match self.stream.read(&mut part) {
            Ok(0) => self.ended = true,
            Ok(read) => self.heard.push_str(&String::from_utf8_lossy(&part[..read])),
            Err(_) => {}
        }
    }
    /// Whether this is said in time.
    pub(super) fn hears(&mut self, words: &str, within: Duration) -> bool {
        let begun = std::time::Instant::now();
        while begun.elapsed() < within && !self.heard.contains(words) {
            self.read();
        }
        self.heard.contains(words)
    }
    /// Whether it ends in time.
    pub(super) fn ends(&mut self, within: Duration) -> bool {
        let begun = std::time::Instant::now();
        // An answer in chunks ends with an empty one; the connection may stay.
        while begun.elapsed() < within && !self.ended && !self.heard.ends_with("0\r\n\r\n") {
            self.read();
        }
        self.ended || self.heard.ends_with("0\r\n\r\n")
    }
}

/// `shendu` with these words; whether it succeeded, and all that it said.
pub(super) fn shendu(words: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shendu"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SHENDU_")) {
        command.env_remove(name);
    }
    let done = command.args(words).output().unwrap();
    (done.status.success(), String::from_utf8([done.stdout, done.stderr].concat()).unwrap())
}

#[tokio::test]
async fn a_copy_is_verified_by_the_public_key_and_the_signed_heads_alone() {
    let school = School::open().await;
    let data = school.place.data.clone();
    let place = data.to_str().unwrap();
    let path = data.join("trail.heads");
    let (li, mut passkey) = super::passkeys::with_key(&school, "li").await;
    let known = seed::known(&li).await;
    let begun = li.post(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200).json;
    let credential = passkey.assert(&begun["options"]);
    li.post("/api/reveals", json!({ "ceremony": begun["ceremony"], "credential": credential })).await.is(200);
    drop(Server::start(&school).await);
    let signed = std::fs::read_to_string(&path).unwrap();
    assert_eq!(signed.lines().count(), 1, "one a day, at the start already");
    drop(Server::start(&school).await);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), signed, "and one alone");

    let (known, key) = shendu(&["audit", "key", "--data", place]);
    assert!(known, "{key}");
    let key = key.trim();
    // Where somebody else verifies: the database and the heads, and no key of the school.
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::copy(&path, elsewhere.path().join("trail.heads")).unwrap();
    let copy = elsewhere.path().join("shendu.sqlite");
    school.sql(&format!("VACUUM INTO '{}'", copy.display())).await;
    let there = elsewhere.path().to_str().unwrap();
    let (whole, said) = shendu(&["audit", "verify", "--data", there, "--public-key", key]);
    assert!(whole && said.contains("1 signed heads agree"), "{said}");
    let (json, said) = shendu(&["audit", "verify", "--data", there, "--public-key", key, "--json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    assert!(json && report["whole"] == true && report["heads"] == 1 && report["vouched"].as_i64().unwrap() > 0, "{said}");
    assert!(report["receipts"].is_null(), "nobody asked for them");
    let (signed_for, said) = shendu(&["audit", "verify", "--data", there, "--public-key", key, "--receipts"]);
    assert!(signed_for && said.contains("1 receipts of deliberate looks agree, 0 looks are from before"), "{said}");

    // Another key, half a key, heads of nobody, heads that were changed.
    let other = elsewhere.path().join("another");
    let begun = shendu(&["demo", "--no-links", "--students", "4", "--seed", "9", "--data", other.to_str().unwrap()]);
    assert!(begun.0, "{}", begun.1);
    let (_, stranger) = shendu(&["audit", "key", "--data", other.to_str().unwrap()]);
    let empty = elsewhere.path().join("none");
    for (words, found) in [
        (vec!["--public-key", stranger.trim()], "was not signed by the key of this school"),
        (vec!["--public-key", &key[..32]], "64 hexadecimal digits"),
        (vec!["--public-key", key, "--heads", empty.to_str().unwrap()], "there is no signed head"),
    ] {
        let (whole, said) = shendu(&[&["audit", "verify", "--data", there], words.as_slice()].concat());
        assert!(!whole && said.contains(found), "{said}");
    }

    // The trail of another school in the place of this one: it is whole in itself.
    std::fs::copy(&path, other.join("trail.heads")).unwrap();
    let (whole, said) = shendu(&["audit", "verify", "--data", other.to_str().unwrap(), "--public-key", key]);
    assert!(!whole && said.contains("is not there as it was"), "{said}");

    // The doctor of the school reads them too.
    let (_, said) = shendu(&["doctor", "--data", place]);
    assert!(said.contains("1 signed, the last on"), "{said}");
    std::fs::write(&path, signed.replacen(' ', " 1", 1)).unwrap();
    let (well, said) = shendu(&["doctor", "--data", place]);
    assert!(!well && said.contains("was not signed by the key of this school"), "{said}");
    let (whole, said) = shendu(&["audit", "verify", "--data", place]);
    assert!(!whole && said.contains("was not signed by the key of this school"), "{said}");
}

/// Opens a field with one's own passkey, which the trail knows.
async fn opens(who: &Actor, key: &mut Key, path: &str, field: &str) {
    let begun = who.post(path, seed::because(field)).await.is(200).json;
    let credential = key.assert(&begun["options"]);
    who.post("/api/reveals", json!({ "ceremony": begun["ceremony"], "credential": credential })).await.is(200);
}

#[tokio::test]
async fn receipts_are_told_apart_by_who_vouches_for_their_rows_and_a_fault_hides_nothing() {
    let school = School::open().await;
    let place = school.place.data.to_str().unwrap();
    let (li, mut passkey) = super::passkeys::with_key(&school, "li").await;
    let path = format!("/api/guardians/{}/reveals", seed::known(&li).await.guardian);
    opens(&li, &mut passkey, &path, "guardian.phone").await;
    drop(Server::start(&school).await);
    // After the signed head of the day: one by the same passkey, one by a passkey that was registered only then.
    opens(&li, &mut passkey, &path, "guardian.name").await;
    let (wu, mut later) = super::passkeys::with_key(&school, "wu").await;
    opens(&wu, &mut later, &path, "guardian.phone").await;
    let key = shendu(&["audit", "key", "--data", place]).1;
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::copy(school.place.data.join("trail.heads"), elsewhere.path().join("trail.heads")).unwrap();
    school.sql(&format!("VACUUM INTO '{}'", elsewhere.path().join("shendu.sqlite").display())).await;
    let by_key = ["audit", "verify", "--data", elsewhere.path().to_str().unwrap(), "--public-key", key.trim(), "--receipts"];
    let (whole, said) = shendu(&by_key);
    assert!(whole && said.contains("1 receipts of deliberate looks agree"), "{said}");
    assert!(
        said.contains("2 more receipts agree in rows that nobody vouches for yet, 1 of them by keys that such rows register"),
        "{said}"
    );
    let report: Value = serde_json::from_str(&shendu(&[&by_key[..], &["--json"]].concat()).1).unwrap();
    assert_eq!(report["receipts"], json!({ "agreed": 1, "later": 2, "by_later_keys": 1, "earlier": 0, "faulty": 0, "faults": [] }));
    // Whoever has the master key has the seal of the head, which vouches for every row.
    let by_seal = ["audit", "verify", "--data", place, "--receipts"];
    let (whole, said) = shendu(&by_seal);
    assert!(whole && said.contains("3 receipts of deliberate looks agree") && !said.contains("nobody vouches for yet"), "{said}");

    // A look by a passkey that no row registers; what comes after it is read all the same.
    school.principal().await.reveal(&path, seed::because("guardian.phone")).await.is(200);
    let row = school.trail_length().await;
    opens(&li, &mut passkey, &path, "guardian.email").await;
    let (whole, said) = shendu(&by_seal);
    assert!(!whole && said.contains("1 deliberate looks are not signed as they should be; 4 receipts"), "{said}");
    assert!(said.contains(&format!("row {row}: no earlier row registers the passkey that signed")), "{said}");
    // A hundred are named, and every one is counted.
    let trail = store::TrailStore::open(school.place.open().await.unwrap(), school.place.vault().unwrap().head_sealer());
    for _ in 0..100 {
        let look = guard::Entry::event(chrono::Utc::now(), guard::trail::By::nobody(), contract::wire::ledger::Action::Revealed);
        guard::Trail::append(&trail, look).await.unwrap();
    }
    let (whole, said) = shendu(&by_seal);
    assert!(!whole && said.contains("101 deliberate looks are not signed") && said.contains("the look has no receipt"), "{said}");
    assert!(said.contains("and 1 more"), "{said}");
    let (whole, said) = shendu(&[&by_seal[..], &["--json"]].concat());
    let report: Value = serde_json::from_str(said.split("\nshendu: ").next().unwrap()).unwrap();
    assert!(!whole && report["whole"] == false && report["receipts"]["faulty"] == 101, "{said}");
    assert_eq!(report["receipts"]["faults"].as_array().unwrap().len(), 100);
    assert_eq!(report["receipts"]["faults"][0]["row"], row);
}
