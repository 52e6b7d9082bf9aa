//! Verifying the trail from the screen: begun here, run beside, one at a time for the whole school.

use crate::{
    clock,
    http::{ApiError, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    rights::Duty,
    wire::ledger::{Action, Verification},
};
use guard::{Disclosed, Entry, Viewer, trail::By};

impl App {
    async fn latest(&self, viewer: &Viewer) -> Result<Reply<Option<Verification>>, ApiError> {
        Ok(Reply(Disclosed::plain(self.db.verification(viewer.now()).await?)))
    }
}

/// How the last verification stands; null where there was none.
#[utoipa::path(get, path = "/api/trail/verifications", responses((status = 200, body = Option<Verification>)))]
pub(crate) async fn show(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Option<Verification>>, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    app.latest(&viewer).await
}

/// Begins one; where one is under way, that one is the answer.
#[utoipa::path(post, path = "/api/trail/verifications", responses((status = 200, body = Option<Verification>)))]
pub(crate) async fn begin(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Option<Verification>>, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    let (of, _) = app.db.trail_anchor().await?;
    let entry = Entry::event(viewer.now(), By::viewer(&viewer), Action::TrailVerified);
    if let Some(id) = app.db.begin_verification(&app.trail, of, &entry).await? {
        let app = app.clone();
        tokio::spawn(async move {
            if app.db.run_verification(&app.trail, id, clock::now).await.is_err() {
                tracing::error!("a verification of the trail could not be ended");
            }
        });
    }
    app.latest(&viewer).await
}

/// Stops the one that is under way, after the part that it is at.
#[utoipa::path(delete, path = "/api/trail/verifications", responses((status = 200, body = Option<Verification>)))]
pub(crate) async fn cancel(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Option<Verification>>, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    if !app.db.cancel_verification().await? {
        return Err(ErrorCode::NotFound.into());
    }
    app.latest(&viewer).await
}
