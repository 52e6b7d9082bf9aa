//! How the school does, hour by hour, for whoever watches.
//!
//! The rule: numbers of acts alone. Deliberately absent: by whom, which the trail says to whoever reads it.

use crate::{db::Db, error::StoreError, rows::trail_row};
use chrono::{DateTime, Utc};
use contract::wire::{alarms::WatchHour, ledger::Action};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, sea_query::Expr};

impl Db {
    /// What happened in each of the last 24 hours, oldest first; the last is the one that is not over.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn watch_hours(&self, now: DateTime<Utc>) -> Result<Vec<WatchHour>, StoreError> {
        const HOUR: i64 = 3_600_000_000;
        let first = now.timestamp_micros() / HOUR - 23;
        // Grouped by its name: to PostgreSQL the same expression with two parameters is two expressions.
        let hour = Expr::col(trail_row::Column::At).div(HOUR);
        let counted: Vec<(i64, String, i64)> = trail_row::Entity::find()
            .select_only()
            .expr_as(hour, "hour")
            .column(trail_row::Column::Action)
            .column_as(trail_row::Column::Seq.count(), "count")
            .filter(trail_row::Column::At.gte(first.saturating_mul(HOUR)))
            .group_by(Expr::col("hour"))
            .group_by(trail_row::Column::Action)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let mut hours = vec![WatchHour::default(); 24];
        for (hour, action, count) in counted {
            let place = usize::try_from(hour - first).ok().and_then(|at| hours.get_mut(at));
            let (Some(place), Some(action)) = (place, Action::ALL.iter().find(|one| one.name() == action)) else {
                continue;
            };
            let kind = match action {
                Action::SignedIn => &mut place.signed_in,
                Action::SignInRefused | Action::Refused | Action::SessionMoved => &mut place.refused,
                Action::Listed | Action::Shown | Action::Searched => &mut place.looks,
                Action::Revealed => &mut place.revealed,
                Action::Exported | Action::TrailExported => &mut place.exported,
                _ => continue,
            };
            *kind = kind.saturating_add(u32::try_from(count).unwrap_or_default());
        }
        Ok(hours)
    }
}
