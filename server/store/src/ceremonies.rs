//! Ceremonies between their two requests: kept by the server, single use, short-lived.
//!
//! The rule: of a one-time code the row stays for an hour after its end where wrong codes were tried, so that those of one person
//! count over all their requests and on every server.

use crate::{
    db::Db,
    error::StoreError,
    rows::ceremony,
    sessions::{actor, kind},
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::ids::{CeremonyId, SessionId};
use guard::Actor;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr};

/// What a ceremony is for; one begun for one purpose does not end another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CeremonyKind {
    /// Registration by an enrolment link.
    Enrol,
    /// Registration by a recovery code.
    Recover,
    /// Another passkey of a person who is signed in.
    AddPasskey,
    /// Sign-in with a login name.
    SignIn,
    /// Sign-in with a discoverable passkey.
    Discover,
    /// Presence proved again.
    StepUp,
    /// One field to be opened.
    Reveal,
    /// The report of an audit to be signed.
    Audit,
    /// A one-time code to a guardian.
    Code,
    /// A password of a person who is signed in, and their authenticator app.
    Password,
}

impl CeremonyKind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Enrol => "enrol",
            Self::Recover => "recover",
            Self::AddPasskey => "add_passkey",
            Self::SignIn => "sign_in",
            Self::Discover => "discover",
            Self::StepUp => "step_up",
            Self::Reveal => "reveal",
            Self::Audit => "audit",
            Self::Code => "code",
            Self::Password => "password",
        }
    }
}

/// A ceremony.
#[derive(Debug, Clone)]
pub struct CeremonyState {
    /// The ceremony.
    pub id: CeremonyId,
    /// What for.
    pub kind: CeremonyKind,
    /// For whom, where that is known at the beginning.
    pub actor: Option<Actor>,
    /// In which session, where there is one.
    pub session: Option<SessionId>,
    /// The relying party's state, as JSON.
    pub state: String,
    /// When it lapses.
    pub expires_at: DateTime<Utc>,
}

/// For how long wrong one-time codes count after the end of their ceremony.
const REMEMBERED: TimeDelta = TimeDelta::minutes(50);

/// A one-time code that was asked for.
#[derive(Debug, Clone)]
pub struct Tried {
    /// What its ceremony keeps.
    pub state: String,
    /// When it lapses, or lapsed.
    pub expires_at: DateTime<Utc>,
    /// How many wrong codes were tried, and the one that is being tried.
    pub attempts: i32,
}

impl Db {
    /// Keeps a ceremony, and forgets those that have lapsed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begin_ceremony(&self, new: CeremonyState, now: DateTime<Utc>) -> Result<(), StoreError> {
        let counts_no_more = Condition::any()
            .add(ceremony::Column::Kind.ne(CeremonyKind::Code.name()))
            .add(ceremony::Column::OwnerId.is_null())
            .add(ceremony::Column::Attempts.eq(0))
            .add(ceremony::Column::ExpiresAt.lte((now - REMEMBERED).timestamp_micros()));
        ceremony::Entity::delete_many()
            .filter(ceremony::Column::ExpiresAt.lte(now.timestamp_micros()))
            .filter(counts_no_more)
            .exec(&self.writer)
            .await?;
        let CeremonyState { id, kind: what, actor, session, state, expires_at } = new;
        let model = ceremony::ActiveModel {
            id: Set(id.0),
            kind: Set(what.name().to_owned()),
            owner_kind: Set(actor.map(|actor| kind(actor).to_owned())),
            owner_id: Set(actor.map(Actor::uuid)),
            session_id: Set(session.map(|session| session.0)),
            attempts: Set(0),
            state: Set(state),
            expires_at: Set(expires_at.timestamp_micros()),
        };
        ceremony::Entity::insert(model).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// Says for whom a ceremony is, and what it keeps, where that was not known at its beginning.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn name_ceremony(&self, id: CeremonyId, actor: Actor, state: String) -> Result<(), StoreError> {
        ceremony::Entity::update_many()
            .col_expr(ceremony::Column::State, Expr::value(state))
            .col_expr(ceremony::Column::OwnerKind, Expr::value(kind(actor)))
            .col_expr(ceremony::Column::OwnerId, Expr::value(actor.uuid()))
            .filter(ceremony::Column::Id.eq(id.0))
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// Takes a ceremony out: whoever deletes the row has it, so it is used once, by one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_ceremony(&self, id: CeremonyId, kind: CeremonyKind, now: DateTime<Utc>) -> Result<Option<CeremonyState>, StoreError> {
        let Some(model) = ceremony::Entity::find_by_id(id.0).filter(ceremony::Column::Kind.eq(kind.name())).one(&self.writer).await? else {
            return Ok(None);
        };
        let taken = ceremony::Entity::delete_by_id(id.0).exec(&self.writer).await?;
        if taken.rows_affected != 1 || model.expires_at <= now.timestamp_micros() {
            return Ok(None);
        }
        state(kind, model).map(Some)
    }

    /// The one-time codes that were asked for of a person within about an hour, the last first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tried_codes(&self, actor: Actor) -> Result<Vec<Tried>, StoreError> {
        let rows = ceremony::Entity::find()
            .filter(ceremony::Column::Kind.eq(CeremonyKind::Code.name()))
            .filter(ceremony::Column::OwnerId.eq(actor.uuid()))
            .order_by_desc(ceremony::Column::ExpiresAt)
            .all(&self.writer)
            .await?;
        let tried =
            |row: ceremony::Model| Tried { state: row.state, expires_at: crate::load::time(row.expires_at), attempts: row.attempts };
        Ok(rows.into_iter().map(tried).collect())
    }

    /// Spends a one-time code, and with it whatever else a person asked for; of two who do so at once, one succeeds.
    ///
    /// # Errors
    /// [`StoreError`]; then it is not spent.
    pub async fn spend_code(&self, id: CeremonyId, actor: Actor, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let living = || {
            ceremony::Entity::update_many()
                .col_expr(ceremony::Column::ExpiresAt, Expr::value(now.timestamp_micros()))
                .filter(ceremony::Column::Kind.eq(CeremonyKind::Code.name()))
                .filter(ceremony::Column::OwnerId.eq(actor.uuid()))
                .filter(ceremony::Column::ExpiresAt.gt(now.timestamp_micros()))
        };
        // The right one was no guess.
        let guessed = Expr::col(ceremony::Column::Attempts).sub(1);
        let spent = living().col_expr(ceremony::Column::Attempts, guessed).filter(ceremony::Column::Id.eq(id.0)).exec(&txn).await?;
        if spent.rows_affected != 1 {
            return Ok(false);
        }
        living().exec(&txn).await?;
        txn.commit().await?;
        Ok(true)
    }

    /// Counts an attempt at a one-time code; a ceremony with too many attempts is gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn attempt_ceremony(
        &self,
        id: CeremonyId,
        kind: CeremonyKind,
        most: i32,
        now: DateTime<Utc>,
    ) -> Result<Option<CeremonyState>, StoreError> {
        let counted = ceremony::Entity::update_many()
            .col_expr(ceremony::Column::Attempts, Expr::col(ceremony::Column::Attempts).add(1))
            .filter(ceremony::Column::Id.eq(id.0))
            .filter(ceremony::Column::Kind.eq(kind.name()))
            .filter(ceremony::Column::Attempts.lt(most))
            .filter(ceremony::Column::ExpiresAt.gt(now.timestamp_micros()))
            .exec(&self.writer)
            .await?;
        if counted.rows_affected != 1 {
            return Ok(None);
        }
        ceremony::Entity::find_by_id(id.0).one(&self.writer).await?.map(|model| state(kind, model)).transpose()
    }
}

fn state(kind: CeremonyKind, model: ceremony::Model) -> Result<CeremonyState, StoreError> {
    let actor = match (model.owner_kind, model.owner_id) {
        (Some(kind), Some(id)) => Some(actor(&kind, id)?),
        _ => None,
    };
    Ok(CeremonyState {
        id: CeremonyId(model.id),
        kind,
        actor,
        session: model.session_id.map(SessionId),
        state: model.state,
        expires_at: crate::load::time(model.expires_at),
    })
}
