//! `shendu doctor`: checks what an operator would otherwise find out too late.

use super::{Failure, doctor_outward, print, say, words};
use crate::{
    clock,
    config::{Place, read_anchor},
    heads::{self, HeadsFile},
    makes::MakesConfig,
    places::PlacesConfig,
};
use contract::wire::ledger::{Action, TrailFilter};
use guard::Trail;
use serde::Serialize;
use store::TrailStore;

/// Checks keys, database, clock, trail, and who is told of it. Exit code 1 when something is wrong.
#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    heads: HeadsFile,
    #[command(flatten)]
    places: PlacesConfig,
    #[command(flatten)]
    makes: MakesConfig,
    /// For a program to read.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Finding {
    check: &'static str,
    ok: bool,
    words: String,
}

impl Doctor {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let findings = self.findings().await;
        if self.json {
            print(&findings)?;
        } else {
            for Finding { check, ok, words } in &findings {
                say(&format!("{} {check:<10} {words}", if *ok { "ok  " } else { "BAD " }));
            }
        }
        match findings.iter().filter(|finding| !finding.ok).count() {
            0 => Ok(()),
            count => Err(format!("{count} checks failed")),
        }
    }

    async fn findings(&self) -> Vec<Finding> {
        let finding =
            |check, outcome: Result<String, String>| Finding { check, ok: outcome.is_ok(), words: outcome.unwrap_or_else(|words| words) };
        let mut findings = Vec::new();
        let vault = match self.place.vault() {
            Ok(vault) => vault,
            Err(error) => return vec![finding("key", Err(words(error)))],
        };
        findings.push(finding("key", Ok("the master key is there and private".into())));
        let db = match self.place.open().await {
            Ok(db) => db,
            Err(error) => {
                findings.push(finding("database", Err(words(error))));
                return findings;
            }
        };
        findings.push(finding("database", Ok(format!("{:?} answers", db.engine()))));
        let now = clock::now();
        let name = db.school_name().await.ok().flatten().unwrap_or_default();
        let same_key = match name.is_empty() {
            true => Err("there is no school yet".into()),
            false => db
                .begin_school(&name, vault.check_value(), &vault.head_sealer(), now)
                .await
                .map(|()| format!("the key belongs to {name}"))
                .map_err(words),
        };
        let begun = same_key.is_ok();
        findings.push(finding("school", same_key));
        if begun {
            let trail = TrailStore::open(db.clone(), vault.head_sealer());
            let entry = guard::Entry::event(now, guard::trail::By::nobody(), Action::TrailRead);
            findings.push(finding("trail", trail.append(entry).await.map(|()| "an entry can be written".into()).map_err(words)));
            let heads = heads::read(&self.heads.path(&self.place), &vault.head_signer().public_key());
            let mut anchors = heads.as_ref().map(|heads| heads::anchors(heads)).unwrap_or_default();
            anchors.extend(read_anchor(&self.place.anchor()));
            let heard_at = db.watch_state().await.ok().flatten().map(|(heard_at, _)| heard_at);
            findings.push(finding("heads", heads.map_err(words).and_then(|heads| heads::standing(&heads, heard_at, now))));
            let verdict = db.verify_anchored(Some(&vault.head_sealer()), anchors).await;
            findings.push(finding(
                "chain",
                match verdict {
                    Ok(verdict) if verdict.fault.is_none() => Ok(format!("{} rows, whole", verdict.rows())),
                    Ok(_) => Err("the trail is not whole: `shendu audit verify` says where".into()),
                    Err(error) => Err(words(error)),
                },
            ));
            findings.push(finding("retention", doctor_outward::retention(&db).await.map_err(words)));
            let last = db.trail(&TrailFilter::default(), None, 1).await.ok().and_then(|kept| kept.first().map(|kept| kept.entry.at()));
            let ahead = last.is_some_and(|at| at > now + chrono::TimeDelta::minutes(1));
            findings.push(finding(
                "clock",
                if ahead { Err("the clock is behind the last entry of the trail".into()) } else { Ok("the clock goes forward".into()) },
            ));
            findings.push(finding("places", doctor_outward::places(&self.places, now)));
            let ladder = db.ladder().await.map_err(words);
            findings.push(finding("makes", ladder.and_then(|ladder| doctor_outward::makes(&self.makes, &ladder))));
            match doctor_outward::checked(&db, &self.place, now).await {
                Ok(checked) => findings.extend(checked.map(|(check, outcome)| finding(check, outcome))),
                Err(error) => findings.push(finding("watch", Err(words(error)))),
            }
        }
        findings
    }
}
