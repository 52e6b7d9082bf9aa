//! Something a person does that takes a request: a save, a reveal, an export.

use super::ApiError;
use leptos::{prelude::*, task::spawn_local};

/// Whether it is under way and what went wrong last. Copy it into any closure.
#[derive(Debug, Clone, Copy)]
pub struct Act {
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

/// Makes one.
#[must_use]
pub fn use_act() -> Act {
    Act { busy: RwSignal::new(false), error: RwSignal::new(None) }
}

impl Act {
    /// Runs `future`, unless one is under way. `then` gets the answer, but only if the part of the page is still there.
    pub fn run<T: 'static>(self, future: impl Future<Output = Result<T, ApiError>> + 'static, then: impl FnOnce(T) + 'static) {
        if self.busy.try_get_untracked().unwrap_or(true) {
            return;
        }
        self.busy.try_set(true);
        self.error.try_set(None);
        let owner = Owner::current();
        spawn_local(async move {
            let answer = future.await;
            // `try_set` gives the value back when its owner is gone.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(value) => match owner {
                    Some(owner) => owner.with(|| then(value)),
                    None => then(value),
                },
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
        });
    }
    /// Whether it is under way.
    #[must_use]
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }
    /// What went wrong last.
    #[must_use]
    pub fn error(self) -> Signal<Option<ApiError>> {
        self.error.into()
    }
    /// Forgets what went wrong.
    pub fn forget(self) {
        self.error.try_set(None);
    }
}
