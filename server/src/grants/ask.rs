//! `POST /api/grants`

use crate::{
    http::{ApiError, Body, Made, OfStaff},
    limits::Act,
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    wire::grants::{Grants, NewGrant},
};
use guard::Refused;

/// Asks for a standing grant over a class that the viewer teaches. One that waits for the same class stays as it is.
#[utoipa::path(post, path = "/api/grants", request_body = NewGrant, responses((status = 201, body = Grants)))]
pub(crate) async fn ask(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<NewGrant>,
) -> Result<Made<Grants>, ApiError> {
    app.limits.pass(Act::Ask, &viewer.actor().uuid().to_string())?;
    let own = app.gate.own_approvals(&viewer).ok_or(ErrorCode::NotFound)?;
    let classes = app.db.taught_classes(&own).await?;
    // A class of somebody else and one that is not there are one answer.
    let Some(class) = classes.iter().find(|class| class.id == wish.class) else {
        return Err(app.gate.refuse(&viewer, None, Refused::NotFound).await.into());
    };
    let ask = match app.gate.ask_grant(&viewer, class, &wish) {
        Err(Refused::Forbidden) => return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into()),
        ask => ask?,
    };
    app.db.ask_grant(&app.trail, ask).await?;
    Ok(Made(app.grants(&viewer).await?))
}
