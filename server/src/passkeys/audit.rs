//! `POST /api/audits/{id}/signatures` and `POST /api/audits/signatures`: a principal signs the report of an audit.
//!
//! The rule: the passkey signs the digest of the report; what is signed is kept here between the halves, and the second one names
//! nothing but the ceremony. Right, state and digest are asked again. Deliberately absent: a signature by a passkey that was used a
//! moment ago for something else.

use super::{
    public_key,
    relying::keep,
    sign_in::{SigningIn, begin_bound, verify},
};
use crate::{
    http::{ApiError, Body, Id, OfStaff, Reply},
    state::Shared,
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::AuditId,
    rights::Duty,
    wire::{
        audits::AuditReport,
        ledger::Action,
        sign_in::{Ceremony, CeremonyFinish},
    },
};
use guard::{Disclosed, Entry, receipt::AuditWish, trail::By};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::CeremonyKind;

/// What a signature keeps between its two requests.
#[derive(Serialize, Deserialize)]
struct Signing {
    wish: AuditWish,
    signing: SigningIn,
}

/// Begins to sign a report.
#[utoipa::path(post, path = "/api/audits/{id}/signatures", params(("id" = AuditId, Path)), responses((status = 200, body = Ceremony<Value>)))]
pub(crate) async fn begin(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<AuditId>,
) -> Result<Reply<Ceremony<Value>>, ApiError> {
    app.keeps(&viewer, Duty::SignAudit).await?;
    let record = app.audit_record(&viewer, id).await?;
    let wish = app.audited(&viewer, app.gate.audit_wish(&viewer, &record)).await?;
    let (signing, options) = begin_bound(&app, viewer.actor(), wish.challenge()).await?;
    let signing = Signing { wish, signing };
    let ceremony = keep(&app, CeremonyKind::Audit, Some(viewer.actor()), Some(viewer.session()), &signing, viewer.now()).await?;
    Ok(Reply(Disclosed::plain(Ceremony { ceremony, options })))
}

/// Signs the report that the ceremony was begun for.
#[utoipa::path(post, path = "/api/audits/signatures", request_body = CeremonyFinish<Value>, responses((status = 200, body = AuditReport)))]
pub(crate) async fn finish(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(CeremonyFinish { ceremony, credential, name: _ }): Body<CeremonyFinish<Value>>,
) -> Result<Reply<AuditReport>, ApiError> {
    app.keeps(&viewer, Duty::SignAudit).await?;
    let begun = app.db.take_ceremony(ceremony, CeremonyKind::Audit, viewer.now()).await?.ok_or(ErrorCode::Lapsed)?;
    if begun.session != Some(viewer.session()) || begun.actor != Some(viewer.actor()) {
        return Err(ErrorCode::Lapsed.into());
    }
    let Signing { wish, signing } = serde_json::from_str(&begun.state).map_err(|_| ErrorCode::Internal)?;
    let id = wish.audit();
    let signed: Result<_, ApiError> = match verify(&app, begun.actor, signing, credential, viewer.now()).await {
        Ok((passkey, assertion)) => wish.signed(assertion, &public_key(&passkey)?).map_err(|_| ErrorCode::SignInRefused.into()),
        Err(error) => Err(error),
    };
    let signed = match signed {
        Ok(signed) => signed,
        Err(error) => {
            app.gate.record(Entry::event(viewer.now(), By::viewer(&viewer), Action::SignInRefused)).await?;
            // The session stands: only the signature does not come about.
            let refused = error == ErrorCode::SignInRefused.into();
            return Err(if refused { ErrorCode::StepUpRequired.into() } else { error });
        }
    };
    let record = app.audit_record(&viewer, id).await?;
    let ended = app.audited(&viewer, app.gate.sign_audit(&viewer, &record, signed)).await?;
    let written = app.db.end_audit(&app.trail, ended).await?;
    app.after_audit(&viewer, id, written).await
}
