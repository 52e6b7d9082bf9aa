//! `shendu honey`: marks families that do not exist, on the machine that holds the data.
//!
//! The rule: the family is made in the screens like any other, by whoever makes families; here it is only marked.

use super::{Failure, say, words};
use crate::{clock, config::Place};
use clap::Subcommand;
use contract::{ids::FamilyId, wire::ledger::Action};
use guard::{Entry, trail::By};
use store::{HoneyActed, TrailStore};

/// Look after the honey records.
#[derive(Debug, Subcommand)]
pub(crate) enum Honey {
    /// Mark a family that does not exist: whoever opens, reveals or exports it raises an alarm.
    Add {
        /// The id of the family, or the address of its page.
        family: String,
        #[command(flatten)]
        place: Place,
    },
    /// Take a mark off.
    Remove {
        /// The id of the family, or the address of its page.
        family: String,
        #[command(flatten)]
        place: Place,
    },
    /// List the marks.
    List {
        #[command(flatten)]
        place: Place,
    },
}

impl Honey {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let (place, mark) = match self {
            Self::Add { family, place } => (place, Some((family, true))),
            Self::Remove { family, place } => (place, Some((family, false))),
            Self::List { place } => (place, None),
        };
        let vault = place.vault().map_err(words)?;
        let db = place.open().await.map_err(words)?;
        let Some((family, add)) = mark else {
            for mark in db.honey().await.map_err(words)? {
                say(&format!("{}  {}  {}", mark.family, clock::school_day(mark.marked_at), mark.marked_by.unwrap_or_default()));
            }
            return Ok(());
        };
        let family = id(&family).ok_or_else(|| format!("{family} is no id of a family"))?;
        let trail = TrailStore::open(db.clone(), vault.head_sealer());
        let entry = Entry::event(clock::now(), By::nobody(), Action::WatchChanged);
        let acted = if add { db.mark_honey(&trail, family, &entry).await } else { db.unmark_honey(&trail, family, &entry).await };
        match acted.map_err(words)? {
            HoneyActed::Done => {
                say(if add { "marked: whoever opens, reveals, changes or exports it raises an alarm" } else { "no longer marked" })
            }
            HoneyActed::Already => say("it was marked before"),
            HoneyActed::Missing => return Err(if add { "there is no such family" } else { "it is not marked" }.into()),
        }
        Ok(())
    }
}

/// The id itself, or the end of an address.
fn id(text: &str) -> Option<FamilyId> {
    text.trim().trim_end_matches('/').rsplit('/').next()?.parse().ok()
}
