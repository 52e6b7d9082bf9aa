//! Word that something changed, while the page is open (server-sent events).
//!
//! The rule: it says that there is news and nothing of it; the page asks again, by its own right. A session that ended, a duty that
//! was taken away and a server that stops end it within seconds. Deliberately absent: data.

use crate::{
    http::{ApiError, OfStaff},
    state::Shared,
};
use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use contract::{ids::SessionId, rights::Duty};
use futures_util::stream::{Stream, unfold};
use guard::{Actor, Viewer};
use std::{convert::Infallible, time::Duration};
use tokio::{sync::watch::Receiver, time::timeout};

/// What rings when alarms, or the rules, have changed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bell {
    /// How often it has rung.
    pub(crate) rung: u64,
    /// Whether the server stops.
    pub(crate) closing: bool,
}

/// How long a session that has ended may still hear.
const ASK_EVERY: Duration = Duration::from_secs(5);

struct Listener {
    app: Shared,
    actor: Actor,
    session: SessionId,
    bell: Receiver<Bell>,
    heard: u64,
}

impl Listener {
    /// Whether whoever listens still may.
    async fn may(&self) -> bool {
        let now = crate::clock::now();
        let person = self.app.db.person(self.actor).await;
        let sessions = self.app.db.sessions_of(self.actor, now).await;
        let watches = matches!(person, Ok(Some(person)) if person.roles.has_duty(Duty::Watch));
        watches && sessions.is_ok_and(|sessions| sessions.iter().any(|row| row.id == self.session))
    }

    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            let rang = timeout(ASK_EVERY, self.bell.changed()).await;
            let Bell { rung, closing } = *self.bell.borrow_and_update();
            if closing || matches!(rang, Ok(Err(_))) || !self.may().await {
                return None;
            }
            if rung != self.heard {
                self.heard = rung;
                return Some((Ok(Event::default().event("alarms").data("changed")), self));
            }
        }
    }
}

/// Word of each change, for as long as the session and the duty last.
#[utoipa::path(get, path = "/api/alarms/live", responses((status = 200, content_type = "text/event-stream", body = String)))]
pub(crate) async fn listen(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    app.keeps(&viewer, Duty::Watch).await?;
    let listener = listener(app, &viewer);
    Ok(Sse::new(unfold(listener, Listener::next)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

fn listener(app: Shared, viewer: &Viewer) -> Listener {
    let bell = app.bell.subscribe();
    let heard = bell.borrow().rung;
    Listener { actor: viewer.actor(), session: viewer.session(), bell, heard, app }
}
