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
    ("GET", "/api/sign-in/ways", Anybody, Flow::Plain, &[]),
    ("POST", "/api/sign-in/password", Anybody, Flow::Plain, &[]),
    ("POST", "/api/step-up/begin", Oneself, Flow::Plain, &[]),
    ("POST", "/api/step-up/finish", Oneself, Flow::Plain, &[]),
    ("POST", "/api/reveals", Staff, Flow::Revealed, &[]),
    ("POST", "/api/enrolments/open", Anybody, Flow::Plain, &[]),
    ("POST", "/api/enrolments/finish", Anybody, Flow::Plain, &[]),
    ("POST", "/api/recovery/begin", Anybody, Flow::Plain, &[]),
    ("GET", "/api/account", Oneself, Flow::Plain, &[]),
    ("POST", "/api/account/passkeys/begin", Oneself, Flow::Plain, &[]),
    ("POST", "/api/account/attested-passkeys/begin", Oneself, Flow::Plain, &[]),
    ("POST", "/api/account/passkeys/finish", Oneself, Flow::Plain, &[]),
    ("PATCH", "/api/account/passkeys/{id}", Oneself, Flow::Plain, &[]),
    ("DELETE", "/api/account/passkeys/{id}", Oneself, Flow::Plain, &[]),
    ("POST", "/api/account/recovery-codes", Oneself, Flow::Plain, &[]),
    ("GET", "/api/account/credentials", Oneself, Flow::Plain, &[]),
    ("POST", "/api/account/password/begin", Oneself, Flow::Plain, &[]),
    ("POST", "/api/account/password/finish", Oneself, Flow::Plain, &[]),
    ("DELETE", "/api/account/password", Oneself, Flow::Plain, &[]),
    ("DELETE", "/api/account/sessions/{id}", Oneself, Flow::Plain, &[]),
    ("DELETE", "/api/account/sessions", Oneself, Flow::Plain, &[]),
    ("GET", "/api/school", Staff, Flow::Plain, &[]),
    ("GET", "/api/school/settings", Duty(D::KeepSchool), Flow::Plain, &[]),
    ("PATCH", "/api/school/settings", Duty(D::KeepSchool), Flow::Plain, &[]),
    ("GET", "/api/school/ladder", Duty(D::KeepSchool), Flow::Plain, &[]),
    ("PATCH", "/api/school/ladder", Duty(D::KeepSchool), Flow::Plain, &[]),
    ("GET", "/api/school/setup", Duty(D::KeepSchool), Flow::Plain, &[]),
    ("POST", "/api/campuses", Duty(D::KeepSchool), Flow::Plain, &[]),
    ("PATCH", "/api/campuses/{id}", Duty(D::KeepSchool), Flow::Plain, &[]),
    ("DELETE", "/api/campuses/{id}", Duty(D::KeepSchool), Flow::Plain, &[]),
    ("GET", "/api/families", Staff, Flow::Records, &["when", "match", "sort", "after", "limit"]),
    ("POST", "/api/families", Duty(D::KeepFamilies), Flow::Plain, &[]),
    ("POST", "/api/families/search", Staff, Flow::Records, &[]),
    ("POST", "/api/families/exports", Staff, Flow::Records, &[]),
    ("POST", "/api/families/bulk", Duty(D::KeepFamilies), Flow::Plain, &[]),
    ("GET", "/api/families/{id}", Staff, Flow::Records, &[]),
    ("PATCH", "/api/families/{id}", Duty(D::KeepFamilies), Flow::Records, &[]),
    ("GET", "/api/families/{id}/timeline", Staff, Flow::Trail, &["kind", "after"]),
    ("POST", "/api/families/{id}/students", Duty(D::KeepFamilies), Flow::Records, &[]),
    ("POST", "/api/families/{id}/guardians", Duty(D::KeepFamilies), Flow::Records, &[]),
    ("POST", "/api/families/{id}/notes", Duty(D::KeepFamilies), Flow::Records, &[]),
    ("PATCH", "/api/students/{id}", Staff, Flow::Records, &[]),
    ("POST", "/api/students/{id}/reveals", Staff, Flow::Plain, &[]),
    ("PATCH", "/api/guardians/{id}", Staff, Flow::Records, &[]),
    ("POST", "/api/guardians/{id}/reveals", Staff, Flow::Plain, &[]),
    ("GET", "/api/corrections", Staff, Flow::Records, &["state", "after"]),
    ("POST", "/api/corrections/{id}/decision", Staff, Flow::Records, &[]),
    ("GET", "/api/questions", Duty(D::Approve), Flow::Records, &["state", "after"]),
    ("POST", "/api/questions/{id}/answer", Duty(D::Approve), Flow::Records, &[]),
    ("POST", "/api/guardians/{id}/invitations", Duty(D::KeepFamilies), Flow::Plain, &[]),
    ("POST", "/api/notes/{id}/reveals", Staff, Flow::Plain, &[]),
    ("GET", "/api/approvals", Staff, Flow::Records, &["record"]),
    ("POST", "/api/approvals", Staff, Flow::Records, &[]),
    ("DELETE", "/api/approvals/{id}", Staff, Flow::Plain, &[]),
    ("GET", "/api/approvals/register", Duty(D::ReadTrail), Flow::Trail, &["state", "from", "to", "after"]),
    ("POST", "/api/approvals/exports", Duty(D::ReadTrail), Flow::Trail, &[]),
    ("POST", "/api/approvals/{id}/decision", Duty(D::Approve), Flow::Plain, &[]),
    // Plain facts of the school: classes, people, days, fields by name.
    ("GET", "/api/grants", Staff, Flow::Plain, &[]),
    ("POST", "/api/grants", Staff, Flow::Plain, &[]),
    ("DELETE", "/api/grants/{id}", Staff, Flow::Plain, &[]),
    ("POST", "/api/grants/{id}/decision", Duty(D::Approve), Flow::Plain, &[]),
    // Plain facts of the school and words of staff for each other; the secret of a token, once, to its owner.
    ("GET", "/api/tokens", Staff, Flow::Plain, &[]),
    ("POST", "/api/tokens", Staff, Flow::Plain, &[]),
    ("DELETE", "/api/tokens/{id}", Staff, Flow::Plain, &[]),
    ("POST", "/api/tokens/{id}/decision", Duty(D::Approve), Flow::Plain, &[]),
    ("POST", "/api/tokens/{id}/secrets", Staff, Flow::Plain, &[]),
    ("GET", "/api/emergencies", Staff, Flow::Plain, &[]),
    ("POST", "/api/emergencies", Staff, Flow::Plain, &[]),
    ("DELETE", "/api/emergencies/{id}", Staff, Flow::Plain, &[]),
    ("POST", "/api/emergencies/{id}/decision", Duty(D::Approve), Flow::Plain, &[]),
    ("GET", "/api/today", Staff, Flow::Records, &[]),
    ("GET", "/api/waiting", Staff, Flow::Plain, &[]),
    // Plain facts of the school, and a count of what the viewer reaches.
    ("GET", "/api/classes", Staff, Flow::Plain, &[]),
    ("GET", "/api/classes/{id}", Staff, Flow::Records, &[]),
    ("GET", "/api/views", Staff, Flow::Plain, &[]),
    ("POST", "/api/views", Staff, Flow::Plain, &[]),
    ("PATCH", "/api/views/{id}", Staff, Flow::Plain, &[]),
    ("DELETE", "/api/views/{id}", Staff, Flow::Plain, &[]),
    ("GET", "/api/policy", Duty(D::ReadPolicy), Flow::Plain, &[]),
    ("PATCH", "/api/policy", Duty(D::KeepPolicy), Flow::Plain, &[]),
    ("POST", "/api/policy/impact", Duty(D::KeepPolicy), Flow::Plain, &[]),
    // Forms and reasons, of the families that one reaches; of the whole school for whoever keeps the matrix. No value.
    ("POST", "/api/policy/views", Duty(D::ReadPolicy), Flow::Plain, &[]),
    ("POST", "/api/policy/sights", Duty(D::ReadPolicy), Flow::Plain, &[]),
    ("GET", "/api/policy/proposals", Duty(D::ReadPolicy), Flow::Plain, &[]),
    ("POST", "/api/policy/proposals", Duty(D::KeepPolicy), Flow::Plain, &[]),
    ("DELETE", "/api/policy/proposals/{id}", Duty(D::ReadPolicy), Flow::Plain, &[]),
    ("POST", "/api/policy/proposals/{id}/decision", Duty(D::Approve), Flow::Plain, &[]),
    ("GET", "/api/policy/versions", Duty(D::ReadPolicy), Flow::Plain, &["after"]),
    ("GET", "/api/policy/versions/{id}", Duty(D::ReadPolicy), Flow::Plain, &[]),
    ("POST", "/api/policy/rollbacks", Duty(D::KeepPolicy), Flow::Plain, &[]),
    ("POST", "/api/policy/reviews", Duty(D::KeepPolicy), Flow::Plain, &[]),
    ("GET", "/api/colleagues", Duty(D::ReadPolicy), Flow::Plain, &[]),
    ("GET", "/api/trail", Duty(D::ReadTrail), Flow::Trail, &["who", "by", "kind", "action", "from", "to", "same", "whose", "after"]),
    ("GET", "/api/trail/{id}", Duty(D::ReadTrail), Flow::Trail, &[]),
    ("GET", "/api/trail/news", Duty(D::ReadTrail), Flow::Plain, &["since"]),
    ("POST", "/api/trail/exports", Duty(D::ReadTrail), Flow::Trail, &[]),
    ("GET", "/api/trail/verifications", Duty(D::ReadTrail), Flow::Plain, &[]),
    ("POST", "/api/trail/verifications", Duty(D::ReadTrail), Flow::Plain, &[]),
    ("DELETE", "/api/trail/verifications", Duty(D::ReadTrail), Flow::Plain, &[]),
    ("GET", "/api/alarms", Duty(D::Watch), Flow::Trail, &["closed", "after"]),
    ("GET", "/api/alarms/watch", Duty(D::Watch), Flow::Plain, &[]),
    ("GET", "/api/alarms/rules", Duty(D::Watch), Flow::Plain, &[]),
    ("PATCH", "/api/alarms/rules", Duty(D::KeepPolicy), Flow::Plain, &[]),
    // Ids of families that do not exist; the mark is for those who watch alone.
    ("GET", "/api/alarms/honey", Duty(D::Watch), Flow::Plain, &[]),
    ("POST", "/api/alarms/honey", Duty(D::KeepPolicy), Flow::Plain, &[]),
    ("DELETE", "/api/alarms/honey/{id}", Duty(D::KeepPolicy), Flow::Plain, &[]),
    ("GET", "/api/alarms/live", Duty(D::Watch), Flow::Plain, &[]),
    ("POST", "/api/alarms/{id}/taking", Duty(D::Watch), Flow::Trail, &[]),
    ("POST", "/api/alarms/{id}/closing", Duty(D::Watch), Flow::Trail, &[]),
    ("POST", "/api/alarms/{id}/undoing", Duty(D::Watch), Flow::Trail, &[]),
    ("GET", "/api/audits", Duty(D::ReadAudit), Flow::Plain, &[]),
    ("POST", "/api/audits", Duty(D::ReadTrail), Flow::Trail, &[]),
    ("GET", "/api/audits/{id}", Duty(D::ReadAudit), Flow::Trail, &[]),
    ("POST", "/api/audits/{id}/signatures", Duty(D::SignAudit), Flow::Plain, &[]),
    ("POST", "/api/audits/signatures", Duty(D::SignAudit), Flow::Trail, &[]),
    ("POST", "/api/audits/{id}/declining", Duty(D::SignAudit), Flow::Trail, &[]),
    ("POST", "/api/audits/{id}/findings", Duty(D::ReadTrail), Flow::Trail, &[]),
    ("POST", "/api/findings/{id}/steps", Duty(D::ReadAudit), Flow::Trail, &[]),
    ("GET", "/api/staff", Duty(D::KeepStaff), Flow::Records, &["role", "campus", "state"]),
    ("POST", "/api/staff", Duty(D::KeepStaff), Flow::Records, &[]),
    ("GET", "/api/staff/{id}", Duty(D::KeepStaff), Flow::Records, &[]),
    ("PATCH", "/api/staff/{id}", Duty(D::KeepStaff), Flow::Records, &[]),
    ("POST", "/api/staff/{id}/enrolments", Duty(D::KeepStaff), Flow::Plain, &[]),
    ("POST", "/api/staff/{id}/suspensions", Duty(D::KeepStaff), Flow::Records, &[]),
    ("DELETE", "/api/staff/{id}/suspensions", Duty(D::KeepStaff), Flow::Records, &[]),
    ("DELETE", "/api/staff/{id}/sessions", Duty(D::KeepStaff), Flow::Records, &[]),
    // Counts; for whoever reads the trail as well.
    ("GET", "/api/staff/{id}/activity", Duty(D::KeepStaff), Flow::Trail, &[]),
    ("GET", "/api/staff/{id}/departures", Duty(D::KeepStaff), Flow::Plain, &[]),
    ("POST", "/api/staff/{id}/departures", Duty(D::KeepStaff), Flow::Records, &[]),
    ("GET", "/api/portal/children", Guardian, Flow::Records, &[]),
    ("GET", "/api/portal/children/{id}", Guardian, Flow::Records, &[]),
    ("GET", "/api/portal/children/{id}/ledger", Guardian, Flow::Trail, &["after", "line", "field", "kind"]),
    ("GET", "/api/portal/children/{id}/corrections", Guardian, Flow::Records, &[]),
    ("POST", "/api/portal/children/{id}/corrections", Guardian, Flow::Records, &[]),
    ("POST", "/api/portal/corrections/{id}/withdrawal", Guardian, Flow::Records, &[]),
    ("GET", "/api/portal/children/{id}/questions", Guardian, Flow::Records, &[]),
    ("POST", "/api/portal/children/{id}/questions", Guardian, Flow::Records, &[]),
    ("POST", "/api/portal/questions/{id}/withdrawal", Guardian, Flow::Records, &[]),
    ("POST", "/api/portal/invitations/open", Anybody, Flow::Records, &[]),
    ("POST", "/api/portal/codes", Anybody, Flow::Plain, &[]),
    ("POST", "/api/portal/codes/verify", Anybody, Flow::Plain, &[]),
];

/// What a guardian may call whom a code let in below the rung that the school asks of guardians: to make the passkey that is missing,
/// and what the page for that asks.
pub const TO_REGISTER: &[(&str, &str)] = &[
    ("GET", "/api/session"),
    ("POST", "/api/sign-out"),
    ("GET", "/api/account"),
    ("POST", "/api/account/passkeys/begin"),
    ("POST", "/api/account/passkeys/finish"),
];

/// The routes that a program may read by a token, each a `GET` of staff whose handler takes a `Reader`. What is not here is closed to
/// every token.
pub const BY_TOKEN: &[&str] = &["/api/school", "/api/families", "/api/families/{id}", "/api/classes", "/api/classes/{id}"];
