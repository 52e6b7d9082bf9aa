//! The webhook of the alarms, with a real receiver: signed so that openssl agrees, told again after it was away, and nothing personal.
//!
//! The rule: every alarm arrives, raised and closed, in order. Where openssl is not there, signatures are not tried.

use super::{alarms::*, processes::Server, siem::program};
use crate::support::{Actor, School, seed};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde_json::{Value, json};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::TcpListener, task::JoinHandle};

/// The bytes of the secret, and the same in digits.
const SECRET: ([u8; 32], &str) = ([7; 32], "0707070707070707070707070707070707070707070707070707070707070707");

/// What came, with its headers.
#[derive(Clone)]
struct Came {
    id: String,
    timestamp: String,
    signature: String,
    body: Bytes,
}

impl Came {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A receiver: what it answers, and what came.
#[derive(Clone)]
struct Receiver {
    answers: Arc<Mutex<StatusCode>>,
    came: Arc<Mutex<Vec<Came>>>,
    lost: Arc<Mutex<u32>>,
}

impl Receiver {
    fn new() -> Self {
        Self { answers: Arc::new(Mutex::new(StatusCode::NO_CONTENT)), came: Arc::default(), lost: Arc::default() }
    }

    async fn listen(&self, port: u16) -> (u16, JoinHandle<()>) {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = Router::new()
            .route("/school", axum::routing::post(take))
            .route("/elsewhere", axum::routing::any(astray))
            .with_state(self.clone());
        (port, tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }))
    }

    fn answer(&self, status: StatusCode) {
        *self.answers.lock().unwrap() = status;
    }

    async fn has(&self, count: usize) -> Vec<Came> {
        for _ in 0..150 {
            let came = self.came.lock().unwrap().clone();
            if came.len() >= count {
                return came;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("of {count} messages there came {}", self.came.lock().unwrap().len());
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> (StatusCode, HeaderMap) {
    let of = |name: &str| headers[name].to_str().unwrap().to_owned();
    let mut more = HeaderMap::new();
    more.insert("location", "/elsewhere".parse().unwrap());
    let status = *receiver.answers.lock().unwrap();
    if status.is_success() {
        assert_eq!(of("content-type"), "application/json");
        let came = Came { id: of("webhook-id"), timestamp: of("webhook-timestamp"), signature: of("webhook-signature"), body };
        receiver.came.lock().unwrap().push(came);
    } else {
        *receiver.lost.lock().unwrap() += 1;
    }
    (status, more)
}

async fn astray(State(receiver): State<Receiver>) {
    *receiver.lost.lock().unwrap() += 1_000;
}

fn secret(folder: &Path) -> PathBuf {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let path = folder.join("webhook.secret");
    fs::write(&path, format!("whsec_{}\n", STANDARD.encode(SECRET.0))).unwrap();
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    path
}

async fn told(school: &School, url: &str, more: &[&str]) -> Server {
    let secret = secret(&school.place.data).display().to_string();
    Server::start_with(school, &[&["--alarm-webhook", url, "--alarm-webhook-secret-file", &secret], more].concat()).await
}

/// The signature that openssl makes of a message.
fn by_openssl(came: &Came) -> Option<String> {
    let sign = format!("openssl dgst -sha256 -mac HMAC -macopt hexkey:{} -binary | openssl base64 -A", SECRET.1);
    program("openssl")?;
    let mut child = Command::new("sh").args(["-c", &sign]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut content = format!("{}.{}.", came.id, came.timestamp).into_bytes();
    content.extend_from_slice(&came.body);
    child.stdin.take().unwrap().write_all(&content).unwrap();
    Some(format!("v1,{}", String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()))
}

fn doctor(school: &School) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shendu"));
    command.args(["doctor", "--data"]).arg(&school.place.data);
    if let Some(url) = &school.place.database {
        command.args(["--database", url]);
    }
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

async fn close(watcher: &Actor, alarm: &Value) {
    let path = format!("/api/alarms/{}/closing", alarm["id"].as_str().unwrap());
    watcher.post(&path, json!({ "outcome": "usual", "words": "问过本人，按计划工作" })).await.is(200);
}

async fn tells(school: &School) {
    let (li, gu) = (school.consultant().await, school.privacy_officer().await);
    let known = seed::known(&li).await;
    let receiver = Receiver::new();
    let (port, listening) = receiver.listen(0).await;
    let url = format!("http://127.0.0.1:{port}/school");
    let server = told(school, &url, &[]).await;
    gu.patch("/api/alarms/rules", setting("bulk_reading", 1, "nothing")).await.is(200);
    li.get(&format!("/api/families/{}", known.family)).await.is(200);
    let alarm = raised(&gu, "bulk_reading").await;
    close(&gu, &alarm).await;

    // The change of the rules, the alarm, and that it was closed.
    let came = receiver.has(3).await;
    let kinds: Vec<(String, String)> = came
        .iter()
        .map(|one| (one.json()["type"].as_str().unwrap().to_owned(), one.json()["data"]["rule"].as_str().unwrap().to_owned()))
        .collect();
    let of = |kind: &str, rule: &str| (kind.to_owned(), rule.to_owned());
    assert_eq!(kinds, [of("alarm.raised", "watch_changed"), of("alarm.raised", "bulk_reading"), of("alarm.closed", "bulk_reading")]);
    let id = alarm["id"].as_str().unwrap();
    assert_eq!((came[1].id.as_str(), came[2].id.as_str()), (format!("{id}_raised").as_str(), format!("{id}_closed").as_str()));
    let [message, now] = [came[1].json(), json!(chrono::Utc::now().timestamp())];
    assert_eq!(
        (&message["data"]["severity"], &message["data"]["count"], &message["data"]["id"]),
        (&json!("warning"), &json!(1), &json!(id))
    );
    assert!((now.as_i64().unwrap() - came[1].timestamp.parse::<i64>().unwrap()).abs() < 60);
    let at: chrono::DateTime<chrono::Utc> = message["timestamp"].as_str().unwrap().parse().unwrap();
    assert!((chrono::Utc::now() - at).num_seconds() < 60, "{message}");
    // Nobody, no family, no words.
    let mut keys: Vec<&String> = message["data"].as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["count", "first_at", "id", "last_at", "rule", "severity"]);
    let who = li.who.unwrap().uuid().to_string();
    for one in &came {
        let text = String::from_utf8(one.body.to_vec()).unwrap();
        for kept in [alarm["who"].as_str().unwrap(), &who, &known.family, "按计划工作"] {
            assert!(!text.contains(kept), "{text}");
        }
        if let Some(signature) = by_openssl(one) {
            assert_eq!(one.signature, signature);
        }
    }

    // While the receiver is away nothing is lost, nor over a restart; and nobody waits for it.
    listening.abort();
    let _ = listening.await;
    close(&school.administrator().await, &raised(&gu, "watch_changed").await).await;
    gu.patch("/api/alarms/rules", setting("bulk_reading", 2, "nothing")).await.is(200);
    raised(&gu, "watch_changed").await;
    drop(server);
    let server = told(school, &url, &[]).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(doctor(school).contains("2 messages behind"), "{}", doctor(school));
    receiver.answer(StatusCode::FOUND);
    let (_, _listening) = receiver.listen(port).await;
    for _ in 0..150 {
        if *receiver.lost.lock().unwrap() > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let lost = *receiver.lost.lock().unwrap();
    assert!((1..1_000).contains(&lost), "a redirect is a failure, and is not followed: {lost}");
    assert_eq!(receiver.has(3).await.len(), 3);
    receiver.answer(StatusCode::OK);
    let came = receiver.has(5).await;
    let last: Vec<Value> = came.iter().skip(3).map(|one| one.json()["type"].clone()).collect();
    assert_eq!((last, came.len()), (vec![json!("alarm.closed"), json!("alarm.raised")], 5));
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(doctor(school).contains("0 messages behind"), "{}", doctor(school));
    assert!(doctor(school).contains("ok   watch      awake"), "{}", doctor(school));
    drop(server);
}

#[tokio::test]
async fn a_receiver_is_told_of_each_alarm_signed_and_again_after_it_was_away() {
    tells(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_receiver_is_told_of_each_alarm_signed_and_again_after_it_was_away() {
    if let Some(school) = School::on_postgres().await {
        tells(&school).await;
    }
}

#[tokio::test]
async fn a_webhook_that_is_new_begins_with_what_comes() {
    let school = School::open().await;
    let gu = school.privacy_officer().await;
    let before = Server::start_with(&school, &[]).await;
    gu.patch("/api/alarms/rules", setting("bulk_reading", 2, "nothing")).await.is(200);
    let old = raised(&gu, "watch_changed").await;
    drop(before);
    let receiver = Receiver::new();
    let (port, _listening) = receiver.listen(0).await;
    let _server = told(&school, &format!("http://localhost:{port}/school"), &[]).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(receiver.came.lock().unwrap().is_empty());
    close(&school.administrator().await, &old).await;
    let came = receiver.has(1).await;
    assert_eq!((came[0].json()["type"].clone(), came.len()), (json!("alarm.closed"), 1));
}

#[tokio::test]
async fn over_tls_a_receiver_is_told_that_the_operator_vouches_for_and_no_other() {
    let Some(openssl) = program("openssl") else { return };
    let school = School::open().await;
    let folder = tempfile::tempdir().unwrap();
    let (key, certificate) = super::siem::certificate(&openssl, folder.path());
    let (port, came) = over_tls(&key, &certificate).await;
    let gu = school.privacy_officer().await;
    let url = format!("https://localhost:{port}/school");
    let stranger = told(&school, &url, &[]).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    gu.patch("/api/alarms/rules", setting("bulk_reading", 2, "nothing")).await.is(200);
    raised(&gu, "watch_changed").await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(came.lock().unwrap().as_str(), "", "nobody vouches for this receiver");
    drop(stranger);
    let _server = told(&school, &url, &["--alarm-webhook-ca", &certificate]).await;
    for _ in 0..100 {
        if came.lock().unwrap().contains("\"alarm.raised\"") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let request = came.lock().unwrap().clone();
    assert!(request.starts_with("POST /school HTTP/1.1\r\n") && request.contains("\"watch_changed\""), "{request}");
}

/// A receiver over TLS that answers 204 and keeps what came as it came.
async fn over_tls(key: &str, certificate: &str) -> (u16, Arc<Mutex<String>>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio_rustls::{
        TlsAcceptor,
        rustls::{
            ServerConfig,
            crypto::ring::default_provider,
            pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
        },
    };
    let chain = vec![CertificateDer::from_pem_file(certificate).unwrap()];
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(chain, PrivateKeyDer::from_pem_file(key).unwrap()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let came = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&came);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = Vec::new();
            let mut part = [0; 4096];
            while !request.ends_with(b"}}") {
                match stream.read(&mut part).await {
                    Ok(read) if read > 0 => request.extend_from_slice(&part[..read]),
                    _ => break,
                }
            }
            kept.lock().unwrap().push_str(&String::from_utf8_lossy(&request));
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
        }
    });
    (port, came)
}

#[test]
fn what_is_no_webhook_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let good = secret(folder.path()).display().to_string();
    let open = folder.path().join("open").display().to_string();
    fs::write(&open, "whsec_AAAA").unwrap();
    for (flags, said) in [
        (vec!["https://pager.example/"], "needs --alarm-webhook-secret-file"),
        (vec!["http://pager.example/", "--alarm-webhook-secret-file", &good], "must be https"),
        (vec!["https://user:word@pager.example/", "--alarm-webhook-secret-file", &good], "without a name and a password"),
        (vec!["https://pager.example/", "--alarm-webhook-secret-file", &open], "can be read by others"),
        (vec!["https://pager.example/", "--alarm-webhook-secret-file", "/nowhere"], "cannot be read"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shendu"));
        let done = command.args(["serve", "--data"]).arg(folder.path()).arg("--alarm-webhook").args(flags).output().unwrap();
        assert!(!done.status.success());
        assert!(String::from_utf8_lossy(&done.stderr).contains(said), "{}", String::from_utf8_lossy(&done.stderr));
    }
}
