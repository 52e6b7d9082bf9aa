//! `/api/portal/children/{id}/questions` and `/api/portal/questions/{id}/withdrawal`: what a guardian asks about looks.
//!
//! The rule: lines of the own child's ledger, and of questions one's own alone. A line of another family, one that the
//! guardian does not read, and none at all are one answer.

use crate::{
    http::{
        ApiError, Body, Id, Made, Reply, SignedIn,
        error::{conflict, trace_id},
    },
    limits::Act,
    state::{App, Shared},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{
    error::ErrorCode,
    field::RecordKind,
    ids::{QuestionId, StudentId},
    wire::{
        families::Conflict,
        questions::{NewQuestion, Question, Questions},
    },
};
use guard::{Refused, Viewer, records::QuestionRecord};
use store::Written;

/// What the guardian has asked about a child.
#[utoipa::path(get, path = "/api/portal/children/{id}/questions", params(("id" = StudentId, Path)), responses((status = 200, body = Questions)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<StudentId>,
) -> Result<Reply<Questions>, ApiError> {
    app.self_of(&viewer).await?;
    let child = app.student(&viewer, id).await?;
    let records = app.db.own_questions(&app.gate.scope(&viewer), child.id).await?;
    Ok(Reply(app.gate.own_questions(&viewer, &child, &records).await?))
}

/// Asks about a look.
#[utoipa::path(post, path = "/api/portal/children/{id}/questions", params(("id" = StudentId, Path)), request_body = NewQuestion,
    responses((status = 201, body = Question), (status = 409, body = Conflict<Question>, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<StudentId>,
    Body(new): Body<NewQuestion>,
) -> Result<Response, ApiError> {
    let me = app.self_of(&viewer).await?;
    app.limits.pass(Act::Ask, &me.id.to_string())?;
    let child = app.student(&viewer, id).await?;
    let look = app.db.family_line(child.family, new.line).await?;
    let joined = app.db.joined_grants(child.id).await?;
    let steps = joined.iter().map(|step| step.seq).collect();
    let look = look.as_ref().or_else(|| joined.iter().find(|step| step.seq == new.line));
    let ask = match app.gate.ask_question(&viewer, &child, &me, (look, &steps), &new) {
        Err(Refused::NotFound) => return Err(app.missing(&viewer, RecordKind::Student, child.id.0).await),
        ask => ask?,
    };
    let written = app.db.ask_question(&app.trail, ask).await?;
    // About the line one is open now: this one, or the one that was there.
    let open = app.db.open_question(&app.gate.scope(&viewer), new.line).await?.ok_or(ErrorCode::NotFound)?;
    match written {
        Written::Stored => Ok(Made(app.gate.own_question(&viewer, &child, &open).await?).into_response()),
        Written::Conflict => Ok(conflict(app.gate.own_question_conflict(&viewer, &child, &open, trace_id()).await?)),
    }
}

/// Takes a question back.
#[utoipa::path(post, path = "/api/portal/questions/{id}/withdrawal", params(("id" = QuestionId, Path)),
    responses((status = 200, body = Question), (status = 409, body = Conflict<Question>, content_type = "application/problem+json")))]
pub(crate) async fn withdraw(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<QuestionId>,
) -> Result<Response, ApiError> {
    app.self_of(&viewer).await?;
    let record = app.own_question(&viewer, id).await?;
    let child = app.student(&viewer, record.about).await?;
    let withdrawal = app.gate.withdraw_question(&viewer, &record)?;
    let written = app.db.withdraw_question(&app.trail, withdrawal).await?;
    let record = app.own_question(&viewer, id).await?;
    match written {
        Written::Stored => Ok(Reply(app.gate.own_question(&viewer, &child, &record).await?).into_response()),
        Written::Conflict => Ok(conflict(app.gate.own_question_conflict(&viewer, &child, &record, trace_id()).await?)),
    }
}

impl App {
    async fn own_question(&self, viewer: &Viewer, id: QuestionId) -> Result<QuestionRecord, ApiError> {
        match self.db.own_question(&self.gate.scope(viewer), id).await? {
            Some(record) => Ok(record),
            None => Err(self.missing(viewer, RecordKind::Question, id.0).await),
        }
    }
}
