//! The success bodies. They take only what the guard disclosed.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use guard::Disclosed;
use serde::Serialize;

/// 200 with what was disclosed to this viewer; never cached.
#[derive(Debug)]
pub struct Reply<B>(pub Disclosed<B>);

impl<B: Serialize> IntoResponse for Reply<B> {
    fn into_response(self) -> Response {
        Json(self.0).into_response()
    }
}

/// 201 with what was disclosed.
#[derive(Debug)]
pub struct Made<B>(pub Disclosed<B>);

impl<B: Serialize> IntoResponse for Made<B> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}
