//! Loading what a page shows: skeleton, data or failure, and loading again.
//!
//! The rule: a question whose answer nobody wants any more is given up, with the page or for the next question; old data stays
//! while new data is awaited.

use super::{Failure, Skeleton};
use crate::api::ApiError;
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};
use std::{future::Future, pin::Pin};

/// One answer of the server and its coming.
pub struct Loader<T: Send + Sync + 'static> {
    data: RwSignal<Option<T>>,
    error: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    round: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Loader<T> {}

impl<T: Clone + Send + Sync + 'static> Loader<T> {
    /// Runs `fetch` now, and again when a signal changes that `fetch` reads before its first await.
    pub fn new<F, Fut>(fetch: F) -> Self
    where
        F: Fn() -> Fut + 'static,
        Fut: Future<Output = Result<T, ApiError>> + 'static,
    {
        let loader = Self { data: RwSignal::new(None), error: RwSignal::new(None), busy: RwSignal::new(true), round: RwSignal::new(0) };
        Effect::new(move || {
            loader.round.track();
            let coming = fetch();
            let _ = loader.busy.try_set(true);
            until_unwanted(Box::pin(async move {
                match coming.await {
                    Ok(data) => {
                        let _ = loader.error.try_set(None);
                        let _ = loader.data.try_set(Some(data));
                    }
                    Err(error) => {
                        let _ = loader.error.try_set(Some(error));
                    }
                }
                let _ = loader.busy.try_set(false);
            }));
        });
        loader
    }
    /// Loads again.
    pub fn reload(self) {
        let _ = self.round.try_update(|round| *round = round.wrapping_add(1));
    }
    /// Puts in what another call brought, such as the card that a change answers with.
    pub fn set(self, data: T) {
        let _ = self.error.try_set(None);
        let _ = self.data.try_set(Some(data));
    }
    /// The data; reactive.
    pub fn get(self) -> Option<T> {
        self.data.get()
    }
    /// The data without tracking; nothing after the page is gone.
    pub fn now(self) -> Option<T> {
        self.data.try_get_untracked().flatten()
    }
    /// Changes the data in place, such as adding the rows of a next page.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        let _ = self.data.try_update(|data| {
            if let Some(data) = data {
                change(data);
            }
        });
    }
    /// Whether an answer is awaited; reactive.
    pub fn is_busy(self) -> bool {
        self.busy.get()
    }
    /// The last failure; reactive.
    pub fn failure(self) -> Option<ApiError> {
        self.error.get()
    }
}

/// Runs until the effect that began it runs again or goes with its page. A type of its own for every loader would be in the
/// program as often.
fn until_unwanted(work: Pin<Box<dyn Future<Output = ()>>>) {
    spawn_local_scoped_with_cancellation(work);
}

/// Shows the data by `show`, or a skeleton, or the failure with a way to try again.
pub fn loaded<T, V>(loader: Loader<T>, show: impl Fn(T) -> V + Send + 'static) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match (loader.failure(), loader.get()) {
        (Some(error), _) => view! { <Failure error again=move |()| loader.reload() /> }.into_any(),
        (None, Some(data)) => show(data).into_any(),
        (None, None) => view! { <Skeleton /> }.into_any(),
    }
}
