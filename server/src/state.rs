//! What the handlers share.

use crate::{alarms::live::Bell, courier::Courier, heads::SignedHeads, limits::Limits, makes::Makes, passwords::Hashing, places::Places};
use guard::{Gate, Vault};
use std::{
    fmt,
    sync::{Arc, OnceLock},
};
use store::{Db, StoreError, TrailStore};
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{Url, WebauthnError},
};

/// One school, ready to serve.
pub struct App {
    pub(crate) db: Db,
    pub(crate) trail: TrailStore,
    pub(crate) gate: Gate,
    pub(crate) relying: Webauthn,
    pub(crate) limits: Limits,
    /// Where passwords are hashed.
    pub(crate) hashing: Hashing,
    pub(crate) courier: Courier,
    pub(crate) origin: Url,
    /// Where addresses are, where a file says so.
    pub(crate) places: Option<Places>,
    /// The makes of authenticators by which a passkey is attested, where a file says so.
    pub(crate) makes: Option<Makes>,
    /// Rings when alarms have changed.
    pub(crate) bell: tokio::sync::watch::Sender<Bell>,
    /// The file of signed heads, where this server knows of one.
    pub(crate) heads: OnceLock<SignedHeads>,
}

/// A handle to it.
pub type Shared = Arc<App>;

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("App")
    }
}

/// What the operator's own files say.
#[derive(Debug, Default)]
pub struct Files {
    /// Where addresses are.
    pub places: Option<Places>,
    /// Which makes of authenticators count.
    pub makes: Option<Makes>,
}

/// Why it cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The origin is not a URL, or has no host name.
    #[error("the origin must be a URL with a host name, such as https://school.example")]
    Origin,
    /// Passkeys cannot be offered for the origin.
    #[error("passkeys cannot be offered for this origin: {0}")]
    Relying(#[from] WebauthnError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The courier.
    #[error("messages cannot be sent: {0}")]
    Courier(String),
}

impl App {
    /// Opens the school that is in `db`.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(db: Db, vault: Vault, origin: &str, courier: Courier) -> Result<Shared, StartError> {
        Self::start_with(db, vault, origin, courier, Files::default()).await
    }

    /// The same with files of the operator's. Which makes are listed holds for every passkey from here on.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start_with(db: Db, vault: Vault, origin: &str, courier: Courier, files: Files) -> Result<Shared, StartError> {
        let Files { places, makes } = files;
        let origin = Url::parse(origin).map_err(|_| StartError::Origin)?;
        let host = origin.domain().ok_or(StartError::Origin)?.to_owned();
        let school = db.school_name().await?.unwrap_or_else(|| "慎独".into());
        db.begin_school(&school, vault.check_value(), &vault.head_sealer(), crate::clock::now()).await?;
        db.know_makes(&makes.iter().flat_map(Makes::all).collect::<Vec<_>>()).await?;
        let trail = TrailStore::open(db.clone(), vault.head_sealer());
        let policy = db.policy().await?.compile();
        let relying = WebauthnBuilder::new(&host, &origin)?.rp_name(&school).build()?;
        #[expect(clippy::disallowed_methods, reason = "the one start of the server")]
        let gate = Gate::new(vault, policy, Arc::new(trail.clone()));
        Ok(Arc::new(Self {
            db,
            trail,
            gate,
            relying,
            limits: Limits::default(),
            hashing: Hashing::default(),
            courier,
            origin,
            places,
            makes,
            bell: tokio::sync::watch::Sender::default(),
            heads: OnceLock::new(),
        }))
    }

    /// Says where the signed heads are; once.
    pub fn know_heads(&self, heads: SignedHeads) {
        let _ = self.heads.set(heads);
    }

    /// The school's name as it is now, on every server.
    pub(crate) async fn school_name(&self) -> Result<String, StoreError> {
        Ok(self.db.school_name().await?.unwrap_or_default())
    }

    /// Whether the server knows makes of authenticators by which a passkey can be attested.
    pub(crate) const fn attests(&self) -> bool {
        self.makes.is_some()
    }

    /// Whether cookies travel over TLS alone.
    pub(crate) fn is_secure(&self) -> bool {
        self.origin.scheme() == "https"
    }

    /// The gate with the policy that is in force now: one comparison, and a read where it changed.
    pub(crate) async fn with_policy(&self, version: i64) -> Result<(), StoreError> {
        if version > self.gate.policy_version() {
            let policy = self.db.policy().await?.compile();
            #[expect(clippy::disallowed_methods, reason = "the one place that takes a newer policy on")]
            self.gate.adopt(policy);
        }
        Ok(())
    }
}
