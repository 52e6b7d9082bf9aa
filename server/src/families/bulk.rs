//! `POST /api/families/bulk`: the same change for many families, each in a transaction of its own with its own entry.
//!
//! The rule: what is true of one change is true of each of these: scope, duty, version, campus of the consultant. Out of reach
//! and not there are one outcome; both are written down, and so is what is reached by a role that does not keep it. Before each it is
//! asked again whether whoever asked still may; what was changed until then stays. Deliberately absent: all or nothing; a report says
//! what became of each.

use crate::{
    http::{ApiError, Body, OfStaff, Reply},
    state::{App, Shared},
};
use axum::extract::State;
use contract::{
    Change,
    error::{ErrorCode, ValueError},
    field::RecordKind,
    ids::CampusId,
    wire::{
        families::{BulkChange, BulkFamily, BulkLine, BulkOutcome, BulkReport, FamilyChanges},
        school::StaffRef,
    },
};
use guard::{Disclosed, Refused, Viewer, trail::RecordRef};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};
use store::Written;

const MOST: usize = 200;

/// Who may look after the families of each campus, as far as it was asked.
type Consultants = BTreeMap<CampusId, Vec<StaffRef>>;

/// Changes many families, or says what would become of them.
#[utoipa::path(post, path = "/api/families/bulk", request_body = BulkChange, responses((status = 200, body = BulkReport)))]
pub(crate) async fn bulk(
    State(app): State<Shared>,
    OfStaff { viewer }: OfStaff,
    Body(wish): Body<BulkChange>,
) -> Result<Reply<BulkReport>, ApiError> {
    if !app.gate.keeps_families(&viewer) {
        return Err(app.gate.refuse(&viewer, None, Refused::Forbidden).await.into());
    }
    let ids: BTreeSet<_> = wish.families.iter().map(|family| family.id).collect();
    if ids.len() != wish.families.len() {
        return Err(ApiError::field("families", ValueError::Malformed));
    }
    match ids.len() {
        0 => return Err(ApiError::field("families", ValueError::Required)),
        1..=MOST => {}
        _ => return Err(ApiError::field("families", ValueError::TooLong)),
    }
    if wish.stage.is_none() && wish.owner.is_none() && wish.next_contact.is_keep() {
        return Err(ErrorCode::MalformedRequest.into());
    }
    let mut families = Vec::with_capacity(ids.len());
    let mut consultants = Consultants::new();
    for family in &wish.families {
        app.still(&viewer).await?;
        families.push(app.change_one(&viewer, *family, &wish, &mut consultants).await?);
    }
    Ok(Reply(Disclosed::plain(BulkReport { families })))
}

impl App {
    async fn change_one(
        &self,
        viewer: &Viewer,
        BulkFamily { id, version }: BulkFamily,
        wish: &BulkChange,
        consultants: &mut Consultants,
    ) -> Result<BulkLine, ApiError> {
        let line = |outcome| BulkLine { id, outcome, version: None };
        let BulkChange { families: _, stage, owner, next_contact, preview } = wish;
        let refused = async |refused: Refused| {
            let about = RecordRef { kind: RecordKind::Family, id: id.0 };
            match self.gate.refuse(viewer, Some(about), refused).await {
                Refused::NotFound => Ok(line(BulkOutcome::NotFound)),
                Refused::Forbidden => Ok(line(BulkOutcome::Forbidden)),
                other => Err(other.into()),
            }
        };
        let Some(record) = self.db.family(&self.gate.scope(viewer), id).await? else {
            return refused(Refused::NotFound).await;
        };
        let now = &record.family;
        if !self.gate.keeps_family(viewer, &now.facts) {
            return refused(Refused::Forbidden).await;
        }
        if now.version != version {
            return Ok(BulkLine { version: Some(now.version), ..line(BulkOutcome::Conflict) });
        }
        let stage = stage.filter(|stage| *stage != now.stage);
        let owner = owner.filter(|owner| now.owner.as_ref().is_none_or(|present| present.id != *owner));
        let next_contact = match next_contact {
            Change::Set(day) if now.next_contact == Some(*day) => &Change::Keep,
            Change::Erase if now.next_contact.is_none() => &Change::Keep,
            other => other,
        };
        if stage.is_none() && owner.is_none() && next_contact.is_keep() {
            return Ok(line(BulkOutcome::Already));
        }
        let mut consultant = None;
        if let Some(owner) = owner {
            let campus = now.campus.id;
            let here = match consultants.entry(campus) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => unknown.insert(self.db.school_facts(&[campus], viewer.today()).await?.consultants),
            };
            consultant = here.iter().find(|one| one.id == owner).cloned();
            if consultant.is_none() {
                return Ok(line(BulkOutcome::OtherCampus));
            }
        }
        if *preview {
            return Ok(line(BulkOutcome::Changed));
        }
        let wish = FamilyChanges { version, stage, owner, next_contact: next_contact.clone() };
        let write = self.gate.change_family(viewer, &record, &wish)?;
        let write = match consultant {
            Some(consultant) => write.naming(consultant),
            None => write,
        };
        Ok(line(match self.db.change_family(&self.trail, write).await? {
            Written::Stored => BulkOutcome::Changed,
            // A moment ago it still had the version: which it has now is known at the next try.
            Written::Conflict => BulkOutcome::Conflict,
        }))
    }
}
