//! Approvals as values: which requests a viewer may find, what is written about one, and the ticket that a granted one is.
//!
//! The rule: only the gate makes them. A [`Ticket`] is about one viewer, one record and one field, whether it comes of a request for
//! one look or of a standing grant; the transaction that writes the look down asks for it again. Deliberately absent: a way to keep a ticket, which lives within one request.

use crate::{
    records::{GuardianRecord, NoteRecord, RevealByKey, StudentRecord},
    scope::Scope,
    trail::{Entry, RecordRef},
    viewer::Viewer,
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    catalogue::FieldKey,
    ids::{ApprovalId, ClassId, FamilyId, GrantId, StaffId},
    wire::approvals::ApprovalState,
};
use uuid::Uuid;

/// Whose requests are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Those that this person asked.
    Own(StaffId),
    /// Those that anybody but this person asked: of families in the scope, or of the whole school.
    OthersThan(StaffId, Option<Scope>),
}

/// The requests that a viewer may find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalScope {
    pub(crate) whose: Whose,
    pub(crate) now: DateTime<Utc>,
    pub(crate) day: NaiveDate,
}

impl ApprovalScope {
    /// Whose.
    #[must_use]
    pub const fn whose(&self) -> &Whose {
        &self.whose
    }
    /// The time of the request.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }
    /// Its day at the school; what "now" means for classes.
    #[must_use]
    pub const fn day(&self) -> NaiveDate {
        self.day
    }
}

/// A permitted request.
#[derive(Debug)]
pub struct ApprovalAsk {
    /// The request.
    pub id: ApprovalId,
    /// The record.
    pub record: RecordRef,
    /// Its family.
    pub family: FamilyId,
    /// The field.
    pub field: FieldKey,
    /// Who asks.
    pub by: StaffId,
    /// Until when it waits.
    pub until: DateTime<Utc>,
    /// Commits together with it.
    pub entry: Entry,
}

/// A permitted change of a request. It holds as long as the request is in one of the states that it begins from.
#[derive(Debug)]
pub struct ApprovalWrite {
    /// The request.
    pub id: ApprovalId,
    /// The states that it may be in.
    pub from: &'static [ApprovalState],
    /// The state that it comes to.
    pub to: ApprovalState,
    /// Until when it is good, where it is granted.
    pub until: Option<DateTime<Utc>>,
    /// Who decides; nobody where it is withdrawn.
    pub decided_by: Option<StaffId>,
    /// Commits together with it.
    pub entry: Entry,
}

/// A record one field of which can be opened.
#[derive(Clone, Copy)]
pub struct Openable<'a>(pub(crate) &'a (dyn RevealByKey + Sync));

impl Openable<'_> {
    /// The record's id.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.0.reference().id
    }
}

impl<'a> From<&'a StudentRecord> for Openable<'a> {
    fn from(record: &'a StudentRecord) -> Self {
        Self(record)
    }
}
impl<'a> From<&'a GuardianRecord> for Openable<'a> {
    fn from(record: &'a GuardianRecord) -> Self {
        Self(record)
    }
}
impl<'a> From<&'a NoteRecord> for Openable<'a> {
    fn from(record: &'a NoteRecord) -> Self {
        Self(record)
    }
}

impl std::fmt::Debug for Openable<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Openable({:?})", self.0.reference())
    }
}

/// By what a look was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permit {
    /// A request for this look alone, which uses it up.
    Once(ApprovalId),
    /// A standing grant, which stays.
    Standing(GrantId),
}

/// What approves one look of this very viewer, at this record and field, now. A standing grant gives one for each look.
#[derive(Debug)]
pub struct Ticket<'a> {
    pub(crate) by: &'a Viewer,
    pub(crate) permit: Permit,
    pub(crate) record: RecordRef,
    pub(crate) field: FieldKey,
}

impl Ticket<'_> {
    /// What the trail has to ask for again, and to use up where it is for one look, in the transaction that writes the look down.
    pub(crate) fn redemption(&self) -> Redemption {
        Redemption {
            permit: self.permit,
            by: self.by.actor().uuid(),
            record: self.record.id,
            field: self.field,
            at: self.by.now(),
            day: self.by.today(),
        }
    }
}

/// What approves the look of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redemption {
    /// By what.
    pub permit: Permit,
    /// Whose it has to be.
    pub by: Uuid,
    /// Of which record.
    pub record: Uuid,
    /// For which field.
    pub field: FieldKey,
    /// When it has to be good.
    pub at: DateTime<Utc>,
    /// The day of that at the school; what "now" means for a class.
    pub day: NaiveDate,
}

/// A permitted request for a standing grant.
#[derive(Debug)]
pub struct GrantAsk {
    /// The grant.
    pub id: GrantId,
    /// The class.
    pub class: ClassId,
    /// The fields, each once.
    pub fields: Vec<FieldKey>,
    /// Who asks.
    pub by: StaffId,
    /// The last day that is asked for.
    pub last_day: NaiveDate,
    /// Until when it waits.
    pub until: DateTime<Utc>,
    /// Commits together with it.
    pub entry: Entry,
}

/// A permitted step of a standing grant. It holds as long as the grant is in one of the states that it begins from.
#[derive(Debug)]
pub struct GrantWrite {
    /// The grant.
    pub id: GrantId,
    /// The states that it may be in.
    pub from: &'static [ApprovalState],
    /// The state that it comes to.
    pub to: ApprovalState,
    /// The last day, and the moment at which it is over; where it is granted.
    pub until: Option<(NaiveDate, DateTime<Utc>)>,
    /// Who decides; nobody where it ends.
    pub decided_by: Option<StaffId>,
    /// Commits together with it.
    pub entry: Entry,
}
