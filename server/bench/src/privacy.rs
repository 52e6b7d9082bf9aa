//! What privacy costs: the list over HTTP with more and more of the law kept, up to the server as it is shipped.
//!
//! The rule: the same data, the same request and the same load, in turn and in one run. The last variant keeps everything, as
//! the shipped server does: how far those two lie apart says how true the frame is.

use crate::{
    Outcome,
    gates::LOGIN,
    ours::{self, cookie, next, session},
    process::{Server, free_address},
    report::{Measure, Side, write},
    rounds::{Party, Rounds},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The variants, by the words for them on the command line and in the table.
const VARIANTS: [(&str, &str); 5] = [
    ("nothing", NOTHING),
    ("policy", "decided, all withheld"),
    ("opening", "opened, all clear"),
    ("masks", "opened and masked"),
    ("all", "masked, durable trail"),
];
const NOTHING: &str = "sealed rows, no policy";
/// The shipped server.
const SHIPPED: &str = "as shipped";

/// Where the programs and the school are, and how long to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Privacy {
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
pub(crate) struct Variants {
    /// The sides: as shipped, then from no policy up.
    pub(crate) measure: Measure,
}

impl Privacy {
    pub(crate) async fn run(self) -> Outcome<()> {
        let program = std::env::current_exe()?;
        let (mut started, mut tokens) = (Vec::new(), BTreeMap::new());
        for (kept, name) in [("", SHIPPED)].into_iter().chain(VARIANTS) {
            // Who writes has a school to itself: a commit of one makes the readers of all the others forget their pages.
            let folder = self.out.join(match kept {
                "" => "school-shipped",
                "all" => "school-recorded",
                _ => "school-read",
            });
            let place = ours::sqlite(&folder);
            if !tokens.contains_key(&folder) {
                ours::copy(&self.school, &folder)?;
                let db = place.open().await?;
                tokens.insert(folder.clone(), session(&db, LOGIN).await?);
                db.close().await?;
            }
            let server = if kept.is_empty() {
                ours::serve(&self.shendu, &place, free_address()?).await?
            } else {
                serve(&program, kept, &folder).await?
            };
            let mine = cookie(&tokens[&folder]);
            let get = |path: &str| crate::connection::request("GET", path, &[("Cookie", &mine)], "");
            let first = get("/api/families");
            let after = next(&server, &first).await?.ok_or("the list has one page only: take more students")?;
            started.push((name, server, get(&format!("/api/families?after={after}"))));
        }
        let parties = started.iter().map(|(name, server, list)| Party::same(name, server, list)).collect();
        let measure = self.rounds.measure("list, privacy by steps", parties, &[]).await?;
        write(&self.out, "privacy.json", &Variants { measure })?;
        for (_, server, _) in started {
            server.stop()?;
        }
        for folder in tokens.keys() {
            fs::remove_dir_all(folder)?;
        }
        Ok(())
    }
}

async fn serve(program: &Path, kept: &str, folder: &Path) -> Outcome<Server> {
    let address = free_address()?;
    let (data, listen) = (folder.display().to_string(), address.to_string());
    let arguments = ["variant", "--kept", kept, "--data", &data, "--listen", &listen];
    Server::start(program, &arguments, address, "/", &folder.join(format!("{kept}.log"))).await
}

/// What one step costs.
pub(crate) struct Tax {
    /// Which step.
    pub(crate) what: String,
    /// Processor time a request with it, by that without it.
    pub(crate) cpu: f64,
    /// Requests a second with it, by those without it.
    pub(crate) rate: f64,
}

impl Variants {
    fn side(&self, name: &str) -> Option<&Side> {
        self.measure.sides.iter().find(|side| side.name == name)
    }

    fn tax(&self, what: &str, with: &str, without: &str) -> Option<Tax> {
        let (with, without) = (self.side(with)?.ours_by_this, self.side(without)?.ours_by_this);
        Some(Tax { what: what.to_owned(), cpu: without.1 / with.1, rate: without.0 / with.0 })
    }

    /// The taxes, step by step, and together.
    pub(crate) fn taxes(&self) -> Vec<Tax> {
        let [(_, nothing), (_, policy), (_, opening), (_, masks), (_, all)] = VARIANTS;
        let taxes = [
            self.tax("policy tax: decided, beside sealed rows", policy, nothing),
            self.tax("opening: all clear, beside all withheld", opening, policy),
            self.tax("masks: as the policy has it, beside all clear", masks, opening),
            self.tax("trail: durable, beside none", all, masks),
            self.tax("privacy tax: as shipped, beside sealed rows", SHIPPED, nothing),
            self.tax("the frame: as shipped, beside all of it here", SHIPPED, all),
        ];
        taxes.into_iter().flatten().collect()
    }

    /// Requests a second as shipped, by those with privacy off.
    pub(crate) fn kept_speed(&self) -> Option<f64> {
        Some(self.side(NOTHING)?.ours_by_this.0 / self.side(SHIPPED)?.ours_by_this.0)
    }
}
