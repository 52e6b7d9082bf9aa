//! How a guardian gets in: an invitation or a known contact, then a one-time code.
//!
//! The code is not stored: it is a keyed digest of its ceremony, six digits of it. Whether the school knows a contact is not
//! told: the answer is the same, and the work behind it happens afterwards.

use crate::{
    clock,
    http::{
        Address, ApiError, Body, Here, Reply,
        session::{Coming, digest},
    },
    limits::Act,
    state::{App, Shared},
};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    catalogue::FieldKey,
    error::{ErrorCode, ValueError},
    field::FieldValue,
    ids::{CeremonyId, GuardianId},
    values::{Email, Phone},
    wire::{
        ledger::Action,
        sign_in::{Channel, CodeEntered, CodeRequest, CodeRequested, EnrolmentStart, InvitationOpened, Me},
    },
};
use guard::{Actor, Disclosed, Entry, Whence, records::GuardianRecord, trail::By};
use store::{CeremonyKind, CeremonyState};
use uuid::Uuid;

const CODE_SECONDS: u32 = 600;
const ATTEMPTS: i32 = 5;

/// Opens an invitation: where a code can go, masked.
#[utoipa::path(post, path = "/api/portal/invitations/open", request_body = EnrolmentStart, responses((status = 200, body = InvitationOpened)))]
pub(crate) async fn open(
    State(app): State<Shared>,
    Address(address): Address,
    Body(EnrolmentStart { token }): Body<EnrolmentStart>,
) -> Result<Reply<InvitationOpened>, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    let now = clock::now();
    let guardian = invited(&app, &token, now).await?;
    Ok(Reply(app.gate.invitation(now, app.school_name().await?, &guardian).await?))
}

async fn invited(app: &App, token: &str, now: DateTime<Utc>) -> Result<GuardianRecord, ApiError> {
    let invited = app.db.invitation(&digest(token), now).await?.ok_or(ErrorCode::Lapsed)?;
    let Actor::Guardian(id) = invited.actor else {
        return Err(ErrorCode::Lapsed.into());
    };
    own_record(app, id, now).await?.ok_or_else(|| ErrorCode::Lapsed.into())
}

/// A guardian's own record, before there is a session.
async fn own_record(app: &App, id: GuardianId, now: DateTime<Utc>) -> Result<Option<GuardianRecord>, ApiError> {
    Ok(app.db.guardian(&app.gate.scope_before_session(id, now), id).await?)
}

/// Six digits that follow from the ceremony and the school's key.
fn code_of(app: &App, ceremony: CeremonyId) -> String {
    let [a, b, c, d, e, f, g, h, ..] = app.gate.token_digest("one-time code", &ceremony.to_string());
    format!("{:06}", u64::from_be_bytes([a, b, c, d, e, f, g, h]) % 1_000_000)
}

/// For whom a code is asked.
enum Sought {
    /// Whoever was invited.
    Invited(Box<GuardianRecord>),
    /// Whoever has this contact, if anybody.
    By(FieldKey, String),
}

/// Asks for a one-time code.
#[utoipa::path(post, path = "/api/portal/codes", request_body = CodeRequest, responses((status = 200, body = CodeRequested)))]
pub(crate) async fn request_code(
    State(app): State<Shared>,
    Address(address): Address,
    Body(wish): Body<CodeRequest>,
) -> Result<Reply<CodeRequested>, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    let now = clock::now();
    let ceremony = CeremonyId(Uuid::new_v4());
    let (sought, channel, link) = match &wish {
        CodeRequest::Invitation { token, channel } => {
            let guardian = invited(&app, token, now).await?;
            app.limits.pass(Act::Code, &guardian.id.to_string())?;
            (Sought::Invited(Box::new(guardian)), *channel, Some(digest(token)))
        }
        CodeRequest::Contact { contact } => {
            let (field, canonical, channel) = contact_of(contact)?;
            app.limits.pass(Act::Code, &canonical)?;
            (Sought::By(field, canonical), channel, None)
        }
    };
    let state = serde_json::to_string(&link).map_err(|_| ErrorCode::Internal)?;
    let actor = match &sought {
        Sought::Invited(guardian) => Some(Actor::Guardian(guardian.id)),
        Sought::By(..) => None,
    };
    let expires_at = now + TimeDelta::seconds(CODE_SECONDS.into());
    app.db.begin_ceremony(CeremonyState { id: ceremony, kind: CeremonyKind::Code, actor, session: None, state, expires_at }, now).await?;
    // After the answer, so that its time does not tell whether anybody was found or anything was sent; and one row of the trail
    // either way, since the numbers of the rows are seen in ledgers.
    let school = app.school_name().await?;
    tokio::spawn(async move {
        let outcome = match found(&app, sought, ceremony, now).await {
            Ok(Some(guardian)) => send_code(&app, &guardian, channel, ceremony, &school, now).await,
            Ok(None) => app.gate.record(Entry::event(now, By::nobody(), Action::SignInRefused)).await.map_err(ApiError::from),
            Err(error) => Err(error),
        };
        if outcome.is_err() {
            tracing::warn!("a one-time code could not be sent");
        }
    });
    Ok(Reply(Disclosed::plain(CodeRequested { ceremony, valid_for: CODE_SECONDS })))
}

/// Who gets the code; who was found by a contact becomes the one whom the ceremony is for.
async fn found(app: &App, sought: Sought, ceremony: CeremonyId, now: DateTime<Utc>) -> Result<Option<GuardianRecord>, ApiError> {
    let (field, canonical) = match sought {
        Sought::Invited(guardian) => return Ok(Some(*guardian)),
        Sought::By(field, canonical) => (field, canonical),
    };
    let Some(guardian) = by_contact(app, field, &canonical, now).await? else {
        return Ok(None);
    };
    // Whoever holds a link is told of the limit of the person. Whoever types contacts is not: that would tell that the school
    // knows them, and which of them belong to one person.
    if app.limits.pass(Act::Code, &guardian.id.to_string()).is_err() {
        return Ok(None);
    }
    app.db.name_ceremony(ceremony, Actor::Guardian(guardian.id)).await?;
    Ok(Some(guardian))
}

async fn send_code(
    app: &App,
    guardian: &GuardianRecord,
    channel: Channel,
    ceremony: CeremonyId,
    school: &str,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let Some(parcel) = app.gate.address(now, guardian, channel).await? else {
        return Ok(());
    };
    let code = code_of(app, ceremony);
    let text = format!("【{school}】登录验证码 {code}，{minutes} 分钟内有效。Your sign-in code is {code}.", minutes = CODE_SECONDS / 60);
    let subject = format!("{school}登录验证码");
    if app.courier.take(parcel, subject, text, now) { Ok(()) } else { Err(ErrorCode::TooManyRequests.into()) }
}

fn contact_of(contact: &str) -> Result<(FieldKey, String, Channel), ApiError> {
    if contact.contains('@') || contact.contains('＠') {
        let email = Email::parse(contact).map_err(|code| ApiError::field("contact", code))?;
        return Ok((FieldKey::GuardianEmail, email.as_str().to_owned(), Channel::Email));
    }
    let phone = Phone::parse(contact).map_err(|code| ApiError::field("contact", code))?;
    Ok((FieldKey::GuardianPhone, phone.as_str().to_owned(), Channel::Sms))
}

/// The one guardian who has this contact; where several share it, none is chosen for them.
async fn by_contact(app: &App, field: FieldKey, canonical: &str, now: DateTime<Utc>) -> Result<Option<GuardianRecord>, ApiError> {
    let Some(token) = app.gate.contact_token(field, canonical) else {
        return Ok(None);
    };
    match app.db.guardians_by_contact(field, &token).await?.as_slice() {
        [one] if app.db.person(Actor::Guardian(*one)).await?.is_some() => own_record(app, *one, now).await,
        _ => Ok(None),
    }
}

/// Enters the code and signs in.
#[utoipa::path(post, path = "/api/portal/codes/verify", request_body = CodeEntered, responses((status = 200, body = Me)))]
pub(crate) async fn verify_code(
    State(app): State<Shared>,
    Address(address): Address,
    Here(here): Here,
    jar: CookieJar,
    headers: HeaderMap,
    Body(CodeEntered { ceremony, code }): Body<CodeEntered>,
) -> Result<Response, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    let now = clock::now();
    let begun = app.db.attempt_ceremony(ceremony, CeremonyKind::Code, ATTEMPTS, now).await?.ok_or(ErrorCode::Lapsed)?;
    let typed: String = code.chars().filter(char::is_ascii_digit).collect();
    let right = same(&app, &typed, &code_of(&app, ceremony));
    let person = match begun.actor {
        Some(actor) if right => app.db.person(actor).await?,
        _ => None,
    };
    let Some(person) = person else {
        app.gate.record(Entry::event(now, By::nobody(), Action::SignInRefused)).await?;
        return Err(ApiError::field("code", ValueError::Malformed));
    };
    // Whoever takes the ceremony out has it; the code is spent.
    app.db.take_ceremony(ceremony, CeremonyKind::Code, now).await?.ok_or(ErrorCode::Lapsed)?;
    let link: Option<[u8; 32]> = serde_json::from_str(&begun.state).map_err(|_| ErrorCode::Internal)?;
    if let Some(link) = link
        && !app.db.use_invitation(&link, now).await?
    {
        return Err(ErrorCode::Lapsed.into());
    }
    app.gate.record(Entry::event(now, By::person(person.actor, String::new(), person.roles), Action::SignedIn).at_location(here)).await?;
    let opened = app.sign_in(&person, Coming { headers: &headers, location: here, credential: None, sole: false }, now).await?;
    let me = app.me_of(person, opened.id, opened.expires_at, None, (now, Whence::Unknown)).await?;
    Ok((jar.add(opened.cookie), Reply(Disclosed::plain(me))).into_response())
}

/// Compares keyed digests, so that the time of the comparison tells nothing.
fn same(app: &App, typed: &str, right: &str) -> bool {
    app.gate.token_digest("comparison", typed) == app.gate.token_digest("comparison", right)
}
