//! Serves the list of families with steps left out: the session, the row scope, the reading, HTTP and its log are the server's.
//!
//! The rule: a step is left out by the gate's policy and trail, or by asking no gate at all; then sealed bytes alone are there
//! to be sent. A part of this program, which is never shipped: the server has no such variants to be set to.

use crate::{
    Outcome,
    gates::{self, Forgetful, all},
    ours,
};
use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    Exposure,
    ids::{FamilyId, GuardianId, StudentId},
    wire::{
        families::FamilyQuery,
        ledger::Action,
        school::{CampusRef, ClassRef, StaffRef, Stage},
    },
};
use guard::{
    Gate, Policy, Viewer,
    records::{FamilyRecord, GuardianRecord, StudentRecord},
};
use serde::Serialize;
use server::http::Reply;
use sha2::{Digest, Sha256};
use std::{net::SocketAddr, path::PathBuf, sync::Arc};
use store::{Db, FamilyList, TrailStore};

/// How much of the law is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kept {
    /// Plain facts and sealed values; nothing is decided.
    Nothing,
    /// Every field is decided, and withheld.
    Policy,
    /// Every field is opened.
    Opening,
    /// Every field is shown as the policy of the start has it: clear, masked or withheld.
    Masks,
    /// The durable trail too.
    All,
}

/// Serves one variant.
#[derive(Debug, clap::Args)]
pub(crate) struct Variant {
    /// How much of the law is kept.
    #[arg(long)]
    kept: Kept,
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// Where to listen.
    #[arg(long)]
    listen: SocketAddr,
}

struct School {
    db: Db,
    gate: Gate,
    kept: Kept,
}

impl Variant {
    pub(crate) async fn run(self) -> Outcome<()> {
        // A line for each request, as the server writes it.
        tracing_subscriber::fmt().json().with_writer(std::io::stderr).init();
        let place = ours::sqlite(&self.data);
        let db = place.open().await?;
        let gate = match self.kept {
            Kept::Nothing | Kept::Policy => gates::gate(place.vault()?, all(Exposure::Withheld), Arc::new(Forgetful)),
            Kept::Opening => gates::gate(place.vault()?, all(Exposure::Clear), Arc::new(Forgetful)),
            Kept::Masks => gates::gate(place.vault()?, Policy::initial(), Arc::new(Forgetful)),
            Kept::All => {
                let trail = TrailStore::open(db.clone(), place.vault()?.head_sealer());
                gates::gate(place.vault()?, Policy::initial(), Arc::new(trail))
            }
        };
        let router = Router::new()
            .route("/api/families", get(list))
            .layer(middleware::from_fn(server::http::secured))
            .layer(middleware::from_fn(server::http::traced))
            .with_state(Arc::new(School { db, gate, kept: self.kept }));
        let listener = tokio::net::TcpListener::bind(self.listen).await?;
        Ok(axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await?)
    }
}

async fn list(State(school): State<Arc<School>>, headers: HeaderMap, Query(query): Query<FamilyQuery>) -> Result<Response, StatusCode> {
    let broken = |_| StatusCode::INTERNAL_SERVER_ERROR;
    let viewer = viewer(&school.db, &headers).await.ok_or(StatusCode::UNAUTHORIZED)?;
    let after = query.after.map(|text| text.parse()).transpose().map_err(|_| StatusCode::BAD_REQUEST)?;
    let list = FamilyList { limit: 50, after, owner: viewer.staff(), ..FamilyList::default() };
    let (records, next) = school.db.families(&school.gate.scope(&viewer), &list).await.map_err(broken)?;
    let next = next.map(|cursor| cursor.to_string());
    if school.kept == Kept::Nothing {
        return Ok(Json(SealedPage { items: records.iter().map(|record| row(record)).collect(), next }).into_response());
    }
    let page = school.gate.families(&viewer, &records, next, None, Action::Listed).await;
    Ok(Reply(page.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?).into_response())
}

async fn viewer(db: &Db, headers: &HeaderMap) -> Option<Viewer> {
    let token = headers.get(header::COOKIE)?.to_str().ok()?.strip_prefix("shendu=")?;
    let digest = Sha256::digest(token.as_bytes()).into();
    let (session, person, _) = db.session(&digest).await.ok()??;
    Some(gates::admitted(person, session.id))
}

/// A page of what lies in the tables.
#[derive(Serialize)]
struct SealedPage<'a> {
    items: Vec<SealedFamily<'a>>,
    next: Option<String>,
}

#[derive(Serialize)]
struct SealedFamily<'a> {
    id: FamilyId,
    stage: Stage,
    campus: &'a CampusRef,
    owner: Option<&'a StaffRef>,
    students: Vec<SealedStudent<'a>>,
    guardian: Option<SealedGuardian>,
    next_contact: Option<NaiveDate>,
    updated_at: DateTime<Utc>,
}

#[derive(Serialize)]
struct SealedStudent<'a> {
    id: StudentId,
    name: String,
    birth_date: String,
    address: String,
    classes: &'a [ClassRef],
}

#[derive(Serialize)]
struct SealedGuardian {
    id: GuardianId,
    name: String,
    phone: String,
}

fn row(record: &FamilyRecord) -> SealedFamily<'_> {
    let guardian = |GuardianRecord { id, fields, .. }: &GuardianRecord| SealedGuardian {
        id: *id,
        name: letters(fields.name.as_stored()),
        phone: letters(fields.phone.as_stored()),
    };
    SealedFamily {
        id: record.family.id,
        stage: record.family.stage,
        campus: &record.family.campus,
        owner: record.family.owner.as_ref(),
        students: record.students.iter().map(student).collect(),
        guardian: record.guardians.first().map(guardian),
        next_contact: record.family.next_contact,
        updated_at: record.family.updated_at,
    }
}

fn student(StudentRecord { id, classes, fields, .. }: &StudentRecord) -> SealedStudent<'_> {
    SealedStudent {
        id: *id,
        name: letters(fields.name.as_stored()),
        birth_date: letters(fields.birth_date.as_stored()),
        address: letters(fields.address.as_stored()),
        classes,
    }
}

/// As many letters as the value has bytes, made of its ciphertext: what a plain column would weigh in the body. Nonce and tag,
/// which a plain column has not, are left out.
fn letters(sealed: &[u8]) -> String {
    sealed.iter().skip(NONCE_AND_TAG).map(|byte| char::from(b'a' + byte % 16)).collect()
}

const NONCE_AND_TAG: usize = 28;
