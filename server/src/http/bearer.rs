//! From a token of a program to a viewer, on the few routes that a program may call.
//!
//! The rule: a route is open to a program when its handler takes a [`Reader`] and the ledger of routes names it; everywhere else a
//! token is nothing, and a request with a cookie and a token is none. Owner, role and policy are read again at each request. What was
//! sent is never quoted, kept or logged. Deliberately absent: a token in an address or a body, and a token that proves presence.

use super::{
    Address, ApiError, Here, OfStaff,
    address::whence,
    session::{digest, slow_down},
};
use crate::{clock, ledger::BY_TOKEN, limits::Act, state::Shared};
use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::{HeaderMap, Method, header, request::Parts},
};
use chrono::TimeDelta;
use contract::{error::ErrorCode, ids::SessionId, wire::ledger::Action};
use guard::{Admission, Entry, Viewer, token::Inadmissible, trail::By};

/// Somebody who reads: a signed-in member of staff, or a program in their name.
pub(crate) struct Reader {
    pub(crate) viewer: Viewer,
}

impl FromRequestParts<Shared> for Reader {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, ApiError> {
        if !bears(&parts.headers) {
            let OfStaff { viewer } = OfStaff::from_request_parts(parts, app).await?;
            return Ok(Self { viewer });
        }
        let Ok(Address(address)) = Address::from_request_parts(parts, app).await;
        app.limits.pass(Act::Token, &address)?;
        let not_signed_in = || ApiError::new(ErrorCode::NotSignedIn);
        let path = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
        if parts.headers.contains_key(header::COOKIE) || parts.method != Method::GET || !BY_TOKEN.contains(&path) {
            return Err(not_signed_in());
        }
        let now = clock::now();
        let sent = token(&parts.headers).ok_or_else(not_signed_in)?;
        let (bearer, person, policy) = app.db.bearer(&digest(sent)).await?.ok_or_else(not_signed_in)?;
        app.limits.pass(Act::Token, &bearer.id.to_string())?;
        app.with_policy(policy).await?;
        let whence = whence(parts);
        let roles = match bearer.admits(person.roles, person.least, now, whence) {
            Ok(roles) => roles,
            Err(Inadmissible::Over) => return Err(not_signed_in()),
            // Whoever has it where it does not belong has it from somebody.
            Err(Inadmissible::Elsewhere) => {
                let by = By { token: Some(bearer.id), ..By::person(person.actor, person.name, person.roles) };
                app.gate.record(Entry::event(now, by, Action::Refused)).await?;
                return Err(not_signed_in());
            }
        };
        let Ok(Here(here)) = Here::from_request_parts(parts, app).await;
        if bearer.used_at.is_none_or(|at| at + TimeDelta::minutes(1) <= now) {
            app.db.touch_token(bearer.id, now, here).await?;
        }
        #[expect(clippy::disallowed_methods, reason = "the session extractor for programs")]
        let viewer = Viewer::admit(Admission {
            actor: person.actor,
            roles,
            name: person.name,
            campuses: person.campuses,
            session: SessionId(bearer.id.0),
            stepped_up_at: None,
            now,
            whence,
        })
        .by_program(bearer.id);
        if person.slowed_until.is_some_and(|until| until > now) {
            slow_down(app, &viewer, parts).await?;
        }
        Ok(Self { viewer })
    }
}

/// Whether a request comes with a token, or what is meant as one. Other schemes are those of a proxy before the server.
pub(super) fn bears(headers: &HeaderMap) -> bool {
    headers.get_all(header::AUTHORIZATION).iter().any(|value| bearer(value.as_bytes()).is_some())
}

/// What follows the name of the scheme, which is written in any case (RFC 9110, 11.1).
fn bearer(value: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = value.split_at_checked(6)?;
    (scheme.eq_ignore_ascii_case(b"bearer") && rest.first().is_none_or(|byte| *byte == b' ')).then(|| rest.trim_ascii())
}

/// The one token of a request.
fn token(headers: &HeaderMap) -> Option<&str> {
    let mut sent = headers.get_all(header::AUTHORIZATION).iter();
    let token = bearer(sent.next()?.as_bytes())?;
    let alone = sent.next().is_none();
    std::str::from_utf8(token).ok().filter(|_| alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (header::AUTHORIZATION, value.parse().unwrap())).collect()
    }

    #[test]
    fn a_token_is_the_one_that_follows_the_scheme() {
        for value in ["Bearer shendu_x", "bearer shendu_x", "BEARER  shendu_x "] {
            assert_eq!(token(&with(&[value])), Some("shendu_x"), "{value}");
        }
        assert!(token(&with(&["Bearer shendu_x", "Bearer shendu_y"])).is_none(), "two");
        assert!(bears(&with(&["Bearer"])) && bears(&with(&["Basic eDp5", "Bearer x"])));
        for other in ["Basic eDp5", "Bearerx y", "shendu_x", ""] {
            assert!(!bears(&with(&[other])) && token(&with(&[other])).is_none(), "{other}");
        }
    }
}
