//! Calls that a joint rule may refuse: the refusal says why, beside the problem that every other page reads.
//!
//! The rule: an answer like any other where no joint rule is in it. Deliberately absent: the reasons in [`super::ApiError`], which every
//! program would load.

use super::{ApiError, failure, internal};
use contract::wire::policy::{JointConcern, JointRefusal};
use gloo_net::http::{Method, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};

/// What came of it.
#[derive(Debug)]
pub enum Given<A> {
    /// It was done.
    Done(A),
    /// It was not, for these.
    Joint(Vec<JointConcern>),
}

pub(super) async fn ask<B: Serialize, A: DeserializeOwned>(method: Method, path: &str, body: &B) -> Result<Given<A>, ApiError> {
    let body = serde_json::to_string(body).map_err(|_| internal())?;
    let request = RequestBuilder::new(path).method(method).credentials(web_sys::RequestCredentials::SameOrigin);
    let request = request.header("content-type", "application/json").body(body).map_err(|_| internal())?;
    let answer = request.send().await.map_err(|_| ApiError::Offline)?;
    let text = answer.text().await.map_err(|_| ApiError::Offline)?;
    if answer.ok() {
        return serde_json::from_str(&text).map(Given::Done).map_err(|_| internal());
    }
    match serde_json::from_str::<JointRefusal>(&text) {
        Ok(refusal) => Ok(Given::Joint(refusal.joint)),
        Err(_) => Err(failure(answer.status(), text)),
    }
}
