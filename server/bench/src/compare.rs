//! Ours on SQLite, ours on PostgreSQL, and PocketBase over HTTP: list, get, mix R1; and axum with the same bytes, as the limit
//! of the HTTP stack.
//!
//! The rule: all run on core 0, each alone while it is measured, in turn and in one run. The processor time of a database
//! that runs beside its server counts as the server's.

use crate::{
    Outcome,
    connection::{Connection, request},
    load::{CONNECTIONS, InTurn},
    mix::{KINDS, Mix, Requests},
    ours::{self, Ours},
    pocketbase::PocketBase,
    postgres::Postgres,
    process::{Server, first_line, free_address},
    report::{Measure, write},
    rounds::{Party, Rounds},
    rows,
};
use guard::gate::LINES;
use serde::{Deserialize, Serialize};
use std::{fs, path::PathBuf};

/// The names of the sides.
pub(crate) const OURS: &str = "ours";
pub(crate) const ON_POSTGRES: &str = "ours, PostgreSQL";
pub(crate) const PEER: &str = "PocketBase";
pub(crate) const STILL: &str = "axum, the same bytes";

/// The measurements.
pub(crate) const LIST: &str = "list of 50, no total";
const TOTAL: &str = "first page with total";
pub(crate) const GET: &str = "get one";
const MIX: &str = "mix R1";

/// Of how many records `get one` asks for the cards.
const CARDS: usize = 512;

/// Where the programs and the schools are, and how long to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Compare {
    /// The server.
    #[arg(long)]
    shendu: PathBuf,
    /// The peer; without it ours is measured alone.
    #[arg(long)]
    pocketbase: Option<PathBuf>,
    /// The folder of PostgreSQL's programs; without it ours is measured on SQLite alone.
    #[arg(long, requires = "postgres_school")]
    postgres: Option<PathBuf>,
    /// The folder that `seed-postgres` filled.
    #[arg(long)]
    postgres_school: Option<PathBuf>,
    /// The folder that `shendu demo` filled.
    #[arg(long)]
    school: PathBuf,
    /// How many students are in it.
    #[arg(long)]
    students: u32,
    /// Where the measurements go.
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    rounds: Rounds,
    /// What is measured: list, total, get, mix; all unless told.
    #[arg(long, value_delimiter = ',', default_value = "list,total,get,mix")]
    only: Vec<String>,
}

/// What the comparison gave.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Compared {
    /// How many students.
    pub(crate) students: u32,
    /// Rounds of each side, and seconds of a round.
    pub(crate) rounds: (usize, u64),
    /// What was run.
    pub(crate) versions: Vec<String>,
    /// The measurements.
    pub(crate) measures: Vec<Measure>,
    /// Our memory on SQLite: idle, and the most under mix R1, in bytes.
    pub(crate) memory: (u64, u64),
}

/// What one side is asked, whoever it is.
struct Asked<'a> {
    name: &'static str,
    server: &'a Server,
    list: &'a [u8],
    first: &'a [u8],
    requests: &'a Requests,
}

impl<'a> Asked<'a> {
    fn ours(name: &'static str, Ours { server, list, first, requests, .. }: &'a Ours) -> Self {
        Self { name, server, list, first, requests }
    }
    /// A look is a line of the record's ledger, of which a card shows the latest [`LINES`]: each record is looked at so often
    /// before it counts, or the card would grow while it is measured.
    fn gets(&self) -> Party<'_> {
        let gets: Vec<_> = self.requests.gets.iter().take(CARDS).cloned().collect();
        let looks = (gets.len() * LINES).div_ceil(CONNECTIONS);
        Party::new(self.name, self.server, |connection| Box::new(InTurn::new(gets.clone(), connection)))
            .at_rest_after(u32::try_from(looks).unwrap_or(u32::MAX))
    }
    fn mix(&self) -> Party<'_> {
        Party::new(self.name, self.server, |connection| Box::new(Mix::new(self.requests.clone(), connection, CONNECTIONS)))
    }
}

impl Compare {
    pub(crate) async fn run(self) -> Outcome<()> {
        fs::create_dir_all(&self.out)?;
        let school = server::demo::school(rows::SEED, self.students, rows::today());
        let findable = ours::findable(self.students, &school);
        let folder = self.out.join("school");
        ours::copy(&self.school, &folder)?;
        let ours = Ours::start(&self.shendu, &ours::sqlite(&folder), &findable).await?;
        let mut versions = vec![first_line(&self.shendu, "--version")?];
        let postgres = match (&self.postgres, &self.postgres_school) {
            (Some(programs), Some(school)) => {
                versions.push(Postgres::version(programs)?);
                Some(Postgres::start(programs, school).await?)
            }
            _ => None,
        };
        let on_postgres = match &postgres {
            Some(postgres) => {
                let mut side = Ours::start(&self.shendu, &postgres.place(), &findable).await?;
                side.server.beside(postgres.pid());
                Some(side)
            }
            None => None,
        };
        let phones: Vec<String> = findable.iter().map(|one| one.phone.clone()).collect();
        let peer = match &self.pocketbase {
            Some(program) => {
                versions.push(first_line(program, "--version")?);
                let folder = self.out.join("pocketbase");
                Some(PocketBase::start(program, &folder, (self.students, &school), &phones, &ours.narrowed).await?)
            }
            None => None,
        };

        let mut sides = vec![Asked::ours(OURS, &ours)];
        sides.extend(on_postgres.as_ref().map(|ours| Asked::ours(ON_POSTGRES, ours)));
        sides.extend(peer.as_ref().map(|PocketBase { server, list, first, requests }| Asked { name: PEER, server, list, first, requests }));
        let measures = self.measure(&sides).await?;

        let (_, most) = ours.server.memory()?;
        let rounds = (self.rounds.rounds, self.rounds.seconds);
        let compared = Compared { students: self.students, rounds, versions, measures, memory: (ours.idle, most) };
        write(&self.out, "compare.json", &compared)?;
        ours.server.stop()?;
        fs::remove_dir_all(&folder)?;
        if let Some(side) = on_postgres {
            side.server.stop()?;
        }
        if let Some(peer) = peer {
            peer.server.stop()?;
            fs::remove_dir_all(self.out.join("pocketbase"))?;
        }
        Ok(())
    }

    async fn measure(&self, sides: &[Asked<'_>]) -> Outcome<Vec<Measure>> {
        let wants = |what: &str| self.only.iter().any(|one| one == what);
        let mut measures = Vec::new();
        let ours = sides.first().ok_or("nobody is measured")?;
        let body = {
            let mut connection = Connection::open(ours.server.address).await?;
            let answer = connection.ask(ours.list).await?;
            connection.body(&answer)
        };
        fs::write(self.out.join("list.json"), &body)?;
        if wants("list") {
            let address = free_address()?;
            let (listen, list) = (address.to_string(), self.out.join("list.json").display().to_string());
            let arguments = ["still", "--body", &list, "--listen", &listen];
            let still = Server::start(&std::env::current_exe()?, &arguments, address, "/", &self.out.join("still.log")).await?;
            let mut parties: Vec<_> = sides.iter().map(|side| Party::same(side.name, side.server, side.list)).collect();
            parties.push(Party::same(STILL, &still, &request("GET", "/", &[], "")));
            measures.push(self.rounds.measure(LIST, parties, &[]).await?);
        }
        if wants("total") {
            let parties = sides.iter().map(|side| Party::same(side.name, side.server, side.first)).collect();
            measures.push(self.rounds.measure(TOTAL, parties, &[]).await?);
        }
        if wants("get") {
            measures.push(self.rounds.measure(GET, sides.iter().map(Asked::gets).collect(), &[]).await?);
        }
        if wants("mix") {
            measures.push(self.rounds.measure(MIX, sides.iter().map(Asked::mix).collect(), &KINDS).await?);
        }
        Ok(measures)
    }
}
