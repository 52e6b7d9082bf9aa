//! Extractors whose rejections are problems too. What was sent is never quoted back or logged.

use super::ApiError;
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request, rejection::JsonRejection},
    http::request::Parts,
};
use contract::error::ErrorCode;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// A JSON object as body; unknown fields are refused by the wire types.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;
    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let bytes = Bytes::from_request(Request::from_parts(parts.clone(), body), state).await.map_err(|rejection| {
            let too_large = rejection.status().as_u16() == 413;
            if too_large { ErrorCode::TooLarge } else { ErrorCode::MalformedRequest }
        })?;
        // A struct would be read from an array too, by position.
        let is_object = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        match Json::<T>::from_request(Request::from_parts(parts, axum::body::Body::from(bytes)), state).await {
            Ok(Json(body)) if is_object => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(ErrorCode::UnsupportedMedia.into()),
            Ok(_) | Err(_) => Err(ErrorCode::MalformedRequest.into()),
        }
    }
}

/// A query string; unknown parameters are refused by the wire types.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(params)) => Ok(Self(params)),
            Err(_) => Err(ErrorCode::MalformedRequest.into()),
        }
    }
}

/// The id in the path. What is no id cannot be found.
pub(crate) struct Id<T>(pub(crate) T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Ok(Path(text)) = Path::<String>::from_request_parts(parts, state).await else {
            return Err(ErrorCode::NotFound.into());
        };
        text.parse().map(Self).map_err(|_| ErrorCode::NotFound.into())
    }
}
