//! People as values: each has a cookie, or none, and asks the school over HTTP.

use super::{app::School, key::Key};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{Credential, ids::SessionId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{Db, NewSession};
use tokio::sync::OnceCell;
use tower::ServiceExt;
use uuid::Uuid;

/// The browser of a request that names none.
pub const UNNAMED: &str = "? · ?";

/// Somebody who asks.
#[derive(Clone)]
pub struct Actor {
    router: Router,
    cookie_name: &'static str,
    /// The token in the cookie; none for a stranger.
    pub token: Option<String>,
    /// The value by which their browser is known.
    device: Option<String>,
    /// Who they are.
    pub who: Option<guard::Actor>,
    /// Their session.
    pub session: Option<SessionId>,
    db: Db,
    origin: String,
    /// A passkey of their own, registered behind the school's back when they first sign for something.
    passkey: Arc<OnceCell<Key>>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
    /// The body as JSON; null where it is none.
    pub json: Value,
}

impl Answer {
    /// The stable code of a problem; empty for anything else.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
    /// The body without what is different in every answer.
    pub fn without_trace(&self) -> Value {
        let mut json = self.json.clone();
        if let Some(object) = json.as_object_mut() {
            object.remove("trace_id");
        }
        json
    }
    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
    /// The token of the session cookie that was set.
    pub fn token(&self) -> Option<String> {
        let cookie = self.headers.get(header::SET_COOKIE)?.to_str().unwrap();
        let (_, value) = cookie.split(';').next()?.split_once('=')?;
        Some(value.to_owned())
    }
    /// The value by which the browser is known from now on.
    pub fn device(&self) -> Option<String> {
        let cookies = self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        let value = cookies.filter_map(|cookie| cookie.split(';').next()?.split_once("shendu-device=")).next()?.1;
        Some(value.to_owned())
    }
    /// Fails unless the status is `status`; shows the body when it is not.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
    /// Fails unless this is the problem `code` with its status, as problem+json.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code()), (status, code), "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json["status"], status);
        assert!(self.json["trace_id"].as_str().is_some_and(|id| id.len() == 32), "{}", self.text());
        self
    }
}

impl Actor {
    /// The same person at another server.
    pub fn at(&self, router: &Router) -> Self {
        Self { router: router.clone(), ..self.clone() }
    }
    /// The same person with another token.
    pub fn with_token(&self, token: Option<String>) -> Self {
        Self { token, ..self.clone() }
    }
    /// The same person in the browser that is known by this.
    pub fn on(&self, device: Option<String>) -> Self {
        Self { device, ..self.clone() }
    }
    /// A request with the person's cookies.
    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path);
        let session = self.token.as_ref().map(|token| format!("{}={token}", self.cookie_name));
        let device = self.device.as_ref().map(|value| format!("{}-device={value}", self.cookie_name));
        let cookies: Vec<String> = session.into_iter().chain(device).collect();
        if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies.join("; ")) }
    }
    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        // A line that stays open says nothing yet, and is left at once.
        let stays = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let bytes = if stays { Vec::new() } else { to_bytes(body, usize::MAX).await.unwrap().to_vec() };
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        Answer { status: parts.status.as_u16(), headers: parts.headers, bytes, json }
    }
    /// Any method with a JSON body, or none.
    pub async fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let request = self.request(method, path);
        let request = match body {
            Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        self.send(request.unwrap()).await
    }
    /// GET
    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, None).await
    }
    /// POST
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask("POST", path, Some(&body)).await
    }
    /// Opens a field: begins at `path`, signs with a passkey, and gives back the answer of whichever half ended it.
    pub async fn reveal(&self, path: &str, wish: Value) -> Answer {
        let key = self.passkey().await;
        let begun = self.post(path, wish).await;
        if begun.status != 200 {
            return begun;
        }
        let credential = key.assert_uncounted(&begun.json["options"]);
        self.post("/api/reveals", json!({ "ceremony": begun.json["ceremony"], "credential": credential })).await
    }
    /// Their passkey.
    pub async fn passkey(&self) -> &Key {
        let register = async || {
            let key = Key::new(&self.origin);
            self.db.add_passkey(key.row(self.who.unwrap())).await.unwrap();
            key
        };
        self.passkey.get_or_init(register).await
    }
    /// PATCH
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.ask("PATCH", path, Some(&body)).await
    }
    /// DELETE
    pub async fn delete(&self, path: &str) -> Answer {
        self.ask("DELETE", path, None).await
    }
}

/// How a session lies in time.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// Opened and last used, this long ago.
    pub ago: TimeDelta,
    /// Ends at the latest, this long from now.
    pub left: TimeDelta,
    /// Presence proved, this long ago; never where there is none.
    pub proved: Option<TimeDelta>,
}

impl Times {
    /// Presence proved just now.
    pub const FRESH: Self = Self { ago: TimeDelta::zero(), left: TimeDelta::hours(12), proved: Some(TimeDelta::zero()) };
    /// Presence proved an hour ago.
    pub const STALE: Self = Self { ago: TimeDelta::zero(), left: TimeDelta::hours(12), proved: Some(TimeDelta::hours(1)) };
}

impl School {
    /// A session of somebody, opened behind the school's back.
    pub async fn session(&self, who: guard::Actor, times: Times) -> Actor {
        let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let id = SessionId(Uuid::new_v4());
        let now: DateTime<Utc> = Utc::now();
        let new = NewSession {
            id,
            token_digest: Sha256::digest(token.as_bytes()).into(),
            actor: who,
            device: UNNAMED.into(),
            at: now - times.ago,
            expires_at: now + times.left,
            stepped_up_at: times.proved.map(|ago| now - ago),
            location: None,
            credential: if matches!(who, guard::Actor::Staff(_)) { Credential::Passkey } else { Credential::Any },
        };
        self.db.open_session(new).await.unwrap();
        Actor { token: Some(token), who: Some(who), session: Some(id), ..self.nobody() }
    }
    /// Who has this login name.
    pub async fn staff_id(&self, login: &str) -> guard::Actor {
        guard::Actor::Staff(self.db.staff_by_login(login).await.unwrap().unwrap().id)
    }
    /// A member of staff with a fresh passkey.
    pub async fn staff(&self, login: &str) -> Actor {
        self.session(self.staff_id(login).await, Times::FRESH).await
    }
    /// A member of staff whose passkey was used an hour ago.
    pub async fn stale(&self, login: &str) -> Actor {
        self.session(self.staff_id(login).await, Times::STALE).await
    }
    /// Consultant, campus one.
    pub async fn consultant(&self) -> Actor {
        self.staff("li").await
    }
    /// Another consultant of the same campus.
    pub async fn other_consultant(&self) -> Actor {
        self.staff("zhou").await
    }
    /// Teacher, campus one.
    pub async fn teacher(&self) -> Actor {
        self.staff("chen").await
    }
    /// Registrar, campus one.
    pub async fn registrar(&self) -> Actor {
        self.staff("wu").await
    }
    /// Finance, campus one.
    pub async fn finance(&self) -> Actor {
        self.staff("zheng").await
    }
    /// Principal, every campus.
    pub async fn principal(&self) -> Actor {
        self.staff("meng").await
    }
    /// Privacy officer.
    pub async fn privacy_officer(&self) -> Actor {
        self.staff("gu").await
    }
    /// Administrator.
    pub async fn administrator(&self) -> Actor {
        self.staff("shen").await
    }
    /// Auditor.
    pub async fn auditor(&self) -> Actor {
        self.staff("han").await
    }
    /// The first guardian who may sign in.
    pub async fn guardian(&self) -> Actor {
        let id = self.db.first_guardian().await.unwrap().unwrap();
        self.session(guard::Actor::Guardian(id), Times::FRESH).await
    }
    /// The guardian with this id.
    pub async fn guardian_of(&self, id: &str) -> Actor {
        self.session(guard::Actor::Guardian(id.parse().unwrap()), Times::FRESH).await
    }
    /// A stranger.
    pub fn nobody(&self) -> Actor {
        let cookie_name = if self.origin.starts_with("https") { "__Host-shendu" } else { "shendu" };
        Actor {
            router: self.router.clone(),
            cookie_name,
            token: None,
            device: None,
            who: None,
            session: None,
            db: self.db.clone(),
            origin: self.origin.clone(),
            passkey: Arc::default(),
        }
    }
}
