//! A scope narrows every kind of read in the same way.

use crate::support::{Ids, School, days, guardian, on_each_engine, student, today, viewer};
use contract::{ids::NoteId, rights::Role, wire::families::FamilySearch};
use guard::{Actor, Viewer};
use std::collections::BTreeSet;
use store::FamilyList;

struct Known {
    families: Vec<(&'static str, Ids, NoteId)>,
}

/// What a viewer reaches: families by letter, students and guardians by letter and place, notes by letter.
#[derive(Debug, PartialEq, Eq)]
struct Reached {
    families: String,
    students: String,
    guardians: String,
    notes: String,
}

fn reached(families: &str, students: &str, guardians: &str, notes: &str) -> Reached {
    Reached { families: families.into(), students: students.into(), guardians: guardians.into(), notes: notes.into() }
}

/// A: li's, one child taught and one not. B: wang's, the lessons ended yesterday. C: zhao's in the south, the lessons end
/// today. D: wang's, the lessons begin tomorrow.
async fn known(school: &School) -> Known {
    let mut families = Vec::new();
    for (letter, by, lessons) in [
        ("a", school.li, (days(-60), None)),
        ("b", school.wang, (days(-20), Some(days(-1)))),
        ("c", school.zhao, (days(-20), Some(today()))),
        ("d", school.wang, (days(1), None)),
    ] {
        let wish = school.wish(
            by,
            vec![student("欧阳修远"), student("欧阳修文")],
            vec![guardian("司马青", "10012345678"), guardian("司马红", "10012345679")],
        );
        let ids = school.seed(wish, &[(0, lessons.0, lessons.1)]).await;
        let note = school.note(&school.consultant(by), ids.family, "a note").await;
        families.push((letter, ids, note));
    }
    // The first guardian of A has no custody of the second child, the second none at all.
    let a = &families[0].1;
    let block = "UPDATE kinship SET custody = 'blocked' WHERE guardian_id = $1 AND student_id = $2";
    for (guardian, student) in [(0, 1), (1, 0), (1, 1)] {
        let changed = school.try_sql(block, [a.guardians[guardian].0.into(), a.students[student].0.into()]).await.unwrap();
        assert_eq!(changed.rows_affected(), 1);
    }
    Known { families }
}

async fn reach(school: &School, known: &Known, by: &Viewer) -> Reached {
    let scope = school.gate.scope(by);
    let mut reach = reached("", "", "", "");
    let mut within = BTreeSet::new();
    for (letter, ids, note) in &known.families {
        let (mut students, mut guardians) = (BTreeSet::new(), BTreeSet::new());
        for (place, id) in ids.students.iter().enumerate() {
            if school.db.student(&scope, *id).await.unwrap().is_some() {
                reach.students += &format!("{letter}{place} ");
                students.insert(*id);
            }
        }
        for (place, id) in ids.guardians.iter().enumerate() {
            if school.db.guardian(&scope, *id).await.unwrap().is_some() {
                reach.guardians += &format!("{letter}{place} ");
                guardians.insert(*id);
            }
        }
        if school.db.note(&scope, *note).await.unwrap().is_some() {
            reach.notes += letter;
        }
        if let Some(family) = school.db.family(&scope, ids.family).await.unwrap() {
            reach.families += letter;
            within.insert(ids.family);
            assert_eq!(family.students.iter().map(|student| student.id).collect::<BTreeSet<_>>(), students);
            assert_eq!(family.guardians.iter().map(|guardian| guardian.id).collect::<BTreeSet<_>>(), guardians);
        }
    }
    let list = FamilyList { limit: 100, ..FamilyList::default() };
    let (rows, next) = school.db.families(&scope, &list).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.family.id).collect::<BTreeSet<_>>(), within, "the list");
    assert_eq!(next, None);
    assert_eq!(school.db.count_families(&scope, &list).await.unwrap(), within.len() as u64, "the count");
    let may_search = by.staff().is_some() && !by.has_role(Role::Administrator);
    match school.gate.search(by, &FamilySearch::Name { text: "欧阳".into() }).await {
        Ok(search) => {
            let found = school.db.search(&scope, &search).await.unwrap();
            assert_eq!(found.iter().map(|row| row.family.id).collect::<BTreeSet<_>>(), within, "the search");
        }
        Err(_) => assert!(!may_search),
    }
    reach
}

on_each_engine! {
    async fn a_consultant_reaches_their_own_families_alone(school) {
        let known = known(&school).await;
        let own = reach(&school, &known, &school.consultant(school.li)).await;
        assert_eq!(own, reached("a", "a0 a1 ", "a0 a1 ", "a"));
        let colleague = reach(&school, &known, &school.consultant(school.wang)).await;
        assert_eq!(colleague, reached("bd", "b0 b1 d0 d1 ", "b0 b1 d0 d1 ", "bd"));
    }

    async fn a_registrar_reaches_the_families_of_their_campuses(school) {
        let known = known(&school).await;
        let north = reach(&school, &known, &school.registrar(&[school.north])).await;
        assert_eq!(north, reached("abd", "a0 a1 b0 b1 d0 d1 ", "a0 a1 b0 b1 d0 d1 ", "abd"));
        assert_eq!(reach(&school, &known, &school.registrar(&[school.south])).await.families, "c");
        assert_eq!(reach(&school, &known, &school.registrar(&[school.north, school.south])).await.families, "abcd");
        assert_eq!(reach(&school, &known, &school.registrar(&[])).await, reached("", "", "", ""));
    }

    async fn a_teacher_reaches_a_pupil_from_the_first_day_of_the_lessons_to_the_last(school) {
        let known = known(&school).await;
        let on = |day| school.teacher(day);
        assert_eq!(reach(&school, &known, &on(today())).await, reached("ac", "a0 c0 ", "a0 a1 c0 c1 ", "ac"));
        assert_eq!(reach(&school, &known, &on(days(-1))).await.families, "abc");
        assert_eq!(reach(&school, &known, &on(days(1))).await.families, "ad");
        assert_eq!(reach(&school, &known, &on(days(60))).await.families, "ad");
        assert_eq!(reach(&school, &known, &on(days(61))).await, reached("", "", "", ""), "the class has ended");
        assert_eq!(reach(&school, &known, &on(days(-30))).await.families, "a");
        assert_eq!(reach(&school, &known, &on(days(-31))).await, reached("", "", "", ""), "the class has not begun");
        let other = viewer(Actor::Staff(school.wang), &[Role::Teacher], &[school.north], today());
        assert_eq!(reach(&school, &known, &other).await, reached("", "", "", ""), "another teacher");
    }

    async fn what_is_taught_is_marked_and_the_sibling_is_not_there(school) {
        let known = known(&school).await;
        let scope = school.gate.scope(&school.teacher(today()));
        let family = school.db.family(&scope, known.families[0].1.family).await.unwrap().unwrap();
        assert!(family.family.facts.taught_by_viewer && family.students[0].facts.taught_by_viewer);
        assert!(family.guardians.iter().all(|guardian| guardian.facts.taught_by_viewer));
        assert_eq!(family.students[0].classes.len(), 1);
        let own = school.gate.scope(&school.consultant(school.li));
        let family = school.db.family(&own, known.families[0].1.family).await.unwrap().unwrap();
        assert!(!family.family.facts.taught_by_viewer && family.students.iter().all(|student| !student.facts.taught_by_viewer));
    }

    async fn a_guardian_reaches_their_child_but_no_sibling_without_custody_and_no_stranger(school) {
        let known = known(&school).await;
        let a = &known.families[0].1;
        let mother = school.parent(a.guardians[0]);
        let reach_of_mother = reach(&school, &known, &mother).await;
        assert_eq!(reach_of_mother, reached("a", "a0 ", "a0 ", "a"));
        let children = school.db.children(&school.gate.scope(&mother)).await.unwrap();
        assert_eq!(children.iter().map(|child| child.id).collect::<Vec<_>>(), [a.students[0]]);
        assert!(children[0].facts.own_child);
        let blocked = school.parent(a.guardians[1]);
        assert_eq!(reach(&school, &known, &blocked).await, reached("", "", "a1 ", ""));
        assert!(school.db.children(&school.gate.scope(&blocked)).await.unwrap().is_empty());
        assert!(school.db.person(blocked.actor()).await.unwrap().is_none(), "nothing to sign in for");
        let both = school.parent(known.families[1].1.guardians[0]);
        assert_eq!(school.db.children(&school.gate.scope(&both)).await.unwrap().len(), 2);
    }

    async fn an_empty_scope_finds_nothing(school) {
        let known = known(&school).await;
        for role in [Role::Administrator, Role::PrivacyOfficer, Role::Auditor, Role::Guardian] {
            let by = viewer(Actor::Staff(school.li), &[role], &[school.north, school.south], today());
            let scope = school.gate.scope(&by);
            assert!(scope.reaches().is_empty());
            for (_, ids, note) in &known.families {
                assert!(school.db.family(&scope, ids.family).await.unwrap().is_none());
                assert!(school.db.student(&scope, ids.students[0]).await.unwrap().is_none());
                assert!(school.db.guardian(&scope, ids.guardians[0]).await.unwrap().is_none());
                assert!(school.db.note(&scope, *note).await.unwrap().is_none());
            }
            let list = FamilyList { limit: 100, ..FamilyList::default() };
            assert!(school.db.families(&scope, &list).await.unwrap().0.is_empty());
            assert_eq!(school.db.count_families(&scope, &list).await.unwrap(), 0);
            assert!(school.db.children(&scope).await.unwrap().is_empty());
        }
    }

    async fn a_new_sibling_is_not_shown_to_a_guardian_whose_custody_of_any_child_is_blocked(school) {
        let known = known(&school).await;
        let a = &known.families[0].1;
        let li = school.consultant(school.li);
        let family = school.db.family(&school.gate.scope(&li), a.family).await.unwrap().unwrap();
        let new = school.gate.add_student(&li, &family, &student("欧阳修平")).unwrap();
        school.db.add_student(&school.trail, a.family, new).await.unwrap();
        let children = school.db.children(&school.gate.scope(&school.parent(a.guardians[0]))).await.unwrap();
        assert_eq!(children.iter().map(|child| child.id).collect::<Vec<_>>(), [a.students[0]]);
    }
}
