//! A read that follows what it depends on and keeps the old answer until the new one is there.

use super::ApiError;
use leptos::{prelude::*, task::spawn_local};

/// What was read, what went wrong, and whether a request is under way. Copy it into any closure.
pub struct Load<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    error: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Load<T> {}

/// Reads now, and again whenever a signal changes that `fetch` reads before it returns its future. A request that is
/// overtaken by the next is aborted and its answer is dropped.
pub fn load<T, F, Fut>(fetch: F) -> Load<T>
where
    T: Clone + Send + Sync + 'static,
    F: Fn() -> Fut + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    let load = Load { value: RwSignal::new(None), error: RwSignal::new(None), busy: RwSignal::new(true), again: RwSignal::new(0) };
    let newest = StoredValue::new(0_u32);
    Effect::new(move |_| {
        load.again.track();
        let mine = newest.get_value().wrapping_add(1);
        newest.set_value(mine);
        load.busy.set(true);
        let answer = fetch();
        spawn_local(async move {
            let answer = answer.await;
            if newest.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(value) => {
                    load.error.try_set(None);
                    load.value.try_set(Some(value));
                }
                Err(error) => {
                    load.error.try_set(Some(error));
                }
            }
            load.busy.try_set(false);
        });
    });
    load
}

impl<T: Clone + Send + Sync + 'static> Load<T> {
    /// The last answer; tracked.
    #[must_use]
    pub fn get(self) -> Option<T> {
        self.value.try_get().flatten()
    }
    /// The last answer as a signal that can also be set and updated (a page appends rows, a save puts its result).
    #[must_use]
    pub const fn value(self) -> RwSignal<Option<T>> {
        self.value
    }
    /// Puts what a save answered in place of what was read.
    pub fn put(self, value: T) {
        self.error.try_set(None);
        self.value.try_set(Some(value));
    }
    /// What went wrong last; tracked by who reads it.
    #[must_use]
    pub fn error(self) -> Signal<Option<ApiError>> {
        self.error.into()
    }
    /// Whether a request is under way.
    #[must_use]
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }
    /// Reads again; the old answer stays until then.
    pub fn reload(self) {
        self.again.try_update(|count| *count = count.wrapping_add(1));
    }
}
