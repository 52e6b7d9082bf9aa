//! Narrowing a list: whatever the conditions and however they are joined, the store finds what a look at every row finds, on
//! both engines, with and without an index; and never more than the scope.

use crate::support::{School, days, guardian, now, on_each_engine, student, today};
use chrono::{Datelike, TimeDelta};
use contract::{
    ids::{CampusId, ClassId, FamilyId, StaffId},
    wire::{
        families::FamilyChanges,
        filter::{Condition, Conditions, FamilyFilter, Match, Next, Whose},
        school::Stage,
    },
};
use guard::{Scope, records::FamilyRecord};
use std::{collections::BTreeSet, sync::Arc};
use store::{FamilyList, SeedEnrolment, SeedFamily};

/// The same throws each time.
struct Dice(u64);

impl Dice {
    /// A number below `most`.
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
    fn days(&mut self, most: u64) -> i64 {
        self.below(most).try_into().unwrap()
    }
    fn any<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
    /// Some of them, one at the least.
    fn some<T: Copy + PartialEq>(&mut self, all: &[T]) -> Vec<T> {
        let one = self.any(all);
        all.iter().copied().filter(|other| *other == one || self.below(3) == 0).collect()
    }
}

/// Families of every stage, consultant and campus, with and without a class and a next contact, changed long ago and lately.
async fn populated(school: &School, dice: &mut Dice) {
    let everybody = [school.li, school.wang, school.zhao];
    let mut families = Vec::new();
    for number in 0..60 {
        let owner = dice.any(&everybody);
        let mut wish = school.wish(owner, vec![student("欧阳修远"), student("欧阳修文")], vec![guardian("司马青", "10012345678")]);
        wish.stage = dice.any(Stage::ALL);
        let intake = school.intake(wish);
        let enrolments = intake.students.first().filter(|_| number % 3 == 0).map(|taken| SeedEnrolment {
            student: taken.id,
            class: school.class,
            starts: days(-30),
            ends: (number % 2 == 0).then(|| days(-1)),
        });
        let at = now() - TimeDelta::days(dice.days(60)) - TimeDelta::hours(dice.days(24));
        families.push(SeedFamily { enrolments: enrolments.into_iter().collect(), intake, at, blocked: Vec::new(), notes: Vec::new() });
    }
    let ids: Vec<FamilyId> = families.iter().map(|family| family.intake.id).collect();
    school.db.seed(&school.trail, families).await.unwrap();
    let scope = everything(school);
    let registrar = school.registrar(&[school.north, school.south]);
    for id in ids.iter().step_by(2) {
        let record = school.db.family(&scope, *id).await.unwrap().unwrap();
        let next_contact = contract::Change::Set(days(dice.days(18) - 9));
        let change = FamilyChanges { version: record.family.version, next_contact, ..FamilyChanges::default() };
        let write = school.gate.change_family(&registrar, &record, &change).unwrap();
        school.db.change_family(&school.trail, write).await.unwrap();
    }
    school.sql("UPDATE family SET owner_id = NULL WHERE stage = 'left'").await;
}

fn everything(school: &School) -> Scope {
    school.gate.scope(&school.registrar(&[school.north, school.south]))
}

/// A look at one row.
fn meets(record: &FamilyRecord, condition: &Condition, asker: Option<StaffId>) -> bool {
    let family = &record.family;
    let owner = family.owner.as_ref().map(|owner| owner.id);
    let monday = today() - TimeDelta::days(today().weekday().num_days_from_monday().into());
    match condition {
        Condition::Stage(stages) => stages.contains(&family.stage),
        Condition::NotStage(stages) => !stages.contains(&family.stage),
        Condition::Owner(Whose::Mine) => asker.is_some() && owner == asker,
        Condition::Owner(Whose::Nobodys) => owner.is_none(),
        Condition::Owner(Whose::Of(id)) => owner == Some(*id),
        Condition::Campus(id) => family.campus.id == *id,
        Condition::Next(next) => next.iter().any(|next| match (next, family.next_contact) {
            (Next::None, day) => day.is_none(),
            (_, None) => false,
            (Next::Overdue, Some(day)) => day < today(),
            (Next::Today, Some(day)) => day == today(),
            (Next::Week, Some(day)) => (monday..monday + TimeDelta::days(7)).contains(&day),
        }),
        Condition::Class(id) => record.students.iter().any(|student| student.classes.iter().any(|class| class.id == *id)),
        Condition::Unchanged(count) => (family.updated_at + TimeDelta::hours(8)).date_naive() < today() - TimeDelta::days((*count).into()),
    }
}

fn any_condition(school: &School, dice: &mut Dice) -> Condition {
    let nowhere = uuid::Uuid::from_u128(1);
    match dice.below(8) {
        0 => Condition::Stage(dice.some(Stage::ALL)),
        1 => Condition::NotStage(dice.some(Stage::ALL)),
        2 => Condition::Owner(dice.any(&[Whose::Mine, Whose::Nobodys])),
        3 => Condition::Owner(Whose::Of(dice.any(&[school.li, school.zhao, StaffId(nowhere)]))),
        4 => Condition::Campus(dice.any(&[school.north, school.south, CampusId(nowhere)])),
        5 => Condition::Next(dice.some(Next::ALL)),
        6 => Condition::Class(dice.any(&[school.class, ClassId(nowhere)])),
        _ => Condition::Unchanged(u16::try_from(1 + dice.below(59)).unwrap()),
    }
}

async fn found(
    school: &School,
    scope: &Scope,
    filter: &FamilyFilter,
    asker: Option<StaffId>,
) -> (BTreeSet<FamilyId>, Vec<Arc<FamilyRecord>>) {
    let list = FamilyList { filter: filter.clone(), owner: asker, after: None, limit: 200 };
    let (rows, _) = school.db.families(scope, &list).await.unwrap();
    assert_eq!(school.db.count_families(scope, &list).await.unwrap(), rows.len() as u64, "{filter:?}");
    (rows.iter().map(|row| row.family.id).collect(), rows)
}

on_each_engine! {
    async fn the_store_finds_what_a_look_at_every_row_finds(school) {
        let mut dice = Dice(7);
        populated(&school, &mut dice).await;
        let teacher = school.gate.scope(&school.teacher(today()));
        let own = school.gate.scope(&school.consultant(school.li));
        let mut hits = 0;
        for round in 0..400 {
            let (scope, asker) = match round % 3 {
                0 => (everything(&school), None),
                1 => (own.clone(), Some(school.li)),
                _ => (teacher.clone(), Some(school.chen)),
            };
            let count = 1 + dice.below(4);
            let when = Conditions((0..count).map(|_| any_condition(&school, &mut dice)).collect());
            let joined = dice.any(Match::ALL);
            let filter = FamilyFilter { when, joined, ..FamilyFilter::default() };
            let (_, all) = found(&school, &scope, &FamilyFilter::default(), asker).await;
            let met = |row: &FamilyRecord| match joined {
                Match::All => filter.when.0.iter().all(|one| meets(row, one, asker)),
                Match::Any => filter.when.0.iter().any(|one| meets(row, one, asker)),
            };
            let expected: BTreeSet<_> = all.iter().filter(|row| met(row)).map(|row| row.family.id).collect();
            assert_eq!(found(&school, &scope, &filter, asker).await.0, expected, "{filter:?}");
            hits += usize::from(!expected.is_empty() && expected.len() < all.len());
            if round == 200 {
                school.sql("DROP INDEX family_list").await;
            }
        }
        assert!(hits > 100, "{hits} filters told families apart");
    }

    async fn a_class_of_a_sister_out_of_reach_is_not_told(school) {
        // The teacher reaches the family through one child; the other is in a class of somebody else.
        let mut wish = school.wish(school.li, vec![student("欧阳修远"), student("欧阳修文")], Vec::new());
        wish.stage = Stage::Enrolled;
        let intake = school.intake(wish);
        let other = ClassId(uuid::Uuid::from_u128(0xc1a5));
        let class = store::NewClass {
            id: other,
            campus: school.north,
            name: "another".into(),
            teacher: school.li,
            starts: days(-30),
            ends: days(30),
        };
        school.db.found(Vec::new(), Vec::new(), vec![class]).await.unwrap();
        let each = [school.class, other];
        let enrolments = intake.students.iter().zip(each).map(|(taken, class)| SeedEnrolment { student: taken.id, class, starts: days(-9), ends: None });
        let family = SeedFamily { enrolments: enrolments.collect(), intake, at: now(), blocked: Vec::new(), notes: Vec::new() };
        school.db.seed(&school.trail, vec![family]).await.unwrap();
        let in_class = |id| FamilyFilter { when: Conditions(vec![Condition::Class(id)]), ..FamilyFilter::default() };
        let teacher = school.gate.scope(&school.teacher(today()));
        assert_eq!(found(&school, &teacher, &in_class(school.class), None).await.0.len(), 1);
        assert_eq!(found(&school, &teacher, &in_class(other), None).await.0.len(), 0);
        assert_eq!(found(&school, &everything(&school), &in_class(other), None).await.0.len(), 1);
    }
}
