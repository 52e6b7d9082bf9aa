//! The trail: what happened, chained by hashes, durable before any answer leaves.
//!
//! The rule: an entry says which records and which fields in which form, never a value. Its bytes are hashed as they are
//! stored, so there is no second form to disagree with. Deliberately absent: an update, a delete.

use crate::{
    approval::Redemption,
    location::Location,
    receipt::{PasskeyKey, Receipt},
    vault::signed_head::{in_digits, of_digits},
    viewer::{Actor, Viewer},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::{
    credential::Credential,
    field::RecordKind,
    ids::{FamilyId, GrantId, GuardianId, SessionId, StaffId, TokenId},
    retention::Retention,
    rights::RoleSet,
    wire::{
        alarms::{AlarmMark, Tuning},
        ledger::{Action, FieldLook, TrailCut},
        reveals::Reason,
        timeline::Moved,
    },
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::labels::families_in;
pub use chain::{Beginning, GENESIS, link};

mod chain;

/// One record, by kind and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RecordRef {
    /// Its kind.
    pub kind: RecordKind,
    /// Its id.
    pub id: Uuid,
}

impl From<Actor> for RecordRef {
    fn from(actor: Actor) -> Self {
        let kind = match actor {
            Actor::Staff(_) => RecordKind::Staff,
            Actor::Guardian(_) => RecordKind::Guardian,
        };
        Self { kind, id: actor.uuid() }
    }
}

impl RecordRef {
    /// The person whose record it is, where it is that of one who signs in.
    #[must_use]
    pub const fn person(self) -> Option<Actor> {
        match self.kind {
            RecordKind::Staff => Some(Actor::Staff(StaffId(self.id))),
            RecordKind::Guardian => Some(Actor::Guardian(GuardianId(self.id))),
            _ => None,
        }
    }
}

/// Records that were seen in the same form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looks {
    /// The fields and forms.
    pub fields: Vec<FieldLook>,
    /// The records.
    #[serde(with = "crate::packed::records")]
    pub records: Vec<RecordRef>,
}

/// Who did it, as they were at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The person; absent where nobody was known, such as a refused sign-in.
    pub actor: Option<Actor>,
    /// Their working name.
    pub name: String,
    /// Their roles.
    pub roles: RoleSet,
    /// The session.
    pub session: Option<SessionId>,
    /// The token, where a program did it in their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<TokenId>,
}

impl By {
    /// A viewer.
    #[must_use]
    pub fn viewer(viewer: &Viewer) -> Self {
        let (token, session) = (viewer.program(), viewer.session());
        let session = token.is_none().then_some(session);
        Self { actor: Some(viewer.actor()), name: viewer.name().to_owned(), roles: viewer.roles(), session, token }
    }
    /// Nobody that is known.
    #[must_use]
    pub fn nobody() -> Self {
        Self { actor: None, name: String::new(), roles: RoleSet::default(), session: None, token: None }
    }
    /// A person outside a session: during sign-in or enrolment.
    #[must_use]
    pub const fn person(actor: Actor, name: String, roles: RoleSet) -> Self {
        Self { actor: Some(actor), name, roles, session: None, token: None }
    }
}

/// One entry of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    at: DateTime<Utc>,
    by: By,
    action: Action,
    /// The record it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<RecordRef>,
    /// The families it touches; each finds the entry in its ledger.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "crate::packed::families")]
    families: Vec<FamilyId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    looks: Vec<Looks>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    /// The version that a write made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// The roles of the person it is about, before and after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    roles: Option<(RoleSet, RoleSet)>,
    /// The plain facts of a family that a write set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<Moved>,
    /// What a passkey signed for a deliberate look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    receipt: Option<Box<Receipt>>,
    /// The public key that was registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<Box<PasskeyKey>>,
    /// The digest of the report of an audit that it is about, as hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<Box<str>>,
    /// Where it was done, of a sign-in and of a session that ended for being elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
    /// With what was signed in, of a sign-in and of a refused one; which kind of passkey was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credential: Option<Credential>,
    /// The standing grant that it is a step of, or a look under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grant: Option<GrantId>,
    /// The token for a program that it is a step of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<TokenId>,
    /// How a rule of the watch was set anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tuning: Option<Tuning>,
    /// The alarm that it is a step of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alarm: Option<AlarmMark>,
    /// For how many days the trail is kept, before and after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retention: Option<(u32, u32)>,
    /// What was taken away of the trail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cut: Option<TrailCut>,
}

impl Entry {
    /// An event that is about no personal field.
    #[must_use]
    pub const fn event(at: DateTime<Utc>, by: By, action: Action) -> Self {
        Self {
            at,
            by,
            action,
            record: None,
            families: Vec::new(),
            looks: Vec::new(),
            reason: None,
            version: None,
            roles: None,
            moved: None,
            receipt: None,
            key: None,
            digest: None,
            location: None,
            credential: None,
            grant: None,
            token: None,
            tuning: None,
            alarm: None,
            retention: None,
            cut: None,
        }
    }
    /// The same about one record.
    #[must_use]
    pub const fn about(mut self, record: RecordRef) -> Self {
        self.record = Some(record);
        self
    }
    /// The same as part of these families' ledgers.
    #[must_use]
    pub fn in_families(mut self, families: Vec<FamilyId>) -> Self {
        self.families = families;
        self
    }
    /// The same with what was seen.
    #[must_use]
    pub fn seeing(mut self, looks: Vec<Looks>) -> Self {
        self.looks = looks;
        self
    }
    /// The same with a reason.
    #[must_use]
    pub fn because(mut self, reason: Reason) -> Self {
        self.reason = Some(reason);
        self
    }
    /// The same with the version that the write made.
    #[must_use]
    pub const fn making_version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }
    /// The same with the roles before and after.
    #[must_use]
    pub const fn changing_roles(mut self, before: RoleSet, after: RoleSet) -> Self {
        self.roles = Some((before, after));
        self
    }
    /// The same with the plain facts that the write set.
    #[must_use]
    pub fn moving(mut self, moved: Moved) -> Self {
        self.moved = Some(moved);
        self
    }
    /// The same with what a passkey signed for it.
    #[must_use]
    pub fn signed(mut self, receipt: Receipt) -> Self {
        self.receipt = Some(Box::new(receipt));
        self
    }
    /// The same with the public key that it registers.
    #[must_use]
    pub fn registering(mut self, key: PasskeyKey) -> Self {
        self.key = Some(Box::new(key));
        self
    }
    /// The same about the report of an audit with this digest.
    #[must_use]
    pub fn of_digest(mut self, digest: &[u8; 32]) -> Self {
        self.digest = Some(in_digits(digest).into());
        self
    }
    /// The same with where it was done, where that is known.
    #[must_use]
    pub const fn at_location(mut self, location: Option<Location>) -> Self {
        self.location = location;
        self
    }
    /// The same with what was signed in with.
    #[must_use]
    pub const fn with(mut self, credential: Credential) -> Self {
        self.credential = Some(credential);
        self
    }
    /// The same as a step of a standing grant, or a look under one.
    #[must_use]
    pub const fn under(mut self, grant: GrantId) -> Self {
        self.grant = Some(grant);
        self
    }
    /// The same as a step of a token for a program.
    #[must_use]
    pub const fn of_token(mut self, token: TokenId) -> Self {
        self.token = Some(token);
        self
    }
    /// The same with a rule of the watch as it was and as it is from then on.
    #[must_use]
    pub const fn tuning(mut self, tuning: Tuning) -> Self {
        self.tuning = Some(tuning);
        self
    }
    /// The same as a step of an alarm.
    #[must_use]
    pub const fn of_alarm(mut self, alarm: AlarmMark) -> Self {
        self.alarm = Some(alarm);
        self
    }
    /// The same with for how long the trail is kept, before and after.
    #[must_use]
    pub const fn changing_retention(mut self, before: Retention, after: Retention) -> Self {
        self.retention = Some((before.days(), after.days()));
        self
    }
    /// What was taken away of the trail, after its time. Nobody did it.
    #[must_use]
    pub fn of_cut(at: DateTime<Utc>, cut: TrailCut) -> Self {
        Self { cut: Some(cut), ..Self::event(at, By::nobody(), Action::TrailCut) }
    }
    /// The key that an entry registers, carried over; nothing of any other entry. Nobody did it, and it is about whose key it is.
    #[must_use]
    pub fn carrying_over(at: DateTime<Utc>, before: &Self) -> Option<Self> {
        let record = match before.action {
            Action::PasskeyAdded => before.by.actor.map(RecordRef::from),
            Action::PasskeyCarried => before.record,
            _ => None,
        }?;
        Some(Self::event(at, By::nobody(), Action::PasskeyCarried).about(record).registering(before.key.as_deref()?.clone()))
    }
    /// When.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }
    /// Who.
    #[must_use]
    pub const fn by(&self) -> &By {
        &self.by
    }
    /// What.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }
    /// About which record.
    #[must_use]
    pub const fn record(&self) -> Option<RecordRef> {
        self.record
    }
    /// In which families' ledgers.
    #[must_use]
    pub fn families(&self) -> &[FamilyId] {
        &self.families
    }
    /// What was seen.
    #[must_use]
    pub fn looks(&self) -> &[Looks] {
        &self.looks
    }
    /// Why.
    #[must_use]
    pub const fn reason(&self) -> Option<&Reason> {
        self.reason.as_ref()
    }
    /// The version that the write made.
    #[must_use]
    pub const fn version(&self) -> Option<i64> {
        self.version
    }
    /// The roles before and after, where it changed them.
    #[must_use]
    pub const fn roles(&self) -> Option<(RoleSet, RoleSet)> {
        self.roles
    }
    /// The plain facts that a write set.
    #[must_use]
    pub const fn moved(&self) -> Option<&Moved> {
        self.moved.as_ref()
    }
    /// What a passkey signed for a deliberate look.
    #[must_use]
    pub fn receipt(&self) -> Option<&Receipt> {
        self.receipt.as_deref()
    }
    /// The public key that was registered.
    #[must_use]
    pub fn key(&self) -> Option<&PasskeyKey> {
        self.key.as_deref()
    }
    /// The digest of the report of an audit that it is about.
    #[must_use]
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.digest.as_deref().and_then(|digits| of_digits(digits).ok())
    }
    /// Where it was done, where that is known.
    #[must_use]
    pub const fn location(&self) -> Option<Location> {
        self.location
    }
    /// With what was signed in, of a sign-in and of a refused one.
    #[must_use]
    pub const fn credential(&self) -> Option<Credential> {
        self.credential
    }
    /// The standing grant that it is a step of, or a look under.
    #[must_use]
    pub const fn grant(&self) -> Option<GrantId> {
        self.grant
    }
    /// The token for a program that it is a step of.
    #[must_use]
    pub const fn token(&self) -> Option<TokenId> {
        self.token
    }
    /// The day at the school (+08:00) on which it was.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        (self.at + TimeDelta::hours(8)).date_naive()
    }
    /// Whether a record is among those that it looks at.
    #[must_use]
    pub fn names(&self, record: Uuid) -> bool {
        self.looks.iter().any(|looks| looks.records.iter().any(|one| one.id == record))
    }
    /// How a rule of the watch was set anew, where it was.
    #[must_use]
    pub const fn tuned(&self) -> Option<Tuning> {
        self.tuning
    }
    /// The alarm that it is a step of.
    #[must_use]
    pub const fn alarm(&self) -> Option<AlarmMark> {
        self.alarm
    }
    /// For how many days the trail is kept, before and after, where that was changed.
    #[must_use]
    pub const fn retention(&self) -> Option<(u32, u32)> {
        self.retention
    }
    /// What was taken away of the trail, where it was.
    #[must_use]
    pub const fn cut(&self) -> Option<TrailCut> {
        self.cut
    }
    /// The bytes that are stored and hashed.
    ///
    /// # Errors
    /// [`TrailDown`] when the entry cannot be written down; an entry that cannot be kept must not be acted on.
    pub fn to_bytes(&self) -> Result<Vec<u8>, TrailDown> {
        serde_json::to_vec(self).map_err(|_| TrailDown)
    }
    /// Reads what [`Entry::to_bytes`] made.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// The trail could not be written; whatever waited for it must not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the trail cannot be written")]
pub struct TrailDown;

/// A daily allowance that an entry counts against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Whose.
    pub actor: Actor,
    /// On which day, at the school.
    pub day: NaiveDate,
    /// How many a day.
    pub limit: u32,
    /// How many this one costs.
    pub cost: u32,
}

/// Why a counted entry was not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCounted {
    /// The allowance is used up; nothing was written.
    #[error("the daily quota is used up")]
    Exhausted,
    /// What approves the look of the entry is not good any more; nothing was written.
    #[error("the approval was used, has lapsed or was taken back")]
    Spent,
    /// The trail cannot be written.
    #[error(transparent)]
    Down(#[from] TrailDown),
}

/// Where entries go. `Ok` means durable: written and synchronised.
#[async_trait::async_trait]
pub trait Trail: Send + Sync {
    /// Writes an entry.
    async fn append(&self, entry: Entry) -> Result<(), TrailDown>;
    /// Writes an entry, counts it and asks for the approval that it needs, which it uses up where it was for one look: all or
    /// nothing. Says how many are left today.
    async fn append_counted(&self, entry: Entry, quota: Quota, approval: Option<Redemption>) -> Result<u32, NotCounted>;
}

/// Proof that the entry of a deliberate look is durable; made by the gate after the trail has said so.
pub(crate) struct Durable(());

impl Durable {
    pub(crate) const fn after_append() -> Self {
        Self(())
    }
}
