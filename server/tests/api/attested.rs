//! The highest rung: a passkey whose authenticator proves a make on the operator's list.
//!
//! The rule: an authenticator of the tests' own, with a maker of its own, signs everything rightly but for the one thing that a
//! test is about.

use super::{
    passkeys::{begin, link},
    passwords::rung,
};
use crate::support::{
    Actor, Answer, School,
    app::{ORIGIN, courier},
    key::{Key, Map},
    maker::{Maker, packed},
};
use axum::Router;
use ring::signature::EcdsaKeyPair;
use serde_json::{Value, json};
use server::{
    api,
    makes::{Fault, Makes, MakesError},
    state::{App, Files},
};
use std::process::Command;
use uuid::Uuid;

const MAKE: Uuid = Uuid::from_u128(0x2fc0_579f_8113_47ea_b116_bb5a_8db9_202a);
const OTHER: Uuid = Uuid::from_u128(0xee88_2879_721c_4913_9775_3dfc_ce97_072a);
const LONG: &str = "491231235959Z";

fn entry(make: Uuid, name: &str, maker: &Maker) -> Value {
    json!({ "aaguid": make, "name": name, "roots": [maker.pem] })
}

fn list(entries: &[Value]) -> Makes {
    Makes::read(&json!(entries).to_string()).unwrap()
}

/// A server that has this list, or none; the list counts from here on.
async fn server(school: &School, makes: Option<Makes>) -> Router {
    let db = school.place.open().await.unwrap();
    let files = Files { makes, ..Files::default() };
    api::router(App::start_with(db, school.place.vault().unwrap(), ORIGIN, courier(&school.place), files).await.unwrap())
}

async fn listed(school: &School, maker: &Maker) -> Router {
    server(school, Some(list(&[entry(MAKE, "甲钥匙", maker)]))).await
}

/// Adds a passkey with whatever the authenticator states.
async fn add_by(
    who: &Actor,
    key: &mut Key,
    aaguid: Uuid,
    state: impl FnOnce(&EcdsaKeyPair, &[u8]) -> (&'static str, Map),
) -> (Answer, Value) {
    let begun = who.post("/api/account/attested-passkeys/begin", json!({})).await.is(200).json;
    assert_eq!(begun["options"]["publicKey"]["attestation"], "direct");
    let credential = key.attest_by(&begun["options"], *aaguid.as_bytes(), state, |_| ());
    let body = json!({ "ceremony": begun["ceremony"], "credential": credential, "name": "安全钥匙" });
    (who.post("/api/account/passkeys/finish", body.clone()).await, body)
}

/// Adds one of a make by its maker, as it should be.
async fn add(who: &Actor, maker: &Maker, make: Uuid) -> (Key, Answer, Value) {
    let mut key = Key::new(ORIGIN);
    let (answer, body) = add_by(who, &mut key, make, |_, signed| maker.states(*make.as_bytes(), LONG, signed)).await;
    (key, answer, body)
}

/// Signs in by name with a key, at a server.
async fn sign_in(school: &School, at: &Router, login: &str, key: &mut Key) -> Answer {
    let begun = begin(school, Some(login)).await;
    let credential = key.assert(&begun["options"]);
    school.nobody().at(at).post("/api/sign-in/finish", json!({ "ceremony": begun["ceremony"], "credential": credential })).await
}

async fn entries(school: &School, action: &str, credential: &str) -> usize {
    let han = school.auditor().await;
    let lines = han.get(&format!("/api/trail?action={action}")).await.is(200).json;
    let mut found = 0;
    for line in lines["items"].as_array().unwrap() {
        found += usize::from(han.get(&format!("/api/trail/{}", line["seq"])).await.is(200).json["credential"] == credential);
    }
    found
}

async fn own(who: &Actor) -> Value {
    who.get("/api/account/credentials").await.is(200).json
}

async fn a_listed_make_lets_in(school: &School) {
    let maker = Maker::new("Kia Keys");
    let router = listed(school, &maker).await;
    let li = school.consultant().await.at(&router);
    assert_eq!((&own(&li).await["makes"], &own(&li).await["attested"]), (&json!(["甲钥匙"]), &json!([])));
    let (mut key, answer, body) = add(&li, &maker, MAKE).await;
    answer.is(200);
    let card = own(&li).await["attested"][0].clone();
    assert_eq!((&card["name"], &card["make"]), (&json!("安全钥匙"), &json!("甲钥匙")));
    assert_eq!(entries(school, "passkey_added", "attested_passkey").await, 1);
    // The same answer once more, under its own ceremony and under another.
    li.post("/api/account/passkeys/finish", body.clone()).await.refused(410, "lapsed");
    let begun = li.post("/api/account/attested-passkeys/begin", json!({})).await.is(200).json;
    let replayed = json!({ "ceremony": begun["ceremony"], "credential": body["credential"] });
    is_refused(&li.post("/api/account/passkeys/finish", replayed).await);
    // What it opens stands on the rung; a step-up raises a session to it.
    let opened = sign_in(school, &router, "li", &mut key).await.is(200);
    assert_eq!(own(&li.with_token(opened.token())).await["present"], "attested_passkey");
    assert_eq!(entries(school, "signed_in", "attested_passkey").await, 1);
    assert_eq!(own(&li).await["present"], "passkey");
    let begun = li.post("/api/step-up/begin", json!({})).await.is(200).json;
    let credential = key.assert(&begun["options"]);
    let proved = li.post("/api/step-up/finish", json!({ "ceremony": begun["ceremony"], "credential": credential })).await.is(200);
    assert_eq!(own(&li.with_token(proved.token())).await["present"], "attested_passkey");
}

#[tokio::test]
async fn an_authenticator_of_a_listed_make_registers_signs_in_and_steps_up() {
    a_listed_make_lets_in(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_too_a_listed_make_lets_in_and_falls_with_the_list() {
    if let Some(school) = School::on_postgres().await {
        a_listed_make_lets_in(&school).await;
        school.sql("DELETE FROM passkey").await;
        falls_with_the_list(&school).await;
    }
}

#[track_caller]
fn is_refused(answer: &Answer) {
    assert_eq!((answer.status, answer.code()), (422, "invalid_fields"), "{}", answer.text());
    assert_eq!(answer.json["fields"], json!([{ "at": "attestation", "code": "malformed" }]));
}

/// One code for all of them, and nothing is kept.
#[tokio::test]
async fn whatever_does_not_prove_a_listed_make_is_refused_alike() {
    let school = School::open().await;
    let (maker, stranger, twin) = (Maker::new("Kia Keys"), Maker::new("Shanzhai"), Maker::new("Kia Keys"));
    let router = listed(&school, &maker).await;
    let li = school.consultant().await.at(&router);
    let right = *MAKE.as_bytes();
    let other = *OTHER.as_bytes();
    let mut key = Key::new(ORIGIN);
    let refused = async |what: &str, answer: (Answer, Value)| {
        assert_eq!(answer.0.status, 422, "{what}: {}", answer.0.text());
        is_refused(&answer.0);
    };
    refused("none", add_by(&li, &mut key, MAKE, |_, _| ("none", Map::new())).await).await;
    refused("by itself", add_by(&li, &mut key, MAKE, |own, signed| packed(own, signed, None)).await).await;
    refused("another maker", add_by(&li, &mut key, MAKE, |_, signed| stranger.states(right, LONG, signed)).await).await;
    refused("a maker of the same name", add_by(&li, &mut key, MAKE, |_, signed| twin.states(right, LONG, signed)).await).await;
    refused("a make that is not listed", add_by(&li, &mut key, OTHER, |_, signed| maker.states(other, LONG, signed)).await).await;
    refused("another make than its certificate", add_by(&li, &mut key, MAKE, |_, signed| maker.states(other, LONG, signed)).await).await;
    refused("a lapsed certificate", add_by(&li, &mut key, MAKE, |_, signed| maker.states(right, "210101000000Z", signed)).await).await;
    let over_another = |_: &EcdsaKeyPair, signed: &[u8]| {
        let mut signed = signed.to_vec();
        signed[40] ^= 1;
        maker.states(right, LONG, &signed)
    };
    refused("a signature over something else", add_by(&li, &mut key, MAKE, over_another).await).await;
    let begun = li.post("/api/account/attested-passkeys/begin", json!({})).await.is(200).json;
    let synced = key.attest_by(&begun["options"], right, |_, signed| maker.states(right, LONG, signed), |said| said.flags |= 0x08);
    is_refused(&li.post("/api/account/passkeys/finish", json!({ "ceremony": begun["ceremony"], "credential": synced })).await);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM passkey").await, 0);
    // With nothing wrong the same key is taken.
    add_by(&li, &mut key, MAKE, |_, signed| maker.states(right, LONG, signed)).await.0.is(200);
}

/// What counts is the list of the server that keeps the key, not of the one that began.
#[tokio::test]
async fn a_make_that_leaves_the_list_meanwhile_is_refused() {
    let school = School::open().await;
    let maker = Maker::new("Kia Keys");
    let router = listed(&school, &maker).await;
    let li = school.consultant().await.at(&router);
    let begun = li.post("/api/account/attested-passkeys/begin", json!({})).await.is(200).json;
    let other = server(&school, Some(list(&[entry(OTHER, "乙钥匙", &maker)]))).await;
    let make = *MAKE.as_bytes();
    let credential = Key::new(ORIGIN).attest_by(&begun["options"], make, |_, signed| maker.states(make, LONG, signed), |_| ());
    let body = json!({ "ceremony": begun["ceremony"], "credential": credential });
    is_refused(&li.at(&other).post("/api/account/passkeys/finish", body).await);
}

/// Of an ordinary registration nobody asks for a make, and none is believed.
#[tokio::test]
async fn a_make_that_nobody_asked_for_counts_for_nothing() {
    let school = School::open().await;
    let maker = Maker::new("Kia Keys");
    let router = listed(&school, &maker).await;
    let li = school.consultant().await.at(&router);
    let begun = li.post("/api/account/passkeys/begin", json!({})).await.is(200).json;
    let make = *MAKE.as_bytes();
    let credential = Key::new(ORIGIN).attest_by(&begun["options"], make, |_, signed| maker.states(make, LONG, signed), |_| ());
    li.post("/api/account/passkeys/finish", json!({ "ceremony": begun["ceremony"], "credential": credential })).await.is(200);
    assert_eq!(own(&li).await["attested"], json!([]));
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM passkey WHERE attested OR make IS NOT NULL").await, 0);
}

#[tokio::test]
async fn who_may_begin_and_where_there_is_no_list() {
    let school = School::open().await;
    let told = school.consultant().await.post("/api/account/attested-passkeys/begin", json!({})).await.refused(422, "invalid_fields").json;
    assert_eq!(told["fields"], json!([{ "at": "attestation", "code": "required" }]));
    assert_eq!(own(&school.consultant().await).await["makes"], json!([]));
    let router = listed(&school, &Maker::new("Kia Keys")).await;
    let path = "/api/account/attested-passkeys/begin";
    school.stale("li").await.at(&router).post(path, json!({})).await.refused(403, "step_up_required");
    school.guardian().await.at(&router).post(path, json!({})).await.refused(404, "not_found");
    school.nobody().at(&router).post(path, json!({})).await.refused(401, "not_signed_in");
}

async fn raise(who: &Actor, role: &str) -> Answer {
    who.patch("/api/school/ladder", json!({ "rungs": [{ "role": role, "least": "attested_passkey" }] })).await
}

#[tokio::test]
async fn a_rung_that_is_raised_ends_sessions_by_plain_passkeys_with_an_entry() {
    let school = School::open().await;
    let maker = Maker::new("Kia Keys");
    let router = listed(&school, &maker).await;
    let shen = school.administrator().await.at(&router);
    let (li, zhou) = (school.consultant().await.at(&router), school.other_consultant().await.at(&router));
    let (mut key, answer, _) = add(&li, &maker, MAKE).await;
    answer.is(200);
    let opened = sign_in(&school, &router, "li", &mut key).await.is(200);
    let proved = li.with_token(opened.token());
    raise(&shen, "consultant").await.is(200);
    let before = school.number("SELECT COUNT(*) AS n FROM session WHERE ended_at IS NOT NULL").await;
    for who in [&li, &zhou] {
        who.get("/api/families").await.refused(401, "not_signed_in");
    }
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM session WHERE ended_at IS NOT NULL").await, before + 2);
    let ended = school.auditor().await.get("/api/trail?action=session_ended").await.is(200).json;
    assert_eq!(ended["items"].as_array().unwrap().len(), 2);
    proved.get("/api/families").await.is(200);
    let card = shen.get("/api/school/ladder").await.is(200).json;
    let row = card["rungs"].as_array().unwrap().iter().find(|row| row["role"] == "consultant").unwrap().clone();
    assert_eq!((&row["least"], &row["attested"]), (&json!("attested_passkey"), &json!(1)));
    // The last key that lets them in stays.
    let account = proved.get("/api/account").await.is(200).json;
    let id = account["passkeys"][0]["id"].as_str().unwrap();
    proved.delete(&format!("/api/account/passkeys/{id}")).await.refused(422, "invalid_fields");
}

/// The school cannot lose its last administrator to it.
#[tokio::test]
async fn whoever_raises_the_rung_of_their_own_role_stands_on_it() {
    let school = School::open().await;
    let maker = Maker::new("Kia Keys");
    let router = listed(&school, &maker).await;
    let shen = school.administrator().await.at(&router);
    raise(&shen, "administrator").await.refused(403, "credential_too_low");
    let (mut key, answer, _) = add(&shen, &maker, MAKE).await;
    answer.is(200);
    // To have one is not enough: it has to have opened the session.
    raise(&shen, "administrator").await.refused(403, "credential_too_low");
    let shen = shen.with_token(sign_in(&school, &router, "shen", &mut key).await.is(200).token());
    raise(&shen, "administrator").await.is(200);
    shen.get("/api/school/ladder").await.is(200);
}

/// Whose role asks for it could not come in with another.
#[tokio::test]
async fn a_link_or_a_recovery_code_of_somebody_on_the_rung_registers_nothing_less() {
    let school = School::open().await;
    let maker = Maker::new("Kia Keys");
    let router = listed(&school, &maker).await;
    rung(&school, "consultant", "attested_passkey").await.refused(422, "invalid_fields");
    raise(&school.administrator().await.at(&router), "consultant").await.is(200);
    let nobody = school.nobody().at(&router);
    let token = link(&school, "li").await;
    let open = async || nobody.post("/api/enrolments/open", json!({ "token": token })).await.is(200).json;
    let begun = open().await;
    let plain = json!({ "ceremony": begun["ceremony"], "credential": Key::new(ORIGIN).attest(&begun["options"]) });
    is_refused(&nobody.post("/api/enrolments/finish", plain).await);
    let begun = open().await;
    let make = *MAKE.as_bytes();
    let credential = Key::new(ORIGIN).attest_by(&begun["options"], make, |_, signed| maker.states(make, LONG, signed), |_| ());
    let enrolled = nobody.post("/api/enrolments/finish", json!({ "ceremony": begun["ceremony"], "credential": credential })).await.is(200);
    let li = school.consultant().await.at(&router).with_token(enrolled.token());
    li.get("/api/families").await.is(200);
    let code = enrolled.json["recovery_codes"][0].as_str().unwrap();
    let begun = nobody.post("/api/recovery/begin", json!({ "login": "li", "code": code })).await.is(200).json;
    assert_eq!(begun["options"]["publicKey"]["attestation"], "direct");
    // At a server without the list nobody of the role comes in, and nothing is registered that could not be used.
    let token = json!({ "token": link(&school, "zhou").await });
    school.nobody().post("/api/enrolments/open", token).await.refused(422, "invalid_fields");
}

async fn falls_with_the_list(school: &School) {
    let (maker, second) = (Maker::new("Kia Keys"), Maker::new("Beta Keys"));
    let both = [entry(MAKE, "甲钥匙", &maker), entry(OTHER, "乙钥匙", &second)];
    let router = server(school, Some(list(&both))).await;
    let (li, zhou) = (school.consultant().await.at(&router), school.other_consultant().await.at(&router));
    let (mut of_li, answer, _) = add(&li, &maker, MAKE).await;
    answer.is(200);
    let (mut of_zhou, answer, _) = add(&zhou, &second, OTHER).await;
    answer.is(200);
    raise(&school.administrator().await.at(&router), "consultant").await.is(200);
    let li = li.with_token(sign_in(school, &router, "li", &mut of_li).await.is(200).token());
    let zhou = zhou.with_token(sign_in(school, &router, "zhou", &mut of_zhou).await.is(200).token());
    li.get("/api/families").await.is(200);
    // The next start has a list without the first make; both servers hold the ladder at the next request.
    let shorter = server(school, Some(list(&both[1..]))).await;
    li.get("/api/families").await.refused(401, "not_signed_in");
    zhou.at(&shorter).get("/api/families").await.is(200);
    sign_in(school, &shorter, "li", &mut of_li).await.refused(403, "credential_too_low");
    // Back on the list it counts again; what has ended stays ended.
    let router = server(school, Some(list(&both))).await;
    li.at(&router).get("/api/families").await.refused(401, "not_signed_in");
    let li = li.at(&router).with_token(sign_in(school, &router, "li", &mut of_li).await.is(200).token());
    assert_eq!(own(&li).await["present"], "attested_passkey");
    // Without any list the rung stands, and nobody is on it.
    let none = server(school, None).await;
    for (who, login, key) in [(&li, "li", &mut of_li), (&zhou, "zhou", &mut of_zhou)] {
        who.at(&none).get("/api/families").await.refused(401, "not_signed_in");
        sign_in(school, &none, login, key).await.refused(403, "credential_too_low");
    }
}

#[tokio::test]
async fn a_make_that_leaves_the_list_takes_its_passkeys_and_sessions_off_the_rung() {
    falls_with_the_list(&School::open().await).await;
}

/// A key whose make has left the list is a passkey like any other where that is enough.
#[tokio::test]
async fn a_key_off_the_list_is_told_to_its_owner_and_signs_in_as_any_other() {
    let school = School::open().await;
    let maker = Maker::new("Kia Keys");
    let router = listed(&school, &maker).await;
    let li = school.consultant().await.at(&router);
    let (mut key, answer, _) = add(&li, &maker, MAKE).await;
    answer.is(200);
    let other = server(&school, Some(list(&[entry(OTHER, "乙钥匙", &maker)]))).await;
    let opened = sign_in(&school, &other, "li", &mut key).await.is(200);
    let li = li.at(&other).with_token(opened.token());
    let told = own(&li).await;
    assert_eq!((&told["present"], &told["makes"]), (&json!("passkey"), &json!(["乙钥匙"])));
    assert_eq!((&told["attested"][0]["name"], &told["attested"][0]["make"]), (&json!("安全钥匙"), &Value::Null));
}

#[test]
fn a_list_that_is_not_exactly_right_is_refused_as_a_whole_and_says_where() {
    let (maker, twin) = (Maker::new("Kia Keys"), Maker::new("Kia Keys"));
    let right = entry(MAKE, "甲钥匙", &maker);
    let with = |change: &dyn Fn(&mut Value)| {
        let mut entry = entry(OTHER, "乙钥匙", &maker);
        change(&mut entry);
        Makes::read(&json!([right, entry]).to_string()).map(|_| ())
    };
    with(&|_| ()).unwrap();
    let fault = |change: &dyn Fn(&mut Value)| match with(change) {
        Err(MakesError::Entry(2, fault)) => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(&|entry| entry["aaguid"] = json!(MAKE)), Fault::Twice);
    assert_eq!(fault(&|entry| entry["aaguid"] = json!(Uuid::nil())), Fault::NoMake);
    assert_eq!(fault(&|entry| entry["name"] = json!(" ")), Fault::Name);
    assert_eq!(fault(&|entry| entry["name"] = json!("钥".repeat(61))), Fault::Name);
    assert_eq!(fault(&|entry| entry["roots"] = json!([])), Fault::NoRoot);
    assert_eq!(fault(&|entry| entry["roots"] = json!([maker.pem, twin.pem])), Fault::SameSubject);
    let broken = maker.pem.replacen("MII", "MIJ", 1);
    let cut = maker.pem.replace("-----END", "----END");
    for wrong in ["", "hello", &broken, &cut, &format!("{}{}", maker.pem, twin.pem)] {
        assert_eq!(fault(&|entry| entry["roots"] = json!([wrong])), Fault::Root, "{wrong}");
    }
    let malformed = |change: &dyn Fn(&mut Value)| assert!(matches!(with(change), Err(MakesError::Malformed(_))));
    malformed(&|entry| entry["aaguid"] = json!("yes"));
    malformed(&|entry| entry["trust"] = json!("everything"));
    malformed(&|entry| entry["roots"] = json!(maker.pem));
    malformed(&|entry| *entry = json!({ "aaguid": OTHER, "name": "乙钥匙" }));
    assert!(matches!(Makes::read("[]"), Err(MakesError::Empty)));
    assert!(matches!(Makes::read("{}"), Err(MakesError::Malformed(_))));
}

#[tokio::test]
async fn the_command_line_refuses_a_wrong_list_before_it_serves() {
    let school = School::open().await;
    let file = school.place.data.join("makes.json");
    let run = || {
        Command::new(env!("CARGO_BIN_EXE_shendu"))
            .arg("doctor")
            .arg("--data")
            .arg(&school.place.data)
            .arg("--authenticators")
            .arg(&file)
            .output()
    };
    let maker = Maker::new("Kia Keys");
    std::fs::write(&file, json!([entry(MAKE, "甲钥匙", &maker)]).to_string()).unwrap();
    let said = run().unwrap();
    assert!(String::from_utf8_lossy(&said.stdout).contains("on the list: 1"), "{}", String::from_utf8_lossy(&said.stdout));
    for wrong in ["[]", "nothing"] {
        std::fs::write(&file, wrong).unwrap();
        let served = Command::new(env!("CARGO_BIN_EXE_shendu"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&school.place.data)
            .arg("--authenticators")
            .arg(&file)
            .output()
            .unwrap();
        assert_eq!(served.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&served.stderr).contains("list of authenticators"));
        let said = run().unwrap();
        assert!(String::from_utf8_lossy(&said.stdout).contains("BAD  makes"), "{}", String::from_utf8_lossy(&said.stdout));
    }
}
