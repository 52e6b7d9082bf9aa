//! What stands beside a list: a file of places, and the watch over the trail. The same routes over HTTP without and with each.
//!
//! The rule: the same router in the same frame, so that one thing alone differs; the server as it is shipped, which has the watch and no
//! file of places, stands beside them and says how true the frame is. Ratios count: a time means nothing on a shared machine.
//! Deliberately absent: a switch of the server for the watch; this program starts it or does not.

use crate::{
    Outcome,
    gates::LOGIN,
    ours::{self, cookie, next, session_from},
    process::{Server, free_address},
    report::{Measure, write},
    rounds::{Party, Rounds},
};
use serde::{Deserialize, Serialize};
use server::{
    api,
    courier::{Courier, CourierConfig},
    places::PlacesConfig,
    state::{App, Files},
    watch,
};
use std::{
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

#[path = "../../tests/api/support/mmdb.rs"]
mod mmdb;

/// The routes alone: neither a file of places nor the watch.
const ALONE: &str = "routes alone";
/// With a file of places.
const PLACES: &str = "with places";
/// With the watch.
const WATCH: &str = "with the watch";
/// With both.
const BOTH: &str = "with both";
/// The shipped server.
const SHIPPED: &str = "as shipped";

/// Where the programs and the school are, and how long to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Beside {
    /// The server.
    #[arg(long)]
    shendu: PathBuf,
    /// The folder that `shendu demo` filled.
    #[arg(long)]
    school: PathBuf,
    /// Where the measurements go.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    rounds: Rounds,
}

/// What was measured.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Stood {
    /// The sides: the routes alone, then what stands beside them.
    pub(crate) measure: Measure,
}

impl Beside {
    pub(crate) async fn run(self) -> Outcome<()> {
        let program = std::env::current_exe()?;
        let files = places(&self.out)?;
        let here = files.open()?.and_then(|places| places.of(IpAddr::V4(Ipv4Addr::LOCALHOST))).ok_or("the file says no place")?;
        let mut started = Vec::new();
        for (number, (name, with_places, with_watch)) in
            [(ALONE, false, false), (PLACES, true, false), (WATCH, false, true), (BOTH, true, true)].into_iter().enumerate()
        {
            let (folder, db) = self.own(number).await?;
            // Where a session was opened is compared with where a request comes from: it is the same place.
            let token = session_from(&db, LOGIN, with_places.then_some(here)).await?;
            db.close().await?;
            let files = if with_places { files.places.as_slice() } else { &[] };
            let server = serve(&program, &folder, files, with_watch).await?;
            started.push((name, server, token, folder));
        }
        let (folder, db) = self.own(started.len()).await?;
        let token = session_from(&db, LOGIN, None).await?;
        db.close().await?;
        let server = ours::serve(&self.shendu, &ours::sqlite(&folder), free_address()?).await?;
        started.push((SHIPPED, server, token, folder));
        let mut lists = Vec::new();
        for (_, server, token, _) in &started {
            let mine = cookie(token);
            let get = |path: &str| crate::connection::request("GET", path, &[("Cookie", &mine)], "");
            let after = next(server, &get("/api/families")).await?.ok_or("the list has one page only: take more students")?;
            lists.push(get(&format!("/api/families?after={after}")));
        }
        let parties = started.iter().zip(&lists).map(|((name, server, ..), list)| Party::same(name, server, list)).collect();
        let measure = self.rounds.measure("list, and what is beside", parties, &[]).await?;
        write(&self.out, "beside.json", &Stood { measure })?;
        for (_, server, _, folder) in started {
            server.stop()?;
            fs::remove_dir_all(folder)?;
        }
        Ok(())
    }

    /// A school of its own: each writes its trail, and a commit of one makes the readers of another forget their pages.
    async fn own(&self, number: usize) -> Outcome<(PathBuf, store::Db)> {
        let folder = self.out.join(format!("school-beside-{number}"));
        ours::copy(&self.school, &folder)?;
        let db = ours::sqlite(&folder).open().await?;
        Ok((folder, db))
    }
}

/// A file that knows this machine alone, by the longest way to an address that there is: every bit of it.
fn places(out: &Path) -> Outcome<PlacesConfig> {
    fs::create_dir_all(out)?;
    let path = out.join("places.mmdb");
    let here: [mmdb::Network; 1] = [(
        "127.0.0.1/32",
        &[("country", mmdb::Says::Within("iso_code", "CN")), ("country_code", mmdb::Says::Text("CN")), ("asn", mmdb::Says::Number(4134))],
    )];
    mmdb::write(&path, &here, 0);
    Ok(PlacesConfig { places: vec![path] })
}

async fn serve(program: &Path, folder: &Path, files: &[PathBuf], with_watch: bool) -> Outcome<Server> {
    let address = free_address()?;
    let (data, listen) = (folder.display().to_string(), address.to_string());
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let mut arguments = vec!["routes", "--data", &data, "--listen", &listen];
    for file in &files {
        arguments.extend(["--places", file]);
    }
    if with_watch {
        arguments.push("--watch");
    }
    Server::start(program, &arguments, address, "/api/health", &folder.join("server.log")).await
}

/// Serves the routes of the server with what is named, and nothing else beside them.
#[derive(Debug, clap::Args)]
pub(crate) struct Routes {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// Where to listen.
    #[arg(long)]
    listen: SocketAddr,
    /// The file of places.
    #[command(flatten)]
    places: PlacesConfig,
    /// Whether the trail is watched.
    #[arg(long)]
    watch: bool,
}

impl Routes {
    pub(crate) async fn run(self) -> Outcome<()> {
        // A line for each request, as the server writes it.
        tracing_subscriber::fmt().json().with_writer(std::io::stderr).init();
        let place = ours::sqlite(&self.data);
        let courier = CourierConfig { smtp: None, mail_from: "shendu@localhost".into(), sms: "file".into() };
        let courier = Courier::start(&courier, &place.outbox())?;
        let origin = format!("http://localhost:{}", self.listen.port());
        let files = Files { places: self.places.open()?, makes: None };
        let app = App::start_with(place.open().await?, place.vault()?, &origin, courier, files).await?;
        if self.watch {
            tokio::spawn(watch::keep(app.clone()));
        }
        let listener = tokio::net::TcpListener::bind(self.listen).await?;
        Ok(axum::serve(listener, api::router(app).into_make_service_with_connect_info::<SocketAddr>()).await?)
    }
}
