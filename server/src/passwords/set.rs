//! `GET /api/account/credentials`; `POST /api/account/password/begin` and `/finish`, `DELETE /api/account/password`.
//!
//! The rule: whoever sets a password has just shown a passkey, and an app that shows a right code; until then nothing is kept
//! but sealed, for ten minutes. A password that is set or removed ends the other sessions, and whoever it is of is told.

use super::{choose, digits};
use crate::{
    clock::school_time,
    http::{ApiError, Body, Device, Reply, SignedIn},
    makes::Makes,
    state::{App, Shared},
};
use axum::extract::State;
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use contract::{
    credential::Credential,
    error::{ErrorCode, ValueError},
    ids::{CeremonyId, StaffId},
    wire::{
        credentials::{AttestedCard, Credentials, PasswordBegun, PasswordChosen, PasswordFinish},
        ledger::Action,
    },
};
use guard::{
    Disclosed, Entry, Viewer,
    password::{Fallback, SealedSecret},
    trail::By,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{CeremonyKind, CeremonyState, PasskeyRow};
use uuid::Uuid;

/// An app is found, opened, and pointed at a screen.
const TIME: TimeDelta = TimeDelta::minutes(10);
const ATTEMPTS: i32 = 5;

/// What is kept between the two requests, sealed already.
#[derive(Serialize, Deserialize)]
struct Setting {
    hash: String,
    totp: String,
}

impl Setting {
    fn of(fallback: &Fallback) -> Self {
        Self { hash: STANDARD.encode(fallback.hash.as_stored()), totp: STANDARD.encode(fallback.totp.as_stored()) }
    }
    fn read(&self) -> Option<Fallback> {
        let sealed = |text: &String| STANDARD.decode(text).ok().map(SealedSecret::stored);
        Some(Fallback { hash: sealed(&self.hash)?, totp: sealed(&self.totp)? })
    }
}

/// With what a member of staff who asks signs in.
#[utoipa::path(get, path = "/api/account/credentials", responses((status = 200, body = Credentials)))]
pub(crate) async fn show(
    State(app): State<Shared>,
    SignedIn { viewer, session, least, .. }: SignedIn,
) -> Result<Reply<Credentials>, ApiError> {
    let staff = viewer.staff().ok_or(ErrorCode::NotFound)?;
    Ok(Reply(Disclosed::plain(app.credentials(&viewer, staff, least, session.credential).await?)))
}

/// Chooses a password; the answer is what an authenticator app is given.
#[utoipa::path(post, path = "/api/account/password/begin", request_body = PasswordChosen, responses((status = 200, body = PasswordBegun)))]
pub(crate) async fn begin(
    State(app): State<Shared>,
    SignedIn { viewer, session, least, .. }: SignedIn,
    Body(PasswordChosen { password }): Body<PasswordChosen>,
) -> Result<Reply<PasswordBegun>, ApiError> {
    let staff = may_set(&app, &viewer, least).await?;
    if viewer.fresh().is_none() {
        return Err(ErrorCode::StepUpRequired.into());
    }
    let login = app.db.staff_login(staff).await?.map(|person| person.login).unwrap_or_default();
    let school = app.school_name().await?;
    let own = [login.clone(), viewer.name().to_owned(), school.clone(), "慎独".to_owned()];
    let gate = Arc::clone(&app);
    let chosen = app.hashing.run(move || {
        choose::check(&password.0, &own.each_ref().map(String::as_str)).map_err(|code| ApiError::field("password", code))?;
        gate.gate.new_fallback(staff, &password.0).map_err(ApiError::from)
    });
    let fallback = chosen.await??;
    let secret = app.gate.app_secret(staff, &fallback.totp, &school, &login)?;
    let id = CeremonyId(Uuid::new_v4());
    let state = serde_json::to_string(&Setting::of(&fallback)).map_err(|_| ErrorCode::Internal)?;
    let begun = CeremonyState {
        id,
        kind: CeremonyKind::Password,
        actor: Some(viewer.actor()),
        session: Some(session.id),
        state,
        expires_at: viewer.now() + TIME,
    };
    app.db.begin_ceremony(begun, viewer.now()).await?;
    let qr = qrcode::QrCode::new(secret.url.as_bytes()).map_err(|_| ErrorCode::Internal)?;
    let qr = qr.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build();
    Ok(Reply(Disclosed::plain(PasswordBegun { ceremony: id, qr, secret: secret.base32.to_string() })))
}

/// Keeps the password once the app has shown a right code; the code is used by that.
#[utoipa::path(post, path = "/api/account/password/finish", request_body = PasswordFinish, responses((status = 200, body = Credentials)))]
pub(crate) async fn finish(
    State(app): State<Shared>,
    SignedIn { viewer, session, least, .. }: SignedIn,
    device: Device,
    Body(PasswordFinish { ceremony, code }): Body<PasswordFinish>,
) -> Result<Reply<Credentials>, ApiError> {
    let staff = may_set(&app, &viewer, least).await?;
    let begun = app.db.attempt_ceremony(ceremony, CeremonyKind::Password, ATTEMPTS, viewer.now()).await?.ok_or(ErrorCode::Lapsed)?;
    if begun.session != Some(session.id) || begun.actor != Some(viewer.actor()) {
        return Err(ErrorCode::Lapsed.into());
    }
    let setting: Setting = serde_json::from_str(&begun.state).map_err(|_| ErrorCode::Internal)?;
    let fallback = setting.read().ok_or(ErrorCode::Internal)?;
    let step = app.gate.step_of_code(staff, Some(&fallback.totp), &digits(&code), viewer.now())?;
    let step = step.ok_or_else(|| ApiError::field("code", ValueError::Malformed))?;
    // Whoever takes the ceremony out has it.
    app.db.take_ceremony(ceremony, CeremonyKind::Password, viewer.now()).await?.ok_or(ErrorCode::Lapsed)?;
    let entry = Entry::event(viewer.now(), By::viewer(&viewer), Action::PasswordSet);
    app.db.set_password(&app.trail, staff, &fallback, step, &entry).await?;
    app.after_change(&viewer, (staff, &device), true).await?;
    Ok(Reply(Disclosed::plain(app.credentials(&viewer, staff, Credential::Mfa, session.credential).await?)))
}

/// Removes the password and the app.
#[utoipa::path(delete, path = "/api/account/password", responses((status = 200, body = Credentials)))]
pub(crate) async fn remove(
    State(app): State<Shared>,
    SignedIn { viewer, session, least, .. }: SignedIn,
    device: Device,
) -> Result<Reply<Credentials>, ApiError> {
    let staff = viewer.staff().ok_or(ErrorCode::NotFound)?;
    if viewer.fresh().is_none() {
        return Err(ErrorCode::StepUpRequired.into());
    }
    let entry = Entry::event(viewer.now(), By::viewer(&viewer), Action::PasswordRemoved);
    if !app.db.remove_password(&app.trail, staff, &entry).await? {
        return Err(ErrorCode::NotFound.into());
    }
    app.after_change(&viewer, (staff, &device), false).await?;
    Ok(Reply(Disclosed::plain(app.credentials(&viewer, staff, least, session.credential).await?)))
}

/// A member of staff all of whose roles may sign in by password.
async fn may_set(app: &App, viewer: &Viewer, least: Credential) -> Result<StaffId, ApiError> {
    match (viewer.staff(), least) {
        (None, _) => Err(ErrorCode::NotFound.into()),
        (Some(staff), Credential::Mfa) => Ok(staff),
        (Some(_), _) => Err(app.gate.refuse(viewer, None, guard::Refused::Forbidden).await.into()),
    }
}

impl App {
    async fn credentials(&self, viewer: &Viewer, staff: StaffId, least: Credential, present: Credential) -> Result<Credentials, ApiError> {
        let keys = self.db.passkeys_of(viewer.actor()).await?;
        let card = |key: PasskeyRow| {
            let name = self.makes.as_ref().and_then(|makes| makes.name(key.make?));
            key.make.map(|_| AttestedCard { name: key.name, make: name.map(str::to_owned), created_at: key.created_at })
        };
        Ok(Credentials {
            least,
            present,
            password_set: self.db.password_of(staff).await?.map(|row| row.set_at),
            makes: self.makes.as_ref().map(Makes::names).unwrap_or_default(),
            attested: keys.into_iter().filter_map(card).collect(),
        })
    }

    async fn after_change(&self, viewer: &Viewer, (staff, device): (StaffId, &Device), set: bool) -> Result<(), ApiError> {
        let device = self.digest_of(viewer.actor(), device);
        self.db.end_other_sessions(viewer.actor(), viewer.session(), device.as_ref(), viewer.now()).await?;
        let at = school_time(viewer.now()).format("%Y-%m-%d %H:%M");
        let (chinese, english) = if set { ("设置了", "set for") } else { ("删除了", "removed from") };
        let text = format!(
            "您的账号于 {at}（北京时间）{chinese}密码和验证器。如果不是您，请登录后在“我的账号”结束其他会话，并告诉管理员。\n\n\
             A password and an authenticator app were {english} your account at {at} (Beijing). If it was not you, end your other \
             sessions under \u{201c}My account\u{201d} and tell the administrator.\n"
        );
        self.tell(staff, "密码和验证器", &text, viewer.now()).await;
        Ok(())
    }
}
