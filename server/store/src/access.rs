//! Passkeys, invitations, recovery codes.

use crate::{
    ceremonies::CeremonyKind,
    db::Db,
    error::StoreError,
    load::time,
    rows::{ceremony, invitation, passkey, recovery_code},
    sessions::{actor, kind},
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    credential::Credential,
    ids::{GuardianId, PasskeyId, StaffId},
};
use guard::{Actor, lasting::latest};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, SqlErr, sea_query::Expr,
};
use uuid::Uuid;

/// A registered passkey.
#[derive(Debug, Clone)]
pub struct PasskeyRow {
    /// The passkey.
    pub id: PasskeyId,
    /// Whose.
    pub actor: Actor,
    /// The name that its owner gave it.
    pub name: String,
    /// The credential id.
    pub credential_id: Vec<u8>,
    /// The relying party's state, as JSON: public key, counter, flags.
    pub credential: String,
    /// Registered.
    pub created_at: DateTime<Utc>,
    /// Last used.
    pub used_at: Option<DateTime<Utc>>,
    /// Whether it is synchronised between devices.
    pub synced: bool,
    /// The make (AAGUID) that its authenticator proved when it was registered, where it was asked to.
    pub make: Option<Uuid>,
    /// Whether that make stands on the operator's list.
    pub attested: bool,
}

impl PasskeyRow {
    /// What it is on the ladder.
    #[must_use]
    pub const fn credential(&self) -> Credential {
        if self.attested { Credential::AttestedPasskey } else { Credential::Passkey }
    }
}

fn row(model: passkey::Model) -> Result<PasskeyRow, StoreError> {
    Ok(PasskeyRow {
        id: PasskeyId(model.id),
        actor: actor(&model.owner_kind, model.owner_id)?,
        name: model.name,
        credential_id: model.credential_id,
        credential: model.credential,
        created_at: time(model.created_at),
        used_at: model.used_at.map(time),
        synced: model.synced,
        make: model.make,
        attested: model.attested,
    })
}

/// For how long an invitation is good: an enrolment link for fifteen minutes; a guardian's, which still asks for a code, for three days.
#[must_use]
pub const fn invited_for(actor: Actor) -> TimeDelta {
    match actor {
        Actor::Staff(_) => TimeDelta::minutes(15),
        Actor::Guardian(_) => TimeDelta::days(3),
    }
}

/// Neither used nor over, and not made later than now.
fn is_good(now: DateTime<Utc>) -> Condition {
    let whose = [Actor::Staff(StaffId(Uuid::nil())), Actor::Guardian(GuardianId(Uuid::nil()))].map(|actor| {
        let latest = latest(invited_for(actor), now).timestamp_micros();
        invitation::Column::OwnerKind.eq(kind(actor)).and(invitation::Column::ExpiresAt.lte(latest))
    });
    Condition::all()
        .add(invitation::Column::UsedAt.is_null())
        .add(invitation::Column::ExpiresAt.gt(now.timestamp_micros()))
        .add(whose.into_iter().fold(Condition::any(), Condition::add))
}

/// For whom an invitation was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitation {
    /// The person.
    pub actor: Actor,
}

impl Db {
    /// Keeps a passkey.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the credential is registered already, to anybody (account swap).
    pub async fn add_passkey(&self, new: PasskeyRow) -> Result<(), StoreError> {
        let taken = passkey::Entity::find().filter(passkey::Column::CredentialId.eq(new.credential_id.clone())).count(&self.writer).await?;
        if taken > 0 {
            return Err(StoreError::Exists);
        }
        let model = passkey::ActiveModel {
            id: Set(new.id.0),
            owner_kind: Set(kind(new.actor).to_owned()),
            owner_id: Set(new.actor.uuid()),
            name: Set(new.name),
            credential_id: Set(new.credential_id),
            credential: Set(new.credential),
            created_at: Set(new.created_at.timestamp_micros()),
            used_at: Set(None),
            synced: Set(new.synced),
            attested: Set(new.attested),
            make: Set(new.make),
        };
        match passkey::Entity::insert(model).exec_without_returning(&self.writer).await {
            // Of two who register it at once, the unique index lets one through.
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Err(StoreError::Exists),
            outcome => Ok(outcome.map(drop)?),
        }
    }

    /// The passkeys of a person, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn passkeys_of(&self, actor: Actor) -> Result<Vec<PasskeyRow>, StoreError> {
        let find = passkey::Entity::find()
            .filter(passkey::Column::OwnerKind.eq(kind(actor)))
            .filter(passkey::Column::OwnerId.eq(actor.uuid()))
            .order_by_asc(passkey::Column::CreatedAt);
        find.all(&self.writer).await?.into_iter().map(row).collect()
    }

    /// A passkey by its credential id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn passkey_by_credential(&self, credential_id: &[u8]) -> Result<Option<PasskeyRow>, StoreError> {
        let find = passkey::Entity::find().filter(passkey::Column::CredentialId.eq(credential_id.to_vec()));
        find.one(&self.writer).await?.map(row).transpose()
    }

    /// Keeps what a sign-in changed about a passkey (counter, flags, last use) if it still is as it was `seen`; says whether it
    /// was. Of two who saw the same counter and raise it at once, one succeeds; a key that does not count stays as it was seen.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn use_passkey(&self, seen: &PasskeyRow, credential: String, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let used = passkey::Entity::update_many()
            .col_expr(passkey::Column::Credential, Expr::value(credential))
            .col_expr(passkey::Column::UsedAt, Expr::value(at.timestamp_micros()))
            .filter(passkey::Column::Id.eq(seen.id.0))
            .filter(passkey::Column::Credential.eq(seen.credential.as_str()))
            .exec(&self.writer)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Renames a passkey of a person; says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn rename_passkey(&self, actor: Actor, id: PasskeyId, name: String) -> Result<bool, StoreError> {
        let renamed = passkey::Entity::update_many()
            .col_expr(passkey::Column::Name, Expr::value(name))
            .filter(passkey::Column::Id.eq(id.0))
            .filter(passkey::Column::OwnerId.eq(actor.uuid()))
            .exec(&self.writer)
            .await?;
        Ok(renamed.rows_affected > 0)
    }

    /// Removes a passkey of a person; says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove_passkey(&self, actor: Actor, id: PasskeyId) -> Result<bool, StoreError> {
        let removed = passkey::Entity::delete_many()
            .filter(passkey::Column::Id.eq(id.0))
            .filter(passkey::Column::OwnerId.eq(actor.uuid()))
            .exec(&self.writer)
            .await?;
        Ok(removed.rows_affected > 0)
    }

    /// Keeps an invitation by the digest of its token.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn invite(&self, token_digest: [u8; 32], actor: Actor, expires_at: DateTime<Utc>) -> Result<(), StoreError> {
        let model = invitation::ActiveModel {
            token_digest: Set(token_digest.to_vec()),
            owner_kind: Set(kind(actor).to_owned()),
            owner_id: Set(actor.uuid()),
            expires_at: Set(expires_at.timestamp_micros()),
            used_at: Set(None),
        };
        invitation::Entity::insert(model).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// Looks at an invitation that is neither used nor lapsed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn invitation(&self, token_digest: &[u8; 32], now: DateTime<Utc>) -> Result<Option<Invitation>, StoreError> {
        let find = invitation::Entity::find_by_id(token_digest.to_vec()).filter(is_good(now));
        let Some(model) = find.one(&self.writer).await? else {
            return Ok(None);
        };
        Ok(Some(Invitation { actor: actor(&model.owner_kind, model.owner_id)? }))
    }

    /// Uses an invitation up; of two who try at once, one succeeds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn use_invitation(&self, token_digest: &[u8; 32], now: DateTime<Utc>) -> Result<bool, StoreError> {
        let used = invitation::Entity::update_many()
            .col_expr(invitation::Column::UsedAt, Expr::value(now.timestamp_micros()))
            .filter(invitation::Column::TokenDigest.eq(token_digest.to_vec()))
            .filter(is_good(now))
            .exec(&self.writer)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Replaces the recovery codes of a member of staff by new digests. What was begun with an earlier one does not end.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn replace_recovery_codes(&self, staff: StaffId, digests: &[[u8; 32]]) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        recovery_code::Entity::delete_many().filter(recovery_code::Column::StaffId.eq(staff.0)).exec(&txn).await?;
        let rows = digests.iter().map(|digest| recovery_code::ActiveModel {
            digest: Set(digest.to_vec()),
            staff_id: Set(staff.0),
            used_at: Set(None),
        });
        recovery_code::Entity::insert_many(rows.collect::<Vec<_>>()).exec_without_returning(&txn).await?;
        ceremony::Entity::delete_many()
            .filter(ceremony::Column::Kind.eq(CeremonyKind::Recover.name()))
            .filter(ceremony::Column::OwnerId.eq(staff.0))
            .exec(&txn)
            .await?;
        Ok(txn.commit().await?)
    }

    /// Uses a recovery code up; of two who try at once, one succeeds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn use_recovery_code(&self, staff: StaffId, digest: &[u8; 32], now: DateTime<Utc>) -> Result<bool, StoreError> {
        let used = recovery_code::Entity::update_many()
            .col_expr(recovery_code::Column::UsedAt, Expr::value(now.timestamp_micros()))
            .filter(recovery_code::Column::Digest.eq(digest.to_vec()))
            .filter(recovery_code::Column::StaffId.eq(staff.0))
            .filter(recovery_code::Column::UsedAt.is_null())
            .exec(&self.writer)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// How many recovery codes are unused.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recovery_codes_left(&self, staff: StaffId) -> Result<u32, StoreError> {
        let left = recovery_code::Entity::find()
            .filter(recovery_code::Column::StaffId.eq(staff.0))
            .filter(recovery_code::Column::UsedAt.is_null())
            .count(&self.reader)
            .await?;
        Ok(u32::try_from(left).unwrap_or(u32::MAX))
    }
}
