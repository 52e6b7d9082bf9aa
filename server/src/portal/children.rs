//! `GET /api/portal/children` and `…/{id}`

use crate::{
    http::{ApiError, Id, Reply, SignedIn},
    state::Shared,
};
use axum::extract::State;
use contract::{
    ids::StudentId,
    wire::portal::{ChildCard, Children},
};

/// The guardian's children.
#[utoipa::path(get, path = "/api/portal/children", responses((status = 200, body = Children)))]
pub(crate) async fn list(State(app): State<Shared>, SignedIn { viewer, .. }: SignedIn) -> Result<Reply<Children>, ApiError> {
    app.self_of(&viewer).await?;
    let children = app.db.children(&app.gate.scope(&viewer)).await?;
    Ok(Reply(app.gate.children(&viewer, app.school_name().await?, &children).await?))
}

/// One child: what is held, and who sees it.
#[utoipa::path(get, path = "/api/portal/children/{id}", params(("id" = StudentId, Path)), responses((status = 200, body = ChildCard)))]
pub(crate) async fn show(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<StudentId>,
) -> Result<Reply<ChildCard>, ApiError> {
    let me = app.self_of(&viewer).await?;
    let child = app.student(&viewer, id).await?;
    Ok(Reply(app.gate.child(&viewer, app.school_name().await?, &child, &me).await?))
}
