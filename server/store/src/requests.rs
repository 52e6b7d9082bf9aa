//! Who asked for something and who decided about it, and the words in which it was asked, as the trail keeps them.
//!
//! The rule: two statements, however many requests; the same for one that is there and for none, so that neither their number nor their
//! text tells which it was. Deliberately absent: a copy of the words in a table of their own.

use crate::{
    db::Db,
    error::StoreError,
    people::roles,
    rows::{staff, trail_row},
};
use contract::{ids::StaffId, rights::RoleSet, wire::school::StaffRef};
use guard::{Entry, records::Decider};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The people and the words of some requests.
pub(crate) struct Requests {
    people: BTreeMap<Uuid, staff::Model>,
    said: BTreeMap<i64, Entry>,
}

impl Requests {
    /// Somebody by name.
    pub(crate) fn named(&self, id: Uuid) -> StaffRef {
        StaffRef { id: StaffId(id), name: self.people.get(&id).map(|person| person.name.clone()).unwrap_or_default() }
    }
    /// Whoever asked, with the roles that they have now; none where they may not come in.
    pub(crate) fn by(&self, id: Uuid) -> Decider {
        let active = self.people.get(&id).filter(|person| person.active);
        Decider { who: self.named(id), roles: active.map_or_else(RoleSet::default, |person| roles(person.roles)) }
    }
    /// The words of the entry in which it was asked.
    pub(crate) fn words(&self, asked_in: i64) -> String {
        self.said.get(&asked_in).and_then(Entry::reason).map(|reason| reason.text.clone()).unwrap_or_default()
    }
}

impl Db {
    /// Of requests by who asked, who decided and the entry in which it was asked.
    pub(crate) async fn requests(&self, of: impl Iterator<Item = (Uuid, Option<Uuid>, i64)>) -> Result<Requests, StoreError> {
        let (mut people, mut numbers) = (Vec::new(), Vec::new());
        for (asked_by, decided_by, asked_in) in of {
            people.extend([asked_by, decided_by.unwrap_or(asked_by)]);
            numbers.push(asked_in);
        }
        if numbers.is_empty() {
            people.extend([Uuid::nil(), Uuid::nil()]);
            numbers.push(0);
        }
        let people = staff::Entity::find().filter(staff::Column::Id.is_in(people)).all(&self.reader).await?;
        let said = trail_row::Entity::find().filter(trail_row::Column::Seq.is_in(numbers)).all(&self.reader).await?;
        Ok(Requests {
            people: people.into_iter().map(|person| (person.id, person)).collect(),
            said: said.into_iter().filter_map(|row| Some((row.seq, Entry::from_bytes(&row.body)?))).collect(),
        })
    }
}
