//! Tokens for programs: asking, deciding, making the secret, ending. How one is used is in `http::bearer`.
//!
//! The rule: whoever asks, confirms or makes the secret proves presence a moment before; the secret leaves once, and only its digest
//! stays. Deliberately absent: a second look at a secret; one that was lost is ended, and another is asked for.

use crate::{
    http::{
        ApiError, Body, Id, Made, OfStaff, Reply, SignedIn,
        session::{digest, token},
    },
    limits::Act,
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::{ErrorCode, ValueError},
    ids::TokenId,
    rights::Duty,
    wire::tokens::{NewToken, PREFIX, TokenDecision, TokenSecret, Tokens},
};
use guard::{Disclosed, Refused, Viewer, records::TokenRecord};
use store::Written;

impl App {
    async fn tokens(&self, viewer: &Viewer) -> Result<Disclosed<Tokens>, ApiError> {
        let found = self.db.tokens(self.gate.tokens_of(viewer), viewer.now()).await?;
        Ok(self.gate.tokens(viewer, &found)?)
    }

    async fn token(&self, viewer: &Viewer, id: TokenId) -> Result<TokenRecord, ApiError> {
        match self.db.token(id).await? {
            Some(record) => Ok(record),
            None => Err(self.gate.refuse(viewer, None, Refused::NotFound).await.into()),
        }
    }

    /// A step, or the refusal, which is written down where it is one of somebody who looks around.
    async fn stepped<T>(&self, viewer: &Viewer, step: Result<T, Refused>) -> Result<T, ApiError> {
        match step {
            Err(refused @ (Refused::NotFound | Refused::Forbidden)) => Err(self.gate.refuse(viewer, None, refused).await.into()),
            step => Ok(step?),
        }
    }
}

/// The tokens that concern the viewer: their own; everybody's for whoever approves or keeps the staff.
#[utoipa::path(get, path = "/api/tokens", responses((status = 200, body = Tokens)))]
pub(crate) async fn list(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Tokens>, ApiError> {
    Ok(Reply(app.tokens(&viewer).await?))
}

/// Asks for a token by one of one's own roles. Whoever has five already ends one first.
#[utoipa::path(post, path = "/api/tokens", request_body = NewToken, responses((status = 201, body = Tokens)))]
pub(crate) async fn ask(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<NewToken>,
) -> Result<Made<Tokens>, ApiError> {
    app.limits.pass(Act::Ask, &viewer.actor().uuid().to_string())?;
    let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
    let ask = app.stepped(&viewer, app.gate.ask_token(fresh, &wish)).await?;
    match app.db.ask_token(&app.trail, ask).await? {
        Written::Stored => Ok(Made(app.tokens(&viewer).await?)),
        // One that is over makes room.
        Written::Conflict => Err(ApiError::field("tokens", ValueError::TooLong)),
    }
}

/// Confirms or refuses somebody else's.
#[utoipa::path(post, path = "/api/tokens/{id}/decision", params(("id" = TokenId, Path)), request_body = TokenDecision,
    responses((status = 200, body = Tokens)))]
pub(crate) async fn decide(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<TokenId>,
    Body(wish): Body<TokenDecision>,
) -> Result<Reply<Tokens>, ApiError> {
    app.keeps(&viewer, Duty::Approve).await?;
    let record = app.token(&viewer, id).await?;
    let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
    let write = app.stepped(&viewer, app.gate.decide_token(fresh, &record, wish)).await?;
    match app.db.step_token(&app.trail, write, None).await? {
        Written::Stored => Ok(Reply(app.tokens(&viewer).await?)),
        Written::Conflict => Err(ErrorCode::Lapsed.into()),
    }
}

/// Makes the secret of one's own that was confirmed. It is shown in this answer and never again.
#[utoipa::path(post, path = "/api/tokens/{id}/secrets", params(("id" = TokenId, Path)), responses((status = 201, body = TokenSecret)))]
pub(crate) async fn make(
    State(app): State<Shared>,
    SignedIn { viewer, session, .. }: SignedIn,
    Id(id): Id<TokenId>,
) -> Result<Made<TokenSecret>, ApiError> {
    let record = app.token(&viewer, id).await?;
    let fresh = viewer.fresh().ok_or(ErrorCode::StepUpRequired)?;
    let write = app.stepped(&viewer, app.gate.make_token(fresh, &record, Some(session.credential))).await?;
    let secret = format!("{PREFIX}{}", token());
    match app.db.step_token(&app.trail, write, Some(digest(&secret))).await? {
        Written::Stored => Ok(Made(Disclosed::plain(TokenSecret { secret, until: record.until }))),
        Written::Conflict => Err(ErrorCode::Lapsed.into()),
    }
}

/// Ends one's own, or for whoever approves or keeps the staff anybody's. It takes a right away: no passkey is asked for.
#[utoipa::path(delete, path = "/api/tokens/{id}", params(("id" = TokenId, Path)), responses((status = 200, body = Tokens)))]
pub(crate) async fn end(State(app): State<Shared>, OfStaff { viewer }: OfStaff, Id(id): Id<TokenId>) -> Result<Reply<Tokens>, ApiError> {
    let record = app.token(&viewer, id).await?;
    let write = app.stepped(&viewer, app.gate.end_token(&viewer, &record)).await?;
    match app.db.step_token(&app.trail, write, None).await? {
        Written::Stored => Ok(Reply(app.tokens(&viewer).await?)),
        Written::Conflict => Err(ErrorCode::Lapsed.into()),
    }
}
