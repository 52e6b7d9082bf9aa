//! `POST /api/reveals`: the second half of a deliberate look. The first half, a route a kind of record, gives the challenge.
//!
//! The rule: what is signed is kept here between the halves; the second one names nothing but the ceremony, so that nothing
//! else can be opened by it. Scope, right, approval and quota are decided again. Deliberately absent: a look by a passkey that
//! was used a moment ago for something else.

use super::{
    public_key,
    relying::keep,
    sign_in::{SigningIn, begin_bound, verify},
};
use crate::{
    http::{ApiError, Body, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    field::RecordKind,
    ids::{GuardianId, NoteId, StudentId},
    wire::{
        ledger::Action,
        reveals::{RevealRequest, Revealed},
        sign_in::{Ceremony, CeremonyFinish},
    },
};
use guard::{Disclosed, Entry, Openable, Refused, SignedWish, Viewer, Wish, trail::By};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::CeremonyKind;

/// What a look keeps between its two requests.
#[derive(Serialize, Deserialize)]
struct Opening {
    wish: Wish,
    signing: SigningIn,
}

impl App {
    /// Begins to open one field of a record that the viewer reaches. Whoever lacks an approval or has no look left today hears
    /// it before a passkey is asked for.
    pub(crate) async fn begin_reveal(
        &self,
        viewer: &Viewer,
        record: Openable<'_>,
        request: &RevealRequest,
    ) -> Result<Reply<Ceremony<Value>>, ApiError> {
        let wish = self.gate.wish(viewer, record, request).await?;
        self.ticket(viewer, record, wish.field()).await?;
        if self.db.quota_left(&self.gate.reveal_quota(viewer, 1)).await? == 0 {
            return Err(self.gate.refuse(viewer, Some(wish.record()), Refused::Quota).await.into());
        }
        let (signing, options) = begin_bound(self, viewer.actor(), wish.challenge()).await?;
        let opening = Opening { wish, signing };
        let ceremony = keep(self, CeremonyKind::Reveal, Some(viewer.actor()), Some(viewer.session()), &opening, viewer.now()).await?;
        Ok(Reply(Disclosed::plain(Ceremony { ceremony, options })))
    }

    async fn end_reveal(&self, viewer: &Viewer, record: Openable<'_>, wish: SignedWish) -> Result<Reply<Revealed>, ApiError> {
        Ok(Reply(match self.ticket(viewer, record, wish.field()).await? {
            None => self.gate.reveal(viewer, record, wish).await?,
            Some(ticket) => self.gate.reveal_approved(ticket, record, wish).await?,
        }))
    }
}

/// Opens the field that the passkey has signed for.
#[utoipa::path(post, path = "/api/reveals", request_body = CeremonyFinish<Value>, responses((status = 200, body = Revealed)))]
pub(crate) async fn finish(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(CeremonyFinish { ceremony, credential, name: _ }): Body<CeremonyFinish<Value>>,
) -> Result<Reply<Revealed>, ApiError> {
    let begun = app.db.take_ceremony(ceremony, CeremonyKind::Reveal, viewer.now()).await?.ok_or(ErrorCode::Lapsed)?;
    if begun.session != Some(viewer.session()) || begun.actor != Some(viewer.actor()) {
        return Err(ErrorCode::Lapsed.into());
    }
    let Opening { wish, signing } = serde_json::from_str(&begun.state).map_err(|_| ErrorCode::Internal)?;
    let about = wish.record();
    let signed: Result<_, ApiError> = match verify(&app, begun.actor, signing, credential, viewer.now()).await {
        Ok((passkey, assertion)) => wish.signed(assertion, &public_key(&passkey)?).map_err(|_| ErrorCode::SignInRefused.into()),
        Err(error) => Err(error),
    };
    let wish = match signed {
        Ok(wish) => wish,
        Err(error) => {
            app.gate.record(Entry::event(viewer.now(), By::viewer(&viewer), Action::SignInRefused).about(about)).await?;
            // The session stands: only the look does not happen.
            let refused = error == ErrorCode::SignInRefused.into();
            return Err(if refused { ErrorCode::StepUpRequired.into() } else { error });
        }
    };
    match about.kind {
        RecordKind::Student => app.end_reveal(&viewer, (&app.student(&viewer, StudentId(about.id)).await?).into(), wish).await,
        RecordKind::Guardian => app.end_reveal(&viewer, (&app.guardian(&viewer, GuardianId(about.id)).await?).into(), wish).await,
        RecordKind::Note => app.end_reveal(&viewer, (&app.note(&viewer, NoteId(about.id)).await?).into(), wish).await,
        RecordKind::Family | RecordKind::Correction | RecordKind::Question | RecordKind::Staff => Err(ErrorCode::NotFound.into()),
    }
}
