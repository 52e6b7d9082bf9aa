//! Sessions as rows: the digest of a 256-bit token, idle and absolute limits, list, end.
//!
//! The rule: the limits are read with the person, so that one that was lowered holds at once. Nobody who may not come in any more
//! has a session opened, however long ago it was asked whether they may.

use crate::{
    db::Db,
    devices,
    error::StoreError,
    known::Admitted,
    load::time,
    passwords::credential,
    people::{self, Person},
    rows::{policy, session, staff},
    source::{Source, read},
    staff::{commit, end_sessions},
    trail::TrailStore,
};
use chrono::{DateTime, Utc};
use contract::{credential::Credential, ids::SessionId};
use guard::{Actor, Country, Entry, Location, lasting::is_ahead};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, sea_query::Expr};
use uuid::Uuid;

/// A session to be opened.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// The session.
    pub id: SessionId,
    /// SHA-256 of the token in the cookie.
    pub token_digest: [u8; 32],
    /// Whose.
    pub actor: Actor,
    /// The browser, shortened.
    pub device: String,
    /// Now.
    pub at: DateTime<Utc>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
    /// When presence was proved with a passkey, where it was.
    pub stepped_up_at: Option<DateTime<Utc>>,
    /// Where it is opened, where that is known.
    pub location: Option<Location>,
    /// With what it is opened.
    pub credential: Credential,
}

/// A session with the person as they are at this moment.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// The session.
    pub id: SessionId,
    /// The browser.
    pub device: String,
    /// Opened.
    pub created_at: DateTime<Utc>,
    /// Last used.
    pub seen_at: DateTime<Utc>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
    /// When presence was last proved with a passkey.
    pub stepped_up_at: Option<DateTime<Utc>>,
    /// Where it was opened, where that was known.
    pub location: Option<Location>,
    /// The strongest that it was opened or proved with; where nothing is said, a one-time code.
    pub credential: Credential,
}

/// A session that ended for its network.
#[derive(Debug, Clone)]
pub struct Away {
    /// The session.
    pub id: SessionId,
    /// Whose.
    pub actor: Actor,
    /// The browser.
    pub device: String,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// Where it was seen by then.
    pub moved_to: Location,
}

impl SessionRow {
    /// When it ends at the latest, as the limits of its person are now.
    #[must_use]
    pub fn latest(&self, person: &Person) -> DateTime<Utc> {
        self.expires_at.min(self.created_at + person.whole)
    }
    /// Whether it lives: neither over nor unused for too long.
    #[must_use]
    pub fn is_live(&self, person: &Person, now: DateTime<Utc>) -> bool {
        let ahead = is_ahead(self.created_at, now) || is_ahead(self.seen_at, now);
        !ahead && now < self.latest(person) && now < self.seen_at + person.idle
    }
}

pub(crate) const fn kind(actor: Actor) -> &'static str {
    match actor {
        Actor::Staff(_) => "staff",
        Actor::Guardian(_) => "guardian",
    }
}

pub(crate) fn actor(kind: &str, id: Uuid) -> Result<Actor, StoreError> {
    match kind {
        "staff" => Ok(Actor::Staff(contract::ids::StaffId(id))),
        "guardian" => Ok(Actor::Guardian(contract::ids::GuardianId(id))),
        _ => Err(StoreError::Malformed),
    }
}

fn row(model: session::Model) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        id: SessionId(model.id),
        device: model.device,
        created_at: time(model.created_at),
        seen_at: time(model.seen_at),
        expires_at: time(model.expires_at),
        stepped_up_at: model.stepped_up_at.map(time),
        location: model.location.as_deref().map(place).transpose()?,
        credential: model.credential.as_deref().map_or(Ok(Credential::Any), credential)?,
    })
}

fn place(text: &str) -> Result<Location, StoreError> {
    text.parse().map_err(|_| StoreError::Malformed)
}

impl Db {
    /// Opens a session; says whether it did, which it does not for a member of staff who is suspended or has left.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_session(&self, new: NewSession) -> Result<bool, StoreError> {
        self.open(new, false).await
    }

    /// The same, and in the same transaction ends what else a member of staff has open, tokens included.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing has ended.
    pub async fn open_sole_session(&self, new: NewSession) -> Result<bool, StoreError> {
        self.open(new, true).await
    }

    async fn open(&self, new: NewSession, sole: bool) -> Result<bool, StoreError> {
        let NewSession { id, token_digest, actor, device, at, expires_at, stepped_up_at, location, credential } = new;
        let model = session::ActiveModel {
            id: Set(id.0),
            token_digest: Set(token_digest.to_vec()),
            owner_kind: Set(kind(actor).to_owned()),
            owner_id: Set(actor.uuid()),
            device: Set(device),
            created_at: Set(at.timestamp_micros()),
            seen_at: Set(at.timestamp_micros()),
            expires_at: Set(expires_at.timestamp_micros()),
            stepped_up_at: Set(stepped_up_at.map(|at| at.timestamp_micros())),
            ended_at: Set(None),
            location: Set(location.map(String::from)),
            credential: Set(Some(credential.name().to_owned())),
            moved_to: Set(None),
        };
        let txn = self.begin().await?;
        if let Actor::Staff(person) = actor {
            // Locked: a suspension either comes first, or finds this session and ends it.
            let active = staff::Entity::find_by_id(person.0).filter(staff::Column::Active.eq(true)).lock_shared().one(&txn).await?;
            if active.is_none() {
                return Ok(false);
            }
            if sole {
                end_sessions(&txn, person, at).await?;
            }
        }
        session::Entity::insert(model).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(true)
    }

    /// Whether a person has signed in before; sessions that have ended count.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn has_signed_in(&self, actor: Actor) -> Result<bool, StoreError> {
        let find = session::Entity::find().select_only().column(session::Column::Id).filter(session::Column::OwnerId.eq(actor.uuid()));
        let found: Option<Uuid> = find.into_tuple().one(&self.writer).await?;
        Ok(found.is_some())
    }

    /// Whether a person signed in before a moment from somewhere known, but never from this country; sessions that have ended count.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_new_country(&self, actor: Actor, country: Country, before: DateTime<Utc>) -> Result<bool, StoreError> {
        let known: Vec<String> = session::Entity::find()
            .select_only()
            .column(session::Column::Location)
            .distinct()
            .filter(session::Column::OwnerId.eq(actor.uuid()))
            .filter(session::Column::Location.is_not_null())
            .filter(session::Column::CreatedAt.lt(before.timestamp_micros()))
            .into_tuple()
            .all(&self.reader)
            .await?;
        let known = known.iter().map(|text| place(text)).collect::<Result<Vec<_>, _>>()?;
        Ok(!known.is_empty() && known.iter().all(|location| location.country != country))
    }

    /// The open session of a token, its person as they are now, and the version of the policy in force.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn session(&self, token_digest: &[u8; 32]) -> Result<Option<(SessionRow, Person, i64)>, StoreError> {
        let digest = *token_digest;
        read!(self, read_here, |source| admitted(source, digest))
    }

    /// The same of a session by its id, for whoever asks again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn session_again(&self, id: SessionId) -> Result<Option<(SessionRow, Person, i64)>, StoreError> {
        read!(self, |source| open(source, session::Entity::find_by_id(id.0)))
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn touch_session(&self, id: SessionId, at: DateTime<Utc>) -> Result<(), StoreError> {
        session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(at.timestamp_micros()))
            .filter(session::Column::Id.eq(id.0))
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// Gives a session a new token, with presence proved: the old token no longer counts. `credential` is the strongest that
    /// the session has seen by now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn renew_session(
        &self,
        id: SessionId,
        token_digest: [u8; 32],
        credential: Credential,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        session::Entity::update_many()
            .col_expr(session::Column::Credential, Expr::value(credential.name()))
            .col_expr(session::Column::TokenDigest, Expr::value(token_digest.to_vec()))
            .col_expr(session::Column::SteppedUpAt, Expr::value(at.timestamp_micros()))
            .filter(session::Column::Id.eq(id.0))
            .filter(session::Column::EndedAt.is_null())
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// The open sessions of a person, the last used first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sessions_of(&self, actor: Actor, now: DateTime<Utc>) -> Result<Vec<SessionRow>, StoreError> {
        let rows = session::Entity::find()
            .filter(session::Column::OwnerId.eq(actor.uuid()))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(now.timestamp_micros()))
            .order_by_desc(session::Column::SeenAt)
            .all(&self.reader)
            .await?;
        rows.into_iter().map(row).collect()
    }

    /// Ends a session of a person; says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn end_session(&self, actor: Actor, id: SessionId, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let ended = session::Entity::update_many()
            .col_expr(session::Column::EndedAt, Expr::value(at.timestamp_micros()))
            .filter(session::Column::Id.eq(id.0))
            .filter(session::Column::OwnerId.eq(actor.uuid()))
            .filter(session::Column::EndedAt.is_null())
            .exec(&self.writer)
            .await?;
        Ok(ended.rows_affected > 0)
    }

    /// The open sessions of a person beyond `most`, those that were used longest ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn surplus_sessions(&self, actor: Actor, most: usize, at: DateTime<Utc>) -> Result<Vec<SessionId>, StoreError> {
        let open: Vec<Uuid> = session::Entity::find()
            .select_only()
            .column(session::Column::Id)
            .filter(session::Column::OwnerId.eq(actor.uuid()))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(at.timestamp_micros()))
            .order_by_desc(session::Column::SeenAt)
            .order_by_desc(session::Column::CreatedAt)
            .into_tuple()
            .all(&self.writer)
            .await?;
        Ok(open.into_iter().skip(most).map(SessionId).collect())
    }

    /// Ends a session of a person together with its entry; says whether there was one. Of two who end it at once, one does, and the
    /// other writes nothing.
    ///
    /// # Errors
    /// [`StoreError`]; then it is still open.
    pub async fn end_session_with(&self, trail: &TrailStore, actor: Actor, id: SessionId, entry: &Entry) -> Result<bool, StoreError> {
        self.end_seen(trail, actor, id, entry, None).await
    }

    /// The same of one whose cookie came from another network, and where that is: so is the answer that takes the cookie away.
    ///
    /// # Errors
    /// [`StoreError`]; then it is still open.
    pub async fn end_session_away(
        &self,
        trail: &TrailStore,
        actor: Actor,
        id: SessionId,
        entry: &Entry,
        to: Location,
    ) -> Result<bool, StoreError> {
        self.end_seen(trail, actor, id, entry, Some(to)).await
    }

    async fn end_seen(
        &self,
        trail: &TrailStore,
        actor: Actor,
        id: SessionId,
        entry: &Entry,
        moved_to: Option<Location>,
    ) -> Result<bool, StoreError> {
        let txn = self.begin().await?;
        let ended = session::Entity::update_many()
            .col_expr(session::Column::EndedAt, Expr::value(entry.at().timestamp_micros()))
            .col_expr(session::Column::MovedTo, Expr::value(moved_to.map(String::from)))
            .filter(session::Column::Id.eq(id.0))
            .filter(session::Column::OwnerId.eq(actor.uuid()))
            .filter(session::Column::EndedAt.is_null())
            .exec(&txn)
            .await?;
        if ended.rows_affected != 1 {
            return Ok(false);
        }
        commit(txn, trail, &[entry]).await?;
        Ok(true)
    }

    /// The session of a token that ended for its network, until its last hour is over or it was told that two hold the token.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn session_away(&self, token_digest: &[u8; 32], now: DateTime<Utc>) -> Result<Option<Away>, StoreError> {
        let find = by_token(*token_digest)
            .filter(session::Column::MovedTo.is_not_null())
            .filter(session::Column::ExpiresAt.gt(now.timestamp_micros()));
        let Some(model) = find.one(&self.reader).await? else {
            return Ok(None);
        };
        let (Some(ended_at), Some(moved_to)) = (model.ended_at, model.moved_to) else {
            return Ok(None);
        };
        let owner = actor(&model.owner_kind, model.owner_id)?;
        let (id, device) = (SessionId(model.id), model.device);
        Ok(Some(Away { id, actor: owner, device, ended_at: time(ended_at), moved_to: place(&moved_to)? }))
    }

    /// Writes down, once, that the token of a session that ended for its network is in two places.
    ///
    /// # Errors
    /// [`StoreError`]; then it is not written down.
    pub async fn tell_of_two(&self, trail: &TrailStore, id: SessionId, entry: &Entry) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        let told = session::Entity::update_many()
            .col_expr(session::Column::MovedTo, Expr::value(None::<String>))
            .filter(session::Column::Id.eq(id.0))
            .filter(session::Column::MovedTo.is_not_null())
            .exec(&txn)
            .await?;
        if told.rows_affected != 1 {
            return Ok(());
        }
        commit(txn, trail, &[entry]).await
    }

    /// Ends every session of a person but one, and forgets every device of theirs but the one that this is.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was ended.
    pub async fn end_other_sessions(
        &self,
        actor: Actor,
        keep: SessionId,
        device: Option<&[u8; 32]>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        session::Entity::update_many()
            .col_expr(session::Column::EndedAt, Expr::value(at.timestamp_micros()))
            .filter(session::Column::OwnerId.eq(actor.uuid()))
            .filter(session::Column::Id.ne(keep.0))
            .filter(session::Column::EndedAt.is_null())
            .exec(&txn)
            .await?;
        devices::forget_in(&txn, actor, device).await?;
        Ok(txn.commit().await?)
    }
}

async fn admitted(source: &impl Source, token_digest: [u8; 32]) -> Result<Option<Admitted>, StoreError> {
    let Some(admissions) = source.admissions()? else {
        return open(source, by_token(token_digest)).await;
    };
    if let Some(admitted) = admissions.get(&token_digest) {
        return Ok(Some(admitted));
    }
    let found = open(source, by_token(token_digest)).await?;
    if let Some(admitted) = &found {
        admissions.keep(token_digest, admitted);
    }
    Ok(found)
}

fn by_token(digest: [u8; 32]) -> Select<session::Entity> {
    session::Entity::find().filter(session::Column::TokenDigest.eq(digest.to_vec()))
}

async fn open(source: &impl Source, which: Select<session::Entity>) -> Result<Option<Admitted>, StoreError> {
    let open = which.filter(session::Column::EndedAt.is_null());
    let Some(model) = source.row::<session::Model>(open.into_query()).await? else {
        return Ok(None);
    };
    let Some(person) = people::person(source, actor(&model.owner_kind, model.owner_id)?).await? else {
        return Ok(None);
    };
    let version = policy::Entity::find().select_only().column_as(policy::Column::Version.max(), "version");
    let version = source.row::<(Option<i64>,)>(version.into_query()).await?.and_then(|(version,)| version).unwrap_or_default();
    Ok(Some((row(model)?, person, version)))
}
