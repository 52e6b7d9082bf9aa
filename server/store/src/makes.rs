//! Which makes of authenticators count, as the operator's list says at the start of a server.
//!
//! The rule: a passkey proved its make once, and counts as attested while that make is on the list. What a list no longer has
//! lowers the passkey and what it opened in one transaction, so that the ladder holds at the next request. Deliberately absent:
//! the list itself, and certificates.

use crate::{
    db::Db,
    error::StoreError,
    rows::{passkey, session},
};
use contract::credential::Credential;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

impl Db {
    /// Takes over which makes are listed: passkeys of them are attested from now on, all others are passkeys like any other, and
    /// so is what their owners opened with them.
    ///
    /// # Errors
    /// [`StoreError`]; then everything is as before.
    pub async fn know_makes(&self, listed: &[Uuid]) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let fallen = passkey::Column::Make.is_null().or(passkey::Column::Make.is_not_in(listed.iter().copied()));
        let fallen = passkey::Column::Attested.eq(true).and(fallen);
        let find = passkey::Entity::find().select_only().column(passkey::Column::OwnerId).filter(fallen.clone());
        let owners: Vec<Uuid> = find.into_tuple().all(&txn).await?;
        if !owners.is_empty() {
            let lowered = passkey::Entity::update_many().col_expr(passkey::Column::Attested, Expr::value(false));
            lowered.filter(fallen).exec(&txn).await?;
            // By which of several passkeys a session was opened is not kept: it is proved again.
            session::Entity::update_many()
                .col_expr(session::Column::Credential, Expr::value(Credential::Passkey.name()))
                .filter(session::Column::Credential.eq(Credential::AttestedPasskey.name()))
                .filter(session::Column::OwnerId.is_in(owners))
                .exec(&txn)
                .await?;
        }
        passkey::Entity::update_many()
            .col_expr(passkey::Column::Attested, Expr::value(true))
            .filter(passkey::Column::Attested.eq(false))
            .filter(passkey::Column::Make.is_in(listed.iter().copied()))
            .exec(&txn)
            .await?;
        Ok(txn.commit().await?)
    }
}
