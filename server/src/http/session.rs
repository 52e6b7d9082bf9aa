//! From a cookie to a viewer. Every request of a signed-in person passes here.
//!
//! The person, the roles and the policy are read again at each request, so that a suspension, a changed role or a changed
//! matrix holds at the next one, and [`App::still`] asks once more for what takes its time. A request that brings a token for
//! programs besides is none of a session. A session belongs to the browser that it was opened in, and to the country; that of a
//! member of staff to the network too. A cookie that comes from elsewhere ends it, and so does a rung that was raised; from another
//! network the answer takes the cookie away, as from a telephone on its way, and whoever shows it after that from yet elsewhere has a
//! copy. Only a guardian who has no passkey yet is let in below the rung, has no role there, and may do one thing: make one.
//! Deliberately absent: anything about the viewer taken from the request itself.

use super::{ApiError, Here, address::whence, bearer::bears};
use crate::{
    clock,
    ledger::{Flow, For, ROUTES, TO_REGISTER},
    state::{App, Shared},
};
use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::{HeaderMap, HeaderName, header, request::Parts},
    response::AppendHeaders,
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    credential::Credential,
    error::ErrorCode,
    ids::SessionId,
    rights::{Duty, RoleSet},
    wire::ledger::Action,
};
use guard::{Actor, Admission, Entry, Location, Viewer, location::Elsewhere, trail::By};
use sha2::{Digest, Sha256};
use store::{NewSession, Person, SessionRow};
use uuid::Uuid;

/// A signed-in person, with the session by which they came.
pub(crate) struct SignedIn {
    pub(crate) viewer: Viewer,
    pub(crate) session: SessionRow,
    /// What is asked of them at least as a credential.
    pub(crate) least: Credential,
    /// Until when what they see of families comes slowly.
    slowed_until: Option<DateTime<Utc>>,
}

/// A session that was just opened.
pub(crate) struct Opened {
    pub(crate) id: SessionId,
    pub(crate) expires_at: DateTime<Utc>,
    cookie: Cookie<'static>,
    device: String,
}

impl Opened {
    /// The cookie of the session, and that of the device.
    pub(crate) fn cookies(&self) -> AppendHeaders<[(HeaderName, String); 2]> {
        AppendHeaders([(header::SET_COOKIE, self.cookie.to_string()), (header::SET_COOKIE, self.device.clone())])
    }
}

/// Why a session ends at a request with its cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// From another browser or country.
    Moved,
    /// From another network.
    Away,
    /// A rung that was raised: whatever opened the session would not let anybody in any more.
    Below,
}

/// For so long requests are on their way that a browser made before it got the answer that took its cookie away.
const ON_THE_WAY: TimeDelta = TimeDelta::minutes(1);

/// How many sessions a person has open at most; one more ends the one that was used longest ago.
const fn most_sessions(actor: Actor) -> usize {
    match actor {
        Actor::Staff(_) => 5,
        Actor::Guardian(_) => 10,
    }
}

/// The name of the cookie; with TLS it is bound to this host by its prefix (RFC 6265bis).
const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-shendu" } else { "shendu" }
}

/// SHA-256 of a token, which is all that is stored of it. Tokens have 256 bits of entropy, so no key is needed.
pub(crate) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A fresh token of 256 random bits.
pub(crate) fn token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

fn cookie(secure: bool, token: String) -> Cookie<'static> {
    Cookie::build((cookie_name(secure), token)).path("/").http_only(true).same_site(SameSite::Lax).secure(secure).build()
}

/// How somebody comes in.
pub(crate) struct Coming<'h> {
    /// With what they ask, which says the browser and shows its cookies.
    pub(crate) headers: &'h HeaderMap,
    /// From where.
    pub(crate) location: Option<Location>,
    /// By what.
    pub(crate) credential: Credential,
    /// Whether whatever else they have open ends: they lost what it was opened with.
    pub(crate) sole: bool,
}

impl App {
    /// Opens a session and gives back the cookies of it and of the device.
    pub(crate) async fn sign_in(&self, person: &Person, coming: Coming<'_>, now: DateTime<Utc>) -> Result<Opened, ApiError> {
        let Coming { headers, location, credential, sole } = coming;
        let actor = person.actor;
        let token = token();
        let id = SessionId(Uuid::new_v4());
        let expires_at = now + person.whole;
        let agent = agent(headers);
        let was_here = self.db.has_signed_in(actor).await?;
        // A passkey is proof of presence; a code is none that a later act could stand on.
        let stepped_up_at = (credential >= Credential::Passkey).then_some(now);
        let (token_digest, device) = (digest(&token), agent.clone());
        let new = NewSession { id, token_digest, actor, device, at: now, expires_at, stepped_up_at, location, credential };
        let opened = if sole { self.db.open_sole_session(new).await? } else { self.db.open_session(new).await? };
        if !opened {
            return Err(ErrorCode::SignInRefused.into());
        }
        // Afterwards, since a session that ends all others forgets their devices.
        let (digest, device) = self.device_of(actor, headers);
        let known = self.db.meet_device(actor, &digest, now).await?;
        if was_here && !known {
            self.tell_of_new_device(actor, &agent, now).await;
        }
        self.end_surplus(actor, now).await?;
        Ok(Opened { id, expires_at, cookie: cookie(self.is_secure(), token), device })
    }

    /// Ends what somebody has open beyond the most that they may, each with an entry that names the session.
    async fn end_surplus(&self, actor: Actor, now: DateTime<Utc>) -> Result<(), ApiError> {
        let surplus = self.db.surplus_sessions(actor, most_sessions(actor), now).await?;
        if surplus.is_empty() {
            return Ok(());
        }
        let person = self.db.person(actor).await?.ok_or(ErrorCode::NotSignedIn)?;
        for id in surplus {
            let by = By { session: Some(id), ..By::person(actor, person.name.clone(), person.roles) };
            self.db.end_session_with(&self.trail, actor, id, &Entry::event(now, by, Action::SessionDisplaced)).await?;
        }
        Ok(())
    }

    /// Notes that presence was proved and gives the session a new token (session fixation; ASVS 7.2.4).
    pub(crate) async fn step_up(&self, session: &SessionRow, with: Credential, now: DateTime<Utc>) -> Result<Cookie<'static>, ApiError> {
        let token = token();
        self.db.renew_session(session.id, digest(&token), session.credential.max(with), now).await?;
        Ok(cookie(self.is_secure(), token))
    }

    /// Ends a session whose cookie came from elsewhere: from another browser or country, copied or carried off; or from another
    /// network, as when somebody goes home, whom the answer spares the cookie that opens nothing any more.
    async fn end_moved(
        &self,
        id: SessionId,
        person: Person,
        ending: Ending,
        here: Option<Location>,
        now: DateTime<Utc>,
    ) -> Result<ApiError, ApiError> {
        let action = if ending == Ending::Moved { Action::SessionMoved } else { Action::SessionEnded };
        let by = By { session: Some(id), ..By::person(person.actor, person.name, person.roles) };
        let entry = Entry::event(now, by, action).at_location(here);
        let not_signed_in = ApiError::new(ErrorCode::NotSignedIn);
        match here.filter(|_| ending == Ending::Away) {
            Some(to) => {
                self.db.end_session_away(&self.trail, person.actor, id, &entry, to).await?;
                Ok(not_signed_in.forgetting(&self.forget_cookie()))
            }
            None => {
                self.db.end_session_with(&self.trail, person.actor, id, &entry).await?;
                Ok(not_signed_in)
            }
        }
    }

    /// A cookie that opens nothing. Where its session ended for its network, and the answer to that took it away there, whoever shows
    /// it elsewhere has another copy of it; it is told of once.
    async fn shown_again(
        &self,
        token_digest: &[u8; 32],
        headers: &HeaderMap,
        here: Option<Location>,
        now: DateTime<Utc>,
    ) -> Result<ApiError, ApiError> {
        let not_signed_in = ApiError::new(ErrorCode::NotSignedIn);
        let Some(away) = self.db.session_away(token_digest, now).await? else {
            return Ok(not_signed_in);
        };
        let same_browser = away.device == agent(headers);
        if same_browser && here == Some(away.moved_to) {
            // The answer before may have been lost on the way.
            return Ok(not_signed_in.forgetting(&self.forget_cookie()));
        }
        let elsewhere = here.is_some_and(|here| away.moved_to.elsewhere(here).is_some());
        if now < away.ended_at + ON_THE_WAY || (same_browser && !elsewhere) {
            return Ok(not_signed_in);
        }
        if let Some(person) = self.db.person(away.actor).await? {
            let by = By { session: Some(away.id), ..By::person(away.actor, person.name, person.roles) };
            let entry = Entry::event(now, by, Action::SessionMoved).at_location(here);
            self.db.tell_of_two(&self.trail, away.id, &entry).await?;
        }
        Ok(not_signed_in.forgetting(&self.forget_cookie()))
    }

    /// Asks once more whether whoever asked may have what was got ready for them meanwhile: the session lives, by what it was opened
    /// with it would still let in, and no role has been taken away.
    pub(crate) async fn still(&self, viewer: &Viewer) -> Result<(), ApiError> {
        let now = clock::now();
        let found = self.db.session_again(viewer.session()).await?;
        let live = found.filter(|(session, person, _)| session.is_live(person, now) && session.credential >= person.least);
        let (_, person, policy) = live.ok_or(ErrorCode::NotSignedIn)?;
        self.with_policy(policy).await?;
        let roles = self.gate.present_roles(person.roles_at(now));
        if viewer.roles().iter().all(|role| roles.has(role)) { Ok(()) } else { Err(ErrorCode::Forbidden.into()) }
    }

    /// Whether somebody who came by less than the school asks of them may come in to make the passkey that is missing.
    async fn may_register(&self, actor: Actor) -> Result<bool, ApiError> {
        Ok(matches!(actor, Actor::Guardian(_)) && self.db.passkeys_of(actor).await?.is_empty())
    }

    /// The cookie that removes the session's.
    pub(crate) fn forget_cookie(&self) -> Cookie<'static> {
        let mut cookie = cookie(self.is_secure(), String::new());
        cookie.make_removal();
        cookie
    }
}

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, ApiError> {
        let jar = CookieJar::from_headers(&parts.headers);
        let not_signed_in = || ApiError::new(ErrorCode::NotSignedIn);
        let token = jar.get(cookie_name(app.is_secure())).filter(|_| !bears(&parts.headers)).ok_or_else(not_signed_in)?;
        let now = clock::now();
        let token_digest = digest(token.value());
        let Ok(Here(here)) = Here::from_request_parts(parts, app).await;
        let Some((mut session, person, policy)) = app.db.session(&token_digest).await? else {
            return Err(app.shown_again(&token_digest, &parts.headers, here, now).await?);
        };
        if !session.is_live(&person, now) {
            return Err(not_signed_in());
        }
        session.expires_at = session.latest(&person);
        app.with_policy(policy).await?;
        let away = session.location.zip(here).and_then(|(opened, here)| opened.elsewhere(here));
        let ended = match (session.device != agent(&parts.headers), away, person.actor) {
            (true, ..) | (_, Some(Elsewhere::Country), _) => Some(Ending::Moved),
            // A telephone goes from one network to the next all day, and guardians come by telephone.
            (false, Some(Elsewhere::Network), Actor::Staff(_)) => Some(Ending::Away),
            (false, Some(Elsewhere::Network), Actor::Guardian(_)) | (false, None, _) => None,
        };
        let below = session.credential < person.least;
        let registers = below && ended.is_none() && app.may_register(person.actor).await?;
        // A rung that was raised: whatever opened the session would not let anybody in any more.
        if let Some(ending) = ended.or_else(|| (below && !registers).then_some(Ending::Below)) {
            return Err(app.end_moved(session.id, person, ending, here, now).await?);
        }
        let path = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
        if registers && !TO_REGISTER.contains(&(parts.method.as_str(), path)) {
            return Err(ErrorCode::CredentialTooLow.into());
        }
        // Where it cannot be noted that the session was used, it ends the sooner; what is asked for is decided by the trail.
        if session.seen_at + TimeDelta::minutes(1) <= now
            && let Err(error) = app.db.touch_session(session.id, now).await
        {
            tracing::warn!(%error, "a session could not be kept awake");
        }
        let (slowed_until, least) = (person.slowed_until, person.least);
        #[expect(clippy::disallowed_methods, reason = "the session extractor is the one mint of viewers")]
        let viewer = Viewer::admit(Admission {
            actor: person.actor,
            roles: if registers { RoleSet::default() } else { app.gate.present_roles(person.roles_at(now)) },
            name: person.name,
            campuses: person.campuses,
            session: session.id,
            stepped_up_at: session.stepped_up_at,
            now,
            whence: whence(parts),
        });
        Ok(Self { viewer, session, least, slowed_until })
    }
}

/// A signed-in member of staff. For a guardian the routes of staff do not exist.
pub(crate) struct OfStaff {
    pub(crate) viewer: Viewer,
}

impl FromRequestParts<Shared> for OfStaff {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, ApiError> {
        let SignedIn { viewer, slowed_until, .. } = <SignedIn as FromRequestParts<Shared>>::from_request_parts(parts, app).await?;
        if viewer.staff().is_none() {
            let refused = app.gate.refuse(&viewer, None, guard::Refused::NotFound).await;
            return Err(refused.into());
        }
        if slowed_until.is_some_and(|until| until > viewer.now()) {
            slow_down(app, &viewer, parts).await?;
        }
        Ok(Self { viewer })
    }
}

/// Between two turns of somebody who is slowed down, and how many there are at once after a pause: a page asks for more than one thing.
const TURNS: (TimeDelta, i32) = (TimeDelta::seconds(10), 3);

/// Lets somebody who is slowed down wait for their turn, where they would see families or the trail. Alarms, and what is about
/// nobody, come as ever.
pub(super) async fn slow_down(app: &Shared, viewer: &Viewer, parts: &Parts) -> Result<(), ApiError> {
    let path = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    let is_slow = |(method, of, whose, flow, _): &(&str, &str, For, Flow, &[&str])| {
        *method == parts.method.as_str() && *of == path && *flow != Flow::Plain && *whose != For::Duty(Duty::Watch)
    };
    let (Some(id), true) = (viewer.staff(), ROUTES.iter().any(is_slow)) else {
        return Ok(());
    };
    let (every, at_once) = TURNS;
    match app.db.take_turn(id, viewer.now(), every, at_once).await? {
        None => Ok(()),
        Some(wait) => {
            let seconds = u32::try_from(wait.num_seconds().saturating_add(1)).unwrap_or(u32::MAX);
            Err(ApiError::new(ErrorCode::TooManyRequests).retry_after(seconds))
        }
    }
}

/// The browser and the system in two words, without versions: for the list of sessions, and to tell a cookie that was carried off.
fn agent(headers: &HeaderMap) -> String {
    let said = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| said.contains(mark)).map_or("?", |(_, name)| name);
    let browser =
        first(&[("MicroMessenger", "WeChat"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = first(&[
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    format!("{browser} · {system}")
}
