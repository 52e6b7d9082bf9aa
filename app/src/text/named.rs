//! What the school calls the roles that it made itself.
//!
//! The rule: the server says it with the session and with the matrix; a role of which it said nothing goes by the word of its base.
//! Deliberately absent: a signal. Whoever names a role draws it anew, and everybody else learns the names before the first page.

use super::{Text, text};
use contract::{CustomRole, Role, wire::policy::PolicyRole};
use std::cell::Cell;

thread_local! {
    static NAMES: Cell<[Text; CustomRole::ALL.len()]> = const { Cell::new([text("", ""); CustomRole::ALL.len()]) };
}

fn place(role: CustomRole) -> usize {
    role.index() - Role::BUILT_IN.len()
}

/// Takes over what the school's own roles are called; those that are not among them are not there. A text lives as long as the page,
/// and there are few names.
pub fn learn(roles: &[PolicyRole]) {
    let mut names = [text("", ""); CustomRole::ALL.len()];
    for PolicyRole { role, zh, en } in roles {
        if let Some(name) = names.get_mut(place(*role)) {
            *name = text(zh.clone().leak(), en.clone().leak());
        }
    }
    NAMES.set(names);
}

/// What a role of the school's own is called, if it is there.
pub fn called(role: CustomRole) -> Option<Text> {
    NAMES.get().get(place(role)).copied().filter(|name| !name.is_empty())
}

/// The roles that are there.
pub fn roles() -> impl Iterator<Item = Role> {
    Role::ALL.iter().copied().filter(|role| match role {
        Role::Custom(custom) => called(*custom).is_some(),
        _ => true,
    })
}
