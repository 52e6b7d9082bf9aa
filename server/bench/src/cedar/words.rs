//! The same matrix, viewers and records in Cedar's words.
//!
//! The rule: made from the cells and scopes as they are kept, never from the compiled policy. Roles are groups that a person
//! is in; a relation is an attribute that Cedar looks into. A role has one policy a form, with the fields in its list of
//! actions: Cedar reads every policy for each decision, and one a field took it longer. That the administrator reaches no
//! family and sees nothing clear is said here a second time, in these words. Deliberately absent: a schema; what a
//! condition cannot find is an error, and errors end the run.

use super::draw::{Matrix, Question};
use crate::Outcome;
use cedar_policy::{Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression};
use contract::{
    FieldKey,
    field::RecordKind,
    rights::{Exposure, Role, RowScope},
};
use guard::{Actor, Facts};
use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};
use uuid::Uuid;

/// Every policy of a matrix.
pub(crate) fn policies(matrix: &Matrix) -> String {
    let mut text = String::new();
    // A place that no name is given has no policy, whatever is drawn of it.
    let there = |role: &&Role| if let Role::Custom(custom) = role { matrix.named.contains(custom) } else { true };
    for role in Role::ALL.iter().filter(there) {
        for form in [Exposure::Masked, Exposure::Clear] {
            if (*role, form) == (Role::Administrator, Exposure::Clear) {
                continue;
            }
            let allowed = |staff: bool| {
                let cells = matrix.cells.iter().filter(|one| one.role == *role && one.cell.exposure >= form);
                let actions = cells.filter(|one| (one.field.record() == RecordKind::Staff) == staff);
                actions.map(|one| format!("Action::{:?}", action(form, one.field))).collect::<Vec<_>>().join(", ")
            };
            let who = format!("permit (principal in Role::{:?}", role.name());
            let contact = allowed(true);
            if !contact.is_empty() {
                let _ = writeln!(text, "{who}, action in [{contact}], resource is Contact);");
            }
            let family = allowed(false);
            let scope = matrix.scopes.iter().find(|one| one.role == *role).map(|one| one.scope);
            if let Some(relation) = scope.and_then(|scope| relation(*role, scope)).filter(|_| !family.is_empty()) {
                let _ = writeln!(text, "{who}, action in [{family}], resource is Family) when {{ {relation} }};");
            }
        }
    }
    text
}

fn action(form: Exposure, field: FieldKey) -> String {
    let form = if form == Exposure::Clear { "clear" } else { "masked" };
    format!("see {} {form}", field.name())
}

/// What has to hold between person and family.
const fn relation(role: Role, scope: RowScope) -> Option<&'static str> {
    match (role, scope) {
        (_, RowScope::None) | (Role::Administrator, _) => None,
        (Role::Guardian, _) => Some("resource.guardians.contains(principal)"),
        (_, RowScope::Own) => Some("resource has owner && resource.owner == principal"),
        (_, RowScope::TeachesNow) => Some("resource.teachers.contains(principal)"),
        (_, RowScope::Campus) => Some("principal.campuses.contains(resource.campus)"),
        (_, RowScope::All) => Some("true"),
    }
}

/// A question in Cedar's words: may it be clear, may it be masked, and who and what everything is.
pub(crate) struct Asked {
    pub(crate) clear: Request,
    pub(crate) masked: Request,
    pub(crate) entities: Entities,
}

impl Asked {
    pub(crate) fn of(Question { viewer, facts, field }: &Question) -> Outcome<Self> {
        let principal = match viewer.actor() {
            Actor::Staff(id) => uid("Member", id.0)?,
            Actor::Guardian(id) => uid("Guardian", id.0)?,
        };
        let campuses = viewer.campuses().iter().map(|campus| uid("Campus", campus.0)).collect::<Outcome<Vec<_>>>()?;
        let roles = viewer.roles().iter().map(|role| uid("Role", role.name())).collect::<Outcome<HashSet<_>>>()?;
        let person = Entity::new(principal.clone(), HashMap::from([("campuses".to_owned(), set(campuses))]), roles)?;
        let (resource, attributes) = match facts {
            Some(facts) => (uid("Family", "family")?, family(facts, &principal)?),
            None => (uid("Contact", "contact")?, HashMap::new()),
        };
        let entities = Entities::from_entities([person, Entity::new(resource.clone(), attributes, HashSet::new())?], None)?;
        let ask = |form| -> Outcome<Request> {
            let action = uid("Action", action(form, *field))?;
            Ok(Request::new(principal.clone(), action, resource.clone(), Context::empty(), None)?)
        };
        Ok(Self { clear: ask(Exposure::Clear)?, masked: ask(Exposure::Masked)?, entities })
    }
}

/// The attributes of a family. Its teachers and guardians are sets with another person in them, and the viewer if it is so.
fn family(facts: &Facts, viewer: &EntityUid) -> Outcome<HashMap<String, RestrictedExpression>> {
    let with = |kind: &str, holds: bool| -> Outcome<RestrictedExpression> {
        let other = uid(kind, Uuid::from_u128(99))?;
        Ok(set(std::iter::once(other).chain(holds.then(|| viewer.clone()))))
    };
    let mut attributes = HashMap::from([
        ("campus".to_owned(), RestrictedExpression::new_entity_uid(uid("Campus", facts.campus.0)?)),
        ("teachers".to_owned(), with("Member", facts.taught_by_viewer)?),
        ("guardians".to_owned(), with("Guardian", facts.own_child)?),
    ]);
    if let Some(owner) = facts.owner {
        attributes.insert("owner".to_owned(), RestrictedExpression::new_entity_uid(uid("Member", owner.0)?));
    }
    Ok(attributes)
}

fn set(members: impl IntoIterator<Item = EntityUid>) -> RestrictedExpression {
    RestrictedExpression::new_set(members.into_iter().map(RestrictedExpression::new_entity_uid))
}

fn uid(kind: &str, id: impl ToString) -> Outcome<EntityUid> {
    Ok(EntityUid::from_type_name_and_id(kind.parse::<EntityTypeName>()?, EntityId::new(id.to_string())))
}
