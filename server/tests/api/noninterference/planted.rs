//! The net itself: a leak that a test plants is caught, were it a header, an order, one byte or one mask, and shrunk to the
//! steps that it needs.

use super::{Engine, Role, Setting, Wish, World, replay, shrink::shrink};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    middleware::{Next, from_fn, map_response},
    response::Response,
};
use contract::catalogue::FieldKey;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// The shortest sequence that shows the leak; a run of these lengths must catch it.
async fn caught(setting: Setting) -> Vec<Wish> {
    let Err(found) = replay(setting, 200, 7).await else { panic!("the leak was not caught") };
    let long = found.sequence.len();
    let shrunk = shrink(setting, found).await;
    assert!(shrunk.sequence.len() <= long.min(2), "from {long} steps: {shrunk}");
    shrunk.sequence
}

fn consultant() -> Setting {
    Setting::of(Role::Consultant, Engine::Sqlite)
}

/// A count of what is out of reach, in a header.
fn a_count(_: usize, world: &World, router: Router) -> Router {
    let count = world.rows.iter().filter(|row| row.values.get(&FieldKey::GuardianEmail).is_some_and(String::is_empty)).count();
    router.layer(map_response(move |mut response: Response| async move {
        response.headers_mut().insert("x-count", count.into());
        response
    }))
}

/// A body that is one byte longer in one world.
fn a_byte(side: usize, _: &World, router: Router) -> Router {
    if side == 0 {
        return router;
    }
    router.layer(map_response(|response: Response| async move {
        let (parts, body) = response.into_parts();
        let mut bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        bytes.push(b'.');
        Response::from_parts(parts, Body::from(bytes))
    }))
}

/// A list that tells, in one world, that somebody has searched before.
fn a_memory(side: usize, _: &World, router: Router) -> Router {
    let searched = Arc::new(AtomicBool::new(false));
    router.layer(from_fn(move |request: Request, next: Next| {
        let searched = Arc::clone(&searched);
        async move {
            let list = request.uri().path() == "/api/families" && request.method() == "GET";
            searched.fetch_or(request.uri().path() == "/api/families/search", Ordering::SeqCst);
            let mut response = next.run(request).await;
            if list && side == 1 && searched.load(Ordering::SeqCst) {
                response.headers_mut().insert("x-searched", 1.into());
            }
            response
        }
    }))
}

#[tokio::test]
async fn a_count_in_a_header_is_caught_in_one_step() {
    assert_eq!(caught(Setting { plant: a_count, ..consultant() }).await.len(), 1);
}

#[tokio::test]
async fn a_longer_body_is_caught_in_one_step() {
    assert_eq!(caught(Setting { plant: a_byte, ..consultant() }).await.len(), 1);
}

#[tokio::test]
async fn a_leak_that_needs_two_steps_is_caught_in_these_two() {
    let steps = caught(Setting { plant: a_memory, ..consultant() }).await;
    let paths: Vec<&str> = steps.iter().map(|wish| wish.path.split('?').next().unwrap()).collect();
    assert_eq!(paths, ["/api/families/search", "/api/families"]);
}

/// The worlds of the consultant, looked at by the registrar, who sees birth dates and names.
#[tokio::test]
async fn somebody_who_sees_more_is_caught_in_one_step() {
    let who = Setting::of(Role::Registrar, Engine::Sqlite).who;
    assert_eq!(caught(Setting { who, ..consultant() }).await.len(), 1);
}
