//! What is written: masks do not come back, a form learns all its errors at once, the trail keeps no value.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod support;

use contract::{
    catalogue::FieldKey,
    change::Change,
    error::{FieldError, ValueError},
    field::RecordKind,
    rights::Role,
    wire::{
        families::{FamilyChanges, FamilySearch},
        guardians::GuardianChanges,
        ledger::Action,
        portal::LedgerQuery,
        reveals::{Reason, ReasonCode, RevealRequest},
        school::Stage,
        sign_in::Channel,
        students::{NewStudent, StudentChanges},
    },
};
use guard::{
    Facts, Policy, Refused,
    gate::{Found, Kept},
};
use std::collections::{BTreeMap, BTreeSet};
use support::*;

fn errors<T>(result: Result<T, Refused>) -> BTreeMap<String, ValueError> {
    match result.err() {
        Some(Refused::Fields(errors)) => errors.into_iter().map(|FieldError { at, code }| (at, code)).collect(),
        other => panic!("fields were expected, not {other:?}"),
    }
}

fn student_changes(text: impl Fn(FieldKey) -> Change<String>) -> StudentChanges {
    StudentChanges {
        version: 1,
        name: text(FieldKey::StudentName),
        birth_date: text(FieldKey::StudentBirthDate),
        id_card: text(FieldKey::StudentIdCard),
        school: text(FieldKey::StudentSchool),
        address: text(FieldKey::StudentAddress),
        health_note: text(FieldKey::StudentHealthNote),
    }
}

fn guardian_changes(text: impl Fn(FieldKey) -> Change<String>) -> GuardianChanges {
    GuardianChanges {
        version: 1,
        name: text(FieldKey::GuardianName),
        phone: text(FieldKey::GuardianPhone),
        second_phone: text(FieldKey::GuardianSecondPhone),
        wechat: text(FieldKey::GuardianWechat),
        email: text(FieldKey::GuardianEmail),
        id_card: text(FieldKey::GuardianIdCard),
        address: text(FieldKey::GuardianAddress),
        employer: text(FieldKey::GuardianEmployer),
    }
}

fn all(kind: RecordKind, code: ValueError) -> BTreeMap<String, ValueError> {
    FieldKey::of(kind).map(|field| (column(field).to_owned(), code)).collect()
}

fn reason(code: ReasonCode, text: &str) -> Reason {
    Reason { code, text: text.into() }
}

#[test]
fn a_masked_phone_does_not_come_back() {
    let (gate, trail) = door(Policy::initial(), Mood::Up);
    let record = family(stranger());
    let viewer = staff([Role::Registrar]);
    for mask in ["138****5678", "100****2345", "****", "138＊＊＊＊5678"] {
        let wish = GuardianChanges { version: 1, phone: Change::Set(mask.into()), ..GuardianChanges::default() };
        let wrong = errors(gate.change_guardian(&viewer, &record.guardians[0], &wish));
        assert_eq!(wrong, BTreeMap::from([("phone".to_owned(), ValueError::LooksMasked)]), "{mask}");
    }
    assert!(trail.entries().is_empty());
}

#[test]
fn no_mask_of_any_field_comes_back() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let record = family(stranger());
    let viewer = staff([Role::Registrar]);
    let mask = |field: FieldKey| Change::Set(field.preview(canary(field)).as_str().to_owned());
    let wrong = errors(gate.change_student(&viewer, &record.students[0], &student_changes(mask)));
    assert_eq!(wrong, all(RecordKind::Student, ValueError::LooksMasked));
    let wrong = errors(gate.change_guardian(&viewer, &record.guardians[0], &guardian_changes(mask)));
    assert_eq!(wrong, all(RecordKind::Guardian, ValueError::LooksMasked));
}

#[test]
fn a_form_learns_of_all_its_errors_at_once() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let mut new = new_family(HERE);
    new.students.push(NewStudent { name: " ".into(), birth_date: "2013-02-30".into(), ..NewStudent::default() });
    new.students[0].id_card = "998877198709114060".replace('0', "1");
    new.guardians[0].phone = "138****5678".into();
    new.guardians[0].email = "nobody".into();
    let wrong = errors(gate.intake(&staff([Role::Registrar]), &new));
    let at: Vec<&str> = wrong.keys().map(String::as_str).collect();
    assert_eq!(at, ["guardians.0.email", "guardians.0.phone", "students.0.id_card", "students.1.birth_date", "students.1.name"]);
    assert_eq!(wrong["guardians.0.phone"], ValueError::LooksMasked);
    assert_eq!(wrong["students.1.birth_date"], ValueError::DateRange);
    assert_eq!(wrong["students.1.name"], ValueError::Required);
}

#[test]
fn a_family_is_taken_in_where_one_works_with_one_to_eight_students() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let viewer = staff([Role::Registrar]);
    assert_eq!(errors(gate.intake(&viewer, &new_family(ELSEWHERE)))["campus"], ValueError::Malformed);
    let mut new = new_family(HERE);
    new.students.clear();
    assert_eq!(errors(gate.intake(&viewer, &new))["students"], ValueError::Required);
    new.students = vec![new_student(); 9];
    new.guardians = vec![new_guardian(); 9];
    let wrong = errors(gate.intake(&viewer, &new));
    assert_eq!((wrong["students"], wrong["guardians"]), (ValueError::TooLong, ValueError::TooLong));
}

#[test]
fn without_the_duty_nothing_is_taken_in() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let record = family(stranger());
    for role in [Role::Teacher, Role::Finance, Role::Administrator, Role::PrivacyOfficer, Role::Auditor] {
        let viewer = staff([role]);
        assert_eq!(gate.intake(&viewer, &new_family(HERE)).err(), Some(Refused::Forbidden));
        assert_eq!(gate.add_student(&viewer, &record, &new_student()).err(), Some(Refused::Forbidden));
        assert_eq!(gate.add_guardian(&viewer, &record, &new_guardian()).err(), Some(Refused::Forbidden));
        assert_eq!(gate.add_note(&viewer, &record, &new_note()).err(), Some(Refused::Forbidden));
        let wish = FamilyChanges { version: 1, stage: Some(Stage::Left), ..FamilyChanges::default() };
        assert_eq!(gate.change_family(&viewer, &record, &wish).err(), Some(Refused::Forbidden));
    }
    assert_eq!(gate.intake(&parent(), &new_family(HERE)).err(), Some(Refused::Forbidden));
}

#[test]
fn the_reach_of_one_role_lends_nothing_to_the_duty_of_another() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let wish = FamilyChanges { version: 1, stage: Some(Stage::Left), owner: Some(ME), ..FamilyChanges::default() };
    let [own, somebody_elses] = [Some(ME), Some(COLLEAGUE)].map(|owner| family(Facts { owner, taught_by_viewer: true, ..stranger() }));
    for beside in [Role::Emergency, Role::Teacher, Role::Finance] {
        let viewer = staff([Role::Consultant, beside]);
        assert_eq!(gate.add_student(&viewer, &somebody_elses, &new_student()).err(), Some(Refused::Forbidden));
        assert_eq!(gate.add_guardian(&viewer, &somebody_elses, &new_guardian()).err(), Some(Refused::Forbidden));
        assert_eq!(gate.add_note(&viewer, &somebody_elses, &new_note()).err(), Some(Refused::Forbidden));
        assert_eq!(gate.change_family(&viewer, &somebody_elses, &wish).err(), Some(Refused::Forbidden));
        let card = json(&now(gate.family_card(&viewer, &somebody_elses, &[])).unwrap());
        assert_eq!((card["may_keep"].as_bool(), card["may_note"].as_bool()), (Some(false), Some(false)));
        assert!(gate.change_family(&viewer, &own, &wish).is_ok() && gate.add_note(&viewer, &own, &new_note()).is_ok());
    }
    // Nor does it take anybody in where the other one alone works.
    let cells = contract::wire::policy::PolicyScope { role: Role::Emergency, scope: contract::rights::RowScope::All };
    let (gate, _) = door(Policy::compile(1, &[], &[cells], &[]), Mood::Up);
    let elsewhere = gate.intake(&staff([Role::Consultant, Role::Emergency]), &new_family(ELSEWHERE));
    assert_eq!(errors(elsewhere), BTreeMap::from([("campus".to_owned(), ValueError::Malformed)]));
}

#[test]
fn without_the_right_no_field_is_writable() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let record = family(stranger());
    let set = |field: FieldKey| Change::Set(canary(field).to_owned());
    // The consultant may edit, but not a colleague's family; the principal reads only.
    for role in [Role::Consultant, Role::Principal, Role::Teacher, Role::Finance, Role::Administrator] {
        let viewer = staff([role]);
        let wrong = errors(gate.change_student(&viewer, &record.students[0], &student_changes(set)));
        assert_eq!(wrong, all(RecordKind::Student, ValueError::NotWritable), "{}", role.name());
        let wrong = errors(gate.change_guardian(&viewer, &record.guardians[0], &guardian_changes(set)));
        assert_eq!(wrong, all(RecordKind::Guardian, ValueError::NotWritable), "{}", role.name());
        let wrong = errors(gate.change_student(&viewer, &record.students[0], &student_changes(|_| Change::Erase)));
        assert_eq!(wrong, all(RecordKind::Student, ValueError::NotWritable), "{}", role.name());
    }
    let wrong = errors(gate.add_student(&staff([Role::Principal]), &record, &new_student()));
    assert_eq!(wrong, all(RecordKind::Student, ValueError::NotWritable));
    let wrong = errors(gate.add_guardian(&staff([Role::Principal]), &record, &new_guardian()));
    assert_eq!(wrong, all(RecordKind::Guardian, ValueError::NotWritable));
    let wrong = errors(gate.add_note(&staff([Role::Principal]), &record, &new_note()));
    assert_eq!(wrong, BTreeMap::from([("body".to_owned(), ValueError::NotWritable)]));
}

#[test]
fn one_field_without_the_right_stops_the_whole_change() {
    let cells = [FieldKey::GuardianName].map(|field| contract::wire::policy::PolicyCell { role: Role::Registrar, field, cell: OPEN });
    let scopes = [contract::wire::policy::PolicyScope { role: Role::Registrar, scope: contract::rights::RowScope::All }];
    let (gate, _) = door(Policy::compile(1, &cells, &scopes, &[]), Mood::Up);
    let record = family(stranger());
    let wish = GuardianChanges {
        version: 1,
        name: Change::Set("司徒望舒".into()),
        phone: Change::Set("10055512346".into()),
        ..GuardianChanges::default()
    };
    let wrong = errors(gate.change_guardian(&staff([Role::Registrar]), &record.guardians[0], &wish));
    assert_eq!(wrong, BTreeMap::from([("phone".to_owned(), ValueError::NotWritable)]));
}

#[test]
fn what_is_kept_is_left_alone() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let record = family(stranger());
    let wish = GuardianChanges { version: 4, phone: Change::Set("100 5551 2346".into()), ..GuardianChanges::default() };
    let write = gate.change_guardian(&staff([Role::Registrar]), &record.guardians[0], &wish).unwrap();
    let patch = &write.patch;
    assert!(patch.phone.is_some());
    assert!(patch.name.is_none() && patch.second_phone.is_none() && patch.wechat.is_none() && patch.email.is_none());
    assert!(patch.id_card.is_none() && patch.address.is_none() && patch.employer.is_none());
    let indexed: Vec<_> = write.index.iter().map(|change| (change.field, change.tokens.len())).collect();
    assert_eq!(indexed, [(FieldKey::GuardianPhone, 1)]);
    assert_eq!((write.replaces, write.entry.version()), (4, Some(5)));
    let looks: Vec<_> = write.entry.looks().iter().flat_map(|looks| looks.fields.iter().map(|look| look.field)).collect();
    assert_eq!(looks, [FieldKey::GuardianPhone]);
}

#[test]
fn what_is_erased_is_an_empty_value_under_seal() {
    let (gate, _) = door(uniform(&[Role::Registrar], OPEN), Mood::Up);
    let mut record = family(stranger());
    let viewer = staff([Role::Registrar]);
    let wish = GuardianChanges { version: 1, phone: Change::Erase, email: Change::Set("  ".into()), ..GuardianChanges::default() };
    let write = gate.change_guardian(&viewer, &record.guardians[0], &wish).unwrap();
    assert!(write.index.iter().all(|change| change.tokens.is_empty()), "and is no longer found");
    assert_eq!(write.index.len(), 2);
    let guardian = &mut record.guardians[0];
    guardian.fields.phone = write.patch.phone.unwrap();
    guardian.fields.email = write.patch.email.unwrap();
    assert!(guardian.fields.phone.as_stored().len() > 28);
    let card = json(&now(gate.guardian_card(&viewer, guardian)).unwrap());
    for column in ["phone", "email"] {
        assert_eq!(card[column], serde_json::json!({ "state": "clear", "value": null }));
    }
    let wish = GuardianChanges { version: 1, name: Change::Erase, ..GuardianChanges::default() };
    assert_eq!(errors(gate.change_guardian(&viewer, guardian, &wish))["name"], ValueError::Required);
}

#[test]
fn what_was_written_is_read_back() {
    let (gate, _) = door(uniform(&[Role::Registrar], OPEN), Mood::Up);
    let card = json(&now(gate.family_card(&staff([Role::Registrar]), &family(stranger()), &[])).unwrap());
    for field in family_fields() {
        let record = match field.record() {
            RecordKind::Student => &card["students"][0],
            RecordKind::Guardian => &card["guardians"][0],
            _ => &card["notes"][0],
        };
        assert_eq!(record[column(field)]["value"], canary(field), "{field}");
    }
}

#[test]
fn numbers_in_a_reason_are_masked_in_the_trail() {
    let (gate, trail) = door(Policy::initial(), Mood::Up);
    let record = family(stranger());
    let viewer = staff([Role::Registrar]);
    let text = format!("家长来电 {} 核对", canary(FieldKey::GuardianPhone));
    for text in [text, format!("核对证件{}", canary(FieldKey::GuardianIdCard)), format!("写信到 {}", canary(FieldKey::GuardianEmail))]
    {
        let wish = RevealRequest { field: FieldKey::GuardianPhone, reason: reason(ReasonCode::Contract, &text) };
        let _ = now(look(&gate, &viewer, (&record.guardians[0]).into(), &wish)).unwrap();
        let kept = trail.last();
        assert_eq!(kept.action(), Action::Revealed);
        let kept = kept.reason().unwrap().text.clone();
        assert!(!kept.is_empty() && kept != text, "{kept}");
    }
    let bytes = trail.text();
    for field in [FieldKey::GuardianPhone, FieldKey::GuardianIdCard, FieldKey::GuardianEmail] {
        assert!(!bytes.contains(canary(field)), "{field}");
    }
}

#[test]
fn a_reason_that_says_nothing_opens_and_counts_nothing() {
    let (gate, trail) = door(Policy::initial(), Mood::Up);
    let record = family(stranger());
    let viewer = staff([Role::Registrar]);
    let long = "长".repeat(201);
    for (code, text, wrong) in [
        (ReasonCode::Other, "  ", ValueError::Required),
        (ReasonCode::Contract, long.as_str(), ValueError::TooLong),
        (ReasonCode::Contract, "a\u{7}b", ValueError::Malformed),
    ] {
        let wish = RevealRequest { field: FieldKey::GuardianPhone, reason: reason(code, text) };
        let outcome = now(look(&gate, &viewer, (&record.guardians[0]).into(), &wish));
        assert_eq!(errors(outcome)["reason.text"], wrong);
    }
    assert_eq!((trail.entries().len(), trail.counted()), (0, 0));
}

fn searches() -> Vec<(FamilySearch, &'static str)> {
    let text = |field| canary(field).to_owned();
    vec![
        (FamilySearch::Name { text: text(FieldKey::StudentName) }, canary(FieldKey::StudentName)),
        (FamilySearch::Phone { text: text(FieldKey::GuardianPhone) }, canary(FieldKey::GuardianPhone)),
        (FamilySearch::IdCard { text: text(FieldKey::StudentIdCard) }, canary(FieldKey::StudentIdCard)),
        (FamilySearch::Email { text: text(FieldKey::GuardianEmail) }, canary(FieldKey::GuardianEmail)),
    ]
}

#[test]
fn the_text_of_a_search_is_written_nowhere() {
    for cell in [OPEN, MASKED_OPEN] {
        let (gate, trail) = door(uniform(&[Role::Registrar], cell), Mood::Up);
        for (wish, text) in searches() {
            let search = now(gate.search(&staff([Role::Registrar]), &wish)).unwrap();
            assert!(!search.probes().is_empty());
            assert!(!format!("{search:?}").contains(text));
            assert_eq!(trail.last().action(), Action::Searched);
        }
        let bytes = trail.text();
        assert!(searches().iter().all(|(_, text)| !bytes.contains(text)));
    }
}

#[test]
fn looking_up_a_whole_value_that_is_masked_for_the_viewer_is_counted() {
    for (cell, counts) in [(OPEN, [0, 0, 0, 0]), (MASKED_OPEN, [0, 1, 1, 1])] {
        for ((wish, _), count) in searches().into_iter().zip(counts) {
            let (gate, trail) = door(uniform(&[Role::Registrar], cell), Mood::Up);
            let _ = now(gate.search(&staff([Role::Registrar]), &wish)).unwrap();
            assert_eq!(trail.counted(), count, "{wish:?}");
            let (gate, trail) = door(uniform(&[Role::Registrar], cell), Mood::Exhausted);
            let outcome = now(gate.search(&staff([Role::Registrar]), &wish)).err();
            assert_eq!(outcome, (count > 0).then_some(Refused::Quota));
            assert_eq!(trail.last().action(), if count > 0 { Action::Refused } else { Action::Searched });
        }
    }
}

#[test]
fn a_search_without_the_right_is_forbidden_and_written_down() {
    let (gate, trail) = door(Policy::initial(), Mood::Up);
    for (wish, _) in searches() {
        let outcome = now(gate.search(&staff([Role::Administrator, Role::Auditor, Role::PrivacyOfficer]), &wish));
        assert_eq!(outcome.err(), Some(Refused::Forbidden));
        assert_eq!(trail.last().action(), Action::Refused);
    }
    assert!(searches().iter().all(|(_, text)| !trail.text().contains(text)));
}

#[test]
fn no_entry_of_any_action_holds_a_value_or_its_mask() {
    let roles =
        [Role::Registrar, Role::Consultant, Role::Principal, Role::Administrator, Role::PrivacyOfficer, Role::Auditor, Role::Guardian];
    let (gate, trail) = door(uniform(&roles, OPEN), Mood::Up);
    let record = family(stranger());
    let (student, guardian, note) = (&record.students[0], &record.guardians[0], &record.notes[0]);
    let viewer = staff(roles);
    let fresh = viewer.fresh().unwrap();
    let set = |field: FieldKey| Change::Set(canary(field).to_owned());
    let mut entries = vec![
        gate.intake(&viewer, &new_family(HERE)).unwrap().entry,
        gate.add_student(&viewer, &record, &new_student()).unwrap().1,
        gate.add_guardian(&viewer, &record, &new_guardian()).unwrap().1,
        gate.add_note(&viewer, &record, &new_note()).unwrap().entry,
        gate.change_student(&viewer, student, &student_changes(set)).unwrap().entry,
        gate.change_guardian(&viewer, guardian, &guardian_changes(set)).unwrap().entry,
        gate.change_family(
            &viewer,
            &record,
            &FamilyChanges { version: 1, stage: Some(Stage::Left), owner: Some(ME), ..FamilyChanges::default() },
        )
        .unwrap()
        .entry,
        gate.act_on_policy(fresh, Action::PolicyChanged, 2).unwrap(),
    ];
    let kept: Vec<Kept> = entries.iter().cloned().zip(1..).map(|(entry, seq)| Kept { seq, entry: entry.into() }).collect();
    now(async {
        let _ = gate.family_card(&viewer, &record, &kept).await.unwrap();
        let _ = gate.student_card(&viewer, student).await.unwrap();
        let _ = gate.guardian_card(&viewer, guardian).await.unwrap();
        let _ = gate.families(&viewer, std::slice::from_ref(&record), None, None, Action::Listed).await.unwrap();
        let _ = gate.staff(&viewer, &[staff_record()]).await.unwrap();
        let _ = gate.trail_page(&viewer, &kept, None).await.unwrap();
        let _ = gate.export(&viewer, std::slice::from_ref(&record)).await.unwrap();
        let _ = gate.children(&viewer, "校".into(), std::slice::from_ref(student)).await.unwrap();
        let _ = gate.child(&viewer, "校".into(), student, guardian).await.unwrap();
        let found = Found { page: &kept, joined: &BTreeSet::new(), next: None, month: Some((&kept, true)), asked: &[] };
        let _ = gate.access_ledger(&viewer, student, guardian, found, &LedgerQuery::default()).await.unwrap();
        let _ = gate.invitation(noon(), "校".into(), guardian).await.unwrap();
        for channel in [Channel::Sms, Channel::Email] {
            assert!(gate.address(noon(), guardian, channel).await.unwrap().is_some());
        }
        for field in family_fields() {
            let wish = RevealRequest { field, reason: reason(ReasonCode::FollowUp, "") };
            let _ = match field.record() {
                RecordKind::Student => look(&gate, &viewer, student.into(), &wish).await.unwrap(),
                RecordKind::Guardian => look(&gate, &viewer, guardian.into(), &wish).await.unwrap(),
                _ => look(&gate, &viewer, note.into(), &wish).await.unwrap(),
            };
        }
        for (wish, _) in searches() {
            let _ = gate.search(&viewer, &wish).await.unwrap();
        }
    });
    entries.extend(trail.entries());
    let bytes: String = entries.iter().map(entry_text).collect();
    for field in FieldKey::ALL {
        let value = canary(*field);
        assert!(!bytes.contains(value), "{field}");
        assert!(!bytes.contains(field.preview(value).as_str()), "the mask of {field}");
    }
    let actions = [Action::Created, Action::Changed, Action::PolicyChanged, Action::Shown, Action::Listed, Action::TrailRead];
    for action in actions.into_iter().chain([Action::Exported, Action::CodeSent, Action::Revealed, Action::Searched]) {
        assert!(entries.iter().any(|entry| entry.action() == action), "{}", action.name());
    }
}

#[test]
fn an_address_goes_to_the_courier_alone() {
    let (gate, _) = door(Policy::initial(), Mood::Up);
    let record = family(stranger());
    let parcel = now(gate.address(noon(), &record.guardians[0], Channel::Sms)).unwrap().unwrap();
    assert_eq!(format!("{parcel:?}"), "Parcel(Sms)");
    assert_eq!(parcel.deliver(str::to_owned), canary(FieldKey::GuardianPhone));
}
