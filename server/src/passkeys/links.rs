//! One-time links: 256 random bits in the fragment of a URL, which no server and no log sees. Only a digest is kept.

use crate::{
    http::{
        ApiError,
        session::{digest, token},
    },
    state::App,
};
use chrono::{DateTime, Utc};
use contract::{error::ErrorCode, wire::sign_in::LinkMade};
use guard::Actor;
use store::{Db, StoreError};
use webauthn_rs::prelude::Url;

/// Keeps an invitation and gives back its link and when it lapses.
pub(crate) async fn invite(db: &Db, mut origin: Url, actor: Actor, now: DateTime<Utc>) -> Result<(Url, DateTime<Utc>), StoreError> {
    let token = token();
    let expires_at = now + store::invited_for(actor);
    db.invite(digest(&token), actor, expires_at).await?;
    origin.set_path(match actor {
        Actor::Staff(_) => "enrol",
        Actor::Guardian(_) => "invitation",
    });
    origin.set_fragment(Some(&token));
    Ok((origin, expires_at))
}

/// Makes a link for a person.
pub(crate) async fn make(app: &App, actor: Actor, now: DateTime<Utc>) -> Result<LinkMade, ApiError> {
    let (url, expires_at) = invite(&app.db, app.origin.clone(), actor, now).await?;
    let staff = match actor {
        Actor::Staff(id) => Some(id),
        Actor::Guardian(_) => None,
    };
    let qr = qrcode::QrCode::new(url.as_str()).map_err(|_| ErrorCode::Internal)?;
    let qr = qr.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build();
    Ok(LinkMade { url: url.into(), qr, expires_at, staff })
}
