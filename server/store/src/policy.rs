//! The policy, versioned: every change is a new row, and none is ever edited.
//!
//! The rule: what one person does here at once only narrows; what widens comes by `proposals`, or not at all. Both ask what is in
//! force under the lock of the school, after which nobody is given a role, and of the trail's head; there whoever acts is asked for too,
//! who may have been suspended since the request came. A role that a version does not name any more is taken from everybody in the
//! transaction that makes the version, and every token of it ends, so that whoever names the place anew names nobody's role.

use crate::{
    db::Db,
    error::StoreError,
    load::time,
    people,
    rows::{kinship, policy, staff},
    staff::{bits, lock as lock_school, still_has},
    tokens::end_tokens_of,
    trail::{TrailStore, append_in, lock},
};
use chrono::{DateTime, Utc};
use contract::{
    field::RecordKind,
    rights::{CustomRole, Duty, Role, RoleSet},
    wire::{
        ledger::Action,
        policy::{JointConcern, PolicyRollback},
    },
};
use guard::{
    Actor, Entry, Policy,
    policy::{
        Rules,
        impact::{Held, widens},
        joint,
    },
    proposal::Wanted,
    trail::RecordRef,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::BTreeMap;

/// A version of the policy.
#[derive(Debug, Clone)]
pub struct PolicyRow {
    /// The version.
    pub version: i64,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Who made it so.
    pub by: String,
    /// What it says.
    pub rules: Rules,
}

impl PolicyRow {
    /// The compiled form.
    #[must_use]
    pub fn compile(&self) -> Policy {
        self.rules.compile(self.version)
    }
}

/// A whole policy, from a column.
pub(crate) fn whole(document: &str) -> Result<Rules, StoreError> {
    serde_json::from_str(document).map_err(|_| StoreError::Malformed)
}

fn row(model: policy::Model) -> Result<PolicyRow, StoreError> {
    let rules = whole(&model.document)?;
    Ok(PolicyRow { version: model.version, at: time(model.at), by: model.changed_by, rules })
}

/// The same to a column.
pub(crate) fn document(rules: &Rules) -> Result<String, StoreError> {
    serde_json::to_string(rules).map_err(|_| StoreError::Malformed)
}

/// The version in force, inside a transaction.
pub(crate) async fn present(txn: &DatabaseTransaction) -> Result<PolicyRow, StoreError> {
    let latest = policy::Entity::find().order_by_desc(policy::Column::Version).one(txn).await?;
    row(latest.ok_or(StoreError::Malformed)?)
}

impl Db {
    /// The policy in force.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn policy(&self) -> Result<PolicyRow, StoreError> {
        let latest = policy::Entity::find().order_by_desc(policy::Column::Version).one(&self.reader).await?;
        row(latest.ok_or(StoreError::Malformed)?)
    }

    /// One version of the policy.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn policy_version(&self, version: i64) -> Result<Option<PolicyRow>, StoreError> {
        policy::Entity::find_by_id(version).one(&self.reader).await?.map(row).transpose()
    }

    /// Versions from the newest on, each with the one before it; `before` leaves out that one and the newer ones.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn policy_history(&self, before: Option<i64>, limit: u64) -> Result<Vec<PolicyRow>, StoreError> {
        let mut find = policy::Entity::find().order_by_desc(policy::Column::Version).limit(limit);
        if let Some(before) = before {
            find = find.filter(policy::Column::Version.lt(before));
        }
        find.all(&self.reader).await?.into_iter().map(row).collect()
    }

    /// Makes the next version, when the present one is still the one that the change is about and nobody gains anything.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn change_policy(&self, trail: &TrailStore, seen: i64, change: Rules, entry: &Entry) -> Result<PolicyWritten, StoreError> {
        self.narrow_policy(trail, seen, Wanted::Laid(change), entry).await
    }

    /// Makes the next version out of an earlier one, where nobody gains anything by it.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn roll_back_policy(&self, trail: &TrailStore, wish: PolicyRollback, entry: &Entry) -> Result<PolicyWritten, StoreError> {
        self.narrow_policy(trail, wish.version, Wanted::Back(wish.to), entry).await
    }

    async fn narrow_policy(&self, trail: &TrailStore, seen: i64, wanted: Wanted, entry: &Entry) -> Result<PolicyWritten, StoreError> {
        let txn = self.begin().await?;
        lock_school(&txn).await?;
        lock(&txn).await?;
        if !keeps(&txn, entry).await? {
            return Ok(PolicyWritten::Lapsed);
        }
        let present = present(&txn).await?;
        if present.version != seen {
            return Ok(PolicyWritten::Conflict);
        }
        let Some(next) = resulting(&txn, &present, wanted).await? else {
            return Ok(PolicyWritten::Missing);
        };
        if !next.names_differ() {
            return Ok(PolicyWritten::Named);
        }
        let (before, after) = (present.compile(), compiled(seen, &next));
        let joint = refused_joint(&txn, &before, &after).await?;
        if !joint.is_empty() {
            return Ok(PolicyWritten::Joint(joint));
        }
        if widens(&before, &after) {
            return Ok(PolicyWritten::Widens);
        }
        insert(&txn, after.version(), entry.at(), &entry.by().name, &next).await?;
        let taken = take_away(&txn, &next, entry).await?;
        let entries: Vec<&Entry> = std::iter::once(entry).chain(&taken).collect();
        append_in(&txn, trail.sealer(), &entries).await.map_err(|_| StoreError::TrailDown)?;
        txn.commit().await?;
        Ok(PolicyWritten::Stored)
    }

    /// The sets of roles that people hold who work here, with who of them may sign in; and the guardians.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn role_holders(&self) -> Result<Vec<Held>, StoreError> {
        let mut held = holders(&self.reader).await?;
        let guardians = kinship::Entity::find()
            .select_only()
            .column(kinship::Column::GuardianId)
            .filter(kinship::Column::Custody.eq("full"))
            .distinct()
            .count(&self.reader)
            .await?;
        let people = u32::try_from(guardians).unwrap_or(u32::MAX);
        held.push(Held { roles: RoleSet::from_iter([Role::Guardian]), people, names: Vec::new() });
        Ok(held)
    }
}

/// The sets of roles of whoever works here, the suspended among them, since letting somebody in again asks for nothing.
async fn holders(at: &impl ConnectionTrait) -> Result<Vec<Held>, StoreError> {
    let everybody = staff::Entity::find().filter(staff::Column::LeftAt.is_null()).order_by_asc(staff::Column::Id).all(at).await?;
    let mut sets: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    for row in everybody {
        let names = sets.entry(row.roles).or_default();
        if row.active {
            names.push(row.name);
        }
    }
    let held = |(bits, names): (i32, Vec<String>)| Held {
        roles: people::roles(bits),
        people: u32::try_from(names.len()).unwrap_or(u32::MAX),
        names,
    };
    Ok(sets.into_iter().map(held).collect())
}

/// What the joint rules refuse about a change; asked under the lock of the school, so that nobody is given a role meanwhile.
pub(crate) async fn refused_joint(txn: &DatabaseTransaction, before: &Policy, after: &Policy) -> Result<Vec<JointConcern>, StoreError> {
    let mut concerns = joint::concerns(before, after, &holders(txn).await?);
    concerns.retain(|concern| concern.refused);
    Ok(concerns)
}

/// The whole policy that something wanted would make of the present one; nothing where there is no such earlier version.
pub(crate) async fn resulting(txn: &DatabaseTransaction, present: &PolicyRow, wanted: Wanted) -> Result<Option<Rules>, StoreError> {
    match wanted {
        Wanted::Laid(change) => Ok(Some(present.rules.clone().with(&change))),
        Wanted::Back(to) if to >= present.version => Ok(None),
        Wanted::Back(to) => {
            let earlier = policy::Entity::find_by_id(to).one(txn).await?.map(row).transpose()?;
            Ok(earlier.map(|row| row.rules))
        }
    }
}

/// A policy as the version after `base`.
pub(crate) fn compiled(base: i64, rules: &Rules) -> Policy {
    rules.compile(base.saturating_add(1))
}

/// What became of an act on the policy, or on a proposed change of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyWritten {
    /// It is stored.
    Stored,
    /// Somebody was faster; nothing was changed.
    Conflict,
    /// There is no such earlier version.
    Missing,
    /// It would show together what tells more than each alone; nothing was changed.
    Joint(Vec<JointConcern>),
    /// Somebody would gain something, for which one person is not enough; nothing was changed.
    Widens,
    /// Nobody would gain anything and no moment is named, for which one person is enough; nothing was proposed.
    Narrows,
    /// Another proposal is open; nothing was proposed.
    Taken,
    /// Two of the school's own roles would have one name; nothing was changed.
    Named,
    /// The proposal does not wait any more, or whoever acts or its people may no longer; nothing was changed.
    Lapsed,
}

/// Stores a version.
pub(crate) async fn insert(txn: &DatabaseTransaction, version: i64, at: DateTime<Utc>, by: &str, rules: &Rules) -> Result<(), StoreError> {
    let model = policy::ActiveModel {
        version: Set(version),
        at: Set(at.timestamp_micros()),
        changed_by: Set(by.to_owned()),
        document: Set(document(rules)?),
    };
    policy::Entity::insert(model).exec_without_returning(txn).await?;
    Ok(())
}

/// Whether whoever makes `entry` may still keep the policy.
async fn keeps(txn: &DatabaseTransaction, entry: &Entry) -> Result<bool, StoreError> {
    match entry.by().actor {
        Some(Actor::Staff(id)) => still_has(txn, id, Duty::KeepPolicy).await,
        _ => Ok(false),
    }
}

/// Takes the roles from everybody that `rules` do not name, and ends their tokens; for each person and each token an entry of whoever made
/// it so.
pub(crate) async fn take_away(txn: &DatabaseTransaction, rules: &Rules, made: &Entry) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    for row in staff::Entity::find().order_by_asc(staff::Column::Id).all(txn).await? {
        let before = people::roles(row.roles);
        let after: RoleSet = before.iter().filter(|role| rules.has(*role)).collect();
        if after == before {
            continue;
        }
        let (id, version) = (row.id, row.version.saturating_add(1));
        let mut row: staff::ActiveModel = row.into();
        (row.roles, row.version) = (Set(bits(after)), Set(version));
        row.update(txn).await?;
        let about = RecordRef { kind: RecordKind::Staff, id };
        let entry = Entry::event(made.at(), made.by().clone(), Action::RolesChanged).about(about);
        entries.push(entry.changing_roles(before, after).making_version(version));
    }
    let gone: Vec<CustomRole> = CustomRole::ALL.iter().copied().filter(|role| !rules.has(Role::Custom(*role))).collect();
    for (token, owner) in end_tokens_of(txn, &gone).await? {
        let about = RecordRef { kind: RecordKind::Staff, id: owner.0 };
        entries.push(Entry::event(made.at(), made.by().clone(), Action::TokenEnded).about(about).of_token(token));
    }
    Ok(entries)
}

/// The policy that a school begins with.
pub(crate) async fn begin_in(txn: &DatabaseTransaction, at: DateTime<Utc>) -> Result<(), StoreError> {
    if policy::Entity::find().one(txn).await?.is_none() {
        insert(txn, 1, at, "", &Rules::initial()).await?;
    }
    Ok(())
}
