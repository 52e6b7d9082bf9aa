//! Our side: a copy of a seeded school, sessions in it, and the requests.
//!
//! The rule: the server is the one that is shipped. A session is a row that whoever holds the database can write; the
//! server has no other door for a measurement. A school is copied before it is used, so that each run begins alike.

use crate::{
    Outcome,
    connection::{json, request},
    mix::Requests,
    process::{Server, free_address},
    rows::{self, Findable},
};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs, path::Path, sync::Arc};
use uuid::Uuid;

/// Who lists, gets and updates: the registrar of the first campus.
const LOGIN: &str = "wu";
/// Filters and sorts that a list of mix R1 has.
const NARROWED: [&str; 4] =
    ["stage=enrolled&sort=recent", "stage=enrolled&sort=oldest", "stage=lead&sort=recent", "stage=trial&sort=recent"];

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
    /// Memory in use before anything was asked, in bytes.
    pub(crate) idle: u64,
}

/// Copies a seeded school.
pub(crate) fn copy(school: &Path, to: &Path) -> Outcome<()> {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(school)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

impl Ours {
    /// Starts the server on the school in `folder`.
    pub(crate) async fn start(program: &Path, folder: &Path, findable: &[Findable]) -> Outcome<Self> {
        let database = Connection::open(folder.join("shendu.sqlite"))?;
        let mut logins: Vec<&str> = findable.iter().map(|one| one.login.as_str()).collect();
        logins.push(LOGIN);
        let sessions = sessions(&database, &logins)?;
        let at_home = "JOIN staff_campus sc ON sc.campus_id = f.campus_id JOIN staff s ON s.id = sc.staff_id WHERE s.login = ?1";
        let families = ids(&database, &format!("SELECT f.id FROM family f {at_home} ORDER BY f.id LIMIT 2000"))?;
        let students =
            ids(&database, &format!("SELECT x.id FROM student x JOIN family f ON f.id = x.family_id {at_home} ORDER BY x.id LIMIT 3200"))?;
        drop(database);

        let address = free_address()?;
        let (data, listen, origin) = (folder.display().to_string(), address.to_string(), format!("http://localhost:{}", address.port()));
        let arguments = ["serve", "--data", &data, "--listen", &listen, "--origin", &origin];
        let server = Server::start(program, &arguments, address, "/api/health", &folder.join("server.log")).await?;
        let (idle, _) = server.memory()?;

        let mine = cookie(&sessions[LOGIN]);
        let get = |path: &str| request("GET", path, &[("Cookie", &mine)], "");
        let first = get("/api/families");
        let list = get(&format!("/api/families?after={}", next(&server, &first).await?));
        let mut lists = Vec::new();
        for narrowed in NARROWED {
            let path = format!("/api/families?{narrowed}");
            let after = next(&server, &get(&path)).await?;
            lists.push(get(&format!("{path}&after={after}")));
        }
        let update = move |record: usize, before: u64| {
            let school = ["明德小学", "格致小学"][usize::from(before % 2 == 1)];
            let body = format!(r#"{{"version":{},"school":{{"set":"{school}"}}}}"#, before + 1);
            request("PATCH", &format!("/api/students/{}", students[record]), &[("Cookie", &mine)], &body)
        };
        let mine = cookie(&sessions[LOGIN]);
        let requests = Requests {
            lists: Arc::new(lists),
            gets: Arc::new(families.iter().map(|id| request("GET", &format!("/api/families/{id}"), &[("Cookie", &mine)], "")).collect()),
            searches: Arc::new(findable.iter().map(|one| search(one, &sessions[&one.login])).collect()),
            update: Arc::new(update),
            updatable: 3200.min(rows_of(folder)?),
        };
        Ok(Self { server, list, first, requests, idle })
    }
}

fn rows_of(folder: &Path) -> Outcome<usize> {
    let database = Connection::open(folder.join("shendu.sqlite"))?;
    let count = "SELECT count(*) FROM student x JOIN family f ON f.id = x.family_id JOIN staff_campus sc ON sc.campus_id = f.campus_id \
                 JOIN staff s ON s.id = sc.staff_id WHERE s.login = ?1";
    Ok(database.query_row(count, [LOGIN], |row| row.get::<_, i64>(0)).map(usize::try_from)??)
}

fn cookie(token: &str) -> String {
    format!("shendu={token}")
}

fn search(one: &Findable, token: &str) -> Vec<u8> {
    let body = format!(r#"{{"by":"phone","text":"{}"}}"#, one.phone);
    request("POST", "/api/families/search", &[("Cookie", &cookie(token))], &body)
}

/// Where the next page begins.
async fn next(server: &Server, first: &[u8]) -> Outcome<String> {
    let page = json(server.address, first).await?;
    Ok(page["next"].as_str().ok_or("the list has one page only: take more students")?.to_owned())
}

fn ids(database: &Connection, sql: &str) -> Outcome<Vec<Uuid>> {
    let mut select = database.prepare(sql)?;
    let found = select.query_map([LOGIN], |row| row.get::<_, Vec<u8>>(0))?;
    found.map(|bytes| Ok(Uuid::from_slice(&bytes?)?)).collect()
}

/// Opens a session for each login; tokens by login.
fn sessions(database: &Connection, logins: &[&str]) -> Outcome<BTreeMap<String, String>> {
    let now = server::clock::now().timestamp_micros();
    let mut opened = BTreeMap::new();
    database.execute_batch("BEGIN IMMEDIATE")?;
    for login in logins {
        if opened.contains_key(*login) {
            continue;
        }
        let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let digest = Sha256::digest(token.as_bytes());
        let made = database.execute(
            "INSERT INTO session (id, token_digest, owner_kind, owner_id, device, created_at, seen_at, expires_at, stepped_up_at) \
             SELECT ?1, ?2, 'staff', id, 'bench', ?3, ?3, ?4, ?3 FROM staff WHERE login = ?5",
            params![Uuid::new_v4().as_bytes(), digest.as_slice(), now, now + 3_600_000_000, login],
        )?;
        if made != 1 {
            return Err(format!("nobody signs in as {login}").into());
        }
        opened.insert((*login).to_owned(), token);
    }
    database.execute_batch("COMMIT")?;
    Ok(opened)
}

/// The phone numbers that are searched for in mix R1; two fewer than a person's daily quota.
pub(crate) fn findable(count: u32, school: &server::demo::School) -> Vec<Findable> {
    rows::findable(count, rows::today(), school, 28)
}
