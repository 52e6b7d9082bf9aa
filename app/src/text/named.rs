//! What the school calls the roles that it made itself.
//!
//! The rule: the server says it with the session and with the matrix; a role of which it said nothing goes by the word of its base.
//! Deliberately absent: a signal. Whoever names a role draws it anew, and everybody else learns the names before the first page.

use super::{Text, text};
use contract::{CustomRole, Role};
use std::cell::Cell;

thread_local! {
    static NAMES: Cell<[Text; CustomRole::ALL.len()]> = const { Cell::new([text("", ""); CustomRole::ALL.len()]) };
}

/// Takes over what the school's own roles are called, a line for each; those that are not among them are not there. The text lives as
/// long as the page, and is short.
pub fn learn(lines: String) {
    let mut names = [text("", ""); CustomRole::ALL.len()];
    for line in lines.leak().split('\n') {
        let mut parts = line.split('|');
        let role = parts.next();
        let at = CustomRole::ALL.iter().position(|custom| Some(custom.name()) == role);
        if let (Some(name), Some(zh), Some(en)) = (at.and_then(|at| names.get_mut(at)), parts.next(), parts.next()) {
            *name = text(zh, en);
        }
    }
    NAMES.set(names);
}

/// What a role of the school's own is called, if it is there.
pub fn called(role: CustomRole) -> Option<Text> {
    NAMES.get().get(role as usize).copied().filter(|name| !name.is_empty())
}

/// The roles that are there.
pub fn roles() -> impl Iterator<Item = Role> {
    Role::ALL.iter().copied().filter(|role| match role {
        Role::Custom(custom) => called(*custom).is_some(),
        _ => true,
    })
}
