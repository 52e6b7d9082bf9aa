//! The trace id of a request: random, in the log line, in the error body, in a header. It tells nothing about the request.

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use std::time::Instant;

tokio::task_local! {
    static TRACE: String;
}

/// The trace id of the request that is being answered.
pub(crate) fn current() -> String {
    TRACE.try_with(Clone::clone).unwrap_or_else(|_| "-".into())
}

/// Gives a request its trace id and writes one line about it: method, route, status, time. No path, no query, no body.
pub async fn traced(request: Request, next: Next) -> Response {
    // Not a secret: from this thread's generator, without a call to the system.
    let id = uuid::Builder::from_random_bytes(rand::random()).into_uuid().simple().to_string();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let begun = Instant::now();
    let mut response = TRACE.scope(id.clone(), next.run(request)).await;
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(trace_id = id, %method, route, status = response.status().as_u16(), micros, "request");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-trace-id"), value);
    }
    response
}
