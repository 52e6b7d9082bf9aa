//! The trail comes first: without a durable row nothing leaves, and a deliberate look is written before it is opened.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::indexing_slicing, reason = "tests")]

mod support;

use chrono::TimeDelta;
use contract::{
    catalogue::FieldKey,
    rights::{Cell, Role},
    wire::{
        alarms::{Rule, RuleSetting, Tuning},
        families::FamilySearch,
        ledger::Action,
        portal::LedgerQuery,
        reveals::{Reason, ReasonCode, RevealRequest},
        sign_in::Channel,
        today::DueCounts,
    },
};
use guard::{
    Actor, Entry, Gate, Refused, Sealed, Viewer,
    gate::{Asked, Found, Given, Kept, Stretch},
    records::FamilyRecord,
    trail::{By, GENESIS, link},
};
use std::collections::BTreeSet;
use support::*;

const ROLES: [Role; 4] = [Role::Registrar, Role::Administrator, Role::Auditor, Role::Guardian];

fn wish(field: FieldKey) -> RevealRequest {
    RevealRequest { field, reason: Reason { code: ReasonCode::FollowUp, text: String::new() } }
}

/// Both questions about what others see.
async fn asked(gate: &Gate, viewer: &Viewer, record: &FamilyRecord) -> (Option<Refused>, Option<Refused>) {
    let inquiry = gate.inquiry(viewer).await.unwrap();
    let (circle, me) = (circle(record), colleague(viewer));
    let asked = Asked { circle: &circle, given: Given::default(), theirs: Some((record, &[])), own: None };
    let view = gate.view_as(&inquiry, &gate.imagine(&inquiry, &me), asked).await.err();
    (view, gate.who_sees(&inquiry, &circle, FieldKey::GuardianPhone, &[me], Given::default()).await.err())
}

fn no_entries() -> Found<'static> {
    static NONE: BTreeSet<i64> = BTreeSet::new();
    Found { page: &[], joined: &NONE, next: None, month: None, asked: &[] }
}

#[test]
fn nothing_leaves_while_the_trail_is_down() {
    let facts = guard::Facts { own_child: true, ..stranger() };
    let record = family(facts);
    let (student, guardian, note) = (&record.students[0], &record.guardians[0], &record.notes[0]);
    let families = std::slice::from_ref(&record);
    let viewer = staff(ROLES);
    let (gate, trail) = door(uniform(&ROLES, OPEN), Mood::Down);
    let (masked, masked_trail) = door(uniform(&ROLES, MASKED_OPEN), Mood::Down);
    let (nothing, nothing_trail) = door(uniform(&[], OPEN), Mood::Down);
    let nobody = staff([Role::Teacher]);
    let phone = FamilySearch::Phone { text: canary(FieldKey::GuardianPhone).into() };
    let school = || "校".to_owned();
    let outcomes: Vec<(&str, Option<Refused>)> = now(async {
        vec![
            ("families", gate.families(&viewer, families, None, None, Action::Listed).await.err()),
            ("families found", gate.families(&viewer, families, None, None, Action::Searched).await.err()),
            ("no families", gate.families(&viewer, &[] as &[FamilyRecord], None, None, Action::Listed).await.err()),
            ("staff", gate.staff(&viewer, &[staff_record()]).await.err()),
            ("trail_page", gate.trail_page(&viewer, &[], None).await.err()),
            ("family_card", gate.family_card(&viewer, &record, &[]).await.err()),
            ("timeline", gate.timeline(&viewer, &record, Stretch::newest(&[])).await.err()),
            ("classes", gate.classes(&viewer, &[]).await.err()),
            ("class_card", gate.class_card(&viewer, &class(facts)).await.err()),
            ("student_card", gate.student_card(&viewer, student).await.err()),
            ("guardian_card", gate.guardian_card(&viewer, guardian).await.err()),
            ("family_conflict", gate.family_conflict(&viewer, &record, &[], String::new()).await.err()),
            ("student_conflict", gate.student_conflict(&viewer, student, &[], String::new()).await.err()),
            ("guardian_conflict", gate.guardian_conflict(&viewer, guardian, &[], String::new()).await.err()),
            ("reveal of a student", look(&gate, &viewer, student.into(), &wish(FieldKey::StudentName)).await.err()),
            ("reveal of a guardian", look(&gate, &viewer, guardian.into(), &wish(FieldKey::GuardianPhone)).await.err()),
            ("reveal of a note", look(&gate, &viewer, note.into(), &wish(FieldKey::NoteBody)).await.err()),
            ("approvals", gate.approvals(&viewer, &[], &[], families, Vec::new()).await.err()),
            ("today", gate.today(&viewer, families, DueCounts::default(), 1, 0).await.err()),
            ("search", gate.search(&viewer, &phone).await.err()),
            ("counted search", masked.search(&viewer, &phone).await.err()),
            ("export", gate.export(&viewer, families).await.err()),
            ("children", gate.children(&viewer, school(), std::slice::from_ref(student)).await.err()),
            ("child", gate.child(&viewer, school(), student, guardian).await.err()),
            ("access_ledger", gate.access_ledger(&viewer, student, guardian, no_entries(), &LedgerQuery::default()).await.err()),
            ("own_corrections", gate.own_corrections(&viewer, student, guardian, &[]).await.err()),
            ("corrections", gate.corrections(&viewer, &[], None, None).await.err()),
            ("own_questions", gate.own_questions(&viewer, student, &[]).await.err()),
            ("questions", gate.questions(&viewer, &[], families, None, None).await.err()),
            ("invitation", gate.invitation(noon(), school(), guardian).await.err()),
            ("view_as", asked(&gate, &viewer, &record).await.0),
            ("who_sees", asked(&gate, &viewer, &record).await.1),
            ("address by message", gate.address(noon(), guardian, Channel::Sms).await.err()),
            ("address by mail", gate.address(noon(), guardian, Channel::Email).await.err()),
            ("address of staff", gate.staff_address(noon(), &staff_record()).await.err()),
            ("record", gate.record(Entry::event(noon(), By::nobody(), Action::SignedOut)).await.err()),
            // A refusal that cannot be written down is the same failure.
            ("refused reveal", nothing.wish(&viewer, guardian.into(), &wish(FieldKey::GuardianPhone)).await.err()),
            ("refused ticket", nothing.ticket(&viewer, guardian.into(), FieldKey::GuardianPhone, &[], &[]).await.err()),
            ("refused search", nothing.search(&nobody, &phone).await.err()),
            ("refused export", nothing.export(&nobody, families).await.err()),
            ("refused staff", nothing.staff(&nobody, &[]).await.err()),
            ("refused trail_page", nothing.trail_page(&nobody, &[], None).await.err()),
            ("refuse", Some(gate.refuse(&viewer, None, Refused::Forbidden).await)),
        ]
    });
    for (method, refused) in outcomes {
        assert_eq!(refused, Some(Refused::TrailDown), "{method}");
    }
    for trail in [trail, masked_trail, nothing_trail] {
        assert!(trail.entries().is_empty());
    }
}

#[test]
fn a_deliberate_look_is_written_before_the_value_is_opened() {
    let mut record = family(stranger());
    // A ciphertext that cannot be opened shows which came first.
    record.guardians[0].fields.phone = Sealed::stored(vec![0; 40]);
    let viewer = staff([Role::Registrar]);
    let outcome_of = |mood| {
        let (gate, trail) = door(uniform(&[Role::Registrar], MASKED_OPEN), mood);
        let outcome = now(look(&gate, &viewer, (&record.guardians[0]).into(), &wish(FieldKey::GuardianPhone)));
        (outcome.err(), trail.entries().iter().map(Entry::action).collect::<Vec<_>>())
    };
    assert_eq!(outcome_of(Mood::Up), (Some(Refused::Broken), vec![Action::Revealed]));
    assert_eq!(outcome_of(Mood::Down), (Some(Refused::TrailDown), vec![]));
    assert_eq!(outcome_of(Mood::Exhausted), (Some(Refused::Quota), vec![Action::Refused]));
}

#[test]
fn an_address_is_written_down_before_it_is_opened() {
    let mut record = family(stranger());
    record.guardians[0].fields.phone = Sealed::stored(vec![0; 40]);
    let (gate, trail) = door(uniform(&[], OPEN), Mood::Up);
    assert_eq!(now(gate.address(noon(), &record.guardians[0], Channel::Sms)).err(), Some(Refused::Broken));
    assert_eq!(trail.last().action(), Action::CodeSent);
}

#[test]
fn a_deliberate_look_says_what_is_left_and_when_it_closes() {
    let record = family(stranger());
    let viewer = staff([Role::Registrar]);
    let (gate, trail) = door(uniform(&[Role::Registrar], MASKED_OPEN), Mood::Up);
    let shown = json(&now(look(&gate, &viewer, (&record.guardians[0]).into(), &wish(FieldKey::GuardianPhone))).unwrap());
    assert_eq!(shown["value"], serde_json::json!({ "state": "clear", "value": canary(FieldKey::GuardianPhone) }));
    assert_eq!(shown["closes_in"], guard::gate::REVEAL_SECONDS);
    assert_eq!(shown["left_today"], guard::gate::REVEALS_A_DAY - 1);
    let quota = trail.counted.lock().unwrap()[0];
    assert_eq!((quota.actor, quota.cost), (Actor::Staff(ME), 1));
}

#[test]
fn the_duties_open_the_staff_and_the_trail() {
    let (gate, trail) = door(uniform(&ROLES, OPEN), Mood::Up);
    for role in Role::ALL {
        let viewer = staff([*role]);
        let staff = now(gate.staff(&viewer, &[])).err();
        assert_eq!(staff, (*role != Role::Administrator).then_some(Refused::Forbidden), "{}", role.name());
        let page = now(gate.trail_page(&viewer, &[], None)).err();
        let reads = matches!(role, Role::PrivacyOfficer | Role::Auditor);
        assert_eq!(page, (!reads).then_some(Refused::Forbidden), "{}", role.name());
    }
    assert_eq!(trail.entries().len(), Role::ALL.len() * 2, "refusals are entries too");
}

#[test]
fn an_invitation_shows_masks_whatever_the_matrix_says() {
    let facts = guard::Facts { own_child: true, ..stranger() };
    let record = family(facts);
    for cell in [OPEN, MASKED_OPEN, Cell::WITHHELD] {
        let (gate, _) = door(uniform(&[Role::Guardian], cell), Mood::Up);
        let opened = json(&now(gate.invitation(noon(), "校".into(), &record.guardians[0])).unwrap());
        for (column, field) in [("phone", FieldKey::GuardianPhone), ("email", FieldKey::GuardianEmail)] {
            if cell == Cell::WITHHELD {
                assert!(opened[column].is_null());
            } else {
                assert_eq!(opened[column]["value"], field.preview(canary(field)).as_str());
            }
        }
    }
}

#[test]
fn presence_counts_for_five_minutes_and_never_from_the_future() {
    let at = |ago: Option<TimeDelta>| {
        let admission = admission(Actor::Staff(ME), [Role::Registrar].into_iter().collect(), vec![HERE]);
        Viewer::admit(guard::Admission { stepped_up_at: ago.map(|ago| noon() - ago), ..admission })
    };
    assert!(at(None).fresh().is_none());
    assert!(at(Some(TimeDelta::minutes(5))).fresh().is_none());
    assert!(at(Some(TimeDelta::seconds(299))).fresh().is_some());
    assert!(at(Some(TimeDelta::minutes(-1))).fresh().is_none());
}

#[test]
fn a_ledger_tells_of_its_own_people_only() {
    let (one, other) = (family(stranger()), family(stranger()));
    let viewer = staff([Role::Registrar]);
    let (gate, trail) = door(uniform(&[Role::Registrar], MASKED_OPEN), Mood::Up);
    let ledger = now(async {
        let _ = gate.student_card(&viewer, &one.students[0]).await.unwrap();
        let _ = gate.guardian_card(&viewer, &other.guardians[0]).await.unwrap();
        let kept: Vec<Kept> = trail.entries().into_iter().zip(1..).map(|(entry, seq)| Kept { seq, entry: entry.into() }).collect();
        json(&gate.family_card(&viewer, &one, &kept).await.unwrap())["timeline"]["items"].clone()
    });
    let lines = ledger.as_array().unwrap();
    // The other item is the student's class.
    assert_eq!(lines.len(), 2);
    assert_eq!(lines.iter().filter(|item| item["is"] == "class").count(), 1);
    let lines: Vec<_> = lines.iter().filter(|item| item["is"] == "entry").map(|item| &item["line"]).collect();
    assert_eq!(lines[0]["seq"], 1);
    assert!(!lines[0]["looks"].to_string().contains("guardian"));
}

#[test]
fn a_newer_policy_is_taken_on_and_an_older_one_is_not() {
    let (gate, _) = door(guard::Policy::compile(5, &[], &[], &[]), Mood::Up);
    gate.adopt(guard::Policy::compile(4, &[], &[], &[]));
    assert_eq!(gate.policy_version(), 5);
    gate.adopt(guard::Policy::compile(6, &[], &[], &[]));
    assert_eq!(gate.policy_version(), 6);
}

#[test]
fn a_link_depends_on_what_came_before_on_the_number_and_on_the_bytes() {
    let hash = link(&GENESIS, 1, b"body");
    assert_eq!(hash, link(&GENESIS, 1, b"body"));
    assert_ne!(hash, link(&hash, 1, b"body"));
    assert_ne!(hash, link(&GENESIS, 2, b"body"));
    assert_ne!(hash, link(&GENESIS, 1, b"bodz"));
}

/// Entries of before there was a way to say how a rule of the watch was set anew read as they are, with nothing said.
#[test]
fn a_tuned_rule_reads_back_and_an_older_entry_says_nothing_of_it() {
    let at = chrono::DateTime::from_timestamp_micros(1_790_000_000_000_000).unwrap();
    let plain = Entry::event(at, By::nobody(), Action::WatchChanged);
    let written = String::from_utf8(plain.to_bytes().unwrap()).unwrap();
    assert!(!written.contains("tuning"), "{written}");
    assert_eq!(Entry::from_bytes(written.as_bytes()).unwrap().tuned(), None);
    let usual = Rule::BulkReading.usual();
    let tuning = Tuning { rule: Rule::BulkReading, before: usual, after: RuleSetting { threshold: 7, on: false, ..usual } };
    let bytes = plain.tuning(tuning).to_bytes().unwrap();
    assert_eq!(Entry::from_bytes(&bytes).unwrap().tuned(), Some(tuning));
}

#[test]
fn an_entry_reads_back_from_its_bytes() {
    let (gate, trail) = door(uniform(&[Role::Registrar], OPEN), Mood::Up);
    let _ = now(gate.family_card(&staff([Role::Registrar]), &family(stranger()), &[])).unwrap();
    let entry = trail.last();
    assert_eq!(Entry::from_bytes(&entry.to_bytes().unwrap()), Some(entry));
}
