//! Ours beside PocketBase over HTTP: list, get, mix R1; and axum with the same bytes, as the limit of the HTTP stack.
//!
//! The rule: both servers run on core 0 with the same connections and the same time, in turn (A B A B), in one run.

use crate::{
    Outcome,
    connection::Connection,
    load::{CONNECTIONS, InTurn, Same, Script, round},
    mix::{KINDS, Mix, Requests},
    ours::{self, Ours},
    pocketbase::PocketBase,
    process::{Server, first_line, free_address},
    report::{Measure, side, write},
    rows,
};
use serde::{Deserialize, Serialize};
use std::{fs, path::PathBuf, time::Duration};

/// Where the programs and the school are, and how long to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Compare {
    /// The server.
    #[arg(long)]
    shendu: PathBuf,
    /// The peer; without it ours is measured alone.
    #[arg(long)]
    pocketbase: Option<PathBuf>,
    /// The folder that `shendu demo` filled.
    #[arg(long)]
    school: PathBuf,
    /// How many students are in it.
    #[arg(long)]
    students: u32,
    /// Where the measurements go.
    #[arg(long)]
    out: PathBuf,
    /// How often each side is measured.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How long a round takes.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// What is measured: list, total, get, mix; all unless told.
    #[arg(long, value_delimiter = ',', default_value = "list,total,get,mix")]
    only: Vec<String>,
}

/// What the comparison gave.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Compared {
    /// How many students.
    pub(crate) students: u32,
    /// Rounds of each side, and seconds of a round.
    pub(crate) rounds: (usize, u64),
    /// What was run.
    pub(crate) versions: Vec<String>,
    /// The measurements.
    pub(crate) measures: Vec<Measure>,
    /// Our memory: idle, and the most under mix R1, in bytes.
    pub(crate) memory: (u64, u64),
}

/// A side while it is measured.
struct Party<'a> {
    name: &'static str,
    server: &'a Server,
    scripts: Vec<Box<dyn Script>>,
}

impl<'a> Party<'a> {
    fn new(name: &'static str, server: &'a Server, script: impl Fn(usize) -> Box<dyn Script>) -> Self {
        Self { name, server, scripts: (0..CONNECTIONS).map(script).collect() }
    }
}

impl Compare {
    pub(crate) async fn run(self) -> Outcome<()> {
        fs::create_dir_all(&self.out)?;
        let school = server::demo::school(rows::SEED, self.students, rows::today());
        let findable = ours::findable(self.students, &school);
        let folder = self.out.join("school");
        ours::copy(&self.school, &folder)?;
        let ours = Ours::start(&self.shendu, &folder, &findable).await?;
        let phones: Vec<String> = findable.iter().map(|one| one.phone.clone()).collect();
        let peer = match &self.pocketbase {
            Some(program) => Some(PocketBase::start(program, &self.out.join("pocketbase"), self.students, &school, &phones).await?),
            None => None,
        };
        let mut measures = Vec::new();
        let body = {
            let mut connection = Connection::open(ours.server.address).await?;
            let answer = connection.ask(&ours.list).await?;
            connection.body(&answer)
        };
        fs::write(self.out.join("list.json"), &body)?;
        if self.wants("list") {
            let address = free_address()?;
            let (listen, list) = (address.to_string(), self.out.join("list.json").display().to_string());
            let arguments = ["still", "--body", &list, "--listen", &listen];
            let still = Server::start(&std::env::current_exe()?, &arguments, address, "/", &self.out.join("still.log")).await?;
            let mut parties = sides(&ours.server, &ours.list, peer.as_ref().map(|peer| (&peer.server, &peer.list)));
            let asks = crate::connection::request("GET", "/", &[], "");
            parties.push(Party::new("axum, the same bytes", &still, |_| Box::new(Same(asks.clone()))));
            measures.push(self.measure("list of 50, no total", parties, &[]).await?);
        }
        if self.wants("total") {
            let parties = sides(&ours.server, &ours.first, peer.as_ref().map(|peer| (&peer.server, &peer.first)));
            measures.push(self.measure("first page with total", parties, &[]).await?);
        }
        if self.wants("get") {
            let party = |name, server, requests: &Requests| {
                let gets = requests.gets.clone();
                Party::new(name, server, |connection| Box::new(InTurn::new(gets.to_vec(), connection)))
            };
            let mut parties = vec![party("ours", &ours.server, &ours.requests)];
            parties.extend(peer.as_ref().map(|peer| party("PocketBase", &peer.server, &peer.requests)));
            measures.push(self.measure("get one", parties, &[]).await?);
        }
        if self.wants("mix") {
            let party = |name, server, requests: &Requests| {
                Party::new(name, server, |connection| Box::new(Mix::new(requests.clone(), connection, CONNECTIONS)))
            };
            let mut parties = vec![party("ours", &ours.server, &ours.requests)];
            parties.extend(peer.as_ref().map(|peer| party("PocketBase", &peer.server, &peer.requests)));
            measures.push(self.measure("mix R1", parties, &KINDS).await?);
        }
        let (_, most) = ours.server.memory()?;
        let mut versions = vec![first_line(&self.shendu, "--version")?];
        if let Some(program) = &self.pocketbase {
            versions.push(first_line(program, "--version")?);
        }
        let compared =
            Compared { students: self.students, rounds: (self.rounds, self.seconds), versions, measures, memory: (ours.idle, most) };
        write(&self.out, "compare.json", &compared)?;
        ours.server.stop()?;
        fs::remove_dir_all(&folder)?;
        if let Some(peer) = peer {
            peer.server.stop()?;
            fs::remove_dir_all(self.out.join("pocketbase"))?;
        }
        Ok(())
    }

    fn wants(&self, what: &str) -> bool {
        self.only.iter().any(|one| one == what)
    }

    async fn measure(&self, what: &str, mut parties: Vec<Party<'_>>, kinds: &[&str]) -> Outcome<Measure> {
        for party in &mut parties {
            round(party.server.address, &mut party.scripts, Duration::from_secs(1)).await?;
        }
        let mut rounds: Vec<Vec<_>> = parties.iter().map(|_| Vec::new()).collect();
        for _ in 0..self.rounds {
            for (party, rounds) in parties.iter_mut().zip(&mut rounds) {
                let before = party.server.cpu_micros()?;
                let one = round(party.server.address, &mut party.scripts, Duration::from_secs(self.seconds)).await?;
                rounds.push((one, party.server.cpu_micros()? - before));
            }
        }
        let sides = parties.iter().zip(&rounds).map(|(party, rounds)| side(party.name, rounds, kinds)).collect();
        let measure = Measure { what: what.to_owned(), sides };
        eprintln!("  {}", crate::table::in_a_line(&measure));
        Ok(measure)
    }
}

fn sides<'a>(ours: &'a Server, request: &[u8], peer: Option<(&'a Server, &Vec<u8>)>) -> Vec<Party<'a>> {
    let mut parties = vec![Party::new("ours", ours, |_| Box::new(Same(request.to_vec())))];
    parties.extend(peer.map(|(server, request)| Party::new("PocketBase", server, |_| Box::new(Same(request.clone())))));
    parties
}
