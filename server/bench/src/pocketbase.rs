//! The peer: PocketBase with the same students, a row rule, hidden fields, and its indexes where the requests need them.
//!
//! The rule: as fast as its settings allow. Its request log is off (ours is on), its rows are flat, and it is asked for no
//! total. Rows are put into its database while it does not run; what is stored is what its own API would have stored.

use crate::{
    Outcome,
    connection::{json, request},
    mix::{NARROWED, Requests},
    process::{Server, free_address},
    rows::{self, COLUMNS},
};
use rusqlite::{Connection, params_from_iter};
use serde_json::{Value, json};
use server::demo::School;
use std::{fs, net::SocketAddr, path::Path, process::Command, sync::Arc};

const ROOT: (&str, &str) = ("root@example.com", "measured-once");
const STAFF: (&str, &str) = ("wu@example.com", "measured-once");
const RECORDS: &str = "/api/collections/students/records";

/// PocketBase and what it is asked.
pub(crate) struct PocketBase {
    /// The server.
    pub(crate) server: Server,
    /// The second page of the list, without a total.
    pub(crate) list: Vec<u8>,
    /// The first page, with its total.
    pub(crate) first: Vec<u8>,
    /// Mix R1.
    pub(crate) requests: Requests,
}

impl PocketBase {
    /// Makes a fresh one in `folder` and starts it. `narrowed` says which of the lists are asked for.
    pub(crate) async fn start(
        program: &Path,
        folder: &Path,
        (students, school): (u32, &School),
        phones: &[String],
        narrowed: &[usize],
    ) -> Outcome<Self> {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder)?;
        // It writes migrations beside its data and would run them again at the next start.
        let data = folder.join("data").display().to_string();
        let made = Command::new(program).args(["superuser", "upsert", ROOT.0, ROOT.1, "--dir", &data]).output()?;
        if !made.status.success() {
            return Err(String::from_utf8_lossy(&made.stderr).into_owned().into());
        }
        let address = free_address()?;
        let listen = address.to_string();
        let arguments = ["serve", "--dir", &data, "--http", &listen];
        let log = folder.join("server.log");
        let server = Server::start(program, &arguments, address, "/api/health", &log).await?;
        let keeper = prepare(address).await?;
        server.stop()?;
        let ids = fill(folder, students, school, &keeper)?;
        let server = Server::start(program, &arguments, address, "/api/health", &log).await?;

        let token = token(address, "staff", STAFF).await?;
        let get = |path: &str| request("GET", path, &[("Authorization", &token)], "");
        let list = get(&format!("{RECORDS}?page=2&perPage=50&skipTotal=true&sort=-updated"));
        let first = get(&format!("{RECORDS}?perPage=50&sort=-updated"));
        let list_of = |number: &usize| {
            let (stage, newest_first) = NARROWED[*number];
            let order = if newest_first { "-updated" } else { "updated" };
            get(&format!("{RECORDS}?page=2&perPage=50&skipTotal=true&sort={order}&filter=stage%3D'{stage}'"))
        };
        let lists = narrowed.iter().map(list_of).collect();
        let gets = ids.iter().take(2000).map(|id| get(&format!("{RECORDS}/{id}"))).collect();
        let search = |phone: &String| get(&format!("{RECORDS}?perPage=50&skipTotal=true&filter=guardian_phone%3D'{phone}'"));
        let searches = phones.iter().map(search).collect();
        let updatable = ids.len().min(3200);
        let update = move |record: usize, before: u64| {
            let school = ["明德小学", "格致小学"][usize::from(before % 2 == 1)];
            let path = format!("{RECORDS}/{}", ids[record]);
            request("PATCH", &path, &[("Authorization", &token)], &json!({ "school": school }).to_string())
        };
        let requests =
            Requests { lists: Arc::new(lists), gets: Arc::new(gets), searches: Arc::new(searches), update: Arc::new(update), updatable };
        Ok(Self { server, list, first, requests })
    }
}

async fn token(address: SocketAddr, collection: &str, (identity, password): (&str, &str)) -> Outcome<String> {
    let body = json!({ "identity": identity, "password": password }).to_string();
    let answer = json(address, &request("POST", &format!("/api/collections/{collection}/auth-with-password"), &[], &body)).await?;
    Ok(answer["token"].as_str().ok_or("no token")?.to_owned())
}

/// Makes the collections and the one who asks; gives back the id of the latter.
async fn prepare(address: SocketAddr) -> Outcome<String> {
    let root = token(address, "_superusers", ROOT).await?;
    let send = |method: &'static str, path: &'static str, body: Value| {
        let request = request(method, path, &[("Authorization", &root)], &body.to_string());
        async move { json(address, &request).await }
    };
    send("PATCH", "/api/settings", json!({ "logs": { "maxDays": 0 } })).await?;
    send("POST", "/api/collections", json!({ "name": "staff", "type": "auth" })).await?;
    let mut fields: Vec<Value> = COLUMNS.iter().map(|(name, hidden)| json!({ "name": name, "type": "text", "hidden": hidden })).collect();
    fields.push(json!({ "name": "updated", "type": "autodate", "onCreate": true, "onUpdate": true }));
    fields.push(json!({ "name": "keeper", "type": "text", "hidden": true }));
    // A rule over any other property of who asks becomes a join that no index serves.
    let rule = "keeper = @request.auth.id";
    let students = json!({
        "name": "students", "type": "base", "fields": fields, "listRule": rule, "viewRule": rule, "updateRule": rule,
        "indexes": [
            "CREATE INDEX students_keeper ON students (keeper, updated)",
            "CREATE INDEX students_stage ON students (keeper, stage, updated)",
            "CREATE INDEX students_phone ON students (guardian_phone)",
        ],
    });
    send("POST", "/api/collections", students).await?;
    let (email, password) = STAFF;
    let staff = json!({ "email": email, "password": password, "passwordConfirm": password });
    let made = send("POST", "/api/collections/staff/records", staff).await?;
    Ok(made["id"].as_str().ok_or("no id")?.to_owned())
}

/// Puts the students in; gives back the ids of those at the campus of the one who asks.
fn fill(folder: &Path, students: u32, school: &School, keeper: &str) -> Outcome<Vec<String>> {
    let database = Connection::open(folder.join("data").join("data.db"))?;
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let marks = vec!["?"; COLUMNS.len() + 3].join(", ");
    let mut insert = database.prepare(&format!("INSERT INTO students ({}, id, updated, keeper) VALUES ({marks})", names.join(", ")))?;
    let campus = COLUMNS.iter().position(|(name, _)| *name == "campus").ok_or("no campus")?;
    let mut home = Vec::new();
    database.execute_batch("BEGIN IMMEDIATE")?;
    for (number, row) in rows::students(students, rows::today(), school).enumerate() {
        // Not in the order of time, as the ids that it makes itself.
        let id = format!("{:015}", (number as u64 * 7_919_317) % 1_000_000_000_039);
        let kept = row.values[campus] == rows::home(school);
        if kept {
            home.push(id.clone());
        }
        let minute = number % 1440;
        let updated = format!("{} {:02}:{:02}:00.000Z", row.updated, minute / 60, minute % 60);
        insert.execute(params_from_iter(row.values.iter().map(String::as_str).chain([
            id.as_str(),
            updated.as_str(),
            if kept { keeper } else { "somebody else" },
        ])))?;
    }
    database.execute_batch("COMMIT; ANALYZE")?;
    Ok(home)
}
