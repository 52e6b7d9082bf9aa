//! Which program of the client draws a path.
//!
//! The rule: the server sends the page of that program, and a program that meets a path of another loads it anew; both ask here.
//! Deliberately absent: whether anything is at the path, and who may open it.

/// A program of the client, so that nobody loads more than the pages they came for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The ways in: sign-in, enrolment, recovery, invitation.
    Entry,
    /// One's own access, of everybody.
    Account,
    /// Families and their cards.
    Staff,
    /// What waits today, classes, requests of guardians.
    Desk,
    /// Field matrix, trail, staff.
    Admin,
    /// The pages of guardians.
    Portal,
}

impl Program {
    /// Every program.
    pub const ALL: [Self; 6] = [Self::Entry, Self::Account, Self::Staff, Self::Desk, Self::Admin, Self::Portal];

    /// The name of its files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Account => "account",
            Self::Staff => "staff",
            Self::Desk => "desk",
            Self::Admin => "admin",
            Self::Portal => "portal",
        }
    }

    /// The program that draws a path; a query may follow.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let mut parts = path.trim_matches('/').split('/');
        match (parts.next(), parts.next()) {
            (Some("sign-in" | "enrol" | "recover" | "invitation"), _) | (Some("portal"), Some("sign-in")) => Self::Entry,
            (Some("account"), _) | (Some("portal"), Some("account")) => Self::Account,
            (Some("today" | "classes" | "requests"), _) => Self::Desk,
            // The gallery of the components, which is there in a build for trying out alone.
            (Some("__ui"), _) => Self::Desk,
            (Some("admin"), _) => Self::Admin,
            (Some("portal"), _) => Self::Portal,
            _ => Self::Staff,
        }
    }

    /// The program that whoever opens a path of [`Self::Entry`] goes on to.
    #[must_use]
    pub fn after(path: &str) -> Self {
        match path.trim_matches('/').split('/').next() {
            Some("portal" | "invitation") => Self::Portal,
            _ => Self::Staff,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_has_its_program() {
        for (path, program) in [
            ("/", Program::Staff),
            ("/families/1?sort=due", Program::Staff),
            ("/nothing", Program::Staff),
            ("/today", Program::Desk),
            ("/classes/1?day=2", Program::Desk),
            ("/requests", Program::Desk),
            ("/todays", Program::Staff),
            ("/sign-in?next=%2Fadmin", Program::Entry),
            ("portal/sign-in", Program::Entry),
            ("/portal/sign-in/", Program::Entry),
            ("/invitation#token", Program::Entry),
            ("/account", Program::Account),
            ("/portal/account", Program::Account),
            ("/portal", Program::Portal),
            ("/portal/children/1", Program::Portal),
            ("/admin/policy?by=hand", Program::Admin),
            ("/administration", Program::Staff),
        ] {
            assert_eq!(Program::of_path(path), program, "{path}");
        }
        assert_eq!(Program::after("/portal/sign-in"), Program::Portal);
        assert_eq!(Program::after("invitation"), Program::Portal);
        assert_eq!(Program::after("/enrol"), Program::Staff);
    }
}
