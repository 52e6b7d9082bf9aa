//! The ledger of routes: who each route is for and what flows through it. A test compares it with the OpenAPI document; a
//! route or parameter that nobody classed fails the build (every leak of this kind came in by a route that nobody classed).

/// Who may call a route at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Anybody; the route is part of the way in.
    Anybody,
    /// Whoever is signed in, about themselves.
    Oneself,
    /// Staff, within their scope.
    Staff,
    /// A guardian, about the own children.
    Guardian,
    /// A duty.
    Duty(contract::Duty),
}

/// What flows through a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// No personal field, by type.
    Plain,
    /// Records, each field in the viewer's form.
    Records,
    /// One field, opened deliberately.
    Revealed,
    /// The trail.
    Trail,
}

use For::{Anybody, Duty, Guardian, Oneself, Staff};
use contract::Duty as D;

/// Method, path, who for, what flows out, and the query parameters, all of which are plain facts.
pub const ROUTES: &[(&str, &str, For, Flow, &[&str])] = &[
    ("GET", "/api/health", Anybody, Flow::Plain, &[]),
    ("GET", "/api/session", Anybody, Flow::Plain, &[]),
    ("POST", "/api/sign-out", Oneself, Flow::Plain, &[]),
    ("POST", "/api/sign-in/begin", Anybody, Flow::Plain, &[]),
    ("POST", "/api/sign-in/finish", Anybody, Flow::Plain, &[]),
    ("POST", "/api/step-up/begin", Oneself, Flow::Plain, &[]),
    ("POST", "/api/step-up/finish", Oneself, Flow::Plain, &[]),
    ("POST", "/api/enrolments/open", Anybody, Flow::Plain, &[]),
    ("POST", "/api/enrolments/finish", Anybody, Flow::Plain, &[]),
    ("POST", "/api/recovery/begin", Anybody, Flow::Plain, &[]),
    ("GET", "/api/account", Oneself, Flow::Plain, &[]),
    ("POST", "/api/account/passkeys/begin", Oneself, Flow::Plain, &[]),
    ("POST", "/api/account/passkeys/finish", Oneself, Flow::Plain, &[]),
    ("PATCH", "/api/account/passkeys/{id}", Oneself, Flow::Plain, &[]),
    ("DELETE", "/api/account/passkeys/{id}", Oneself, Flow::Plain, &[]),
    ("POST", "/api/account/recovery-codes", Oneself, Flow::Plain, &[]),
    ("DELETE", "/api/account/sessions/{id}", Oneself, Flow::Plain, &[]),
    ("GET", "/api/school", Staff, Flow::Plain, &[]),
    ("GET", "/api/families", Staff, Flow::Records, &["stage", "mine", "campus", "due", "sort", "after", "limit"]),
    ("POST", "/api/families", Duty(D::KeepFamilies), Flow::Plain, &[]),
    ("POST", "/api/families/search", Staff, Flow::Records, &[]),
    ("POST", "/api/families/exports", Staff, Flow::Records, &[]),
    ("GET", "/api/families/{id}", Staff, Flow::Records, &[]),
    ("PATCH", "/api/families/{id}", Duty(D::KeepFamilies), Flow::Records, &[]),
    ("GET", "/api/families/{id}/timeline", Staff, Flow::Trail, &["kind", "after"]),
    ("POST", "/api/families/{id}/students", Duty(D::KeepFamilies), Flow::Records, &[]),
    ("POST", "/api/families/{id}/guardians", Duty(D::KeepFamilies), Flow::Records, &[]),
    ("POST", "/api/families/{id}/notes", Duty(D::KeepFamilies), Flow::Records, &[]),
    ("PATCH", "/api/students/{id}", Staff, Flow::Records, &[]),
    ("POST", "/api/students/{id}/reveals", Staff, Flow::Revealed, &[]),
    ("PATCH", "/api/guardians/{id}", Staff, Flow::Records, &[]),
    ("POST", "/api/guardians/{id}/reveals", Staff, Flow::Revealed, &[]),
    ("POST", "/api/guardians/{id}/invitations", Duty(D::KeepFamilies), Flow::Plain, &[]),
    ("POST", "/api/notes/{id}/reveals", Staff, Flow::Revealed, &[]),
    // Plain facts of the school, and a count of what the viewer reaches.
    ("GET", "/api/classes", Staff, Flow::Plain, &[]),
    ("GET", "/api/classes/{id}", Staff, Flow::Records, &[]),
    ("GET", "/api/policy", Duty(D::ReadPolicy), Flow::Plain, &[]),
    ("PATCH", "/api/policy", Duty(D::KeepPolicy), Flow::Plain, &[]),
    ("GET", "/api/trail", Duty(D::ReadTrail), Flow::Trail, &["action", "after"]),
    ("GET", "/api/staff", Duty(D::KeepStaff), Flow::Records, &[]),
    ("POST", "/api/staff/{id}/enrolments", Duty(D::KeepStaff), Flow::Plain, &[]),
    ("GET", "/api/portal/children", Guardian, Flow::Records, &[]),
    ("GET", "/api/portal/children/{id}", Guardian, Flow::Records, &[]),
    ("GET", "/api/portal/children/{id}/ledger", Guardian, Flow::Trail, &["after"]),
    ("POST", "/api/portal/invitations/open", Anybody, Flow::Records, &[]),
    ("POST", "/api/portal/codes", Anybody, Flow::Plain, &[]),
    ("POST", "/api/portal/codes/verify", Anybody, Flow::Plain, &[]),
];
