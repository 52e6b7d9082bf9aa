//! What must hold for every invented school.

use super::{Family, School, families, school};
use chrono::NaiveDate;
use contract::{
    FieldKey, RecordKind, Role,
    wire::school::{Custody, Relation, Stage},
};
use std::collections::BTreeSet;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 14).unwrap()
}

fn made(seed: u64, students: u32) -> (School, Vec<Family>) {
    let school = school(seed, students, today());
    let families = families(seed, students, today(), &school).collect();
    (school, families)
}

#[test]
fn the_same_seed_gives_the_same_school_and_another_seed_another() {
    assert_eq!(made(7, 300), made(7, 300));
    let (one, other) = (made(7, 300), made(8, 300));
    assert_ne!(one.0, other.0);
    assert_ne!(one.1, other.1);
}

#[test]
fn a_family_does_not_depend_on_how_many_follow() {
    let (small, large) = (made(7, 100), made(7, 300));
    assert_eq!(small.1[0].students[0].0, large.1[0].students[0].0);
    for count in [0, 1, 2, 301] {
        let (_, families) = made(3, count);
        assert_eq!(families.iter().map(|family| family.students.len()).sum::<usize>(), count as usize);
    }
}

/// Every field of a school with its text.
fn fields((school, families): &(School, Vec<Family>)) -> Vec<(FieldKey, String)> {
    let mut found = Vec::new();
    for member in &school.staff {
        found.extend([(FieldKey::StaffPhone, member.phone.clone()), (FieldKey::StaffEmail, member.email.clone())]);
    }
    for family in families {
        for (student, _) in &family.students {
            let student = student.clone();
            found.extend([
                (FieldKey::StudentName, student.name),
                (FieldKey::StudentBirthDate, student.birth_date),
                (FieldKey::StudentIdCard, student.id_card),
                (FieldKey::StudentSchool, student.school),
                (FieldKey::StudentAddress, student.address),
                (FieldKey::StudentHealthNote, student.health_note),
            ]);
        }
        for (guardian, _) in &family.guardians {
            let guardian = guardian.clone();
            found.extend([
                (FieldKey::GuardianName, guardian.name),
                (FieldKey::GuardianPhone, guardian.phone),
                (FieldKey::GuardianSecondPhone, guardian.second_phone),
                (FieldKey::GuardianWechat, guardian.wechat),
                (FieldKey::GuardianEmail, guardian.email),
                (FieldKey::GuardianIdCard, guardian.id_card),
                (FieldKey::GuardianAddress, guardian.address),
                (FieldKey::GuardianEmployer, guardian.employer),
            ]);
        }
        found.extend(family.notes.iter().map(|note| (FieldKey::NoteBody, note.body.clone())));
    }
    found
}

#[test]
fn the_catalogue_accepts_every_value_and_every_field_is_met() {
    let fields = fields(&made(1, 3000));
    let mut met = BTreeSet::new();
    for (key, text) in &fields {
        assert_eq!(key.check(text), Ok(()), "{key}: {text}");
        assert!(!text.contains('{'), "{key}: {text}");
        if !text.is_empty() {
            met.insert(*key);
        }
    }
    // Nobody has asked anything yet.
    let asked = |key: &FieldKey| matches!(key.record(), RecordKind::Correction | RecordKind::Question);
    let fields: BTreeSet<FieldKey> = FieldKey::ALL.iter().copied().filter(|key| !asked(key)).collect();
    assert_eq!(met, fields);
}

#[test]
fn no_number_rings_and_no_mail_arrives() {
    for (key, text) in fields(&made(2, 3000)) {
        match key {
            FieldKey::GuardianPhone | FieldKey::GuardianSecondPhone | FieldKey::StaffPhone if !text.is_empty() => {
                assert!(text.starts_with("010-0") || (text.starts_with("10") && text.len() == 11), "{text}");
            }
            FieldKey::GuardianEmail | FieldKey::StaffEmail if !text.is_empty() => {
                assert!(["@example.com", "@example.org", "@example.net"].iter().any(|end| text.ends_with(end)), "{text}");
            }
            FieldKey::GuardianWechat if !text.is_empty() => assert!(text.starts_with("10") || text.contains("demo"), "{text}"),
            FieldKey::StudentIdCard | FieldKey::GuardianIdCard if !text.is_empty() => assert!(text.starts_with("999999"), "{text}"),
            FieldKey::NoteBody
            | FieldKey::CorrectionWords
            | FieldKey::CorrectionAnswer
            | FieldKey::QuestionWords
            | FieldKey::QuestionAnswer => {
                let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= 7);
                assert!(runs.clone().all(|run| run.starts_with("10") || text.contains("demo") || text.contains("example")), "{text}");
            }
            _ => {}
        }
    }
}

#[test]
fn an_identity_number_says_the_date_of_birth() {
    let (_, families) = made(4, 1000);
    let students = families.iter().flat_map(|family| &family.students).map(|(student, _)| student);
    let both: Vec<_> = students.filter(|student| !student.id_card.is_empty() && !student.birth_date.is_empty()).collect();
    assert!(both.len() > 100);
    for student in both {
        assert_eq!(student.id_card.get(6..14), Some(student.birth_date.replace('-', "").as_str()));
    }
}

#[test]
fn every_kind_of_name_is_met() {
    let (_, families) = made(5, 2000);
    let names: Vec<&str> = families.iter().flat_map(|family| &family.students).map(|(student, _)| student.name.as_str()).collect();
    let count = |name: &str| name.chars().count();
    let han = |name: &str| name.chars().all(|c| !c.is_ascii() && c != '·');
    let compound = ["欧阳", "司马", "诸葛", "上官"];
    let kind = |is: &dyn Fn(&str) -> bool| names.iter().filter(|name| is(name)).count();
    let kinds = [
        ("one character", kind(&|name| count(name) == 1)),
        ("one-character given name", kind(&|name| count(name) == 2 && han(name))),
        ("three characters", kind(&|name| count(name) == 3 && han(name))),
        ("four characters", kind(&|name| count(name) == 4 && han(name))),
        ("compound surname", kind(&|name| compound.iter().any(|surname| name.starts_with(surname)))),
        ("dot", kind(&|name| name.contains('·'))),
        ("beyond the BMP", kind(&|name| name.chars().any(|c| u32::from(c) > 0xFFFF))),
        ("Latin", kind(&|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))),
        ("plateau", kind(&|name| name.ends_with("卓玛") || name.ends_with("多吉"))),
    ];
    for (kind, met) in kinds {
        assert!(met >= 3, "{kind}: {met}");
    }
}

#[test]
fn stages_ages_and_kinships_are_as_in_life() {
    let (_, families) = made(6, 5000);
    let share = |part: usize, whole: usize| part * 1000 / whole;
    let at = |stage| share(families.iter().filter(|family| family.stage == stage).count(), families.len());
    for (stage, expected) in [(Stage::Enrolled, 600), (Stage::Trial, 120), (Stage::Lead, 200), (Stage::Left, 80)] {
        assert!(at(stage).abs_diff(expected) < 25, "{stage:?}: {}", at(stage));
    }
    for (student, _) in families.iter().flat_map(|family| &family.students).filter(|(student, _)| !student.birth_date.is_empty()) {
        let born: NaiveDate = student.birth_date.parse().unwrap();
        let age = today().years_since(born).unwrap();
        assert!((4..=15).contains(&age), "{age}");
    }
    let guardians: Vec<_> = families.iter().flat_map(|family| &family.guardians).collect();
    let blocked = share(guardians.iter().filter(|(_, custody)| *custody == Custody::Blocked).count(), guardians.len());
    assert!((5..=15).contains(&blocked), "{blocked}");
    let fathers = families.iter().filter(|family| family.guardians.iter().any(|(guardian, _)| guardian.relation == Relation::Father));
    assert!(fathers.count() * 2 > families.len());
    assert!(families.iter().any(|family| family.students.len() > 1));
    assert!(families.iter().all(|family| (1..=8).contains(&family.guardians.len())));
}

#[test]
fn what_refers_to_the_school_fits_it() {
    let (school, families) = made(9, 5000);
    assert_eq!(school.campuses.len(), 3);
    for class in &school.classes {
        let teacher = &school.staff[class.teacher];
        assert!(teacher.roles.has(Role::Teacher) && teacher.campuses.contains(&class.campus) && class.from < class.to);
    }
    let consultant = |at: usize, campus: usize| school.staff[at].roles.has(Role::Consultant) && school.staff[at].campuses.contains(&campus);
    for family in &families {
        assert!(family.created < today());
        assert!(family.owner.is_none_or(|owner| consultant(owner, family.campus)));
        for note in &family.notes {
            assert!(consultant(note.by, family.campus) && note.at.date_naive() >= family.created && note.at.date_naive() < today());
        }
        assert!(family.notes.is_sorted_by_key(|note| note.at));
        for (_, enrolments) in &family.students {
            let now = enrolments.iter().filter(|one| one.from <= today() && one.to.is_none_or(|to| to >= today())).count();
            match family.stage {
                Stage::Enrolled => assert!((1..=2).contains(&now)),
                Stage::Trial => assert!(now <= 1),
                Stage::Lead => assert!(enrolments.is_empty()),
                Stage::Left => assert!(now == 0 && !enrolments.is_empty()),
            }
            for one in enrolments {
                let class = &school.classes[one.class];
                assert!(class.campus == family.campus && class.from <= one.from && one.from <= class.to);
                assert!(one.to.is_none_or(|to| one.from <= to && to <= class.to));
                assert!(one.from >= family.created);
            }
        }
    }
}

#[test]
fn the_demo_people_come_first_and_logins_are_unique() {
    for students in [0, 200, 100_000] {
        let school = school(1, students, today());
        let logins: BTreeSet<&str> = school.staff.iter().map(|member| member.login.as_str()).collect();
        assert_eq!(logins.len(), school.staff.len());
        assert_eq!((school.staff[0].login.as_str(), school.staff[0].name.as_str()), ("li", "李老师"));
        let names: BTreeSet<_> =
            school.classes.iter().map(|class| (class.campus, class.from > today(), &class.name, class.to < today())).collect();
        assert_eq!(names.len(), school.classes.len());
        assert!(school.campuses.len() <= 30 && school.classes.iter().any(|class| class.teacher == 2 && class.to > today()));
        for (role, count) in [(Role::Principal, 1), (Role::PrivacyOfficer, 1), (Role::Administrator, 1), (Role::Auditor, 1)] {
            assert_eq!(school.staff.iter().filter(|member| member.roles.has(role)).count(), count);
        }
    }
}
