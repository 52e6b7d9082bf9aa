//! Reports of audits: the list, drawing one up, reading one, declining to sign one. Signing is in `passkeys`, since a passkey does it.
//!
//! The rule: the trail is verified and counted first, then the report is frozen, and the act commits with it; refusals are written
//! down. Deliberately absent: a change of a report.

pub(crate) mod findings;

use crate::{
    clock::school_day,
    http::{ApiError, Body, Id, Made, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use chrono::NaiveDate;
use contract::{
    error::ErrorCode,
    ids::AuditId,
    rights::Duty,
    wire::audits::{AuditDecline, AuditReport, Audits, HeadFigures, NewAudit},
};
use guard::{
    Refused, SignedHead, Viewer,
    records::{AuditCounts, AuditRecord},
};
use std::collections::BTreeSet;
use store::Written;

impl App {
    pub(crate) async fn audit_record(&self, viewer: &Viewer, id: AuditId) -> Result<AuditRecord, ApiError> {
        self.keeps(viewer, Duty::ReadAudit).await?;
        Ok(self.db.audit(id).await?.ok_or(ErrorCode::NotFound)?)
    }

    /// Writes a refusal for want of a right down.
    pub(crate) async fn audited<T>(&self, viewer: &Viewer, outcome: Result<T, Refused>) -> Result<T, ApiError> {
        match outcome {
            Err(Refused::Forbidden) => Err(self.gate.refuse(viewer, None, Refused::Forbidden).await.into()),
            other => Ok(other?),
        }
    }

    pub(crate) async fn after_audit(&self, viewer: &Viewer, id: AuditId, written: Written) -> Result<Reply<AuditReport>, ApiError> {
        match written {
            Written::Stored => Ok(Reply(self.gate.audit_after(viewer, &self.audit_record(viewer, id).await?)?)),
            // Somebody signed or declined it meanwhile.
            Written::Conflict => Err(ErrorCode::Lapsed.into()),
        }
    }

    /// Verifies the trail, also by the signed heads, and counts.
    async fn audit_counts(&self, viewer: &Viewer, wish: NewAudit) -> Result<AuditCounts, ApiError> {
        let heads = match self.heads.get() {
            None => None,
            // What is wrong with the file is the operator's to hear; the report says that there are no heads to be read.
            Some(heads) => heads.read().await.inspect_err(|error| tracing::error!(%error, "the signed heads cannot be read")).ok(),
        };
        let anchors = heads.as_deref().map(crate::heads::anchors).unwrap_or_default();
        let NewAudit { from, to } = wish;
        let mut counts = self.db.audit_counts(&self.trail, (from, to), anchors, viewer.now()).await?;
        let first = counts.since.map_or(to, school_day).max(from);
        counts.heads = heads.map(|heads| head_figures(&heads, first, to.min(viewer.today())));
        Ok(counts)
    }
}

/// How many heads were signed on these days, and how many of the days have none.
fn head_figures(heads: &[SignedHead], from: NaiveDate, to: NaiveDate) -> HeadFigures {
    let days: Vec<NaiveDate> = heads.iter().map(|head| school_day(head.at())).filter(|day| (from..=to).contains(day)).collect();
    let number = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let all = usize::try_from((to - from).num_days() + 1).unwrap_or_default();
    let signed = days.len();
    let with = days.into_iter().collect::<BTreeSet<_>>().len();
    HeadFigures { signed: number(signed), missing: number(all.saturating_sub(with)) }
}

/// The reports, newest first.
#[utoipa::path(get, path = "/api/audits", responses((status = 200, body = Audits)))]
pub(crate) async fn list(State(app): State<Shared>, OfStaff { viewer }: OfStaff) -> Result<Reply<Audits>, ApiError> {
    app.keeps(&viewer, Duty::ReadAudit).await?;
    Ok(Reply(app.gate.audits(&viewer, app.db.audits().await?)?))
}

/// Draws a report up: verifies the trail, counts, and freezes what was counted.
#[utoipa::path(post, path = "/api/audits", request_body = NewAudit, responses((status = 201, body = AuditReport)))]
pub(crate) async fn draw(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<NewAudit>,
) -> Result<Made<AuditReport>, ApiError> {
    app.audited(&viewer, app.gate.may_draw(&viewer, &wish)).await?;
    let counts = app.audit_counts(&viewer, wish).await?;
    let drawn = app.gate.draw_audit(&viewer, &wish, &counts)?;
    let id = drawn.id;
    app.db.draw_audit(&app.trail, drawn).await?;
    Ok(Made(app.gate.audit_after(&viewer, &app.audit_record(&viewer, id).await?)?))
}

/// One report.
#[utoipa::path(get, path = "/api/audits/{id}", params(("id" = AuditId, Path)), responses((status = 200, body = AuditReport)))]
pub(crate) async fn show(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<AuditId>,
) -> Result<Reply<AuditReport>, ApiError> {
    let record = app.audit_record(&viewer, id).await?;
    Ok(Reply(app.gate.audit(&viewer, &record).await?))
}

/// Declines to sign one.
#[utoipa::path(post, path = "/api/audits/{id}/declining", params(("id" = AuditId, Path)), request_body = AuditDecline,
    responses((status = 200, body = AuditReport)))]
pub(crate) async fn decline(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Id(id): Id<AuditId>,
    Body(wish): Body<AuditDecline>,
) -> Result<Reply<AuditReport>, ApiError> {
    app.keeps(&viewer, Duty::SignAudit).await?;
    let record = app.audit_record(&viewer, id).await?;
    let ended = app.audited(&viewer, app.gate.decline_audit(&viewer, &record, &wish)).await?;
    let written = app.db.end_audit(&app.trail, ended).await?;
    app.after_audit(&viewer, id, written).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};
    use guard::{Vault, vault::keys::KeyFile};

    #[test]
    fn a_day_with_two_heads_is_one_day_with_a_head() {
        let folder = tempfile::tempdir().unwrap();
        let key = KeyFile::at(&folder.path().join("master.key"));
        key.create().unwrap();
        let signer = Vault::unlock(&key).unwrap().head_signer();
        let noon = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let head = |hours| signer.sign(1, [7; 32], noon + TimeDelta::hours(hours));
        let day = |days| school_day(noon + TimeDelta::days(days));
        let heads = [head(0), head(1), head(48), head(24 * 9)];
        assert_eq!(head_figures(&heads, day(0), day(3)), HeadFigures { signed: 3, missing: 2 });
        assert_eq!(head_figures(&heads, day(1), day(1)), HeadFigures { signed: 0, missing: 1 });
        assert_eq!(head_figures(&heads, day(1), day(0)), HeadFigures { signed: 0, missing: 0 }, "before the trail began");
    }
}
