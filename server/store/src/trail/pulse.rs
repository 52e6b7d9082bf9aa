//! How the trail is: what became of what came last, and where that is seconds ago, whether a row could be written now.
//!
//! The rule: whoever asks hears what a request would meet. A trial is an entry that goes in and is taken back, and the head written
//! as it is, in a transaction that commits: the disk has to take it, and nothing of it stays. Trials are seconds apart however many
//! ask, so that whoever is red turns green by itself. Deliberately absent: a state that somebody has to clear.

use super::{PATIENCE, Row, TrailStore, append_rows};
use crate::{db::Db, error::StoreError, rows::trail_head};
use chrono::DateTime;
use contract::wire::ledger::Action;
use guard::{Entry, trail::By, vault::HeadSealer};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QuerySelect, TransactionTrait};
use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// For how long what was felt last is believed.
const LATELY: Duration = Duration::from_secs(3);

/// What was felt of the trail.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    last: Mutex<Option<(Instant, bool)>>,
    /// Whether the trail is another than what was noted of it outside the database.
    contradicted: AtomicBool,
    /// One tries at a time, and whoever waited hears what came of it.
    trying: tokio::sync::Mutex<()>,
}

impl Pulse {
    /// Notes what became of an entry.
    pub(super) fn felt(&self, well: bool) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), well));
    }
    fn lately(&self) -> Option<bool> {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.filter(|(at, _)| at.elapsed() < LATELY).map(|(_, well)| well)
    }
}

impl TrailStore {
    /// Whether the trail is what was noted of it, and an entry could be written.
    pub async fn is_well(&self) -> bool {
        if self.pulse.contradicted.load(Ordering::Relaxed) {
            return false;
        }
        if let Some(well) = self.pulse.lately() {
            return well;
        }
        let _trying = self.pulse.trying.lock().await;
        if let Some(well) = self.pulse.lately() {
            return well;
        }
        let tried = tokio::time::timeout(PATIENCE, attempt(&self.db, &self.sealer)).await;
        let well = matches!(tried, Ok(Ok(())));
        self.pulse.felt(well);
        well
    }

    /// Says whether the trail contradicts what was noted of it outside the database; until it does not any more it is not well.
    pub fn contradict(&self, contradicted: bool) {
        self.pulse.contradicted.store(contradicted, Ordering::Relaxed);
    }
}

/// Writes an entry, takes it back and commits.
async fn attempt(db: &Db, sealer: &HeadSealer) -> Result<(), StoreError> {
    let txn = db.begin().await?;
    let head = trail_head::Entity::find_by_id(1).lock_exclusive().one(&txn).await?.ok_or(StoreError::TrailDown)?;
    let row = Row::of(&Entry::event(DateTime::UNIX_EPOCH, By::nobody(), Action::TrailRead)).map_err(|_| StoreError::TrailDown)?;
    let taken_back = txn.begin().await?;
    append_rows(&taken_back, sealer, &[&row]).await?;
    taken_back.rollback().await?;
    trail_head::ActiveModel { id: Set(1), seal: Set(head.seal), ..Default::default() }.update(&txn).await?;
    Ok(txn.commit().await?)
}
