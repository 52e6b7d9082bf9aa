//! `GET /api/approvals/register`, `POST /api/approvals/exports`: every request to open a field, every standing grant, and what became
//! of it, as a list and as a file, for whoever reads the trail.

use crate::{
    http::{ApiError, Body, OfStaff, Params, Reply},
    state::Shared,
    trail::exports::csv,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use contract::{
    error::ErrorCode,
    rights::Duty,
    wire::{
        Page,
        reports::{RegisterFilter, RegisterLine, RegisterQuery},
    },
};

const ROWS: u64 = 50;
/// The newest lines of the filter.
const MOST: u64 = 5_000;
const HEADINGS: [&str; 19] = [
    "请求序号",
    "请求时间",
    "请求人",
    "请求人角色",
    "决定序号",
    "决定时间",
    "决定人",
    "决定人角色",
    "启封或收回序号",
    "启封或收回时间",
    "启封或收回人",
    "启封或收回人角色",
    "对象",
    "班级",
    "编号末六位",
    "字段",
    "事由",
    "结果",
    "期限",
];

/// A page of the register, newest first.
#[utoipa::path(get, path = "/api/approvals/register", params(RegisterQuery), responses((status = 200, body = Page<RegisterLine>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Params(query): Params<RegisterQuery>,
) -> Result<Reply<Page<RegisterLine>>, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    let RegisterQuery { state, from, to, after } = query;
    let after = after.map(|text| text.parse::<i64>()).transpose().map_err(|_| ErrorCode::MalformedRequest)?;
    let records = app.db.approval_register(RegisterFilter { state, from, to }, viewer.now(), after, ROWS).await?;
    let next = (records.len() as u64 == ROWS).then(|| records.last().map(|record| record.asked.seq.to_string())).flatten();
    Ok(Reply(app.gate.register_page(&viewer, &records, next).await?))
}

/// Exports the register, newest first, at most 5,000 requests.
#[utoipa::path(post, path = "/api/approvals/exports", request_body = RegisterFilter,
    responses((status = 200, content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(filter): Body<RegisterFilter>,
) -> Result<Response, ApiError> {
    app.keeps(&viewer, Duty::ReadTrail).await?;
    let records = app.db.approval_register(filter, viewer.now(), None, MOST).await?;
    app.still(&viewer).await?;
    let bytes = app.gate.register_table(&viewer, &records).await?.write(|table| csv(&HEADINGS, table)).ok_or(ErrorCode::Internal)?;
    app.still(&viewer).await?;
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"approvals.csv\"")];
    Ok((headers, bytes).into_response())
}
