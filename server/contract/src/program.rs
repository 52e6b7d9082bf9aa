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
    /// Sign-in by password and code, and setting them up.
    Password,
    /// The list of families.
    Staff,
    /// One family, and taking one in.
    Family,
    /// The first page of staff: what waits today. Classes.
    Desk,
    /// The field matrix.
    Matrix,
    /// Staff and the school; requests of guardians.
    Admin,
    /// The alarms, the rules of the watch, who sees what, standing grants, and with what each role signs in.
    Watch,
    /// The reports of audits; of the matrix its history, two roles beside one another, and its rules as a document.
    Audit,
    /// The trail with its register, what one person did, and tokens for programs.
    Reports,
    /// The first pages of guardians: their children, and who has looked at one.
    Portal,
    /// What is held about a child and about the guardian, and corrections.
    Held,
    /// Help for guardians, and what they ask about looks.
    Help,
}

impl Program {
    /// Every program.
    pub const ALL: [Self; 14] = [
        Self::Entry,
        Self::Account,
        Self::Password,
        Self::Staff,
        Self::Family,
        Self::Desk,
        Self::Matrix,
        Self::Admin,
        Self::Watch,
        Self::Audit,
        Self::Reports,
        Self::Portal,
        Self::Held,
        Self::Help,
    ];

    /// The name of its files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Account => "account",
            Self::Password => "password",
            Self::Staff => "staff",
            Self::Family => "family",
            Self::Desk => "desk",
            Self::Matrix => "matrix",
            Self::Admin => "admin",
            Self::Watch => "watch",
            Self::Audit => "audit",
            Self::Reports => "reports",
            Self::Portal => "portal",
            Self::Held => "held",
            Self::Help => "help",
        }
    }

    /// The program that draws a path; a query may follow.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let mut parts = path.trim_matches('/').split('/');
        match (parts.next(), parts.next()) {
            (Some("sign-in" | "account"), Some("password")) => Self::Password,
            (Some("sign-in" | "enrol" | "recover" | "invitation"), _) | (Some("portal"), Some("sign-in")) => Self::Entry,
            (Some("account"), _) | (Some("portal"), Some("account")) => Self::Account,
            (Some("" | "today" | "classes"), _) => Self::Desk,
            (Some("grants"), _) => Self::Watch,
            (Some("tokens"), _) => Self::Reports,
            // The gallery of the components, which is there in a build for trying out alone.
            (Some("__ui"), _) => Self::Desk,
            (Some("families"), Some(_)) => Self::Family,
            (Some("admin"), Some("policy")) => match parts.next() {
                Some("view-as") => Self::Watch,
                Some("document" | "history" | "roles") => Self::Audit,
                _ => Self::Matrix,
            },
            (Some("admin"), Some("alarms")) => Self::Watch,
            (Some("admin"), Some("school")) => match parts.next() {
                Some("sign-in") => Self::Watch,
                _ => Self::Admin,
            },
            (Some("admin"), Some("audit")) => Self::Audit,
            (Some("admin"), Some("trail")) => Self::Reports,
            (Some("admin"), Some("staff")) => match parts.nth(1) {
                Some("activity") => Self::Reports,
                _ => Self::Admin,
            },
            (Some("requests" | "admin"), _) => Self::Admin,
            (Some("portal"), Some("help")) => Self::Help,
            // After the child, the part of the page.
            (Some("portal"), Some("children")) => match parts.nth(1) {
                None => Self::Portal,
                Some("questions") => Self::Help,
                Some(_) => Self::Held,
            },
            (Some("portal"), _) => Self::Portal,
            _ => Self::Staff,
        }
    }

    /// The program that whoever opens a path mostly goes on to: from the ways in, from the list to a family,
    /// from who has looked to what there is to see.
    #[must_use]
    pub fn after(path: &str) -> Option<Self> {
        match Self::of_path(path) {
            Self::Entry => match path.trim_matches('/').split('/').next() {
                Some("portal" | "invitation") => Some(Self::Portal),
                _ => Some(Self::Desk),
            },
            Self::Staff => Some(Self::Family),
            Self::Portal => Some(Self::Held),
            Self::Password if path.trim_matches('/').starts_with("sign-in") => Some(Self::Desk),
            Self::Account
            | Self::Password
            | Self::Family
            | Self::Desk
            | Self::Matrix
            | Self::Admin
            | Self::Watch
            | Self::Audit
            | Self::Reports
            | Self::Held
            | Self::Help => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_has_its_program() {
        for (path, program) in [
            ("/", Program::Desk),
            ("", Program::Desk),
            ("/families", Program::Staff),
            ("/families/?when=owner.me", Program::Staff),
            ("/families/1?sort=due", Program::Family),
            ("/families/new", Program::Family),
            ("/nothing", Program::Staff),
            ("/today", Program::Desk),
            ("/classes/1?day=2", Program::Desk),
            ("/requests?about=look", Program::Admin),
            ("/grants?by=1", Program::Watch),
            ("/tokens", Program::Reports),
            ("/todays", Program::Staff),
            ("/sign-in?next=%2Fadmin", Program::Entry),
            ("portal/sign-in", Program::Entry),
            ("/portal/sign-in/", Program::Entry),
            ("/invitation#token", Program::Entry),
            ("/account", Program::Account),
            ("/account/password", Program::Password),
            ("/sign-in/password?next=%2Fadmin", Program::Password),
            ("/portal/account/password", Program::Account),
            ("/portal/account", Program::Account),
            ("/portal", Program::Portal),
            ("/portal/children/1", Program::Portal),
            ("/portal/children/1/?kind=opened", Program::Portal),
            ("/portal/children/1/held", Program::Held),
            ("/portal/children/1/me/", Program::Held),
            ("/portal/children/1/questions", Program::Help),
            ("/portal/children/1/questions/12?kind=opened", Program::Help),
            ("/portal/children/questions", Program::Portal),
            ("/portal/help", Program::Help),
            ("/portal/helpers", Program::Portal),
            ("/admin/policy?by=hand", Program::Matrix),
            ("/admin/policy/history", Program::Audit),
            ("/admin/policy/view-as?family=1", Program::Watch),
            ("/admin/staff/1", Program::Admin),
            ("/admin/alarms", Program::Watch),
            ("/admin/alarms/rules", Program::Watch),
            ("/admin/audit/1", Program::Audit),
            ("/admin/policy/document", Program::Audit),
            ("/admin/alarms/honey", Program::Watch),
            ("/admin/trail?by=policy", Program::Reports),
            ("/admin/trail/approvals?state=used", Program::Reports),
            ("/admin/staff/1/activity", Program::Reports),
            ("/admin/staff/activity", Program::Admin),
            ("/admin/school", Program::Admin),
            ("/admin/school/sign-in", Program::Watch),
            ("/admin", Program::Admin),
            ("/administration", Program::Staff),
        ] {
            assert_eq!(Program::of_path(path), program, "{path}");
        }
        assert_eq!(Program::after("/portal/sign-in"), Some(Program::Portal));
        assert_eq!(Program::after("invitation"), Some(Program::Portal));
        assert_eq!(Program::after("/enrol"), Some(Program::Desk));
        assert_eq!(Program::after("/sign-in/password"), Some(Program::Desk));
        assert_eq!(Program::after("/account/password"), None);
        assert_eq!(Program::after("/families"), Some(Program::Family));
        assert_eq!(Program::after("/families/1"), None);
        assert_eq!(Program::after("/portal/children/1"), Some(Program::Held));
        assert_eq!(Program::after("/portal/children/1/held"), None);
        assert_eq!(Program::after("/admin/policy"), None);
    }
}
