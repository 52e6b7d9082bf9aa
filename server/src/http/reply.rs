//! The success bodies. They take only what the guard disclosed.

use super::ApiError;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::error::ErrorCode;
use guard::Disclosed;
use serde::Serialize;

/// What a body begins with, in bytes: a list of fifty fits, and what is not written to is not touched.
const BODY: usize = 48 * 1024;

/// 200 with what was disclosed to this viewer; never cached.
#[derive(Debug)]
pub struct Reply<B>(pub Disclosed<B>);

impl<B: Serialize> IntoResponse for Reply<B> {
    fn into_response(self) -> Response {
        json(StatusCode::OK, &self.0)
    }
}

/// 201 with what was disclosed.
#[derive(Debug)]
pub struct Made<B>(pub Disclosed<B>);

impl<B: Serialize> IntoResponse for Made<B> {
    fn into_response(self) -> Response {
        json(StatusCode::CREATED, &self.0)
    }
}

fn json<B: Serialize>(status: StatusCode, body: &Disclosed<B>) -> Response {
    let mut bytes = Vec::with_capacity(BODY);
    match serde_json::to_writer(&mut bytes, body) {
        Ok(()) => (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response(),
        Err(_) => ApiError::from(ErrorCode::Internal).into_response(),
    }
}
