//! Which records each role reaches, and when it counts in full.

use super::{
    condition,
    draft::{Draft, scopes_of},
    words,
};
use crate::text::{Word, admin, fill, live, matrix, t};
use contract::{Role, RowScope};
use leptos::prelude::*;

fn key(scope: RowScope) -> &'static str {
    match scope {
        RowScope::None => "none",
        RowScope::Own => "own",
        RowScope::TeachesNow => "teaches_now",
        RowScope::Campus => "campus",
        RowScope::All => "all",
    }
}

/// The dialog about a condition: of which role, and whether it is open.
type Asking = (RwSignal<Role>, RwSignal<bool>);

/// The table of scopes.
#[component]
pub fn Scopes(
    /// The matrix and its changes.
    draft: Draft,
) -> impl IntoView {
    let asking = (RwSignal::new(Role::Teacher), RwSignal::new(false));
    view! {
        <section class="card" aria-labelledby="scopes">
            <header class="card__head"><h2 id="scopes">{live(admin::SCOPES)}</h2></header>
            <table class="grid">
                <caption>{live(admin::SCOPES_LINE)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{live(admin::ROLE)}</th>
                        <th scope="col">{live(admin::SCOPE)}</th>
                        <th scope="col">{live(matrix::WHEN)}</th>
                    </tr>
                </thead>
                <tbody>{move || draft.there().into_iter().map(|role| view! { <Reach draft role asking /> }).collect_view()}</tbody>
            </table>
        </section>
        {condition::dialog(draft, asking.0, asking.1)}
    }
}

#[component]
fn Reach(draft: Draft, role: Role, asking: Asking) -> impl IntoView {
    let scope = Memo::new(move |_| draft.scope(role));
    let kept = Memo::new(move |_| draft.kept_scope(role));
    let fixed = move || !draft.may_edit() || scopes_of(role).len() < 2;
    view! {
        <tr>
            <th scope="row">{move || t(role.word())}</th>
            <td>
                <div class="row">
                    <select
                        class="input"
                        aria-label=move || fill(admin::SCOPE_OF, &[("role", t(role.word()))])
                        disabled=fixed
                        on:change:target=move |event| {
                            let chosen = event.target().value();
                            if let Some(scope) = RowScope::ALL.iter().find(|scope| key(**scope) == chosen) {
                                draft.change_scope(role, *scope);
                            }
                        }
                        prop:value=move || key(scope.get())
                    >
                        {scopes_of(role).iter().map(|one| view! {
                            <option value=key(*one) selected=move || scope.get() == *one>{move || t(one.word())}</option>
                        }).collect_view()}
                    </select>
                    {move || (scope.get() != kept.get()).then(|| view! {
                        <span class="tag tag--indigo">{fill(admin::WAS, &[("before", t(kept.get().word()))])}</span>
                    })}
                </div>
            </td>
            <td class="grid__words when__cell">{when(draft, role, asking)}</td>
        </tr>
    }
}

/// When the role counts in full: a button where that can be changed.
fn when(draft: Draft, role: Role, (asked, open): Asking) -> AnyView {
    let now = Memo::new(move |_| draft.condition(role));
    let kept = Memo::new(move |_| draft.kept_condition(role));
    let said = move || now.with(words::condition);
    let name = move || fill(matrix::WHEN_OF, &[("role", t(role.word())), ("when", &said())]);
    let ask = move |_| {
        asked.set(role);
        open.set(true);
    };
    view! {
        {move || if draft.may_edit() && role.takes_condition() {
            view! { <button type="button" class="when" aria-label=name aria-haspopup="dialog" on:click=ask>{said}</button> }.into_any()
        } else {
            view! { <span class="muted">{said}</span> }.into_any()
        }}
        {move || (now.get() != kept.get()).then(|| view! {
            " " <span class="tag tag--indigo">{fill(admin::WAS, &[("before", &kept.with(words::condition))])}</span>
        })}
    }
    .into_any()
}
