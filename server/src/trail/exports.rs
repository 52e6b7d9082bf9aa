//! `POST /api/trail/exports`: the trail as it is filtered, as a file.
//!
//! The rule: as with a list, whether whoever asked still may is asked again before the entry, and before the file leaves.

use crate::{
    http::{ApiError, Body, OfStaff},
    state::Shared,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use contract::{error::ErrorCode, rights::Duty, wire::ledger::TrailFilter};
use guard::ExportTable;

/// The newest lines of the filter; more is for the command line on the machine.
const MOST: u64 = 5_000;
const HEADINGS: [&str; 9] = ["序号", "时间", "谁", "角色", "动作", "对象", "字段与形式", "事由", "值守规则"];

/// Exports the trail, newest first, at most 5,000 lines.
#[utoipa::path(post, path = "/api/trail/exports", request_body = TrailFilter,
    responses((status = 200, content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(filter): Body<TrailFilter>,
) -> Result<Response, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    let kept = app.db.trail(&filter, None, MOST).await?;
    app.still(&viewer).await?;
    let bytes = app.gate.trail_table(&viewer, &kept).await?.write(|table| csv(&HEADINGS, table)).ok_or(ErrorCode::Internal)?;
    app.still(&viewer).await?;
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"trail.csv\"")];
    Ok((headers, bytes).into_response())
}

/// UTF-8 with a byte order mark, since spreadsheet programs guess otherwise.
fn csv(headings: &[&str], table: &ExportTable) -> Option<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(vec![0xef, 0xbb, 0xbf]);
    writer.write_record(headings).ok()?;
    for row in &table.rows {
        writer.write_record(row).ok()?;
    }
    writer.into_inner().ok()
}
