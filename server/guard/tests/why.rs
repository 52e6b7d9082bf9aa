//! Questions about what others see: nothing is opened for them, and what they tell is what is really shown.
//!
//! The rule: only the public door is used, and the answer is held against the card that the person themselves is given. Deliberately
//! absent: the store, whose relations are tried over HTTP.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod support;

use chrono::TimeDelta;
use contract::{
    catalogue::FieldKey,
    ids::{ProposalId, StaffId},
    rights::{Cell, CustomRole, Exposure, Reveal, Role, RoleSet, RowScope},
    wire::{
        ledger::Action,
        policy::{FieldRight, PolicyCell, PolicyScope},
        proposals::ProposalState,
        school::StaffRef,
        why::{Step, ViewedAs},
    },
};
use guard::{
    Actor, Facts, Policy, Refused, Sealed, Viewer,
    gate::{Asked, Given},
    policy::Rules,
    records::{Decider, FamilyRecord, NoteRecord, ProposalRecord},
};
use proptest::prelude::*;
use serde_json::Value;
use support::*;
use uuid::Uuid;

fn a_cell() -> impl Strategy<Value = Cell> {
    let exposure = prop::sample::select(vec![Exposure::Withheld, Exposure::Masked, Exposure::Clear]);
    let reveal = prop::sample::select(vec![Reveal::No, Reveal::WithApproval, Reveal::WithReason]);
    (exposure, reveal, any::<bool>()).prop_map(|(exposure, reveal, edit)| Cell { exposure, reveal, edit, ..Cell::WITHHELD })
}

fn some_rules() -> impl Strategy<Value = Rules> {
    let cells = prop::collection::vec(a_cell(), Role::ALL.len() * FieldKey::ALL.len());
    let scopes = prop::collection::vec(prop::sample::select(RowScope::ALL.to_vec()), Role::ALL.len());
    // Of the school's own roles about every second one is there.
    let named = prop::sample::subsequence(CustomRole::ALL.to_vec(), 0..=CustomRole::ALL.len());
    (cells, scopes, named).prop_map(|(cells, scopes, named)| {
        let places = Role::ALL.iter().flat_map(|role| FieldKey::ALL.iter().map(move |field| (*role, *field)));
        let cells: Vec<_> = places.zip(cells).map(|((role, field), cell)| PolicyCell { role, field, cell }).collect();
        let scopes: Vec<_> = Role::ALL.iter().zip(scopes).map(|(role, scope)| PolicyScope { role: *role, scope }).collect();
        let roles = named.into_iter().map(called).collect();
        Rules { cells, scopes, conditions: Vec::new(), roles }
    })
}

fn a_policy() -> impl Strategy<Value = Policy> {
    some_rules().prop_map(|rules| rules.compile(7))
}

/// A change that an officer proposed from version 7 and a principal confirmed.
fn confirmed(rules: Rules) -> ProposalRecord {
    let person = |id: StaffId, role| Decider { who: StaffRef { id, name: String::new() }, roles: RoleSet::from_iter([role]) };
    ProposalRecord {
        id: ProposalId(Uuid::from_u128(8)),
        base: 7,
        by: person(ME, Role::PrivacyOfficer),
        at: noon(),
        words: String::new(),
        state: ProposalState::Confirmed,
        from: Some(noon() + TimeDelta::hours(5)),
        alone: false,
        decided_by: Some(person(COLLEAGUE, Role::Principal)),
        answer: String::new(),
        rules,
    }
}

/// Few, so that one role more matters; a place that is not there is nobody's who asks (`server` drops it with the session).
fn some_roles() -> impl Strategy<Value = RoleSet> {
    prop::sample::subsequence(Role::ALL.to_vec(), 0..5).prop_map(RoleSet::from)
}

fn some_facts() -> impl Strategy<Value = Facts> {
    let owner = prop::sample::select(vec![None, Some(ME), Some(COLLEAGUE)]);
    (prop::sample::select(vec![HERE, ELSEWHERE]), owner, any::<bool>(), any::<bool>())
        .prop_map(|(campus, owner, taught_by_viewer, own_child)| Facts { campus, owner, taught_by_viewer, own_child })
}

/// The same family with every ciphertext broken: whatever opened one would fail.
fn broken(mut record: FamilyRecord) -> FamilyRecord {
    let nothing = || vec![0; 40];
    for student in &mut record.students {
        let fields = &mut student.fields;
        fields.name = Sealed::stored(nothing());
        fields.birth_date = Sealed::stored(nothing());
        fields.id_card = Sealed::stored(nothing());
        fields.school = Sealed::stored(nothing());
        fields.address = Sealed::stored(nothing());
        fields.health_note = Sealed::stored(nothing());
    }
    for guardian in &mut record.guardians {
        let fields = &mut guardian.fields;
        fields.name = Sealed::stored(nothing());
        fields.phone = Sealed::stored(nothing());
        fields.second_phone = Sealed::stored(nothing());
        fields.wechat = Sealed::stored(nothing());
        fields.email = Sealed::stored(nothing());
        fields.id_card = Sealed::stored(nothing());
        fields.address = Sealed::stored(nothing());
        fields.employer = Sealed::stored(nothing());
    }
    for note in &mut record.notes {
        note.fields = NoteRecord::fields(nothing());
    }
    record
}

/// The answer about `person`; `own` is the family as whoever asks finds it.
fn view(policy: &Policy, asker: &Viewer, person: &Viewer, record: &FamilyRecord, own: Option<&FamilyRecord>) -> ViewedAs {
    view_given(Given::default(), policy, asker, person, record, own)
}

fn view_given(
    given: Given<'_>,
    policy: &Policy,
    asker: &Viewer,
    person: &Viewer,
    record: &FamilyRecord,
    own: Option<&FamilyRecord>,
) -> ViewedAs {
    let (gate, _) = door(policy.clone(), Mood::Up);
    let circle = circle(record);
    let answer = now(async {
        let inquiry = gate.inquiry(asker).await.unwrap();
        let imagined = gate.imagine(&inquiry, &colleague(person));
        let asked = Asked { circle: &circle, given, theirs: Some((record, &[])), own: own.map(|own| (own, &[][..])) };
        gate.view_as(&inquiry, &imagined, asked).await.unwrap()
    });
    serde_json::from_value(json(&answer)).unwrap()
}

fn values_out(value: &mut Value) {
    match value {
        Value::Object(map) if matches!(map.get("state").and_then(Value::as_str), Some("clear" | "masked")) => {
            map.insert("value".into(), "****".into());
        }
        Value::Object(map) => map.values_mut().for_each(values_out),
        Value::Array(items) => items.iter_mut().for_each(values_out),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_simulated_body_is_the_real_one_without_values_and_nothing_is_opened_for_it(
        policy in a_policy(), roles in some_roles(), facts in some_facts(),
    ) {
        let record = family(facts);
        let person = staff(roles.iter());
        let (gate, trail) = door(policy.clone(), Mood::Up);
        let mut real = json(&now(gate.family_card(&person, &record, &[])).unwrap());
        // Whoever asks reads the same plain facts, so that nothing of them is covered.
        let asker = staff([Role::PrivacyOfficer]);
        let record = broken(record);
        let answer = view(&policy, &asker, &person, &record, Some(&record));
        values_out(&mut real);
        prop_assert_eq!(answer.body.unwrap(), real.to_string());
        prop_assert_eq!(answer.version, 7);
        // The forms beside it are those that were written down for the real look.
        let entry = trail.last();
        for why in answer.seen.iter().flat_map(|seen| &seen.fields) {
            let look = entry.looks().iter().flat_map(|looks| &looks.fields).find(|look| look.field == why.right.field);
            prop_assert_eq!(why.right.form, look.map_or(Exposure::Withheld, |look| look.form), "{}", why.right.field);
        }
    }

    #[test]
    fn what_is_told_of_a_change_that_waits_is_what_is_told_once_it_holds(
        rules in some_rules(), next in some_rules(), roles in some_roles(), facts in some_facts(),
    ) {
        let record = broken(family(facts));
        // Nobody holds a role of the school's own that is not there.
        let there = |role: &Role| !matches!(role, Role::Custom(custom) if rules.roles.iter().all(|named| named.role != *custom));
        let (asker, person) = (staff([Role::PrivacyOfficer]), staff(roles.iter().filter(there)));
        let (present, proposal) = (rules.compile(7), confirmed(next));
        let given = Given { proposal: Some(&proposal), ..Given::default() };
        let told = view_given(given, &present, &asker, &person, &record, None);
        let before = view(&present, &asker, &person, &record, None);
        let after = view(&proposal.rules.compile(8), &asker, &person, &record, None);
        prop_assert_eq!(&told.body, &before.body, "what holds now is not touched");
        let of = |answer: &ViewedAs| answer.seen.iter().flat_map(|seen| seen.fields.clone()).collect::<Vec<_>>();
        let one_each = |answer: &ViewedAs| answer.seen.iter().map(|seen| seen.kind).collect::<Vec<_>>();
        prop_assert_eq!(one_each(&before), one_each(&after));
        for ((told, now), then) in of(&told).into_iter().zip(of(&before)).zip(of(&after)) {
            prop_assert_eq!(told.right, now.right);
            let changes: Vec<&Step> = told.steps.iter().filter(|step| !now.steps.contains(step)).collect();
            let opens = |right: FieldRight| if right.form == Exposure::Clear { Reveal::WithReason } else { right.reveal };
            let more = |from: FieldRight, to: FieldRight| to.form > from.form || opens(to) > opens(from);
            let (gains, loses) = (more(now.right, then.right), more(then.right, now.right));
            let (form, reveal, from) = (then.right.form, then.right.reveal, proposal.from);
            let change = Step::Change { version: 8, confirmed: true, from, form, reveal, gains, loses };
            prop_assert_eq!(changes, if gains || loses { vec![&change] } else { vec![] }, "{}", told.right.field);
        }
    }

    #[test]
    fn to_whoever_reaches_nothing_nothing_but_forms_is_told(policy in a_policy(), roles in some_roles()) {
        let record = family(stranger());
        let answer = view(&policy, &staff([Role::PrivacyOfficer]), &staff(roles.iter()), &record, None);
        let body: Value = serde_json::from_str(&answer.body.unwrap()).unwrap();
        for (key, value) in body.as_object().unwrap() {
            match key.as_str() {
                "id" | "may_keep" | "may_note" => {}
                "students" | "guardians" | "notes" => {
                    for (key, value) in value.as_array().unwrap().iter().flat_map(|one| one.as_object().unwrap()) {
                        let told = value.get("state").is_some() || ["id", "can"].contains(&key.as_str());
                        prop_assert!(told || value == "…", "{} is {}", key, value);
                    }
                }
                _ => prop_assert_eq!(value, "…", "{}", key),
            }
        }
    }
}

#[test]
fn a_record_that_whoever_asks_does_not_reach_is_covered_whole() {
    let record = family(Facts { taught_by_viewer: true, ..stranger() });
    let (gate, _) = door(uniform(&[Role::Teacher, Role::Principal], OPEN), Mood::Up);
    let mut circle = circle(&record);
    circle.members.retain(|member| member.record.id != record.guardians[0].id.0);
    let principal = staff([Role::Principal]);
    let answer = now(async {
        let inquiry = gate.inquiry(&principal).await.unwrap();
        let imagined = gate.imagine(&inquiry, &colleague(&staff([Role::Teacher])));
        let asked = Asked { circle: &circle, given: Given::default(), theirs: Some((&record, &[])), own: Some((&record, &[])) };
        gate.view_as(&inquiry, &imagined, asked).await.unwrap()
    });
    let answer = json(&answer);
    let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["guardians"], serde_json::json!(["…"]));
    assert!(!answer.to_string().contains(&record.guardians[0].id.to_string()));
}

#[test]
fn whoever_may_not_read_the_matrix_gets_no_inquiry_and_the_question_is_written_down() {
    let (gate, trail) = door(uniform(&[Role::Consultant], OPEN), Mood::Up);
    for asker in [staff([Role::Consultant, Role::Teacher, Role::Registrar, Role::Finance]), parent()] {
        assert_eq!(now(gate.inquiry(&asker)).err(), Some(Refused::Forbidden));
        assert_eq!(trail.last().action(), Action::Refused);
    }
    for (role, whole) in [(Role::PrivacyOfficer, true), (Role::Principal, false), (Role::Administrator, false), (Role::Auditor, false)] {
        let asker = staff([role]);
        assert_eq!(now(gate.inquiry(&asker)).unwrap().within().is_none(), whole, "{role:?}");
    }
    let record = family(Facts { owner: Some(ME), ..stranger() });
    let circle = circle(&record);
    let officer = staff([Role::PrivacyOfficer]);
    let person = Viewer::admit(admission(Actor::Staff(COLLEAGUE), RoleSet::from_iter([Role::Consultant]), vec![HERE]));
    now(async {
        let inquiry = gate.inquiry(&officer).await.unwrap();
        let asked = Asked { circle: &circle, given: Given::default(), theirs: Some((&record, &[])), own: None };
        drop(gate.view_as(&inquiry, &gate.imagine(&inquiry, &colleague(&person)), asked).await.unwrap());
    });
    let entry = trail.last();
    assert_eq!((entry.action(), entry.record().unwrap().id), (Action::ViewedAs, COLLEAGUE.0));
    let family = |looks: &&guard::trail::Looks| looks.records.iter().any(|about| about.id == record.family.id.0);
    assert!(entry.looks().iter().any(|looks| family(&looks)));
    assert!(entry.families().is_empty(), "in no family's ledger");
}
