//! Our side: a copy of a seeded school, sessions in it, and the requests.
//!
//! The rule: the server is the one that is shipped. A session is a row that whoever holds the database can write; the
//! server has no other door for a measurement. A school is copied before it is used, so that each run begins alike.

use crate::{
    Outcome,
    connection::{json, request},
    gates::{self, Forgetful, LOGIN},
    mix::{NARROWED, Requests},
    process::{Server, free_address},
    rows::{self, Findable},
};
use chrono::TimeDelta;
use contract::ids::SessionId;
use guard::{Actor, Location, Policy};
use server::config::Place;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    net::SocketAddr,
    path::Path,
    process::Command,
    sync::Arc,
};
use store::{Db, FamilyList, NewSession};
use uuid::Uuid;

/// The most records that are asked for by id, and that are updated.
const GETS: usize = 2000;
const UPDATES: usize = 3200;

/// Our server and what it is asked.
pub(crate) struct Ours {
    /// The server.
    pub(crate) server: Server,
    /// The second page of the list: no total is counted, as for the peer.
    pub(crate) list: Vec<u8>,
    /// The first page, with its total.
    pub(crate) first: Vec<u8>,
    /// Mix R1.
    pub(crate) requests: Requests,
    /// Which of the narrowed lists have a second page.
    pub(crate) narrowed: Vec<usize>,
    /// Memory in use before anything was asked, in bytes.
    pub(crate) idle: u64,
}

/// Copies a seeded school.
pub(crate) fn copy(school: &Path, to: &Path) -> Outcome<()> {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to)?;
    // As a program does it that keeps modes and owners, folders included.
    if !Command::new("cp").arg("-a").arg(school.join(".")).arg(to).status()?.success() {
        return Err(format!("{} cannot be copied", school.display()).into());
    }
    // Or the system would write the copy out while something is measured.
    Command::new("sync").arg("-f").arg(to).status()?;
    Ok(())
}

/// The SQLite school in this folder.
pub(crate) fn sqlite(folder: &Path) -> Place {
    Place { data: folder.to_owned(), database: None }
}

impl Ours {
    /// Starts the server on a school.
    pub(crate) async fn start(program: &Path, place: &Place, findable: &[Findable]) -> Outcome<Self> {
        let db = place.open().await?;
        let logins: BTreeSet<&str> = findable.iter().map(|one| one.login.as_str()).chain([LOGIN]).collect();
        let mut tokens = BTreeMap::new();
        for login in logins {
            tokens.insert(login, session(&db, login).await?);
        }
        let (families, students) = people(&db, place).await?;
        db.close().await?;

        let address = free_address()?;
        let server = serve(program, place, address).await?;
        let (idle, _) = server.memory()?;

        let mine = cookie(&tokens[LOGIN]);
        let get = |path: &str| request("GET", path, &[("Cookie", &mine)], "");
        let first = get("/api/families");
        let after = next(&server, &first).await?.ok_or("the list has one page only: take more students")?;
        let list = get(&format!("/api/families?after={after}"));
        let (mut lists, mut narrowed) = (Vec::new(), Vec::new());
        for (number, (stage, newest_first)) in NARROWED.into_iter().enumerate() {
            let path = format!("/api/families?when=stage.{stage}&sort={}", if newest_first { "recent" } else { "oldest" });
            if let Some(after) = next(&server, &get(&path)).await? {
                lists.push(get(&format!("{path}&after={after}")));
                narrowed.push(number);
            }
        }
        let gets = families.iter().map(|id| get(&format!("/api/families/{id}"))).collect();
        let searches = findable.iter().map(|one| search(one, &tokens[one.login.as_str()])).collect();
        let updatable = students.len();
        let update = move |record: usize, before: u64| {
            let school = ["明德小学", "格致小学"][usize::from(before % 2 == 1)];
            let body = format!(r#"{{"version":{},"school":{{"set":"{school}"}}}}"#, before + 1);
            request("PATCH", &format!("/api/students/{}", students[record]), &[("Cookie", &mine)], &body)
        };
        let requests =
            Requests { lists: Arc::new(lists), gets: Arc::new(gets), searches: Arc::new(searches), update: Arc::new(update), updatable };
        Ok(Self { server, list, first, requests, narrowed, idle })
    }
}

/// The server that is shipped, on a school.
pub(crate) async fn serve(program: &Path, place: &Place, address: SocketAddr) -> Outcome<Server> {
    let (data, listen, origin) = (place.data.display().to_string(), address.to_string(), format!("http://localhost:{}", address.port()));
    let mut arguments = vec!["serve", "--data", &data, "--listen", &listen, "--origin", &origin];
    if let Some(database) = &place.database {
        arguments.extend(["--database", database]);
    }
    Server::start(program, &arguments, address, "/api/health", &place.data.join("server.log")).await
}

/// The families of the registrar's campus and their students, in the order of their ids.
async fn people(db: &Db, place: &Place) -> Outcome<(Vec<Uuid>, Vec<Uuid>)> {
    let gate = gates::gate(place.vault()?, Policy::initial(), Arc::new(Forgetful));
    let scope = gate.scope(&gates::registrar(db).await?);
    let (mut families, mut students) = (Vec::new(), Vec::new());
    let mut list = FamilyList { limit: 200, ..FamilyList::default() };
    loop {
        let (records, next) = db.families(&scope, &list).await?;
        for record in &records {
            families.push(record.family.id.0);
            students.extend(record.students.iter().map(|student| student.id.0));
        }
        list.after = next;
        if next.is_none() {
            break;
        }
    }
    families.sort_unstable();
    families.truncate(GETS);
    students.sort_unstable();
    students.truncate(UPDATES);
    Ok((families, students))
}

/// A session in the cookie.
pub(crate) fn cookie(token: &str) -> String {
    format!("shendu={token}")
}

fn search(one: &Findable, token: &str) -> Vec<u8> {
    let body = format!(r#"{{"by":"phone","text":"{}"}}"#, one.phone);
    request("POST", "/api/families/search", &[("Cookie", &cookie(token))], &body)
}

/// Where the next page begins, if there is one.
pub(crate) async fn next(server: &Server, first: &[u8]) -> Outcome<Option<String>> {
    Ok(json(server.address, first).await?["next"].as_str().map(str::to_owned))
}

/// Opens a session for a login; gives back its token.
pub(crate) async fn session(db: &Db, login: &str) -> Outcome<String> {
    session_from(db, login, None).await
}

/// The same, opened from somewhere.
pub(crate) async fn session_from(db: &Db, login: &str, location: Option<Location>) -> Outcome<String> {
    let staff = db.staff_by_login(login).await?.ok_or_else(|| format!("nobody signs in as {login}"))?;
    let now = server::clock::now();
    let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
    db.open_session(NewSession {
        id: SessionId(Uuid::new_v4()),
        token_digest: Sha256::digest(token.as_bytes()).into(),
        actor: Actor::Staff(staff.id),
        device: "? · ?".to_owned(),
        at: now,
        expires_at: now + TimeDelta::hours(1),
        stepped_up_at: Some(now),
        location,
        credential: contract::Credential::Passkey,
    })
    .await?;
    Ok(token)
}

/// The phone numbers that are searched for in mix R1; two fewer than a person's daily quota.
pub(crate) fn findable(count: u32, school: &server::demo::School) -> Vec<Findable> {
    rows::findable(count, rows::today(), school, 28)
}
