//! Emergency access: asked, opened, refused, ended.
//!
//! The rule: each step, its trail entry and the hour on the person's own row commit together, under the lock of the trail's head, so that
//! of two who open or end one at once, one does. The row of the person is locked before the head, as by every act on staff: what takes
//! the access from somebody, or gives them an office, ends theirs in the same transaction. Deliberately absent: the words, which are read
//! from the trail, and a task that ends it: the clock does, at the next request.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    rows::{emergency, staff},
    trail::{TrailStore, append_in, lock},
    write::Written,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{EmergencyId, StaffId},
    wire::emergencies::EmergencyState,
};
use guard::{
    emergency::{EmergencyAsk, EmergencyWrite},
    lasting::latest,
    records::{EMERGENCY_MOST, EmergencyRecord},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

/// For how long one is listed.
const KEPT: TimeDelta = TimeDelta::days(1);
/// The most of a list.
const LIST: u64 = 20;

/// The state of a row, in which none has lapsed: that is what the clock says.
pub(crate) fn state(name: &str) -> Result<EmergencyState, StoreError> {
    let mut stored = EmergencyState::ALL.iter().copied().filter(|state| *state != EmergencyState::Lapsed);
    stored.find(|state| state.name() == name).ok_or(StoreError::Malformed)
}

impl Db {
    /// The emergencies of the last day, newest first: of one person, or of all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn emergencies(&self, of: Option<StaffId>, now: DateTime<Utc>) -> Result<Vec<EmergencyRecord>, StoreError> {
        let mut list = emergency::Entity::find()
            .filter(emergency::Column::AskedAt.gt((now - KEPT).timestamp_micros()))
            .order_by_desc(emergency::Column::AskedAt)
            .limit(LIST);
        if let Some(of) = of {
            list = list.filter(emergency::Column::AskedBy.eq(of.0));
        }
        self.emergency_records(list.all(&self.reader).await?).await
    }

    /// One emergency, whatever became of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn emergency(&self, id: EmergencyId) -> Result<Option<EmergencyRecord>, StoreError> {
        let found = emergency::Entity::find_by_id(id.0).one(&self.reader).await?;
        Ok(self.emergency_records(found.into_iter().collect()).await?.pop())
    }

    /// Those that are open, whoever's they are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn emergencies_at(&self, now: DateTime<Utc>) -> Result<Vec<EmergencyRecord>, StoreError> {
        let open = emergency::Entity::find()
            .filter(emergency::Column::State.eq(EmergencyState::Open.name()))
            .filter(emergency::Column::Until.gt(now.timestamp_micros()));
        self.emergency_records(open.all(&self.reader).await?).await
    }

    /// With names, roles and words: two statements, however many; the same for one that is there and for none.
    async fn emergency_records(&self, rows: Vec<emergency::Model>) -> Result<Vec<EmergencyRecord>, StoreError> {
        let told = self.requests(rows.iter().map(|row| (row.asked_by, row.decided_by, row.asked_in))).await?;
        let record = |row: emergency::Model| {
            Ok(EmergencyRecord {
                id: EmergencyId(row.id),
                by: told.by(row.asked_by),
                asked_at: time(row.asked_at),
                words: told.words(row.asked_in),
                state: state(&row.state)?,
                until: time(row.until),
                decided_by: row.decided_by.map(|id| told.named(id)),
            })
        };
        rows.into_iter().map(record).collect()
    }

    /// Stores a request, unless the same person has one that runs.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn ask_emergency(&self, trail: &TrailStore, ask: EmergencyAsk) -> Result<Written, StoreError> {
        let EmergencyAsk { id, by, until, entry } = ask;
        let txn = self.begin().await?;
        lock(&txn).await?;
        let at = entry.at().timestamp_micros();
        let running = emergency::Entity::find()
            .filter(emergency::Column::AskedBy.eq(by.0))
            .filter(emergency::Column::State.is_in([EmergencyState::Asked, EmergencyState::Open].map(EmergencyState::name)))
            .filter(emergency::Column::Until.gt(at))
            .filter(emergency::Column::Until.lte(latest(EMERGENCY_MOST, entry.at()).timestamp_micros()));
        if running.one(&txn).await?.is_some() {
            return Ok(Written::Conflict);
        }
        let asked_in = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let row = emergency::ActiveModel {
            id: Set(id.0),
            asked_by: Set(by.0),
            asked_at: Set(at),
            asked_in: Set(asked_in),
            state: Set(EmergencyState::Asked.name().to_owned()),
            until: Set(until.timestamp_micros()),
            decided_by: Set(None),
            decided_in: Set(None),
            ended_in: Set(None),
        };
        emergency::Entity::insert(row).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Changes an emergency that still is in one of the states that the step begins from.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn step_emergency(&self, trail: &TrailStore, write: EmergencyWrite) -> Result<Written, StoreError> {
        let EmergencyWrite { id, of, from, to, until, decided_by, entry } = write;
        let txn = self.begin().await?;
        staff::Entity::find_by_id(of.0).lock_exclusive().one(&txn).await?;
        lock(&txn).await?;
        let number = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let mut change = emergency::Entity::update_many()
            .col_expr(emergency::Column::State, Expr::value(to.name()))
            .filter(emergency::Column::Id.eq(id.0))
            .filter(emergency::Column::State.is_in(from.iter().map(|state| state.name())))
            .filter(emergency::Column::Until.gt(entry.at().timestamp_micros()));
        change = match decided_by {
            Some(decider) => change
                .col_expr(emergency::Column::DecidedBy, Expr::value(decider.0))
                .col_expr(emergency::Column::DecidedIn, Expr::value(number)),
            None => change.col_expr(emergency::Column::EndedIn, Expr::value(number)),
        };
        let until = until.map(|until| until.timestamp_micros());
        if let Some(until) = until {
            change = change.col_expr(emergency::Column::Until, Expr::value(until));
        }
        if change.exec(&txn).await?.rows_affected != 1 {
            // The entry goes with the transaction.
            return Ok(Written::Conflict);
        }
        staff::Entity::update_many()
            .col_expr(staff::Column::EmergencyUntil, Expr::value(until))
            .filter(staff::Column::Id.eq(of.0))
            .exec(&txn)
            .await?;
        txn.commit().await?;
        Ok(Written::Stored)
    }
}

/// Ends whatever somebody asked for or has open, by an act that has their row locked and takes the hour from it; `by` is the number of
/// its entry, where that is known by now.
pub(crate) async fn end_in(txn: &DatabaseTransaction, of: StaffId, at: DateTime<Utc>, by: Option<i64>) -> Result<(), StoreError> {
    emergency::Entity::update_many()
        .col_expr(emergency::Column::State, Expr::value(EmergencyState::Ended.name()))
        .col_expr(emergency::Column::EndedIn, Expr::value(by))
        .filter(emergency::Column::AskedBy.eq(of.0))
        .filter(emergency::Column::State.is_in([EmergencyState::Asked, EmergencyState::Open].map(EmergencyState::name)))
        .filter(emergency::Column::Until.gt(at.timestamp_micros()))
        .exec(txn)
        .await?;
    Ok(())
}
