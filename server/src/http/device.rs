//! By what a browser is known to whoever signed in with it before: a random value in a cookie of its own.
//!
//! The rule: the value is given when a sign-in succeeds, stays when the session ends, and opens nothing. It says that a sign-in is on
//! no new device, and keeps strangers who guess from spending what its owner may try. What is kept of it is a keyed digest together
//! with the person, so that nobody reads from the database who shares a browser. What looks like none of ours is nobody's.
//! Deliberately absent: anything else by which a browser could be told, and a value that a script can read.

use super::ApiError;
use crate::state::{App, Shared};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use guard::Actor;
use std::convert::Infallible;

/// After its last sign-in a browser shows its value for so many seconds: a year.
const KEPT: u32 = 365 * 86_400;

/// The value that a browser shows; nothing where it shows none.
pub(crate) struct Device(Option<String>);

const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-shendu-device" } else { "shendu-device" }
}

impl Device {
    fn of(headers: &HeaderMap, secure: bool) -> Self {
        let jar = CookieJar::from_headers(headers);
        let shown = jar.get(cookie_name(secure)).map(Cookie::value);
        let ours = |value: &&str| URL_SAFE_NO_PAD.decode(value).is_ok_and(|bytes| bytes.len() == 32);
        Self(shown.filter(ours).map(str::to_owned))
    }
}

impl FromRequestParts<Shared> for Device {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers, app.is_secure()))
    }
}

impl App {
    fn device_digest(&self, actor: Actor, value: &str) -> [u8; 32] {
        self.gate.token_digest("device", &format!("{} {value}", actor.uuid()))
    }

    /// What would be kept of the browser that asks, of this person.
    pub(crate) fn digest_of(&self, actor: Actor, Device(shown): &Device) -> Option<[u8; 32]> {
        shown.as_ref().map(|value| self.device_digest(actor, value))
    }

    /// The same, where this person has signed in with it.
    pub(crate) async fn known_device(&self, actor: Actor, device: &Device) -> Result<Option<[u8; 32]>, ApiError> {
        let Some(digest) = self.digest_of(actor, device) else {
            return Ok(None);
        };
        Ok(self.db.knows_device(actor, &digest).await?.then_some(digest))
    }

    /// The digest of the browser in which this person signs in, and the cookie by which it is known from now on, as it is set: the
    /// value that it showed, which others may be known by as well, or a new one.
    pub(super) fn device_of(&self, actor: Actor, headers: &HeaderMap) -> ([u8; 32], String) {
        let secure = self.is_secure();
        let Device(shown) = Device::of(headers, secure);
        let value = shown.unwrap_or_else(super::session::token);
        let digest = self.device_digest(actor, &value);
        let cookie = Cookie::build((cookie_name(secure), value)).path("/").http_only(true).same_site(SameSite::Lax).secure(secure);
        (digest, format!("{cookie}; Max-Age={KEPT}"))
    }
}
