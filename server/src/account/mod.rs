//! What a person manages about their own access.

pub(crate) mod passkeys;

use crate::{
    http::{ApiError, Device, Id, Reply, SignedIn},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    error::ErrorCode,
    ids::{SessionId, StaffId},
    wire::{
        account::{Account, PasskeyCard, RecoveryCodes, SessionCard},
        ledger::Action,
    },
};
use guard::{Actor, Disclosed, Entry, Viewer, trail::By};

const CODES: usize = 10;
/// Without letters and digits that are mistaken for each other.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The digest of a recovery code as it was typed: case, spaces and dashes do not matter.
pub(crate) fn recovery_digest(app: &App, code: &str) -> [u8; 32] {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    app.gate.token_digest("recovery code", &plain)
}

/// Makes ten recovery codes of 60 bits each; earlier ones no longer count.
pub(crate) async fn new_recovery_codes(app: &App, staff: StaffId) -> Result<Vec<String>, ApiError> {
    let letter = |byte: u8| ALPHABET.get(usize::from(byte % 32)).copied().map_or('2', char::from);
    let code = || {
        let letters: Vec<char> = rand::random::<[u8; 12]>().into_iter().map(letter).collect();
        letters.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    };
    let codes: Vec<String> = (0..CODES).map(|_| code()).collect();
    let digests: Vec<[u8; 32]> = codes.iter().map(|code| recovery_digest(app, code)).collect();
    app.db.replace_recovery_codes(staff, &digests).await?;
    Ok(codes)
}

impl App {
    async fn account(&self, viewer: &Viewer) -> Result<Account, ApiError> {
        let (login, recovery_codes_left) = match viewer.staff() {
            Some(id) => {
                let login = self.db.staff_login(id).await?.map(|person| person.login).unwrap_or_default();
                (login, self.db.recovery_codes_left(id).await?)
            }
            None => (String::new(), 0),
        };
        let passkeys = self.db.passkeys_of(viewer.actor()).await?.into_iter().map(|row| PasskeyCard {
            id: row.id,
            name: row.name,
            created_at: row.created_at,
            used_at: row.used_at,
            synced: row.synced,
        });
        let person = self.db.person(viewer.actor()).await?.ok_or(ErrorCode::NotSignedIn)?;
        let open = self.db.sessions_of(viewer.actor(), viewer.now()).await?.into_iter();
        // One that was unused for too long has ended, though nobody said so.
        let sessions = open.filter(|row| row.is_live(&person, viewer.now())).map(|row| SessionCard {
            id: row.id,
            device: row.device,
            created_at: row.created_at,
            seen_at: row.seen_at,
            current: row.id == viewer.session(),
            country: row.location.map(|location| location.country.to_string()),
        });
        Ok(Account { login, passkeys: passkeys.collect(), sessions: sessions.collect(), recovery_codes_left })
    }
}

impl App {
    /// Ends a session of the viewer's own, with an entry that names it; says whether there was one.
    async fn end_own(&self, viewer: &Viewer, id: SessionId) -> Result<bool, ApiError> {
        let by = By { session: Some(id), ..By::viewer(viewer) };
        Ok(self.db.end_session_with(&self.trail, viewer.actor(), id, &Entry::event(viewer.now(), by, Action::SessionEnded)).await?)
    }
}

/// Passkeys and sessions.
#[utoipa::path(get, path = "/api/account", responses((status = 200, body = Account)))]
pub(crate) async fn show(State(app): State<Shared>, SignedIn { viewer, .. }: SignedIn) -> Result<Reply<Account>, ApiError> {
    Ok(Reply(Disclosed::plain(app.account(&viewer).await?)))
}

/// Makes new recovery codes.
#[utoipa::path(post, path = "/api/account/recovery-codes", responses((status = 200, body = RecoveryCodes)))]
pub(crate) async fn recovery_codes(State(app): State<Shared>, SignedIn { viewer, .. }: SignedIn) -> Result<Reply<RecoveryCodes>, ApiError> {
    let staff = viewer.staff().ok_or(ErrorCode::NotFound)?;
    if viewer.fresh().is_none() {
        return Err(ErrorCode::StepUpRequired.into());
    }
    app.gate.record(Entry::event(viewer.now(), By::viewer(&viewer), Action::RecoveryCodesMade)).await?;
    Ok(Reply(Disclosed::plain(RecoveryCodes { codes: new_recovery_codes(&app, staff).await? })))
}

/// Ends one of one's own sessions.
#[utoipa::path(delete, path = "/api/account/sessions/{id}", params(("id" = SessionId, Path)), responses((status = 200, body = Account)))]
pub(crate) async fn end_session(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    Id(id): Id<SessionId>,
) -> Result<Reply<Account>, ApiError> {
    if !app.end_own(&viewer, id).await? {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(Reply(Disclosed::plain(app.account(&viewer).await?)))
}

/// Ends every session of one's own but the one that asks, and forgets the other devices.
#[utoipa::path(delete, path = "/api/account/sessions", responses((status = 200, body = Account)))]
pub(crate) async fn end_others(
    State(app): State<Shared>,
    SignedIn { viewer, .. }: SignedIn,
    device: Device,
) -> Result<Reply<Account>, ApiError> {
    for other in app.db.sessions_of(viewer.actor(), viewer.now()).await?.iter().filter(|row| row.id != viewer.session()) {
        app.end_own(&viewer, other.id).await?;
    }
    app.db.forget_other_devices(viewer.actor(), app.digest_of(viewer.actor(), &device).as_ref()).await?;
    Ok(Reply(Disclosed::plain(app.account(&viewer).await?)))
}

/// Whether a person's first passkey may be added without another: a guardian has come by a one-time code.
pub(crate) const fn first_key_needs_no_other(actor: Actor, keys: usize) -> bool {
    matches!(actor, Actor::Guardian(_)) && keys == 0
}
