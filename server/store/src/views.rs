//! Saved views. Row and trail entry commit together.

use crate::{
    db::Db,
    error::StoreError,
    rows::saved_view,
    trail::{TrailStore, append_in},
};
use contract::{
    ids::{StaffId, ViewId},
    wire::views::VIEWS,
};
use guard::{
    Entry,
    gate::{ViewRecord, ViewWrite},
    vault::SealedLabel,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::OnConflict};

/// What became of a view to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is stored.
    Stored,
    /// The person has as many as anybody may have; nothing was stored.
    Full,
}

impl Db {
    /// The views that a person has: their own and the shared ones, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn views(&self, of: StaffId) -> Result<Vec<ViewRecord>, StoreError> {
        let theirs = saved_view::Column::OwnerId.eq(of.0).or(saved_view::Column::Shared.eq(true));
        let rows = saved_view::Entity::find().filter(theirs).order_by_asc(saved_view::Column::Id).all(&self.reader).await?;
        rows.into_iter().map(record).collect()
    }

    /// One of the views that a person has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn view(&self, of: StaffId, id: ViewId) -> Result<Option<ViewRecord>, StoreError> {
        let theirs = saved_view::Column::OwnerId.eq(of.0).or(saved_view::Column::Shared.eq(true));
        saved_view::Entity::find_by_id(id.0).filter(theirs).one(&self.reader).await?.map(record).transpose()
    }

    /// Stores a view, new or changed.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn keep_view(&self, trail: &TrailStore, write: ViewWrite) -> Result<Kept, StoreError> {
        let ViewWrite { record: ViewRecord { id, owner, shared, name, look }, entry } = write;
        let txn = self.begin().await?;
        let others = saved_view::Column::OwnerId.eq(owner.0).and(saved_view::Column::Id.ne(id.0));
        if saved_view::Entity::find().filter(others).count(&txn).await? >= VIEWS as u64 {
            return Ok(Kept::Full);
        }
        let row = saved_view::ActiveModel {
            id: Set(id.0),
            owner_id: Set(owner.0),
            shared: Set(shared),
            name: Set(name.as_stored().to_vec()),
            look: Set(serde_json::to_string(&look).map_err(|_| StoreError::Malformed)?),
        };
        let again = OnConflict::column(saved_view::Column::Id)
            .update_columns([saved_view::Column::Shared, saved_view::Column::Name, saved_view::Column::Look])
            .to_owned();
        saved_view::Entity::insert(row).on_conflict(again).exec_without_returning(&txn).await?;
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(Kept::Stored)
    }

    /// Removes a view.
    ///
    /// # Errors
    /// [`StoreError`]; then it is still there.
    pub async fn remove_view(&self, trail: &TrailStore, id: ViewId, entry: &Entry) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        saved_view::Entity::delete_by_id(id.0).exec(&txn).await?;
        append_in(&txn, trail.sealer(), &[entry]).await.map_err(|_| StoreError::TrailDown)?;
        Ok(txn.commit().await?)
    }
}

fn record(row: saved_view::Model) -> Result<ViewRecord, StoreError> {
    let saved_view::Model { id, owner_id, shared, name, look } = row;
    let look = serde_json::from_str(&look).map_err(|_| StoreError::Malformed)?;
    Ok(ViewRecord { id: ViewId(id), owner: StaffId(owner_id), shared, name: SealedLabel::stored(name), look })
}
