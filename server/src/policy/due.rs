//! The moment of a confirmed change: it comes into force by itself, on whichever server looks first.
//!
//! The rule: the clock decides, asked anew when the time has come, and the transaction that makes the version settles the proposal;
//! so that a restart loses nothing, a clock that jumps back brings nothing early, and no moment comes twice. Deliberately absent: a
//! timer that is trusted, and a memory of what was scheduled.

use crate::{
    clock,
    http::ApiError,
    state::{App, Shared},
};
use chrono::{DateTime, Utc};
use std::time::Duration;

/// How often it is looked whether anything is due; another server may have confirmed it.
const LOOK_EVERY: Duration = Duration::from_secs(10);

impl App {
    /// Brings into force what is due. Says when to look again, where that is sooner than usual.
    ///
    /// # Errors
    /// In words for the operator; what was due still is.
    pub async fn enforce_policy(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, String> {
        self.enforce(now).await.map_err(|error| format!("{error:?}"))
    }

    async fn enforce(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, ApiError> {
        let Some(record) = self.db.last_proposal().await? else {
            return Ok(None);
        };
        let Some(due) = self.gate.proposal_due(now, &record) else {
            return Ok(record.holds_at());
        };
        if self.db.enforce_proposal(&self.trail, due).await? {
            self.with_policy(self.db.policy().await?.version).await?;
        }
        Ok(None)
    }
}

/// Looks for as long as the server runs.
pub(crate) async fn keep(app: Shared) {
    loop {
        let now = clock::now();
        let next = match app.enforce(now).await {
            Ok(next) => next,
            Err(_) => {
                tracing::error!("a change of the matrix whose moment has come could not be brought into force");
                None
            }
        };
        let sooner = next.and_then(|next| (next - now).to_std().ok());
        tokio::time::sleep(sooner.map_or(LOOK_EVERY, |wait| wait.min(LOOK_EVERY))).await;
    }
}
