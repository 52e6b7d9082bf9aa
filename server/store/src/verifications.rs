//! Verifications of the trail that somebody had made, one at a time for the whole school.
//!
//! The rule: how one stands is a row that says when it was heard of last, so that every server answers alike and one that stopped
//! is recognised. To cancel is to write it into the row; whoever verifies sees it after the next part. Deliberately absent: the
//! anchor that lies outside the database; only the command line on the machine can read it.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    rows::verification,
    staff::{commit, lock},
    trail::TrailStore,
    verify::{BoxedAnswer, Fault},
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::wire::ledger::{Verification, VerificationState};
use guard::Entry;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

/// After how long without a word a verification counts as stopped.
const SILENCE: TimeDelta = TimeDelta::seconds(60);

const RUNNING: &str = "running";

const fn name(state: VerificationState) -> &'static str {
    match state {
        VerificationState::Running => RUNNING,
        VerificationState::Whole => "whole",
        VerificationState::Broken => "broken",
        VerificationState::Cancelled => "cancelled",
        VerificationState::Failed => "failed",
    }
}

fn wire(row: verification::Model, now: DateTime<Utc>) -> Result<Verification, StoreError> {
    let silent = time(row.seen_at) + SILENCE < now;
    let state = match row.state.as_str() {
        RUNNING if silent => VerificationState::Failed,
        RUNNING => VerificationState::Running,
        "whole" => VerificationState::Whole,
        "broken" => VerificationState::Broken,
        "cancelled" => VerificationState::Cancelled,
        "failed" => VerificationState::Failed,
        _ => return Err(StoreError::Malformed),
    };
    Ok(Verification {
        state,
        by: row.started_by,
        started_at: time(row.started_at),
        seen_at: time(row.seen_at),
        rows: row.rows,
        of: row.of,
        fault: row.fault,
        at: row.fault_at,
    })
}

/// A fault by its stable name, and the row.
pub(crate) const fn fault(fault: Fault) -> (&'static str, i64) {
    match fault {
        Fault::Gap { seq } => ("gap", seq),
        Fault::Altered { seq } => ("altered", seq),
        Fault::Mislabelled { seq } => ("mislabelled", seq),
        Fault::Cut { last, .. } => ("cut", last),
        Fault::ForgedHead => ("forged_head", 0),
        Fault::ForgedBeginning { seq } => ("forged_beginning", seq),
        Fault::BeforeBeginning { seq } => ("before_beginning", seq),
        Fault::NoHead => ("no_head", 0),
        Fault::RolledBack { anchor } => ("rolled_back", anchor),
    }
}

impl Db {
    /// The verification that was begun last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn verification(&self, now: DateTime<Utc>) -> Result<Option<Verification>, StoreError> {
        let last = verification::Entity::find().order_by_desc(verification::Column::StartedAt).one(&self.reader).await?;
        last.map(|row| wire(row, now)).transpose()
    }

    /// Begins a verification unless one is under way; gives its id where it was begun.
    ///
    /// # Errors
    /// [`StoreError`]; then none was begun.
    pub async fn begin_verification(&self, trail: &TrailStore, of: i64, entry: &Entry) -> Result<Option<Uuid>, StoreError> {
        let txn = self.begin().await?;
        lock(&txn).await?;
        let at = entry.at();
        let heard = (at - SILENCE).timestamp_micros();
        let running = verification::Entity::find()
            .filter(verification::Column::State.eq(RUNNING))
            .filter(verification::Column::SeenAt.gte(heard))
            .one(&txn)
            .await?;
        if running.is_some() {
            return Ok(None);
        }
        let id = Uuid::now_v7();
        let row = verification::ActiveModel {
            id: Set(id),
            started_at: Set(at.timestamp_micros()),
            started_by: Set(entry.by().name.clone()),
            seen_at: Set(at.timestamp_micros()),
            state: Set(RUNNING.to_owned()),
            rows: Set(0),
            of: Set(of),
            fault: Set(None),
            fault_at: Set(None),
        };
        verification::Entity::insert(row).exec_without_returning(&txn).await?;
        commit(txn, trail, &[entry]).await?;
        Ok(Some(id))
    }

    /// Asks the running verification to stop; says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn cancel_verification(&self) -> Result<bool, StoreError> {
        let asked = verification::Entity::update_many()
            .col_expr(verification::Column::State, Expr::value(name(VerificationState::Cancelled)))
            .filter(verification::Column::State.eq(RUNNING))
            .exec(&self.writer)
            .await?;
        Ok(asked.rows_affected > 0)
    }

    /// Notes how far a verification is; says whether it goes on.
    async fn heard(&self, id: Uuid, rows: i64, of: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let noted = verification::Entity::update_many()
            .col_expr(verification::Column::Rows, Expr::value(rows))
            .col_expr(verification::Column::Of, Expr::value(of))
            .col_expr(verification::Column::SeenAt, Expr::value(now.timestamp_micros()))
            .filter(verification::Column::Id.eq(id))
            .filter(verification::Column::State.eq(RUNNING))
            .exec(&self.writer)
            .await?;
        Ok(noted.rows_affected > 0)
    }

    /// Runs a verification that was begun, to its end; `now` tells the time.
    ///
    /// # Errors
    /// [`StoreError`] where not even that it failed could be noted.
    pub async fn run_verification(&self, trail: &TrailStore, id: Uuid, now: fn() -> DateTime<Utc>) -> Result<(), StoreError> {
        let watch = |rows, of| -> BoxedAnswer<'_> { Box::pin(self.heard(id, rows, of, now())) };
        let watched = self.verify_watched(Some(trail.sealer()), Vec::new(), &watch).await;
        let (state, rows, found) = match watched {
            // It says so in its row already.
            Ok(None) => return Ok(()),
            Ok(Some(verdict)) => match verdict.fault {
                None => (VerificationState::Whole, Some(verdict.rows()), None),
                Some(found) => (VerificationState::Broken, Some(verdict.rows()), Some(fault(found))),
            },
            Err(_) => (VerificationState::Failed, None, None),
        };
        let mut update = verification::Entity::update_many()
            .col_expr(verification::Column::State, Expr::value(name(state)))
            .col_expr(verification::Column::SeenAt, Expr::value(now().timestamp_micros()))
            .filter(verification::Column::Id.eq(id))
            .filter(verification::Column::State.eq(RUNNING));
        if let Some(rows) = rows {
            update = update.col_expr(verification::Column::Rows, Expr::value(rows));
        }
        if let Some((what, at)) = found {
            update =
                update.col_expr(verification::Column::Fault, Expr::value(what)).col_expr(verification::Column::FaultAt, Expr::value(at));
        }
        update.exec(&self.writer).await?;
        Ok(())
    }
}
