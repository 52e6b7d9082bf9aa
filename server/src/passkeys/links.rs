//! One-time links: 256 random bits in the fragment of a URL, which no server and no log sees. Only a digest is kept.

use crate::{
    http::{
        ApiError,
        session::{digest, token},
    },
    state::App,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{error::ErrorCode, wire::sign_in::LinkMade};
use guard::Actor;

/// An enrolment link is good for fifteen minutes; a guardian's invitation, which still asks for a code, for three days.
const fn valid_for(actor: Actor) -> TimeDelta {
    match actor {
        Actor::Staff(_) => TimeDelta::minutes(15),
        Actor::Guardian(_) => TimeDelta::days(3),
    }
}

/// Makes a link for a person.
pub(crate) async fn make(app: &App, actor: Actor, now: DateTime<Utc>) -> Result<LinkMade, ApiError> {
    let token = token();
    let expires_at = now + valid_for(actor);
    app.db.invite(digest(&token), actor, expires_at).await?;
    let (page, staff) = match actor {
        Actor::Staff(id) => ("enrol", Some(id)),
        Actor::Guardian(_) => ("invitation", None),
    };
    let mut url = app.origin.clone();
    url.set_path(page);
    url.set_fragment(Some(&token));
    let qr = qrcode::QrCode::new(url.as_str()).map_err(|_| ErrorCode::Internal)?;
    let qr = qr.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build();
    Ok(LinkMade { url: url.into(), qr, expires_at, staff })
}
