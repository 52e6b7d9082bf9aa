//! How a guardian gets in: an invitation or a known contact, then a one-time code.
//!
//! The code is not stored: it is a keyed digest of the ceremony that it was sent for. Whether the school knows a contact is not
//! told: the answer is the same, and the work behind it happens afterwards.
//!
//! The rule: whoever knows a contact keeps nobody out with it. Beyond the ceiling of one contact no message goes, and the code that
//! went last lets its owner in. Wrong codes count for the guardian, over all requests and servers; beyond a number in an hour six
//! digits open nothing that was asked for by contact, and codes have ten. An invitation, which nobody guesses, is not touched by it.
//!
//! Where the school asks guardians for a passkey, a code that was asked for by contact opens nothing to whoever has one: a message says
//! so to them, and the answers are those of a wrong code. Whoever has none comes in to make one. An invitation begins anew: what its
//! owner had is lost, or they would not have asked for it.

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
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    catalogue::FieldKey,
    credential::Credential,
    error::{ErrorCode, ValueError},
    field::FieldValue,
    ids::{CeremonyId, GuardianId, SessionId},
    rights::RoleSet,
    values::{Email, Phone},
    wire::{
        ledger::Action,
        sign_in::{Channel, CodeEntered, CodeRequest, CodeRequested, EnrolmentStart, InvitationOpened, Me},
    },
};
use guard::{Actor, Disclosed, Entry, Whence, records::GuardianRecord, trail::By};
use serde::{Deserialize, Serialize};
use store::{CeremonyKind, CeremonyState, Person, Tried};
use uuid::Uuid;

const CODE_SECONDS: u32 = 600;
const ATTEMPTS: i32 = 5;
/// So many wrong codes of one guardian in an hour, and six digits are too few.
const GUESSES: i64 = 20;

/// What is kept between the two requests.
#[derive(Serialize, Deserialize)]
struct Coded {
    /// The digest of the invitation that the code uses up, where there is one.
    link: Option<[u8; 32]>,
    /// The code; none while none was sent.
    code: Option<Code>,
}

/// A code that was sent.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Code {
    /// For which ceremony.
    of: CeremonyId,
    channel: Channel,
    /// Ten digits.
    long: bool,
}

impl Code {
    /// The digits, which follow from the ceremony and the school's key.
    fn digits(self, app: &App) -> String {
        let [a, b, c, d, e, f, g, h, ..] = app.gate.token_digest("one-time code", &self.of.to_string());
        let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        if self.long { format!("{:010}", number % 10_000_000_000) } else { format!("{:06}", number % 1_000_000) }
    }
}

fn coded(text: &str) -> Result<Coded, ApiError> {
    serde_json::from_str(text).map_err(|_| ErrorCode::Internal.into())
}

fn stored(coded: &Coded) -> Result<String, ApiError> {
    serde_json::to_string(coded).map_err(|_| ErrorCode::Internal.into())
}

/// How many wrong codes were tried in the last hour.
fn guesses(tried: &[Tried]) -> i64 {
    tried.iter().map(|one| i64::from(one.attempts)).sum()
}

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
            app.limits.pass(Act::Code, &format!("invited {}", guardian.id))?;
            (Sought::Invited(Box::new(guardian)), *channel, Some(digest(token)))
        }
        CodeRequest::Contact { contact } => {
            let (field, canonical, channel) = contact_of(contact)?;
            // By address too, so that nobody can lock another out from elsewhere.
            app.limits.pass(Act::Code, &format!("{address} {canonical}"))?;
            (Sought::By(field, canonical), channel, None)
        }
    };
    let state = stored(&Coded { link, code: None })?;
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
        let outcome = match found(&app, sought, now).await {
            Ok(Some(guardian)) => send_code(&app, &guardian, (ceremony, channel, link), &school, now).await,
            Ok(None) => app.gate.record(Entry::event(now, By::nobody(), Action::SignInRefused)).await.map_err(ApiError::from),
            Err(error) => Err(error),
        };
        if outcome.is_err() {
            tracing::warn!("a one-time code could not be sent");
        }
    });
    Ok(Reply(Disclosed::plain(CodeRequested { ceremony, valid_for: CODE_SECONDS })))
}

/// Who gets the code.
async fn found(app: &App, sought: Sought, now: DateTime<Utc>) -> Result<Option<GuardianRecord>, ApiError> {
    match sought {
        Sought::Invited(guardian) => Ok(Some(*guardian)),
        Sought::By(field, canonical) => by_contact(app, field, &canonical, now).await,
    }
}

/// Whether a guardian has the passkey that the school asks of guardians.
async fn comes_by_passkey(app: &App, guardian: Actor) -> Result<bool, ApiError> {
    let (ladder, keys) = (app.db.ladder().await?, app.db.passkeys_of(guardian).await?);
    Ok(ladder.guardians().least > Credential::Any && !keys.is_empty())
}

/// Says for whom the ceremony is and which code ends it, and sends that, unless too many were sent; to whoever comes by a passkey it
/// sends that they do.
async fn send_code(
    app: &App,
    guardian: &GuardianRecord,
    (ceremony, channel, link): (CeremonyId, Channel, Option<[u8; 32]>),
    school: &str,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let actor = Actor::Guardian(guardian.id);
    let tried = app.db.tried_codes(actor).await?;
    // Whoever holds a link was told of their limit. Whoever types contacts is not: that would tell that the school knows them.
    let too_many = link.is_none() && app.limits.pass(Act::Code, &format!("sent {channel:?} {}", guardian.id)).is_err();
    let long = guesses(&tried) >= GUESSES;
    let last = tried.iter().filter(|one| too_many && one.expires_at > now).find_map(|one| {
        let code = coded(&one.state).ok()?.code?;
        // Six digits that open nothing any more are no code.
        (code.channel == channel && code.long >= long).then_some(code)
    });
    let by_passkey = link.is_none() && comes_by_passkey(app, actor).await?;
    let code = (!by_passkey).then_some(last.unwrap_or(Code { of: ceremony, channel, long }));
    app.db.name_ceremony(ceremony, actor, stored(&Coded { link, code })?).await?;
    if last.is_some() || (by_passkey && too_many) {
        return Ok(app.gate.record(Entry::event(now, By::nobody(), Action::SignInRefused)).await?);
    }
    let Some(parcel) = app.gate.address(now, guardian, channel).await? else {
        return Ok(());
    };
    let (subject, text) = match code.map(|code| code.digits(app)) {
        Some(code) => {
            let minutes = CODE_SECONDS / 60;
            let text = format!("【{school}】登录验证码 {code}，{minutes} 分钟内有效。Your sign-in code is {code}.");
            (format!("{school}登录验证码"), text)
        }
        None => {
            let text = format!(
                "【{school}】您已有通行密钥，请用它登录；丢了请找学校要新的邀请。Please sign in with your passkey. If it is lost, ask the \
                 school for a new invitation."
            );
            (format!("{school}登录"), text)
        }
    };
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
    headers: HeaderMap,
    Body(CodeEntered { ceremony, code }): Body<CodeEntered>,
) -> Result<Response, ApiError> {
    app.limits.pass(Act::Entry, &address)?;
    let now = clock::now();
    let begun = app.db.attempt_ceremony(ceremony, CeremonyKind::Code, ATTEMPTS, now).await?.ok_or(ErrorCode::Lapsed)?;
    let kept = coded(&begun.state)?;
    // For nobody too, so that the work tells nothing.
    let owner = begun.actor.unwrap_or(Actor::Guardian(GuardianId(Uuid::nil())));
    let guessed = guesses(&app.db.tried_codes(owner).await?) > GUESSES;
    let sent = kept.code.unwrap_or(Code { of: ceremony, channel: Channel::Sms, long: false });
    let typed: String = code.chars().filter(char::is_ascii_digit).collect();
    let barred = comes_by_passkey(&app, owner).await? && kept.link.is_none();
    let opens = kept.code.is_some() && !barred && (sent.long || kept.link.is_some() || !guessed);
    let right = same(&app, &typed, &sent.digits(&app)) && opens;
    let person = match begun.actor {
        Some(actor) if right => app.db.person(actor).await?,
        _ => None,
    };
    let Some(person) = person else {
        let by = begun.actor.map_or_else(By::nobody, |actor| By::person(actor, String::new(), RoleSet::default()));
        app.gate.record(Entry::event(now, by, Action::SignInRefused)).await?;
        return Err(ApiError::field("code", ValueError::Malformed));
    };
    // Whoever spends the ceremony has it, and what else was asked for with the same code is spent with it.
    if !app.db.spend_code(ceremony, person.actor, now).await? {
        return Err(ErrorCode::Lapsed.into());
    }
    if let Some(link) = kept.link
        && !app.db.use_invitation(&link, now).await?
    {
        return Err(ErrorCode::Lapsed.into());
    }
    let registers = person.least > Credential::Any;
    if registers && kept.link.is_some() {
        forget_passkeys(&app, &person, now).await?;
    }
    let entry = Entry::event(now, By::person(person.actor, String::new(), person.roles), Action::SignedIn).at_location(here);
    app.gate.record(entry.with(Credential::Any)).await?;
    let opened = app.sign_in(&person, Coming { headers: &headers, location: here, credential: Credential::Any, sole: false }, now).await?;
    // Until there is a passkey nobody has a role by this session.
    let person = if registers { Person { roles: RoleSet::default(), ..person } } else { person };
    let me = app.me_of(person, opened.id, opened.expires_at, None, (now, Whence::Unknown)).await?;
    Ok((opened.cookies(), Reply(Disclosed::plain(me))).into_response())
}

/// Removes the passkeys that an invitation takes the place of, with what they opened.
async fn forget_passkeys(app: &App, guardian: &Person, now: DateTime<Utc>) -> Result<(), ApiError> {
    let keys = app.db.passkeys_of(guardian.actor).await?;
    if keys.is_empty() {
        return Ok(());
    }
    app.gate.record(Entry::event(now, By::person(guardian.actor, String::new(), guardian.roles), Action::PasskeyRemoved)).await?;
    for key in keys {
        app.db.remove_passkey(guardian.actor, key.id).await?;
    }
    // Of no session: each that is open goes.
    app.db.end_other_sessions(guardian.actor, SessionId(Uuid::nil()), None, now).await?;
    Ok(())
}

/// Compares keyed digests, so that the time of the comparison tells nothing.
fn same(app: &App, typed: &str, right: &str) -> bool {
    app.gate.token_digest("comparison", typed) == app.gate.token_digest("comparison", right)
}
