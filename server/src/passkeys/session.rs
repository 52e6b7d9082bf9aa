//! `GET /api/session` and `POST /api/sign-out`

use crate::{
    http::{ApiError, Reply, SignedIn},
    state::{App, Shared},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use chrono::{DateTime, Utc};
use contract::{
    ids::SessionId,
    rights::Role,
    wire::{
        Done,
        ledger::Action,
        sign_in::{Me, Surface},
    },
};
use guard::{Actor, Admission, Disclosed, Entry, Viewer, Whence, trail::By};
use store::Person;

/// Who is signed in, or nobody. The client asks before it knows, and that question is no fault: browsers put every refusal on
/// their console.
#[utoipa::path(get, path = "/api/session", responses((status = 200, body = Option<Me>)))]
pub(crate) async fn show(State(app): State<Shared>, signed_in: Result<SignedIn, ApiError>) -> Result<Response, ApiError> {
    match signed_in {
        Ok(SignedIn { viewer, session, .. }) => {
            Ok(Reply(Disclosed::plain(Some(app.me(&viewer, session.expires_at).await?))).into_response())
        }
        // That the store could not be asked stays an error.
        Err(error) if error.is_nobody() => Ok((error.forgotten(), Reply(Disclosed::plain(None::<Me>))).into_response()),
        Err(error) => Err(error),
    }
}

/// Ends the session.
#[utoipa::path(post, path = "/api/sign-out", responses((status = 200, body = Done)))]
pub(crate) async fn sign_out(
    State(app): State<Shared>,
    jar: CookieJar,
    SignedIn { viewer, session, .. }: SignedIn,
) -> Result<Response, ApiError> {
    app.gate.record(Entry::event(viewer.now(), By::viewer(&viewer), Action::SignedOut)).await?;
    app.db.end_session(viewer.actor(), session.id, viewer.now()).await?;
    let headers = [("clear-site-data", "\"cache\", \"storage\"")];
    Ok((headers, jar.add(app.forget_cookie()), Reply(Disclosed::plain(Done::DONE))).into_response())
}

/// What a person sees first.
const fn surface(viewer: &Viewer) -> Surface {
    match viewer.actor() {
        Actor::Guardian(_) => Surface::Portal,
        Actor::Staff(_)
            if viewer.has_role(Role::Administrator) || viewer.has_role(Role::PrivacyOfficer) || viewer.has_role(Role::Auditor) =>
        {
            Surface::Admin
        }
        Actor::Staff(_) => Surface::Staff,
    }
}

impl App {
    /// The account of a viewer of themselves.
    pub(crate) async fn me(&self, viewer: &Viewer, expires_at: DateTime<Utc>) -> Result<Me, ApiError> {
        let campus = match viewer.campuses().first() {
            Some(id) => self.db.campus_name(*id).await?,
            None => None,
        };
        Ok(Me {
            id: viewer.actor().uuid(),
            name: viewer.name().to_owned(),
            roles: viewer.roles().into(),
            named: self.gate.named_roles(),
            duties: self.gate.duties(viewer),
            surface: surface(viewer),
            school: self.school_name().await?,
            campus,
            session: viewer.session(),
            fresh_until: viewer.fresh_until(),
            expires_at,
            passkeys: u32::try_from(self.db.passkeys_of(viewer.actor()).await?.len()).unwrap_or(u32::MAX),
            reveals_left: self.db.quota_left(&self.gate.reveal_quota(viewer, 0)).await?,
        })
    }

    /// The account of somebody who has just signed in.
    pub(crate) async fn me_of(
        &self,
        person: Person,
        session: SessionId,
        expires_at: DateTime<Utc>,
        stepped_up_at: Option<DateTime<Utc>>,
        (now, whence): (DateTime<Utc>, Whence),
    ) -> Result<Me, ApiError> {
        // Nobody was asked yet which matrix is in force.
        self.with_policy(self.db.policy().await?.version).await?;
        let roles = self.gate.present_roles(person.roles_at(now));
        let Person { actor, name, campuses, .. } = person;
        #[expect(
            clippy::disallowed_methods,
            reason = "for the answer to the sign-in itself, from the rows that the session was opened with"
        )]
        let viewer = Viewer::admit(Admission { actor, name, roles, campuses, session, stepped_up_at, now, whence });
        self.me(&viewer, expires_at).await
    }
}
