//! The laws of the policy, for any matrix, any viewer and any relation: observed on the bodies that leave.
//!
//! The rule: only the public door is used; what a viewer may see is worked out a second time here, from the table alone.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod support;

use contract::{
    catalogue::FieldKey,
    condition::{Condition, Day, Hours},
    field::RecordKind,
    rights::{Cell, CustomRole, Exposure, Reveal, Role, RoleSet, RowScope},
    wire::{
        ledger::Action,
        policy::{PolicyCell, PolicyCondition, PolicyScope},
        reveals::{Reason, ReasonCode, RevealRequest},
    },
};
use guard::{
    Facts, Policy, Refused, Viewer,
    disclose::export::{COLUMNS, Column},
    policy::Rules,
    records::FamilyRecord,
};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use support::*;

/// A matrix that can be taken apart.
#[derive(Debug, Clone)]
struct Matrix {
    cells: Vec<PolicyCell>,
    scopes: Vec<PolicyScope>,
    conditions: Vec<PolicyCondition>,
    named: Vec<CustomRole>,
}

impl Matrix {
    fn policy(&self) -> Policy {
        let Self { cells, scopes, conditions, named } = self.clone();
        Rules { cells, scopes, conditions, roles: named.into_iter().map(called).collect() }.compile(1)
    }
}

fn a_cell() -> impl Strategy<Value = Cell> {
    let exposure = prop::sample::select(vec![Exposure::Withheld, Exposure::Masked, Exposure::Clear]);
    let reveal = prop::sample::select(vec![Reveal::No, Reveal::WithApproval, Reveal::WithReason]);
    (exposure, reveal, any::<[bool; 3]>()).prop_map(|(exposure, reveal, [edit, search, export])| Cell {
        exposure,
        reveal,
        edit,
        search,
        export,
    })
}

fn a_matrix() -> impl Strategy<Value = Matrix> {
    let cells = prop::collection::vec(a_cell(), Role::ALL.len() * FieldKey::ALL.len());
    let scopes = prop::collection::vec(prop::sample::select(RowScope::ALL.to_vec()), Role::ALL.len());
    // Met never: an evening is not noon. Which roles have it is drawn.
    let evening = Hours::new(Day::ALL.to_vec(), "18:00".parse().unwrap(), "24:00".parse().unwrap()).unwrap();
    let condition = Condition::new(Some(evening), Vec::new()).unwrap();
    let named = prop::sample::subsequence(CustomRole::ALL.to_vec(), 0..=CustomRole::ALL.len());
    (cells, scopes, some_roles(), named).prop_map(move |(cells, scopes, conditional, named)| {
        let places = Role::ALL.iter().flat_map(|role| FieldKey::ALL.iter().map(move |field| (*role, *field)));
        Matrix {
            cells: places.zip(cells).map(|((role, field), cell)| PolicyCell { role, field, cell }).collect(),
            scopes: Role::ALL.iter().zip(scopes).map(|(role, scope)| PolicyScope { role: *role, scope }).collect(),
            conditions: conditional.iter().map(|role| PolicyCondition { role, condition: condition.clone() }).collect(),
            named,
        }
    })
}

/// Few, so that one role more matters; a guardian's and those of the school's own are among them.
fn some_roles() -> impl Strategy<Value = RoleSet> {
    prop::sample::subsequence(Role::ALL.to_vec(), 0..6).prop_map(RoleSet::from)
}

fn some_facts() -> impl Strategy<Value = Facts> {
    let owner = prop::sample::select(vec![None, Some(ME), Some(COLLEAGUE)]);
    (prop::sample::select(vec![HERE, ELSEWHERE]), owner, any::<bool>(), any::<bool>())
        .prop_map(|(campus, owner, taught_by_viewer, own_child)| Facts { campus, owner, taught_by_viewer, own_child })
}

/// Staff of any roles, or a guardian.
fn somebody(guardian: bool, roles: RoleSet) -> Viewer {
    if guardian { parent() } else { staff(roles.iter()) }
}

/// Which roles reach the record, worked out a second time.
fn reaching(policy: &Policy, viewer: &Viewer, facts: &Facts) -> RoleSet {
    let reaches = |role: &Role| {
        let related = match policy.scope(*role) {
            RowScope::None => return false,
            RowScope::Own => facts.owner.is_some() && facts.owner == viewer.staff(),
            RowScope::TeachesNow => facts.taught_by_viewer,
            RowScope::Campus => viewer.campuses().contains(&facts.campus),
            RowScope::All => true,
        };
        if *role == Role::Guardian { facts.own_child } else { related }
    };
    viewer.roles().iter().filter(reaches).collect()
}

/// What a cell comes to: every condition is of the evening, and it is noon.
fn counted(policy: &Policy, role: Role, field: FieldKey) -> Cell {
    let cell = policy.written(role, field);
    let masked = Cell { exposure: cell.exposure.min(Exposure::Masked), ..Cell::WITHHELD };
    if policy.condition(role).is_always() { cell } else { masked }
}

/// The best of a cell's parts over the reaching roles.
fn best<T: Ord + Default>(policy: &Policy, viewer: &Viewer, facts: &Facts, field: FieldKey, part: impl Fn(Cell) -> T) -> T {
    reaching(policy, viewer, facts).iter().map(|role| part(counted(policy, role, field))).max().unwrap_or_default()
}

fn states(card: &Value) -> BTreeMap<FieldKey, Value> {
    let of = |field: FieldKey| match field.record() {
        RecordKind::Student => card["students"][0][column(field)].clone(),
        RecordKind::Guardian => card["guardians"][0][column(field)].clone(),
        _ => card["notes"][0][column(field)].clone(),
    };
    family_fields().map(|field| (field, of(field))).collect()
}

fn shown(policy: Policy, viewer: &Viewer, record: &FamilyRecord) -> BTreeMap<FieldKey, Value> {
    let (gate, _) = door(policy, Mood::Up);
    states(&json(&now(gate.family_card(viewer, record, &[])).unwrap()))
}

fn form(shown: &Value) -> Exposure {
    match shown["state"].as_str() {
        Some("withheld") => Exposure::Withheld,
        Some("masked") => Exposure::Masked,
        Some("clear") => Exposure::Clear,
        other => panic!("an unknown state {other:?}"),
    }
}

/// What lies in `body` beyond what `states` allows.
fn leak(body: &str, states: &BTreeMap<FieldKey, Value>) -> Option<FieldKey> {
    // What is shown in clear on a card may leave an export as its mask.
    let out: Vec<(FieldKey, String)> = states
        .iter()
        .filter_map(|(field, shown)| shown["value"].as_str().map(|text| (*field, text.to_owned())))
        .flat_map(|(field, text)| [(field, text), (field, field.preview(canary(field)).as_str().to_owned())])
        .collect();
    states.iter().find_map(|(field, shown)| {
        let mask = field.preview(canary(*field)).as_str().to_owned();
        // Two fields may have the same mask, such as the closed one.
        let told_by_another = out.iter().any(|(other, text)| other != field && text.contains(&mask));
        let leaks = match form(shown) {
            Exposure::Clear => false,
            Exposure::Masked => body.contains(canary(*field)),
            Exposure::Withheld => body.contains(canary(*field)) || (!told_by_another && body.contains(&mask)),
        };
        leaks.then_some(*field)
    })
}

fn wish(field: FieldKey) -> RevealRequest {
    RevealRequest { field, reason: Reason { code: ReasonCode::FollowUp, text: String::new() } }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_withheld_or_masked_is_in_no_body(matrix in a_matrix(), roles in some_roles(), facts in some_facts(), guardian in any::<bool>()) {
        let record = family(facts);
        let viewer = somebody(guardian, roles);
        let policy = matrix.policy();
        let (gate, trail) = door(policy.clone(), Mood::Up);
        let (student, me) = (&record.students[0], &record.guardians[0]);
        let card = json(&now(gate.family_card(&viewer, &record, &[])).unwrap());
        let states = states(&card);
        for (field, shown) in &states {
            let expected = best(&policy, &viewer, &facts, *field, |cell| cell.exposure);
            prop_assert_eq!(form(shown), expected, "{}", field);
            let mask = field.preview(canary(*field));
            match expected {
                Exposure::Withheld => prop_assert_eq!(shown, &serde_json::json!({ "state": "withheld" })),
                Exposure::Masked => prop_assert_eq!(shown["value"].as_str(), Some(mask.as_str())),
                Exposure::Clear => prop_assert_eq!(shown["value"].as_str(), Some(canary(*field))),
            }
        }
        // The entry is about what was shown, no more and no less.
        let entry = trail.last();
        let looks: BTreeMap<_, _> =
            entry.looks().iter().flat_map(|looks| looks.fields.iter().map(|look| (look.field, look.form))).collect();
        let seen: BTreeMap<_, _> = states.iter().map(|(field, shown)| (*field, form(shown))).filter(|(_, form)| *form > Exposure::Withheld).collect();
        prop_assert_eq!(looks, seen);
        let bodies = now(async {
            let list = gate.families(&viewer, std::slice::from_ref(&record), None, Some(1), Action::Listed).await.unwrap();
            let mut bodies = vec![
                card.to_string(),
                json(&list).to_string(),
                json(&gate.student_card(&viewer, student).await.unwrap()).to_string(),
                json(&gate.guardian_card(&viewer, me).await.unwrap()).to_string(),
                json(&gate.family_conflict(&viewer, &record, &[], "t".into()).await.unwrap()).to_string(),
                json(&gate.student_conflict(&viewer, student, &[], "t".into()).await.unwrap()).to_string(),
                json(&gate.guardian_conflict(&viewer, me, &[], "t".into()).await.unwrap()).to_string(),
                json(&gate.children(&viewer, "校".into(), std::slice::from_ref(student)).await.unwrap()).to_string(),
                json(&gate.child(&viewer, "校".into(), student, me).await.unwrap()).to_string(),
            ];
            match gate.export(&viewer, std::slice::from_ref(&record)).await {
                Ok(table) => bodies.push(json(&table).to_string()),
                Err(refused) => assert_eq!(refused, Refused::Forbidden),
            }
            bodies
        });
        for body in bodies {
            prop_assert_eq!(leak(&body, &states), None);
        }
        let text = trail.text();
        prop_assert!(family_fields().all(|field| !text.contains(canary(field))));
    }

    #[test]
    fn adding_a_role_never_lowers_what_is_shown(matrix in a_matrix(), roles in some_roles(), more in some_roles(), facts in some_facts()) {
        let record = family(facts);
        let before = shown(matrix.policy(), &somebody(false, roles), &record);
        let after = shown(matrix.policy(), &somebody(false, RoleSet::from_bits(roles.bits() | more.bits())), &record);
        for (field, shown) in before {
            prop_assert!(form(&shown) <= form(&after[&field]), "{}", field);
        }
    }

    #[test]
    fn removing_a_cell_or_a_scope_never_raises_what_is_shown(
        matrix in a_matrix(),
        roles in some_roles(),
        facts in some_facts(),
        cell in any::<prop::sample::Index>(),
        scope in any::<prop::sample::Index>(),
    ) {
        let record = family(facts);
        let viewer = somebody(false, roles);
        let before = shown(matrix.policy(), &viewer, &record);
        let mut fewer_cells = matrix.clone();
        fewer_cells.cells.remove(cell.index(matrix.cells.len()));
        let mut fewer_scopes = matrix.clone();
        fewer_scopes.scopes.remove(scope.index(matrix.scopes.len()));
        for less in [fewer_cells, fewer_scopes] {
            let after = shown(less.policy(), &viewer, &record);
            for (field, shown) in &before {
                prop_assert!(form(&after[field]) <= form(shown), "{}", field);
            }
        }
    }

    #[test]
    fn a_role_that_does_not_reach_the_record_contributes_nothing(matrix in a_matrix(), roles in some_roles(), facts in some_facts()) {
        let record = family(facts);
        let policy = matrix.policy();
        let viewer = somebody(false, roles);
        let (gate, _) = door(policy.clone(), Mood::Up);
        let card = |viewer: &Viewer| {
            let mut card = json(&now(gate.family_card(viewer, &record, &[])).unwrap());
            // A duty goes with the role, not with the record.
            card["may_keep"] = Value::Null;
            card["may_note"] = Value::Null;
            card
        };
        prop_assert_eq!(card(&viewer), card(&somebody(false, reaching(&policy, &viewer, &facts))));
    }

    #[test]
    fn no_matrix_shows_a_family_to_the_administrator(matrix in a_matrix(), facts in some_facts()) {
        let record = family(facts);
        let viewer = staff([Role::Administrator]);
        let (gate, _) = door(matrix.policy(), Mood::Up);
        prop_assert!(gate.scope(&viewer).reaches().is_empty());
        let states = shown(matrix.policy(), &viewer, &record);
        prop_assert!(states.values().all(|shown| form(shown) == Exposure::Withheld));
        for field in FieldKey::of(RecordKind::Guardian) {
            let outcome = now(look(&gate, &viewer, (&record.guardians[0]).into(), &wish(field)));
            prop_assert_eq!(outcome.err(), Some(Refused::NotFound));
        }
    }

    #[test]
    fn a_file_holds_what_may_be_exported_and_no_more(matrix in a_matrix(), roles in some_roles(), facts in some_facts()) {
        let record = family(facts);
        let policy = matrix.policy();
        let viewer = somebody(false, roles);
        let (gate, trail) = door(policy.clone(), Mood::Up);
        let may = roles.iter().any(|role| FieldKey::ALL.iter().any(|field| counted(&policy, role, *field).export));
        let outcome = now(gate.export(&viewer, std::slice::from_ref(&record)));
        prop_assert_eq!(outcome.as_ref().err(), (!may).then_some(&Refused::Forbidden));
        prop_assert_eq!(trail.last().action(), if may { Action::Exported } else { Action::Refused });
        if let Ok(table) = outcome {
            let row = table.write(|table| table.rows[0].clone());
            prop_assert_eq!(row.len(), COLUMNS.len());
            for (column, text) in COLUMNS.iter().zip(row) {
                let Column::Field(field) = *column else { continue };
                let exported = |cell: Cell| if cell.export { cell.exposure } else { Exposure::Withheld };
                let expected = match best(&policy, &viewer, &facts, field, exported) {
                    Exposure::Withheld => "—".to_owned(),
                    Exposure::Masked => field.preview(canary(field)).as_str().to_owned(),
                    Exposure::Clear => canary(field).to_owned(),
                };
                prop_assert_eq!(text, expected, "{}", field);
            }
        }
    }

    #[test]
    fn a_deliberate_look_needs_its_right(
        matrix in a_matrix(),
        roles in some_roles(),
        facts in some_facts(),
        field in prop::sample::select(FieldKey::of(RecordKind::Guardian).chain(FieldKey::of(RecordKind::Student)).collect::<Vec<_>>()),
    ) {
        let record = family(facts);
        let policy = matrix.policy();
        let viewer = somebody(false, roles);
        let (gate, trail) = door(policy.clone(), Mood::Up);
        let guardian = &record.guardians[0];
        let outcome = now(look(&gate, &viewer, guardian.into(), &wish(field)));
        let right = best(&policy, &viewer, &facts, field, |cell| cell.reveal) == Reveal::WithReason;
        if right && field.record() == RecordKind::Guardian {
            let revealed = json(&outcome.unwrap());
            prop_assert_eq!(revealed["value"]["value"].as_str(), Some(canary(field)));
            prop_assert_eq!(trail.last().action(), Action::Revealed);
            prop_assert_eq!(trail.counted(), 1);
        } else {
            prop_assert_eq!(outcome.err(), Some(Refused::NotFound));
            prop_assert_eq!(trail.last().action(), Action::Refused);
            prop_assert_eq!(trail.counted(), 0);
        }
        prop_assert_eq!(trail.last().record().map(|record| record.id), Some(guardian.id.0));
        prop_assert_eq!(trail.entries().len(), 1);
    }
}
