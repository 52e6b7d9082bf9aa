//! The receipts of deliberate looks, read through with the keys that the trail tells of.
//!
//! The rule: what is wrong with one row hides nothing that comes after it.

use crate::{db::Db, error::StoreError, rows::trail_row, verify::kept};
use contract::wire::ledger::Action;
use guard::receipt::{Book, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Rows that are read at once.
const PART: u64 = 2_000;
/// Faults that are named.
const NAMED: usize = 100;

/// What reading the receipts of a trail came to.
#[derive(Debug, Default)]
pub struct Receipts {
    /// Those that agree.
    pub book: Book,
    /// The first hundred looks that are not signed as they should be, by their rows.
    pub faults: Vec<(i64, Fault)>,
    /// How many such looks there are.
    pub faulty: usize,
}

impl Db {
    /// Checks the receipt of every deliberate look up to the row `last`, which was verified before: what the receipts are held
    /// against are rows. `vouched` is the last row for which somebody vouches.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn verify_receipts(&self, last: i64, vouched: i64) -> Result<Receipts, StoreError> {
        let mut receipts = Receipts { book: Book::vouched_to(vouched), ..Receipts::default() };
        let carried = trail_row::Entity::find()
            .filter(trail_row::Column::Seq.lte(last))
            .filter(trail_row::Column::Action.eq(Book::CARRIED.name()))
            .order_by_asc(trail_row::Column::Seq);
        for row in carried.all(&self.reader).await? {
            receipts.book.carry_over(row.seq, &kept(&row)?.entry);
        }
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
                return Ok(receipts);
            };
            for row in &rows {
                if let Err(fault) = receipts.book.read(row.seq, &kept(row)?.entry) {
                    receipts.faulty += 1;
                    if receipts.faults.len() < NAMED {
                        receipts.faults.push((row.seq, fault));
                    }
                }
            }
            after = end;
        }
    }
}
