//! Tokens for programs: asked, decided, made, ended, and found by the digest of what a program came with.
//!
//! The rule: each step and its trail entry commit together, under the locks of the school and of the trail's head, so that of two who decide
//! or end one at once, one does, and whoever decides it or makes its secret may still do so when it is written. Whoever comes with one is
//! read with their owner as they are at this moment, and the version of the policy, like a session. One of a role that the school gives up
//! ends with the role, or the next role in its place would wake it. Deliberately absent: the secret, the words, which are read from the
//! trail, and a task that ends what is over.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    passwords::credential,
    people::{self, Person},
    rows::{api_token, policy},
    source::{Source, read},
    staff::{lock as lock_school, still_has, still_holds},
    trail::{TrailStore, append_in, lock},
    write::Written,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    condition::{Condition, Network},
    ids::{StaffId, TokenId},
    rights::{CustomRole, Duty, Role},
    wire::tokens::{TOKENS, TokenState},
};
use guard::{
    Actor, Location,
    records::TokenRecord,
    token::{Bearer, TokenAsk, TokenWrite},
    vault::SealedLabel,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::Expr,
};

/// For how long one that is over is listed.
const KEPT: TimeDelta = TimeDelta::days(30);
/// The most of a list.
const LIST: u64 = 100;
/// What waits or lives.
const RUNNING: [TokenState; 3] = [TokenState::Asked, TokenState::Confirmed, TokenState::Living];

/// The state of a row, in which none has lapsed: that is what the clock says.
fn state(name: &str) -> Result<TokenState, StoreError> {
    let mut stored = TokenState::ALL.iter().copied().filter(|state| *state != TokenState::Lapsed);
    stored.find(|state| state.name() == name).ok_or(StoreError::Malformed)
}

fn role(name: &str) -> Result<Role, StoreError> {
    name.parse().map_err(|_| StoreError::Malformed)
}

fn condition(networks: &str) -> Result<Condition, StoreError> {
    let networks: Vec<Network> = serde_json::from_str(networks).map_err(|_| StoreError::Malformed)?;
    Condition::new(None, networks).map_err(|_| StoreError::Malformed)
}

fn running() -> sea_orm::sea_query::SimpleExpr {
    api_token::Column::State.is_in(RUNNING.map(TokenState::name))
}

impl Db {
    /// The tokens that wait or live, and those of thirty days, newest first: of one person, or of all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tokens(&self, of: Option<StaffId>, now: DateTime<Utc>) -> Result<Vec<TokenRecord>, StoreError> {
        let since = (now - KEPT).timestamp_micros();
        let recent = api_token::Column::AskedAt.gt(since).or(api_token::Column::Until.gt(since).and(running()));
        let mut list = api_token::Entity::find().filter(recent).order_by_desc(api_token::Column::AskedAt).limit(LIST);
        if let Some(of) = of {
            list = list.filter(api_token::Column::OwnerId.eq(of.0));
        }
        self.token_records(list.all(&self.reader).await?).await
    }

    /// One token, whatever became of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn token(&self, id: TokenId) -> Result<Option<TokenRecord>, StoreError> {
        let found = api_token::Entity::find_by_id(id.0).one(&self.reader).await?;
        Ok(self.token_records(found.into_iter().collect()).await?.pop())
    }

    /// How many of others than this person wait to be decided.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_tokens(&self, but: StaffId, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let waiting = api_token::Entity::find()
            .filter(api_token::Column::State.eq(TokenState::Asked.name()))
            .filter(api_token::Column::Until.gt(now.timestamp_micros()))
            .filter(api_token::Column::OwnerId.ne(but.0));
        Ok(waiting.count(&self.reader).await?)
    }

    /// Those that live, whoever's they are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn tokens_at(&self, now: DateTime<Utc>) -> Result<Vec<TokenRecord>, StoreError> {
        let living = api_token::Entity::find()
            .filter(api_token::Column::State.eq(TokenState::Living.name()))
            .filter(api_token::Column::Until.gt(now.timestamp_micros()));
        self.token_records(living.all(&self.reader).await?).await
    }

    /// With names, roles and words: two statements, however many; the same for one that is there and for none.
    async fn token_records(&self, rows: Vec<api_token::Model>) -> Result<Vec<TokenRecord>, StoreError> {
        let told = self.requests(rows.iter().map(|row| (row.owner_id, row.decided_by, row.asked_in))).await?;
        let record = |row: api_token::Model| {
            Ok(TokenRecord {
                id: TokenId(row.id),
                by: told.by(row.owner_id),
                name: SealedLabel::stored(row.name),
                role: role(&row.role)?,
                words: told.words(row.asked_in),
                asked_at: time(row.asked_at),
                days: u16::try_from(row.days).map_err(|_| StoreError::Malformed)?,
                condition: condition(&row.networks)?,
                state: state(&row.state)?,
                until: time(row.until),
                decided_by: row.decided_by.map(|id| told.named(id)),
                used_at: row.used_at.map(time),
                used_from: place(row.used_from.as_deref())?,
            })
        };
        rows.into_iter().map(record).collect()
    }

    /// Stores a request, unless the same person has as many as anybody may have, or has lost the role.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was stored.
    pub async fn ask_token(&self, trail: &TrailStore, ask: TokenAsk) -> Result<Written, StoreError> {
        let TokenAsk { id, by, name, role, days, condition, until, entry } = ask;
        let txn = self.begin().await?;
        lock_school(&txn).await?;
        lock(&txn).await?;
        if !still_holds(&txn, by, role).await? {
            return Ok(Written::Conflict);
        }
        let at = entry.at().timestamp_micros();
        let theirs =
            api_token::Entity::find().filter(api_token::Column::OwnerId.eq(by.0)).filter(running()).filter(api_token::Column::Until.gt(at));
        if theirs.count(&txn).await? >= TOKENS as u64 {
            return Ok(Written::Conflict);
        }
        let asked_in = append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let row = api_token::ActiveModel {
            id: Set(id.0),
            owner_id: Set(by.0),
            role: Set(role.name().to_owned()),
            name: Set(name.as_stored().to_vec()),
            days: Set(days.into()),
            networks: Set(serde_json::to_string(condition.networks()).map_err(|_| StoreError::Malformed)?),
            asked_at: Set(at),
            asked_in: Set(asked_in),
            state: Set(TokenState::Asked.name().to_owned()),
            until: Set(until.timestamp_micros()),
            decided_by: Set(None),
            digest: Set(None),
            credential: Set(None),
            used_at: Set(None),
            used_from: Set(None),
        };
        api_token::Entity::insert(row).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// Changes a token that still is in one of the states that the step begins from, if whoever decides it still may and its owner still has
    /// the role; ending asks for neither. `digest` is that of a secret that was just made.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn step_token(&self, trail: &TrailStore, write: TokenWrite, digest: Option<[u8; 32]>) -> Result<Written, StoreError> {
        let TokenWrite { id, from, to, until, decided_by, credential, entry } = write;
        let txn = self.begin().await?;
        lock_school(&txn).await?;
        lock(&txn).await?;
        if !may_step(&txn, id, to, decided_by).await? {
            return Ok(Written::Conflict);
        }
        append_in(&txn, trail.sealer(), &[&entry]).await.map_err(|_| StoreError::TrailDown)?;
        let mut change = api_token::Entity::update_many()
            .col_expr(api_token::Column::State, Expr::value(to.name()))
            .filter(api_token::Column::Id.eq(id.0))
            .filter(api_token::Column::State.is_in(from.iter().map(|state| state.name())))
            .filter(api_token::Column::Until.gt(entry.at().timestamp_micros()));
        if let Some(decider) = decided_by {
            change = change.col_expr(api_token::Column::DecidedBy, Expr::value(decider.0));
        }
        if let Some(until) = until {
            change = change.col_expr(api_token::Column::Until, Expr::value(until.timestamp_micros()));
        }
        if let Some(digest) = digest {
            change = change
                .col_expr(api_token::Column::Digest, Expr::value(digest.to_vec()))
                .col_expr(api_token::Column::Credential, Expr::value(credential.map(|credential| credential.name())));
        }
        if change.exec(&txn).await?.rows_affected != 1 {
            // The entry goes with the transaction.
            return Ok(Written::Conflict);
        }
        txn.commit().await?;
        Ok(Written::Stored)
    }

    /// The token of a digest, its owner as they are now, and the version of the policy in force.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn bearer(&self, digest: &[u8; 32]) -> Result<Option<(Bearer, Person, i64)>, StoreError> {
        let digest = *digest;
        read!(self, |source| found(source, digest))
    }

    /// Notes that a token was used, and from where.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn touch_token(&self, id: TokenId, at: DateTime<Utc>, from: Option<Location>) -> Result<(), StoreError> {
        api_token::Entity::update_many()
            .col_expr(api_token::Column::UsedAt, Expr::value(at.timestamp_micros()))
            .col_expr(api_token::Column::UsedFrom, Expr::value(from.map(String::from)))
            .filter(api_token::Column::Id.eq(id.0))
            .exec(&self.writer)
            .await?;
        Ok(())
    }
}

fn place(text: Option<&str>) -> Result<Option<Location>, StoreError> {
    text.map(|text| text.parse().map_err(|_| StoreError::Malformed)).transpose()
}

async fn found(source: &impl Source, digest: [u8; 32]) -> Result<Option<(Bearer, Person, i64)>, StoreError> {
    let living = api_token::Entity::find()
        .filter(api_token::Column::Digest.eq(digest.to_vec()))
        .filter(api_token::Column::State.eq(TokenState::Living.name()));
    let Some(row) = source.row::<api_token::Model>(living.into_query()).await? else {
        return Ok(None);
    };
    let Some(person) = people::person(source, Actor::Staff(StaffId(row.owner_id))).await? else {
        return Ok(None);
    };
    let version = policy::Entity::find().select_only().column_as(policy::Column::Version.max(), "version");
    let version = source.row::<(Option<i64>,)>(version.into_query()).await?.and_then(|(version,)| version).unwrap_or_default();
    let bearer = Bearer {
        id: TokenId(row.id),
        role: role(&row.role)?,
        state: state(&row.state)?,
        until: time(row.until),
        condition: condition(&row.networks)?,
        credential: row.credential.as_deref().map(credential).transpose()?,
        used_at: row.used_at.map(time),
    };
    Ok(Some((bearer, person, version)))
}

/// Whether a step may still be taken, by the people as they are under the lock of the school.
async fn may_step(txn: &DatabaseTransaction, id: TokenId, to: TokenState, decided_by: Option<StaffId>) -> Result<bool, StoreError> {
    if let Some(decider) = decided_by
        && !still_has(txn, decider, Duty::Approve).await?
    {
        return Ok(false);
    }
    if !matches!(to, TokenState::Confirmed | TokenState::Living) {
        return Ok(true);
    }
    match api_token::Entity::find_by_id(id.0).one(txn).await? {
        Some(row) => still_holds(txn, StaffId(row.owner_id), role(&row.role)?).await,
        None => Ok(false),
    }
}

/// Ends the tokens of the places that have no role any more, whoever has them and whatever they wait for; says which, and whose.
pub(crate) async fn end_tokens_of(txn: &DatabaseTransaction, gone: &[CustomRole]) -> Result<Vec<(TokenId, StaffId)>, StoreError> {
    let of_gone = || running().and(api_token::Column::Role.is_in(gone.iter().map(|role| role.name())));
    let ended = api_token::Entity::find().filter(of_gone()).order_by_asc(api_token::Column::Id).all(txn).await?;
    if !ended.is_empty() {
        api_token::Entity::update_many()
            .col_expr(api_token::Column::State, Expr::value(TokenState::Ended.name()))
            .filter(of_gone())
            .exec(txn)
            .await?;
    }
    Ok(ended.into_iter().map(|row| (TokenId(row.id), StaffId(row.owner_id))).collect())
}

/// Ends every token of a member of staff.
pub(crate) async fn end_tokens(txn: &DatabaseTransaction, of: StaffId) -> Result<(), StoreError> {
    api_token::Entity::update_many()
        .col_expr(api_token::Column::State, Expr::value(TokenState::Ended.name()))
        .filter(api_token::Column::OwnerId.eq(of.0))
        .filter(running())
        .exec(txn)
        .await?;
    Ok(())
}
