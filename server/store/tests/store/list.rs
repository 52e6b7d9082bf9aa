//! Lists: pages that neither lose nor repeat a row, and what they are narrowed by.

use crate::support::{School, days, guardian, on_each_engine, student};
use contract::{
    ids::FamilyId,
    wire::{
        families::{FamilyChanges, FamilyFilter, FamilySort},
        school::Stage,
    },
};
use guard::Scope;
use std::collections::BTreeSet;
use store::{Cursor, FamilyList, SeedFamily, StoreError};

async fn many(school: &School, count: usize) -> BTreeSet<FamilyId> {
    let families: Vec<SeedFamily> = (0..count)
        .map(|_| SeedFamily {
            intake: school.intake(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])),
            at: crate::support::now(),
            blocked: Vec::new(),
            enrolments: Vec::new(),
            notes: Vec::new(),
        })
        .collect();
    let ids = families.iter().map(|family| family.intake.id).collect();
    school.db.seed(&school.trail, families).await.unwrap();
    ids
}

async fn walk(school: &School, scope: &Scope, sort: FamilySort, limit: u64) -> Vec<FamilyId> {
    let mut list = FamilyList { filter: FamilyFilter { sort, ..FamilyFilter::default() }, limit, ..FamilyList::default() };
    let mut seen = Vec::new();
    loop {
        let (rows, next) = school.db.families(scope, &list).await.unwrap();
        assert!(rows.len() as u64 <= limit);
        seen.extend(rows.iter().map(|row| row.family.id));
        match next {
            Some(next) => list.after = Some(next.to_string().parse::<Cursor>().unwrap()),
            None => return seen,
        }
    }
}

on_each_engine! {
    async fn pages_cover_every_family_once_though_all_changed_at_the_same_moment(school) {
        let ids = many(&school, 23).await;
        let scope = school.gate.scope(&school.consultant(school.li));
        for sort in [FamilySort::Recent, FamilySort::Oldest] {
            for limit in [1, 7, 23, 24] {
                let seen = walk(&school, &scope, sort, limit).await;
                assert_eq!(seen.len(), ids.len(), "{sort:?} {limit}");
                assert_eq!(seen.iter().copied().collect::<BTreeSet<_>>(), ids);
            }
        }
        let mut oldest = walk(&school, &scope, FamilySort::Oldest, 5).await;
        oldest.reverse();
        assert_eq!(oldest, walk(&school, &scope, FamilySort::Recent, 4).await);
    }

    async fn filters_narrow_the_list_and_the_count(school) {
        let li = school.consultant(school.li);
        let registrar = school.registrar(&[school.north, school.south]);
        let scope = school.gate.scope(&registrar);
        let wish = |by| school.wish(by, vec![student("欧阳修远")], Vec::new());
        let due = school.take_in_with_note(&li, wish(school.li), "call", Some(days(1))).await.family;
        let moved = school.take_in(wish(school.wang)).await.family;
        let south = school.take_in(wish(school.zhao)).await.family;
        let record = school.db.family(&scope, moved).await.unwrap().unwrap();
        let change = FamilyChanges { version: 1, stage: Some(Stage::Trial), ..FamilyChanges::default() };
        let write = school.gate.change_family(&registrar, &record, &change).unwrap();
        school.db.change_family(&school.trail, write).await.unwrap();
        let filter = FamilyFilter::default;
        for (filter, owner, expected) in [
            (filter(), None, BTreeSet::from([due, moved, south])),
            (FamilyFilter { stage: Some(Stage::Trial), ..filter() }, None, BTreeSet::from([moved])),
            (FamilyFilter { campus: Some(school.south), ..filter() }, None, BTreeSet::from([south])),
            (FamilyFilter { due: Some(days(1)), ..filter() }, None, BTreeSet::from([due])),
            (FamilyFilter { due: Some(days(0)), ..filter() }, None, BTreeSet::new()),
            (FamilyFilter { mine: true, ..filter() }, Some(school.wang), BTreeSet::from([moved])),
            (FamilyFilter { mine: true, ..filter() }, None, BTreeSet::new()),
        ] {
            let list = FamilyList { filter, owner, after: None, limit: 10 };
            let (rows, _) = school.db.families(&scope, &list).await.unwrap();
            assert_eq!(rows.iter().map(|row| row.family.id).collect::<BTreeSet<_>>(), expected, "{list:?}");
            assert_eq!(school.db.count_families(&scope, &list).await.unwrap(), expected.len() as u64);
        }
    }

    async fn a_school_of_many_entries_is_seeded_at_once(school) {
        // More entries than one statement takes parameters for on either engine.
        let li = school.consultant(school.li);
        let intake = school.intake(school.wish(school.li, vec![student("欧阳修远")], Vec::new()));
        let (id, entry) = (intake.id, intake.entry.clone());
        let family = SeedFamily { intake, at: crate::support::now(), blocked: Vec::new(), enrolments: Vec::new(), notes: Vec::new() };
        school.db.seed(&school.trail, vec![family]).await.unwrap();
        let record = school.db.family(&school.gate.scope(&li), id).await.unwrap().unwrap();
        let new = contract::wire::notes::NewNote { body: "a note".into(), next_contact: None };
        let notes = (0..10_000).map(|_| store::SeedNote(school.gate.add_note(&li, &record, &new).unwrap())).collect();
        let intake = school.intake(school.wish(school.li, vec![student("欧阳修文")], Vec::new()));
        let family = SeedFamily { intake, at: crate::support::now(), blocked: Vec::new(), enrolments: Vec::new(), notes };
        school.db.seed(&school.trail, vec![family]).await.unwrap();
        assert_eq!(school.verified().await, 10_002);
        assert_eq!(school.db.family_trail(id, None, 1).await.unwrap()[0].entry.action(), entry.action());
    }
}

#[test]
fn a_cursor_that_nobody_gave_out_is_refused() {
    for text in ["", "-", "1", "zz-0", "1-2", "1-0190a0b0"] {
        assert_eq!(text.parse::<Cursor>(), Err(StoreError::Malformed), "{text}");
    }
}
