//! The receipts of deliberate looks, read through with the keys that the trail tells of.

use crate::{db::Db, error::StoreError, rows::trail_row, verify::kept};
use contract::wire::ledger::Action;
use guard::receipt::{Book, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Rows that are read at once.
const PART: u64 = 2_000;

impl Db {
    /// Checks the receipt of every deliberate look up to the row `last`, which was verified before: what the receipts are held
    /// against are rows. Gives the first look that is not signed as it should be.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn verify_receipts(&self, last: i64) -> Result<(Book, Option<(i64, Fault)>), StoreError> {
        let mut book = Book::default();
        let mut after = 0;
        loop {
            let rows = trail_row::Entity::find()
                .filter(trail_row::Column::Seq.gt(after))
                .filter(trail_row::Column::Seq.lte(last))
                .filter(trail_row::Column::Action.is_in(Book::ACTIONS.iter().copied().map(Action::name)))
                .order_by_asc(trail_row::Column::Seq)
                .limit(PART)
                .all(&self.reader)
                .await?;
            let Some(end) = rows.last().map(|row| row.seq) else {
                return Ok((book, None));
            };
            for row in &rows {
                if let Err(fault) = book.read(&kept(row)?.entry) {
                    return Ok((book, Some((row.seq, fault))));
                }
            }
            after = end;
        }
    }
}
