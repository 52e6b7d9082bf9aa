//! Which records each role reaches.

use super::draft::{Draft, scopes_of};
use crate::text::{Word, admin, fill, t};
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

/// The table of scopes.
#[component]
pub fn Scopes(
    /// The matrix and its changes.
    draft: Draft,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="scopes">
            <header class="card__head"><h2 id="scopes">{move || t(admin::SCOPES)}</h2></header>
            <table class="grid">
                <caption>{move || t(admin::SCOPES_LINE)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{move || t(admin::ROLE)}</th>
                        <th scope="col">{move || t(admin::SCOPE)}</th>
                    </tr>
                </thead>
                <tbody>{Role::ALL.iter().map(|role| view! { <Reach draft role=*role /> }).collect_view()}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Reach(draft: Draft, role: Role) -> impl IntoView {
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
        </tr>
    }
}
