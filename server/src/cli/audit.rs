//! `shendu audit verify`

use super::{Failure, print, say, words};
use crate::config::{Place, read_anchor};
use clap::Subcommand;
use serde::Serialize;
use store::{Fault, Verdict};

/// Look after the trail.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Verify that no row of the trail was altered, taken out, swapped or cut off. Exit code 1 when one was.
    Verify {
        #[command(flatten)]
        place: Place,
        /// For a program to read.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Serialize)]
struct Report {
    rows: i64,
    whole: bool,
    fault: Option<String>,
}

impl Audit {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let Self::Verify { place, json } = self;
        let sealer = place.vault().map_err(words)?.head_sealer();
        let db = place.open().await.map_err(words)?;
        let Verdict { rows, fault } = db.verify_trail(&sealer, read_anchor(&place.anchor())).await.map_err(words)?;
        let fault = fault.map(describe);
        if json {
            print(&Report { rows, whole: fault.is_none(), fault: fault.clone() })?;
        }
        match fault {
            None => {
                if !json {
                    say(&format!("the trail is whole: {rows} rows"));
                }
                Ok(())
            }
            Some(fault) => Err(format!("the trail is not whole after row {rows}: {fault}")),
        }
    }
}

fn describe(fault: Fault) -> String {
    match fault {
        Fault::Gap { seq } => format!("row {seq} is missing or out of order"),
        Fault::Altered { seq } => format!("row {seq} was altered"),
        Fault::Mislabelled { seq } => format!("the columns of row {seq} disagree with its content"),
        Fault::Cut { head, last } => format!("the head says {head} rows, the last row is {last}"),
        Fault::ForgedHead => "the head was not sealed by this school".into(),
        Fault::NoHead => "there is no head".into(),
        Fault::RolledBack { anchor } => format!("row {anchor}, noted outside the database, is not there: an older copy was put in place"),
    }
}
