//! `POST /api/families/exports`: the list as a file, in the form of the screen, never more.
//!
//! The rule: whether whoever asked still may is asked again before the entry, and before the file leaves.

use crate::{
    http::{ApiError, Body, OfStaff},
    state::Shared,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use contract::{
    error::ErrorCode,
    wire::families::{ExportFormat, FamilyExport},
};
use guard::ExportTable;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use store::FamilyList;

const MOST: u64 = 5_000;
const HEADINGS: [&str; 9] = ["学员", "出生", "住址", "家长", "家长手机", "阶段", "校区", "顾问", "班级"];

/// Exports the list.
#[utoipa::path(post, path = "/api/families/exports", request_body = FamilyExport,
    responses((status = 200, content((Vec<u8> = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub(crate) async fn export(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<FamilyExport>,
) -> Result<Response, ApiError> {
    let FamilyExport { format, filter } = wish;
    let list = FamilyList { filter, owner: viewer.staff(), after: None, limit: MOST };
    let (records, _) = app.db.families(&app.gate.scope(&viewer), &list).await?;
    app.still(&viewer).await?;
    let table = app.gate.export(&viewer, &records).await?;
    let (kind, name, bytes) = match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8", "families.csv", table.write(csv)),
        ExportFormat::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "families.xlsx", table.write(xlsx)),
    };
    let bytes = bytes.ok_or(ErrorCode::Internal)?;
    app.still(&viewer).await?;
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))];
    Ok((headers, bytes).into_response())
}

/// UTF-8 with a byte order mark, since spreadsheet programs guess otherwise.
fn csv(table: &ExportTable) -> Option<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(vec![0xef, 0xbb, 0xbf]);
    writer.write_record(HEADINGS).ok()?;
    for row in &table.rows {
        writer.write_record(row).ok()?;
    }
    writer.into_inner().ok()
}

/// Every cell is text: numbers keep their zeros and nothing is a formula. The file says nothing of when it was made: the trail
/// does, and two files of the same table are the same bytes.
fn xlsx(table: &ExportTable) -> Option<Vec<u8>> {
    let mut book = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1).ok()?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    let sheet = book.add_worksheet();
    for (column, heading) in (0_u16..).zip(HEADINGS) {
        sheet.write_string(0, column, heading).ok()?;
    }
    for (line, row) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            sheet.write_string(line, column, cell).ok()?;
        }
    }
    book.save_to_buffer().ok()
}
