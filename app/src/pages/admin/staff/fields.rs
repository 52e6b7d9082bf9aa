//! Roles and campuses as check boxes, shared by the form for somebody new and the page of one person.

use crate::{
    text::{Text, Word, admin, keep, named, t},
    ui::FormErrors,
};
use contract::{Role, ids::CampusId, wire::school::CampusCard};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What is ticked.
#[derive(Clone, Copy)]
pub struct Ticked {
    /// The roles.
    pub roles: RwSignal<BTreeSet<Role>>,
    /// The campuses.
    pub campuses: RwSignal<BTreeSet<CampusId>>,
}

impl Ticked {
    /// These.
    pub fn new(roles: impl IntoIterator<Item = Role>, campuses: impl IntoIterator<Item = CampusId>) -> Self {
        Self { roles: RwSignal::new(roles.into_iter().collect()), campuses: RwSignal::new(campuses.into_iter().collect()) }
    }
    /// The roles; not tracked.
    pub fn role_list(self) -> Vec<Role> {
        self.roles.with_untracked(|roles| roles.iter().copied().collect())
    }
    /// The campuses; not tracked.
    pub fn campus_list(self) -> Vec<CampusId> {
        self.campuses.with_untracked(|campuses| campuses.iter().copied().collect())
    }
}

/// The label of the field at a path, for the summary of errors.
pub fn path_label(path: &str) -> &'static str {
    use contract::FieldKey;
    t(match path {
        "login" => admin::LOGIN,
        "name" => admin::NAME,
        "roles" => admin::ROLES,
        "campuses" => admin::CAMPUSES,
        "phone" => FieldKey::StaffPhone.word(),
        "email" => FieldKey::StaffEmail.word(),
        "to" => keep::SUCCESSOR,
        _ => keep::FAMILIES,
    })
}

/// Both groups.
pub fn boxes(ticked: Ticked, campuses: Vec<CampusCard>, errors: FormErrors, fixed: bool) -> AnyView {
    let roles = named::roles().filter(|role| role.is_given());
    let open = campuses.into_iter().filter(|campus| !campus.closed);
    view! {
        {group("roles", admin::ROLES, keep::ROLES_LINE, errors, fixed, roles.map(|role| {
            let words = Signal::derive(move || t(role.word()).to_owned());
            tick(format!("role-{}", role.name()), words, ticked.roles, role)
        }).collect())}
        {group("campuses", admin::CAMPUSES, keep::CAMPUSES_HINT, errors, fixed, open.map(|campus| {
            tick(format!("campus-{}", campus.id), Signal::stored(campus.name), ticked.campuses, campus.id)
        }).collect())}
    }
    .into_any()
}

fn group(id: &'static str, label: Text, hint: Text, errors: FormErrors, fixed: bool, items: Vec<AnyView>) -> AnyView {
    let error = errors.at(id);
    view! {
        <fieldset class="form__field" id=id tabindex="-1" disabled=fixed aria-describedby=format!("{id}-hint {id}-error")>
            <legend class="form__label">{move || t(label)}</legend>
            <div class="boxes">{items}</div>
            <p class="form__hint" id=format!("{id}-hint")>{move || t(hint)}</p>
            <div id=format!("{id}-error")>{move || error.get().map(|error| view! { <p class="form__error">{t(error)}</p> })}</div>
        </fieldset>
    }
    .into_any()
}

fn tick<T: Copy + Ord + Send + Sync + 'static>(id: String, words: Signal<String>, set: RwSignal<BTreeSet<T>>, item: T) -> AnyView {
    let own = id.clone();
    view! {
        <label class="check" for=own>
            <input
                class="check__box"
                type="checkbox"
                id=id
                prop:checked=move || set.with(|set| set.contains(&item))
                on:change:target=move |event| {
                    let on = event.target().checked();
                    set.update(|set| {
                        if on {
                            set.insert(item);
                        } else {
                            set.remove(&item);
                        }
                    });
                }
            />
            <span>{move || words.get()}</span>
        </label>
    }
    .into_any()
}
