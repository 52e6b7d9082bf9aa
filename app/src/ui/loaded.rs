//! Something that is read: grey lines at first, then the answer, which stays while it is read again.

use super::{failure::Failure, skeleton::Skeleton};
use crate::api::{ApiError, Load};
use leptos::prelude::*;

#[derive(Clone, PartialEq)]
enum Sight {
    Reading,
    There,
    Failed(ApiError),
}

/// Shows `children` with the answer as a signal. They are made once; a second answer only sets the signal. When a later read
/// fails the old answer stays; show `load.error()` beside it with `Refusal` where that matters.
#[component]
pub fn Loaded<T, C, V>(
    /// What is read.
    load: Load<T>,
    /// Stands there at first; grey lines unless told.
    #[prop(optional, into)]
    waiting: Option<ViewFn>,
    /// What shows the answer.
    children: C,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    C: Fn(Signal<T>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let sight = Memo::new(move |_| match (load.value().with(Option::is_some), load.error().get()) {
        (true, _) => Sight::There,
        (false, Some(error)) => Sight::Failed(error),
        (false, None) => Sight::Reading,
    });
    move || match sight.get() {
        Sight::Reading => waiting.as_ref().map_or_else(|| view! { <Skeleton/> }.into_any(), ViewFn::run),
        Sight::Failed(error) => view! { <Failure error on_retry=move |()| load.reload()/> }.into_any(),
        Sight::There => match load.value().get_untracked() {
            None => ().into_any(),
            Some(first) => {
                let value = RwSignal::new(first);
                Effect::new(move |_| {
                    if let Some(next) = load.get() {
                        value.set(next);
                    }
                });
                children(value.into()).into_any()
            }
        },
    }
}
