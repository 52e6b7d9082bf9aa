//! The sweep: in a school of which every personal value is known and unique, each role calls each operation, and no answer
//! holds a value that the policy does not grant this person for that record.
//!
//! What is expected is computed by hand from the cells of the school and the relations of the rows; the gate is not asked.
//! Searched are the status line, all headers and the whole body (a workbook unpacked), each value as text, as JSON escapes,
//! percent-encoded and in Base64. Where an answer holds a known record as JSON, every field of it must be in exactly the
//! state, and under exactly the mask, that the policy says. The log at its most talkative and the database with its trail, as
//! bytes, must hold no value at all. Deliberately absent: the outbox, whose purpose is an address.

mod by_role;
mod requests;
mod written;

use crate::{
    noninterference::{
        values::canary,
        world::{Answer, Plan, Row, Who, World, call, everybody},
    },
    route_ledger::operations,
    support::key::Key,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::Utc;
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    rights::{Exposure, Reveal, Role},
    wire::ledger::LedgerLine,
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap},
    io::Write,
    sync::{Arc, Mutex},
};
use uuid::Uuid;

/// The forms in which a value could hide.
fn forms(value: &str) -> Vec<String> {
    let mut forms = vec![value.to_owned(), STANDARD.encode(value)];
    if !value.is_ascii() {
        let units: Vec<u16> = value.encode_utf16().collect();
        forms.push(units.iter().map(|unit| format!("\\u{unit:04x}")).collect());
        forms.push(value.bytes().map(|byte| format!("%{byte:02X}")).collect());
    }
    forms
}

/// Every form of every value of these rows, by its first bytes, so that a text is searched for all of them in one pass.
struct Needles(HashMap<[u8; 6], Vec<Needle>>);

/// One form, the position of its row, its field.
type Needle = (Vec<u8>, usize, FieldKey);

impl Needles {
    fn of(rows: &[Row]) -> Self {
        let mut needles: HashMap<[u8; 6], Vec<_>> = HashMap::new();
        for (position, row) in rows.iter().enumerate() {
            for (field, value) in row.values.iter().filter(|(_, value)| !value.is_empty()) {
                for form in forms(value) {
                    let bytes = form.into_bytes();
                    needles.entry(*bytes.first_chunk().unwrap()).or_default().push((bytes, position, *field));
                }
            }
        }
        Self(needles)
    }
    /// Whose values are in `text`: positions of rows, and fields.
    fn hits(&self, text: &[u8]) -> Vec<(usize, FieldKey)> {
        let mut hits = Vec::new();
        for (at, head) in text.windows(6).enumerate() {
            for (needle, row, field) in self.0.get(head).into_iter().flatten() {
                if text[at..].starts_with(needle) && !hits.contains(&(*row, *field)) {
                    hits.push((*row, *field));
                }
            }
        }
        hits
    }
}

/// What a request asked for deliberately, so that its answer may hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Nothing,
    Reveal(Uuid, FieldKey),
    File,
}

/// Every value in `answer` that `who` is not granted, as a sentence each.
fn leaks(answer: &Answer, who: Who, rows: &[Row], needles: &Needles, asked: Asked) -> Vec<String> {
    let head: String = answer.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    let whole = format!("{}\n{head}\n{}", answer.status, answer.text());
    let mut found = Vec::new();
    for (position, field) in needles.hits(whole.as_bytes()) {
        let row = &rows[position];
        let cell = who.cell(row, field);
        let granted = match asked {
            Asked::File => cell.exposure == Exposure::Clear && cell.export,
            Asked::Reveal(id, key) if (id, key) == (row.id, field) => cell.reveal == Reveal::WithReason,
            Asked::Reveal(..) | Asked::Nothing => cell.exposure == Exposure::Clear,
        };
        if !granted {
            found.push(format!("{field} of {:?} {} is in clear for {:?}", row.kind, row.id, who.role));
        }
    }
    if answer.header("content-type").contains("json") {
        let body: Value = serde_json::from_slice(&answer.body).unwrap();
        states(&body, who, rows, &mut found);
    }
    found
}

/// Walks a body: every known record in it must be in the form that the policy says, field by field.
fn states(value: &Value, who: Who, rows: &[Row], found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| states(item, who, rows, found)),
        Value::Object(map) => {
            let row = map.get("id").and_then(Value::as_str).and_then(|id| rows.iter().find(|row| row.id.to_string() == id));
            if let Some(row) = row {
                for (field, clear) in &row.values {
                    let Some(shown) = field.name().split('.').next_back().and_then(|name| map.get(name)).filter(|shown| shown.is_object())
                    else {
                        continue;
                    };
                    let expected = match who.cell(row, *field).exposure {
                        Exposure::Withheld => json!({ "state": "withheld" }),
                        Exposure::Masked => json!({ "state": "masked", "value": field.preview(clear).as_str() }),
                        Exposure::Clear if clear.is_empty() => json!({ "state": "clear", "value": null }),
                        Exposure::Clear => json!({ "state": "clear", "value": clear }),
                    };
                    if *shown != expected {
                        found.push(format!("{field} of {} is {shown} for {:?} and should be {}", row.id, who.role, expected["state"]));
                    }
                }
            }
            map.values().for_each(|inner| states(inner, who, rows, found));
        }
        _ => {}
    }
}

/// Collects the log.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

struct Sweep {
    world: World,
    needles: Needles,
    calls: BTreeMap<(String, String, Role), u32>,
    answered: BTreeMap<u16, u32>,
    sessions: u128,
    found: Vec<String>,
    revealed: u32,
    fields: usize,
    told: usize,
}

impl Sweep {
    fn of(world: World) -> Self {
        let needles = Needles::of(&world.rows);
        Self {
            world,
            needles,
            calls: BTreeMap::new(),
            answered: BTreeMap::new(),
            sessions: 0,
            found: Vec::new(),
            revealed: 0,
            fields: 0,
            told: 0,
        }
    }

    fn row(&self, kind: RecordKind, wanted: impl Fn(&Row) -> bool) -> Uuid {
        self.world.rows.iter().find(|row| row.kind == kind && wanted(row)).map_or_else(Uuid::nil, |row| row.id)
    }

    async fn person(&mut self, who: Who) {
        let router = self.world.serve().await;
        let (_, operations) = operations();
        let key = Key::new("http://localhost:8080");
        self.world.db.add_passkey(key.row(self.world.actor(who))).await.unwrap();
        for ((method, path), operation) in &operations {
            let kind = match path.split('/').nth(2).unwrap() {
                _ if path.contains("corrections/{id}") => RecordKind::Correction,
                _ if path.contains("questions/{id}") => RecordKind::Question,
                "families" => RecordKind::Family,
                "guardians" => RecordKind::Guardian,
                "notes" => RecordKind::Note,
                "staff" => RecordKind::Staff,
                _ => RecordKind::Student,
            };
            let ids = match path.contains("{id}") {
                true if path.starts_with("/api/classes") => [0xc1_0001, 0xc1_0002, 0xdead].map(Uuid::from_u128).into(),
                true if path.starts_with("/api/audits") || path.starts_with("/api/findings") => self.audited(path).await,
                true => self.ids(who, kind),
                false => vec![Uuid::nil()],
            };
            for id in ids {
                let schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str();
                let mut bodies = match schema.and_then(|reference| reference.rsplit('/').next()) {
                    Some(name) => self.bodies(name, id, who).into_iter().map(|(body, asked)| (Some(body.to_string()), asked)).collect(),
                    None => vec![(None, Asked::Nothing)],
                };
                if bodies[0].0.is_some() {
                    bodies.push((Some("{".into()), Asked::Nothing));
                }
                let queries = self.queries(method, path, who);
                for (body, asked) in bodies {
                    for query in &queries {
                        self.sessions += 1;
                        let (token, _) = self.world.session(who, self.sessions, Utc::now()).await;
                        let place = format!("{}{query}", path.replace("{id}", &id.to_string()));
                        let answer = call(&router, Some(&token), method, &place.replace('李', "%E6%9D%8E"), body.as_deref()).await;
                        *self.calls.entry((method.clone(), path.clone(), who.role)).or_default() += 1;
                        *self.answered.entry(answer.status).or_default() += 1;
                        assert_ne!(answer.status, 500, "{method} {place} as {:?}", who.role);
                        if !path.ends_with("/reveals") || answer.status != 200 {
                            self.judge(&answer, who, asked, method, path);
                            continue;
                        }
                        // The first half opens nothing; the second one does.
                        self.judge(&answer, who, Asked::Nothing, method, path);
                        let begun: Value = serde_json::from_slice(&answer.body).unwrap();
                        let credential = key.assert_uncounted(&begun["options"]);
                        let signed = json!({ "ceremony": begun["ceremony"], "credential": credential }).to_string();
                        let opened = call(&router, Some(&token), "POST", "/api/reveals", Some(&signed)).await;
                        self.judge(&opened, who, asked, method, path);
                    }
                }
            }
        }
    }

    fn judge(&mut self, answer: &Answer, who: Who, asked: Asked, method: &str, path: &str) {
        if let Asked::Reveal(id, field) = asked {
            let row = self.world.rows.iter().find(|row| row.id == id);
            let granted = row.is_some_and(|row| row.kind == field.record() && who.cell(row, field).reveal == Reveal::WithReason);
            assert_eq!(answer.status == 200, granted, "{} of {field} as {:?}: {}", path, who.role, answer.text());
            if granted {
                let body: Value = serde_json::from_slice(&answer.body).unwrap();
                assert_eq!(body["value"]["value"], json!(row.unwrap().values[&field]));
                self.revealed += 1;
            }
        }
        self.fields += answer.text().matches("\"state\":").count();
        if !path.starts_with("/api/trail") && answer.header("content-type").contains("json") {
            self.told += told(&serde_json::from_slice(&answer.body).unwrap());
        }
        let found = leaks(answer, who, &self.world.rows, &self.needles, asked);
        self.found.extend(found.into_iter().map(|leak| format!("{method} {path}: {leak}")));
    }
}

/// How many lines of ledgers are in a body; what each tells of has words in the programs that show one.
fn told(body: &Value) -> usize {
    let inside = match body {
        Value::Array(items) => items.iter().map(told).sum(),
        Value::Object(map) => map.values().map(told).sum(),
        _ => 0,
    };
    let line = serde_json::from_value::<LedgerLine>(body.clone()).ok();
    let told = line.map(|line| assert!(line.action.is_told_to_families(), "{:?}", line.action));
    inside + told.iter().len()
}

/// The values that the sweep itself writes, into the first family: they come back as the policy says, and into no log.
fn written() -> Vec<Row> {
    let row = |n: usize, kind| Row {
        kind,
        id: Uuid::from_u128(0xabc0 + n as u128),
        family: None,
        campus: 0,
        owner: Some("li"),
        taught: false,
        own: n == 2 || n >= 5,
        version: 1,
        // A correction proposes a value of another record's field.
        values: FieldKey::of(kind)
            .chain((kind == RecordKind::Correction).then_some(FieldKey::StudentSchool))
            .map(|field| (field, canary(100 + n, 0, field)))
            .collect(),
    };
    vec![
        row(0, RecordKind::Student),
        row(1, RecordKind::Guardian),
        row(2, RecordKind::Student),
        row(3, RecordKind::Guardian),
        row(4, RecordKind::Note),
        row(5, RecordKind::Correction),
        row(6, RecordKind::Question),
    ]
}

#[tokio::test]
async fn no_answer_no_log_and_no_trail_holds_a_value_that_is_not_granted() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    // The whole thread: what the server spawns is part of it.
    let _kept = tracing::subscriber::set_default(subscriber);
    let mut world = World::found(Plan { now: Utc::now(), engine: store::Engine::Sqlite }, |_, n, field| canary(n, 0, field)).await;
    world.rows.extend(written());
    let mut sweep = Sweep::of(world);
    for who in everybody() {
        sweep.person(who).await;
    }
    assert!(sweep.found.is_empty(), "{} leaks:\n{}", sweep.found.len(), sweep.found.join("\n"));
    let (_, operations) = operations();
    for (method, path) in operations.keys() {
        for who in everybody() {
            assert!(sweep.calls.contains_key(&(method.clone(), path.clone(), who.role)), "{method} {path} as {:?}", who.role);
        }
    }
    let calls: u32 = sweep.calls.values().sum();
    println!(
        "{calls} calls of {} operations by {} roles; {} fields compared, {} values opened; by status {:?}",
        operations.len(),
        everybody().len(),
        sweep.fields,
        sweep.revealed,
        sweep.answered
    );
    assert!(sweep.told > 1_000, "{}", sweep.told);
    assert!(sweep.revealed > 10 && sweep.fields > 1_000 && sweep.answered[&200] > 100);

    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(log.contains("/api/families/{id}"), "the log was not kept");
    let mut kept = Vec::new();
    for name in ["shendu.sqlite", "shendu.sqlite-wal"] {
        kept.extend(std::fs::read(sweep.world.folder.path().join(name)).unwrap_or_default());
    }
    assert!(kept.len() > 100_000);
    for (what, text) in [("log", log.as_bytes()), ("database", kept.as_slice())] {
        let hits = sweep.needles.hits(text);
        assert!(hits.is_empty(), "in the {what}: {hits:?}");
    }
}

/// The sweep without a server: answers into which a value was put in every way that it claims to see.
#[tokio::test]
async fn a_planted_leak_is_caught() {
    let world = World::found(Plan { now: Utc::now(), engine: store::Engine::Sqlite }, |_, n, field| canary(n, 0, field)).await;
    let needles = Needles::of(&world.rows);
    let who = everybody()[0];
    let row = world.rows.iter().find(|row| row.kind == RecordKind::Guardian && who.reaches(row)).unwrap();
    let (name, phone) = (&row.values[&FieldKey::GuardianName], &row.values[&FieldKey::GuardianPhone]);
    let plain = |body: String| Answer { status: 200, headers: Vec::new(), body: body.into_bytes() };
    let json = |body: Value| Answer {
        status: 200,
        headers: vec![("content-type".into(), "application/json".into())],
        body: body.to_string().into_bytes(),
    };
    let planted = [
        plain(format!("…{phone}…")),
        plain(STANDARD.encode(name)),
        plain(forms(name)[2].clone()),
        plain(forms(name)[3].clone()),
        Answer { status: 302, headers: vec![("location".into(), format!("/families?name={phone}"))], body: Vec::new() },
        json(json!({ "id": row.id, "phone": { "state": "clear", "value": phone } })),
        json(json!({ "items": [{ "id": row.id, "phone": { "state": "masked", "value": "100*7001****" } }] })),
        json(json!({ "id": row.id, "employer": { "state": "masked", "value": "**公司" } })),
    ];
    for answer in planted {
        assert!(!leaks(&answer, who, &world.rows, &needles, Asked::Nothing).is_empty(), "{}", answer.text());
    }
    let right = json(json!({ "id": row.id, "phone": { "state": "masked", "value": FieldKey::GuardianPhone.preview(phone).as_str() } }));
    assert!(leaks(&right, who, &world.rows, &needles, Asked::Nothing).is_empty());
    // What may be opened deliberately may not be in an answer that did not ask for it, nor in the answer about another.
    let opened = plain(phone.clone());
    assert!(leaks(&opened, who, &world.rows, &needles, Asked::Reveal(row.id, FieldKey::GuardianPhone)).is_empty());
    assert!(!leaks(&opened, who, &world.rows, &needles, Asked::Reveal(row.id, FieldKey::GuardianName)).is_empty());
    assert!(!leaks(&opened, who, &world.rows, &needles, Asked::File).is_empty());

    // And through a server: a layer that adds one value to one answer.
    let secret = phone.clone();
    let leaking = world.serve().await.layer(axum::middleware::map_response(move |mut response: axum::response::Response| {
        let secret = secret.clone();
        async move {
            response.headers_mut().insert("x-debug", secret.parse().unwrap());
            response
        }
    }));
    let (token, _) = world.session(who, 1, Utc::now()).await;
    let honest = call(&world.serve().await, Some(&token), "GET", "/api/families", None).await;
    assert!(leaks(&honest, who, &world.rows, &needles, Asked::Nothing).is_empty());
    let answer = call(&leaking, Some(&token), "GET", "/api/families", None).await;
    assert_eq!(leaks(&answer, who, &world.rows, &needles, Asked::Nothing).len(), 1);
}
