//! Registration as the relying party sees it, for every way that leads to a new passkey.

use super::attested;
use crate::{http::ApiError, state::App};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    error::{ErrorCode, ValueError},
    ids::{CeremonyId, PasskeyId, SessionId},
};
use guard::{
    Actor,
    receipt::{Algorithm, PasskeyKey},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{CeremonyKind, CeremonyState, PasskeyRow, StoreError};
use uuid::Uuid;
use webauthn_rs::prelude::{COSEAlgorithm, COSEKeyType, CredentialID, Passkey, PasskeyRegistration, RegisterPublicKeyCredential};
use webauthn_rs_proto::ResidentKeyRequirement;

/// For how long a ceremony lives.
pub(super) const CEREMONY: TimeDelta = TimeDelta::minutes(5);
const NAME_LENGTH: usize = 60;
/// What stands before the two coordinates of a point (SEC 1, 2.3.3).
const UNCOMPRESSED: u8 = 4;
/// Hash of the relying party, flags, counter (WebAuthn 3, 6.1).
const AUTHENTICATOR_DATA: usize = 37;
/// The flags that announce a credential or extensions behind them.
const MORE_FOLLOWS: u8 = 0xc0;

/// What a registration keeps between its two requests.
#[derive(Serialize, Deserialize)]
pub(super) struct Registering {
    state: PasskeyRegistration,
    /// The digest of the enrolment link that is used up at the end, where there is one.
    pub(super) link: Option<[u8; 32]>,
}

/// Stores a ceremony and gives back its id.
pub(super) async fn keep(
    app: &App,
    kind: CeremonyKind,
    actor: Option<Actor>,
    session: Option<SessionId>,
    state: &impl Serialize,
    now: DateTime<Utc>,
) -> Result<CeremonyId, ApiError> {
    let id = CeremonyId(Uuid::new_v4());
    let state = serde_json::to_string(state).map_err(|_| ErrorCode::Internal)?;
    app.db.begin_ceremony(CeremonyState { id, kind, actor, session, state, expires_at: now + CEREMONY }, now).await?;
    Ok(id)
}

/// Begins a registration. A discoverable credential is asked for: without it the sign-in button finds nothing.
pub(crate) async fn begin_registration(
    app: &App,
    kind: CeremonyKind,
    actor: Actor,
    (login, name): (&str, &str),
    session: Option<SessionId>,
    link: Option<[u8; 32]>,
    now: DateTime<Utc>,
) -> Result<(CeremonyId, Value), ApiError> {
    let known = app.db.passkeys_of(actor).await?;
    let exclude = known.into_iter().map(|row| CredentialID::from(row.credential_id)).collect();
    let begun = app.relying.start_passkey_registration(actor.uuid(), login, name, Some(exclude));
    let (mut options, state) = begun.map_err(|_| ErrorCode::Internal)?;
    if let Some(selection) = options.public_key.authenticator_selection.as_mut() {
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
    }
    let id = keep(app, kind, Some(actor), session, &Registering { state, link }, now).await?;
    Ok((id, serde_json::to_value(options).map_err(|_| ErrorCode::Internal)?))
}

/// Ends a registration: verifies the passkey, and gives it back with the digest of the link by which it was begun. It is
/// not kept yet: of two browsers that opened one link, only the one that uses the link up may keep its key.
pub(crate) fn finish_registration(
    app: &App,
    ceremony: &CeremonyState,
    credential: Value,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(PasskeyRow, Option<[u8; 32]>), ApiError> {
    let refused = || ApiError::new(ErrorCode::SignInRefused);
    let actor = ceremony.actor.ok_or_else(refused)?;
    let Registering { state, link } = serde_json::from_str(&ceremony.state).map_err(|_| ErrorCode::Internal)?;
    presentable(&credential)?;
    let credential: RegisterPublicKeyCredential = serde_json::from_value(credential).map_err(|_| refused())?;
    if !attested::is_exact(credential.response.attestation_object.as_ref()) {
        return Err(refused());
    }
    let passkey = app.relying.finish_passkey_registration(&credential, &state).map_err(|_| refused())?;
    let row = PasskeyRow {
        id: PasskeyId(Uuid::now_v7()),
        actor,
        name: passkey_name(name)?,
        credential_id: passkey.cred_id().to_vec(),
        credential: serde_json::to_string(&passkey).map_err(|_| ErrorCode::Internal)?,
        created_at: now,
        used_at: None,
        synced: is_synced(&passkey),
        attested: false,
    };
    Ok((row, link))
}

/// Keeps a verified passkey; one that is registered already, for anybody, is refused.
pub(crate) async fn keep_passkey(app: &App, row: PasskeyRow) -> Result<(), ApiError> {
    match app.db.add_passkey(row).await {
        Ok(()) => Ok(()),
        Err(StoreError::Exists) => Err(ErrorCode::SignInRefused.into()),
        Err(error) => Err(error.into()),
    }
}

/// The public key of a passkey, by which anybody can check later what it signed.
///
/// # Errors
/// [`ErrorCode::Internal`] for a kind of key that no registration asks for.
pub(crate) fn public_key(row: &PasskeyRow) -> Result<PasskeyKey, ApiError> {
    let passkey: Passkey = serde_json::from_str(&row.credential).map_err(|_| ErrorCode::Internal)?;
    let key = passkey.get_public_key();
    let point = |x: &[u8], y: &[u8]| [&[UNCOMPRESSED], x, y].concat();
    let (algorithm, bytes) = match (key.type_, &key.key) {
        (COSEAlgorithm::ES256, COSEKeyType::EC_EC2(key)) => (Algorithm::Es256, point(&key.x, &key.y)),
        (COSEAlgorithm::ES384, COSEKeyType::EC_EC2(key)) => (Algorithm::Es384, point(&key.x, &key.y)),
        (COSEAlgorithm::RS256, COSEKeyType::RSA(key)) => (Algorithm::Rs256, [key.n.as_slice(), &key.e].concat()),
        _ => return Err(ErrorCode::Internal.into()),
    };
    Ok(PasskeyKey::new(row.credential_id.clone(), algorithm, bytes))
}

/// The name that a person gives a passkey; a nameless one is named by the day.
pub(crate) fn passkey_name(name: &str) -> Result<String, ApiError> {
    let name = name.trim();
    if name.chars().count() > NAME_LENGTH {
        return Err(ApiError::field("name", ValueError::TooLong));
    }
    if name.chars().any(char::is_control) {
        return Err(ApiError::field("name", ValueError::Malformed));
    }
    Ok(if name.is_empty() { "通行密钥".into() } else { name.to_owned() })
}

/// What the library leaves to us: `id` and `rawId` are the same bytes (GitLab CVE-2026-0723: a difference skipped every later
/// check), the type is the only one there is, the answer was not made inside a page of another site, and nothing follows
/// authenticator data that announces nothing more (FIDO conformance, Resp-3 F-1).
pub(super) fn presentable(credential: &Value) -> Result<(), ApiError> {
    let decoded = |text: &Value| text.as_str().and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
    let bytes = |name: &str| credential.get(name).and_then(decoded);
    let client = credential.pointer("/response/clientDataJSON").and_then(decoded);
    let client = client.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let on_its_own =
        |client: &Value| matches!(client.get("crossOrigin"), None | Some(Value::Bool(false))) && client.get("topOrigin").is_none();
    let announced = |data: &Vec<u8>| data.get(32).is_some_and(|flags| flags & MORE_FOLLOWS != 0);
    let data = credential.pointer("/response/authenticatorData").and_then(decoded);
    if data.is_some_and(|data| data.len() != AUTHENTICATOR_DATA && !announced(&data)) {
        return Err(ErrorCode::SignInRefused.into());
    }
    match (bytes("id"), bytes("rawId"), credential.get("type").and_then(Value::as_str), client) {
        (Some(id), Some(raw), Some("public-key"), Some(client)) if id == raw && on_its_own(&client) => Ok(()),
        _ => Err(ErrorCode::SignInRefused.into()),
    }
}

/// Whether the authenticator says that the key is backed up (synchronised).
fn is_synced(passkey: &Passkey) -> bool {
    flag(passkey, "/cred/backup_state")
}

/// Whether the key was registered as one that can be backed up; it never changes (WebAuthn 3, 7.2, the check of BE).
pub(super) fn can_be_backed_up(passkey: &Passkey) -> bool {
    flag(passkey, "/cred/backup_eligible")
}

/// How often the key had signed when it was last used; zero for keys that do not count.
pub(super) fn counted(passkey: &Passkey) -> u64 {
    serde_json::to_value(passkey).unwrap_or_default().pointer("/cred/counter").and_then(Value::as_u64).unwrap_or_default()
}

fn flag(passkey: &Passkey, at: &str) -> bool {
    serde_json::to_value(passkey).unwrap_or_default().pointer(at).and_then(Value::as_bool).unwrap_or_default()
}
