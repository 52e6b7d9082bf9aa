//! Word that something changed, while the page is open (server-sent events).
//!
//! The rule: it says that there is news and nothing of it; the page asks again, by its own right. A session that ended, also by being
//! unused or by a raised rung, a role that was taken away and a server that stops end it within seconds; an open line is no use of a
//! session. Deliberately absent: data.

use crate::{
    http::{ApiError, OfStaff},
    state::Shared,
};
use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use contract::rights::Duty;
use futures_util::stream::{Stream, unfold};
use guard::Viewer;
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
    viewer: Viewer,
    bell: Receiver<Bell>,
    heard: u64,
}

impl Listener {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            let rang = timeout(ASK_EVERY, self.bell.changed()).await;
            let Bell { rung, closing } = *self.bell.borrow_and_update();
            if closing || matches!(rang, Ok(Err(_))) || self.app.still(&self.viewer).await.is_err() {
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
    let listener = listener(app, viewer);
    Ok(Sse::new(unfold(listener, Listener::next)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

fn listener(app: Shared, viewer: Viewer) -> Listener {
    let bell = app.bell.subscribe();
    let heard = bell.borrow().rung;
    Listener { viewer, bell, heard, app }
}
