//! For how long the trail is kept: what is older goes, an hour at a time, by itself.
//!
//! The rule: the signed heads tell what is old enough, and neither the clock nor a setting alone. A head counts once it is as old as
//! the school says and there are heads of at least 180 later days, so that a clock that is ahead by years takes nothing away that was
//! not kept for 180 days on which a server ran. The verifier asks the same of where a trail begins. Deliberately absent: a command
//! that takes away by hand, and one row that goes before those before it.

use crate::{
    clock, cursor,
    heads::{HeadsError, SignedHeads},
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{retention::Retention, wire::ledger::TrailCut};
use guard::{SignedHead, trail::Beginning};
use std::{collections::BTreeSet, path::PathBuf, time::Duration};
use store::{Db, NotCut, StoreError, TrailStore};

/// How often it is looked whether something is old enough.
const LOOK_EVERY: Duration = Duration::from_secs(60 * 60);
/// A pause between two parts, in which others write.
const PAUSE: Duration = Duration::from_millis(200);

/// Those of these heads, oldest first, up to which a trail that is kept for so long need not be kept any more.
pub(crate) fn old_enough(heads: &[SignedHead], kept: Retention, now: DateTime<Utc>) -> &[SignedHead] {
    let last = heads.last().map_or(now, |last| last.at().min(now));
    let days: BTreeSet<NaiveDate> = heads.iter().map(|head| clock::school_day(head.at())).collect();
    let days: Vec<NaiveDate> = days.into_iter().collect();
    let least = usize::try_from(Retention::LEAST.days()).unwrap_or(usize::MAX);
    let old = |head: &&SignedHead| {
        let later = days.len() - days.partition_point(|day| *day <= clock::school_day(head.at()));
        last - head.at() >= kept.time() && later >= least
    };
    let old = heads.iter().take_while(old).count();
    heads.get(..old).unwrap_or_default()
}

/// Whether signed heads vouch for where a trail begins: one of them was its head at that moment, and was kept for the least time.
pub(crate) fn vouched(heads: &[SignedHead], beginning: &Beginning) -> bool {
    let at = heads.last().map_or(DateTime::UNIX_EPOCH, SignedHead::at);
    old_enough(heads, Retention::LEAST, at).iter().any(|head| head.row() == (beginning.seq, beginning.hash) && head.at() == beginning.at)
}

/// Why nothing more was taken away.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// The signed heads.
    #[error(transparent)]
    Heads(#[from] HeadsError),
    /// The trail.
    #[error(transparent)]
    NotCut(#[from] NotCut),
    /// The setting.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes away what was kept for its time.
#[derive(Debug, Clone)]
pub struct Retaining {
    /// Where the trail is.
    pub db: Db,
    /// What writes to it.
    pub trail: TrailStore,
    /// The signed heads.
    pub heads: SignedHeads,
    /// The file that says up to where a collector has the trail, where there is a collector.
    pub fed: Option<PathBuf>,
}

impl Retaining {
    /// Takes away what is old enough at this moment, part by part. Says what went.
    ///
    /// # Errors
    /// [`RetentionError`]; what went before is gone, and said so by an entry.
    pub async fn on(&self, now: DateTime<Utc>) -> Result<Vec<TrailCut>, RetentionError> {
        let heads = self.heads.read().await?;
        let old = old_enough(&heads, self.db.retention().await?, now);
        let beginning = |head: &SignedHead| Beginning { seq: head.row().0, hash: head.row().1, at: head.at() };
        let old: Vec<Beginning> = old.iter().map(beginning).collect();
        let mut gone = Vec::new();
        loop {
            // Nobody knows how far a collector is that never noted it.
            let fed = self.fed.as_ref().map(|path| cursor::read(path).unwrap_or_default());
            match self.db.cut_trail(&self.trail, &old, fed, now).await? {
                Some(cut) => gone.push(cut),
                None => return Ok(gone),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The same every hour, for as long as the server runs.
    pub(crate) async fn keep(self) {
        loop {
            match self.on(clock::now()).await {
                Ok(gone) => {
                    if let Some(last) = gone.last() {
                        tracing::info!(through = last.through, "the oldest part of the trail was kept for its time and is gone");
                    }
                }
                Err(error) => tracing::error!(%error, "the oldest part of the trail could not be taken away"),
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}
