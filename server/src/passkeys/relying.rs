//! Registration as the relying party sees it, for every way that leads to a new passkey.

use super::exact;
use crate::{http::ApiError, state::App};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    credential::Credential,
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
use webauthn_rs::prelude::{
    AttestationMetadata, AttestedPasskey, AttestedPasskeyRegistration, COSEAlgorithm, COSEKeyType, CredentialID, Passkey,
    PasskeyRegistration, RegisterPublicKeyCredential,
};
use webauthn_rs_proto::ResidentKeyRequirement;

/// For how long a ceremony lives.
pub(super) const CEREMONY: TimeDelta = TimeDelta::minutes(5);
const NAME_LENGTH: usize = 60;
/// Where an answer says what is wrong with the proof of a make.
const ATTESTATION: &str = "attestation";
/// What stands before the two coordinates of a point (SEC 1, 2.3.3).
const UNCOMPRESSED: u8 = 4;
/// Hash of the relying party, flags, counter (WebAuthn 3, 6.1).
const AUTHENTICATOR_DATA: usize = 37;
/// The flags that announce a credential or extensions behind them.
const MORE_FOLLOWS: u8 = 0xc0;

/// What a registration keeps between its two requests.
#[derive(Serialize, Deserialize)]
pub(super) struct Registering {
    state: Asked,
    /// The digest of the enrolment link that is used up at the end, where there is one.
    pub(super) link: Option<[u8; 32]>,
}

/// What the authenticator was asked for.
#[derive(Serialize, Deserialize)]
enum Asked {
    /// A passkey.
    Any(PasskeyRegistration),
    /// A passkey and a proof of its make.
    Attested(AttestedPasskeyRegistration),
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

/// A registration that is to be begun.
pub(crate) struct Registration<'n> {
    /// For what.
    pub(crate) kind: CeremonyKind,
    /// Whose passkey it will be.
    pub(crate) actor: Actor,
    /// Their login name, as the authenticator shows it.
    pub(crate) login: &'n str,
    /// Their name, as the authenticator shows it.
    pub(crate) name: &'n str,
    /// The session in which it is begun and has to end.
    pub(crate) session: Option<SessionId>,
    /// The digest of the enrolment link that it uses up.
    pub(crate) link: Option<[u8; 32]>,
    /// Whether the authenticator has to prove that its make is on the list.
    pub(crate) attested: bool,
}

impl Registration<'_> {
    /// Begins it. A discoverable credential is asked for: without it the sign-in button finds nothing.
    ///
    /// # Errors
    /// `attestation`: `required` where a make has to be proved and the server has no list.
    pub(crate) async fn begin(self, app: &App, now: DateTime<Utc>) -> Result<(CeremonyId, Value), ApiError> {
        let Self { kind, actor, login, name, session, link, attested } = self;
        let known = app.db.passkeys_of(actor).await?;
        let exclude = Some(known.into_iter().map(|row| CredentialID::from(row.credential_id)).collect());
        let (mut options, state) = if attested {
            let trusted = app.makes.as_ref().ok_or_else(|| ApiError::field(ATTESTATION, ValueError::Required))?.trusted();
            let begun = app.relying.start_attested_passkey_registration(actor.uuid(), login, name, exclude, trusted, None);
            begun.map(|(options, state)| (options, Asked::Attested(state)))
        } else {
            let begun = app.relying.start_passkey_registration(actor.uuid(), login, name, exclude);
            begun.map(|(options, state)| (options, Asked::Any(state)))
        }
        .map_err(|_| ErrorCode::Internal)?;
        if let Some(selection) = options.public_key.authenticator_selection.as_mut() {
            selection.resident_key = Some(ResidentKeyRequirement::Required);
            selection.require_resident_key = true;
        }
        let id = keep(app, kind, Some(actor), session, &Registering { state, link }, now).await?;
        Ok((id, serde_json::to_value(options).map_err(|_| ErrorCode::Internal)?))
    }
}

/// Ends a registration: verifies the passkey, and gives it back with the digest of the link by which it was begun. It is
/// not kept yet: of two browsers that opened one link, only the one that uses the link up may keep its key.
///
/// # Errors
/// `attestation`: `malformed` for an authenticator that does not prove a make on the list, whatever is missing.
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
    if !exact::is_exact(credential.response.attestation_object.as_ref()) {
        return Err(refused());
    }
    let (passkey, make) = match state {
        Asked::Any(state) => (app.relying.finish_passkey_registration(&credential, &state).map_err(|_| refused())?, None),
        Asked::Attested(state) => {
            let unlisted = || ApiError::field(ATTESTATION, ValueError::Malformed);
            let passkey = app.relying.finish_attested_passkey_registration(&credential, &state).map_err(|_| unlisted())?;
            // By the list of now, which may be another than that of the beginning.
            let make = make(&passkey).filter(|make| app.makes.as_ref().is_some_and(|makes| makes.name(*make).is_some()));
            (passkey.into(), Some(make.ok_or_else(unlisted)?))
        }
    };
    let row = PasskeyRow {
        id: PasskeyId(Uuid::now_v7()),
        actor,
        name: passkey_name(name)?,
        credential_id: passkey.cred_id().to_vec(),
        credential: serde_json::to_string(&passkey).map_err(|_| ErrorCode::Internal)?,
        created_at: now,
        used_at: None,
        synced: is_synced(&passkey),
        make,
        attested: make.is_some(),
    };
    Ok((row, link))
}

/// The make that an authenticator proved.
fn make(passkey: &AttestedPasskey) -> Option<Uuid> {
    match passkey.attestation().metadata {
        AttestationMetadata::Packed { aaguid } | AttestationMetadata::Tpm { aaguid, .. } => Some(aaguid),
        _ => None,
    }
}

/// Whether somebody's roles ask for an attested passkey: whoever comes by a link or a recovery code could not come in by another.
pub(super) async fn must_be_attested(app: &App, actor: Actor) -> Result<bool, ApiError> {
    Ok(app.db.person(actor).await?.is_some_and(|person| person.least == Credential::AttestedPasskey))
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
