//! Where a session is used: its country in the list of one's own, and the end of it from another; without a file nothing of it.
//!
//! The rule: no address is kept, in the database, in the trail or in an answer.

use super::{
    alarms::raised,
    passkeys::{begin, enrol},
    processes::Server,
};
use crate::support::{
    Actor, Answer, School,
    app::{ORIGIN, courier},
    key::Key,
    mmdb::{self, Says},
    seed,
};
use axum::{Extension, Router, extract::ConnectInfo};
use serde_json::{Value, json};
use server::{
    api,
    places::{Places, PlacesConfig},
    state::{App, Files},
};
use std::{net::SocketAddr, path::PathBuf, process::Command};

/// Addresses of documentation (RFC 5737) and of carriers, in places that they are not in.
const TELECOM: &str = "203.0.113.7";
const MOBILE: &str = "198.51.100.7";
const AMERICA: &str = "192.0.2.7";
const UNKNOWN: &str = "100.64.0.7";

fn files(school: &School, made: u64) -> PlacesConfig {
    let at = |name: &str| school.place.data.join(name);
    let countries: [mmdb::Network; 3] = [
        ("203.0.113.0/24", &[("country", Says::Within("iso_code", "CN"))]),
        ("198.51.100.0/24", &[("country_code", Says::Text("CN"))]),
        ("192.0.2.0/24", &[("country", Says::Text("US"))]),
    ];
    let networks: [mmdb::Network; 3] = [
        ("203.0.113.0/24", &[("autonomous_system_number", Says::Number(4134))]),
        ("198.51.100.0/24", &[("asn", Says::Text("AS9808"))]),
        ("192.0.2.0/24", &[("asn", Says::Number(7018))]),
    ];
    mmdb::write(&at("country.mmdb"), &countries, made);
    mmdb::write(&at("network.mmdb"), &networks, made);
    PlacesConfig { places: vec![at("country.mmdb"), at("network.mmdb")] }
}

fn now() -> u64 {
    chrono::Utc::now().timestamp().cast_unsigned()
}

fn places(school: &School) -> Option<Places> {
    files(school, now()).open().unwrap()
}

/// A server that knows places, or none, as it is reached from an address.
pub(super) struct Reached(Router);

impl Reached {
    pub(super) async fn new(school: &School, places: Option<Places>) -> Self {
        let db = school.place.open().await.unwrap();
        let files = Files { places, ..Files::default() };
        let app = App::start_with(db, school.place.vault().unwrap(), ORIGIN, courier(&school.place), files).await.unwrap();
        Self(api::router(app))
    }
    pub(super) fn from(&self, address: &str) -> Router {
        self.0.clone().layer(Extension(ConnectInfo(SocketAddr::new(address.parse().unwrap(), 4000))))
    }
}

/// Signs in with a key; the answer and whoever came in.
async fn sign_in(school: &School, login: &str, key: &mut Key, router: &Router) -> (Answer, Actor) {
    let begun = begin(school, Some(login)).await;
    let credential = key.assert(&begun["options"]);
    let nobody = school.nobody().at(router);
    let answer = nobody.post("/api/sign-in/finish", json!({ "ceremony": begun["ceremony"], "credential": credential })).await.is(200);
    let token = answer.token();
    let actor = school.staff(login).await.with_token(token).at(router);
    (answer, actor)
}

async fn countries(who: &Actor) -> Vec<Value> {
    let account = who.get("/api/account").await.is(200).json;
    account["sessions"].as_array().unwrap().iter().filter_map(|session| session.get("country").cloned()).collect()
}

async fn of_action(school: &School, action: &str) -> i64 {
    school.number(&format!("SELECT COUNT(*) AS n FROM trail WHERE action = '{action}'")).await
}

async fn follows(school: &School) {
    let reached = Reached::new(school, places(school)).await;
    let mut key = Key::new(&school.origin);
    enrol(school, &mut key, "li").await;
    let (_, li) = sign_in(school, "li", &mut key, &reached.from(TELECOM)).await;
    assert_eq!(countries(&li).await, ["CN"]);

    // From where nothing is known it goes on; from another country it is over, for good, and the trail says so.
    li.at(&reached.from(UNKNOWN)).get("/api/families").await.is(200);
    li.get("/api/families").await.is(200);
    let moved = of_action(school, "session_moved").await;
    li.at(&reached.from(AMERICA)).get("/api/families").await.refused(401, "not_signed_in");
    assert_eq!(of_action(school, "session_moved").await, moved + 1);
    li.get("/api/families").await.refused(401, "not_signed_in");

    // Another network ends a session of staff without an alarm.
    let (_, li) = sign_in(school, "li", &mut key, &reached.from(TELECOM)).await;
    let ended = of_action(school, "session_ended").await;
    li.at(&reached.from(MOBILE)).get("/api/families").await.refused(401, "not_signed_in");
    assert_eq!((of_action(school, "session_ended").await, of_action(school, "session_moved").await), (ended + 1, moved + 1));

    // No address anywhere; the trail is whole.
    for address in [TELECOM, MOBILE, AMERICA] {
        let find = format!("SELECT COUNT(*) AS n FROM session WHERE location LIKE '%{address}%' OR device LIKE '%{address}%'");
        assert_eq!(school.number(&find).await, 0);
    }
    let db = school.place.open().await.unwrap();
    let entries = db.trail_after(0, 100_000).await.unwrap();
    let located: Vec<String> = entries.iter().filter_map(|kept| kept.entry.location()).map(String::from).collect();
    assert_eq!(located, ["CN 4134", "US 7018", "CN 4134", "CN 9808"]);
    for kept in &entries {
        let text = String::from_utf8(kept.entry.to_bytes().unwrap()).unwrap();
        assert!([TELECOM, MOBILE, AMERICA].iter().all(|address| !text.contains(address)), "{text}");
    }
}

#[tokio::test]
async fn a_session_belongs_to_its_country_and_one_of_staff_to_its_network() {
    follows(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_session_belongs_to_its_country_and_one_of_staff_to_its_network() {
    if let Some(school) = School::on_postgres().await {
        follows(&school).await;
    }
}

#[tokio::test]
async fn without_a_file_nobody_knows_where_and_nothing_ends() {
    let school = School::open().await;
    let reached = Reached::new(&school, None).await;
    let mut key = Key::new(&school.origin);
    enrol(&school, &mut key, "li").await;
    let (_, li) = sign_in(&school, "li", &mut key, &reached.from(TELECOM)).await;
    assert_eq!(countries(&li).await, Vec::<Value>::new());
    li.at(&reached.from(AMERICA)).get("/api/families").await.is(200);
    assert_eq!(school.number("SELECT COUNT(*) AS n FROM session WHERE location IS NOT NULL").await, 0);
    // A session from before the file belongs to no place.
    let reached = Reached::new(&school, places(&school)).await;
    li.at(&reached.from(AMERICA)).get("/api/families").await.is(200);
}

#[tokio::test]
async fn a_guardian_goes_from_network_to_network_and_not_from_country_to_country() {
    let school = School::open().await;
    let reached = Reached::new(&school, places(&school)).await;
    let guardian = school.guardian().await;
    school.sql(&format!("UPDATE session SET location = 'CN 4134' WHERE owner_id = {}", own(&guardian))).await;
    guardian.at(&reached.from(MOBILE)).get("/api/portal/children").await.is(200);
    guardian.at(&reached.from(AMERICA)).get("/api/portal/children").await.refused(401, "not_signed_in");
}

/// The id of somebody as SQLite keeps it.
fn own(who: &Actor) -> String {
    format!("x'{}'", who.who.unwrap().uuid().simple())
}

/// Until somebody is signed out, which happens beside what raised the alarm.
async fn is_out(who: &Actor) {
    for _ in 0..100 {
        if who.get("/api/account").await.status == 401 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the session goes on");
}

async fn told_of_two(school: &School) {
    let gu = school.privacy_officer().await;
    let _watch = Server::start_with(school, &[]).await;
    let reached = Reached::new(school, places(school)).await;
    let mut key = Key::new(&school.origin);
    enrol(school, &mut key, "li").await;
    let moved = async || of_action(school, "session_moved").await;
    let minute_ago = async || school.sql("UPDATE session SET ended_at = ended_at - 61000000 WHERE ended_at IS NOT NULL").await;
    let is_spared =
        |answer: &Answer| answer.header("set-cookie").starts_with("shendu=;") && answer.header("set-cookie").contains("Max-Age=0");

    // A telephone goes from the network of the house to its own: the answer takes the cookie away, also where the first was lost, and
    // what was on its way from the house means nothing.
    let (_, home) = sign_in(school, "li", &mut key, &reached.from(TELECOM)).await;
    let away = home.at(&reached.from(MOBILE));
    let first = away.get("/api/families").await.refused(401, "not_signed_in");
    let second = away.get("/api/session").await.is(200);
    let from_home = home.get("/api/families").await.refused(401, "not_signed_in");
    assert!(is_spared(&first) && is_spared(&second) && second.json.is_null() && !is_spared(&from_home));
    minute_ago().await;
    away.get("/api/families").await.refused(401, "not_signed_in");
    home.at(&reached.from(UNKNOWN)).get("/api/families").await.refused(401, "not_signed_in");
    school.nobody().at(&reached.from(TELECOM)).get("/api/session").await.is(200);
    assert_eq!(moved().await, 0, "an honest telephone cries no wolf");

    // The session ends where it is asked who has come, too.
    let (_, other) = sign_in(school, "li", &mut key, &reached.from(TELECOM)).await;
    let gone = other.at(&reached.from(MOBILE)).get("/api/session").await.is(200);
    assert!(gone.json.is_null() && is_spared(&gone));

    // Whoever shows the cookie that was taken away, from where it was before, is another than who was sent away.
    let (_, present) = sign_in(school, "li", &mut key, &reached.from(MOBILE)).await;
    let told = home.get("/api/families").await.refused(401, "not_signed_in");
    assert!(is_spared(&told));
    assert_eq!(raised(&gu, "session_moved").await["severity"], "critical");
    is_out(&present).await;
    home.get("/api/families").await.refused(401, "not_signed_in");
    away.get("/api/families").await.refused(401, "not_signed_in");
    assert_eq!(moved().await, 1, "once a session");
    // So is another browser in the very network.
    minute_ago().await;
    let request = other.at(&reached.from(MOBILE)).request("GET", "/api/families").header("user-agent", "Mozilla/5.0 (Linux) Firefox/140.0");
    other.at(&reached.from(MOBILE)).send(request.body(axum::body::Body::empty()).unwrap()).await.refused(401, "not_signed_in");
    assert_eq!(moved().await, 2);
}

#[tokio::test]
async fn a_telephone_that_changes_its_network_raises_no_alarm_and_a_cookie_in_two_places_does() {
    told_of_two(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_telephone_that_changes_its_network_raises_no_alarm_and_a_cookie_in_two_places_does() {
    if let Some(school) = School::on_postgres().await {
        told_of_two(&school).await;
    }
}

async fn journeys(school: &School) {
    seed::known(&school.consultant().await).await;
    let gu = school.privacy_officer().await;
    let _watch = Server::start_with(school, &[]).await;
    let reached = Reached::new(school, places(school)).await;
    let mut key = Key::new(&school.origin);
    enrol(school, &mut key, "li").await;
    sign_in(school, "li", &mut key, &reached.from(TELECOM)).await;
    let (_, there) = sign_in(school, "li", &mut key, &reached.from(MOBILE)).await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let page = gu.get("/api/alarms").await.is(200).text();
    assert!(!page.contains("new_place") && !page.contains("impossible_travel"), "at home: {page}");
    let (_, here) = sign_in(school, "li", &mut key, &reached.from(AMERICA)).await;
    for (alarm, severity) in [(raised(&gu, "impossible_travel").await, "warning"), (raised(&gu, "new_place").await, "notice")] {
        assert_eq!((&alarm["severity"], &alarm["who"]), (&json!(severity), &json!("李老师")));
    }
    // Which of the two is the thief's nobody knows: both are out.
    is_out(&there).await;
    is_out(&here).await;
    let by_code = async |from: &str| {
        let nobody = school.nobody().at(&reached.from(from));
        nobody.with_token(super::entry::by_code(school, &nobody, seed::VALUES.phone).await.token())
    };
    let at_home = by_code(TELECOM).await;
    at_home.get("/api/account").await.is(200);
    let away = by_code(AMERICA).await;
    is_out(&at_home).await;
    is_out(&away).await;
}

#[tokio::test]
async fn a_journey_that_nobody_can_make_is_an_alarm_and_so_is_a_country_that_is_new() {
    journeys(&School::open().await).await;
}

#[tokio::test]
async fn on_postgresql_a_journey_that_nobody_can_make_is_an_alarm_and_so_is_a_country_that_is_new() {
    if let Some(school) = School::on_postgres().await {
        journeys(&school).await;
    }
}

#[test]
fn the_doctor_says_whether_anybody_knows_where_and_whether_the_files_are_old() {
    let shendu = |arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_shendu")).args(arguments).output().unwrap();
        (done.status.success(), format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)))
    };
    let school = tokio::runtime::Runtime::new().unwrap().block_on(School::open());
    let data = school.place.data.display().to_string();
    let joined = |config: PlacesConfig| config.places.iter().map(|path: &PathBuf| path.display().to_string()).collect::<Vec<_>>().join(",");
    let (well, said) = shendu(&["doctor", "--data", &data]);
    assert!(well && said.contains("ok   places     off"), "{said}");
    let (well, said) = shendu(&["doctor", "--data", &data, "--places", &joined(files(&school, now()))]);
    assert!(well && said.contains("ok   places     on, the oldest file is of"), "{said}");
    let (well, said) = shendu(&["doctor", "--data", &data, "--places", &joined(files(&school, now() - 400 * 86_400))]);
    assert!(!well && said.contains("get newer files"), "{said}");
    let (well, said) = shendu(&["serve", "--data", &data, "--places", &format!("{data}/master.key")]);
    assert!(!well && said.contains("says no places"), "{said}");
}
