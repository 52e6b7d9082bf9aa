//! The two ways to the rows of SQLite, by a reader and by the pool, give the same records: after the same statements where
//! nothing may be kept, and whatever is kept elsewhere.

use crate::{
    Db, FamilyList,
    support::{School, days, guardian, student, today},
};
use contract::wire::{
    families::{FamilySearch, FamilySort},
    filter::FamilyFilter,
};
use guard::{Viewer, records::FamilyRecord};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

/// All that a record is, its ciphertexts included.
pub(crate) fn told(record: &FamilyRecord) -> String {
    let mut sealed: Vec<&[u8]> = Vec::new();
    for student in &record.students {
        let fields = &student.fields;
        sealed.extend([fields.name.as_stored(), fields.birth_date.as_stored(), fields.id_card.as_stored(), fields.school.as_stored()]);
        sealed.extend([fields.address.as_stored(), fields.health_note.as_stored()]);
    }
    for guardian in &record.guardians {
        let fields = &guardian.fields;
        sealed.extend([fields.name.as_stored(), fields.phone.as_stored(), fields.second_phone.as_stored(), fields.wechat.as_stored()]);
        sealed.extend([fields.email.as_stored(), fields.id_card.as_stored(), fields.address.as_stored(), fields.employer.as_stored()]);
    }
    sealed.extend(record.notes.iter().map(|note| note.fields.body.as_stored()));
    format!("{record:?} {sealed:?}")
}

/// What a viewer is given by the list in both orders, the card of each family, the search and the count.
pub(crate) async fn given(school: &School, db: &Db, by: &Viewer) -> Vec<String> {
    let scope = school.gate.scope(by);
    let mut given = Vec::new();
    for sort in [FamilySort::Recent, FamilySort::Oldest] {
        let list = FamilyList { filter: FamilyFilter { sort, ..FamilyFilter::default() }, limit: 3, ..FamilyList::default() };
        let (rows, next) = db.families(&scope, &list).await.unwrap();
        given.push(format!("{next:?} {}", db.count_families(&scope, &list).await.unwrap()));
        for row in &rows {
            given.push(told(row));
            let card = db.family(&scope, row.family.id).await.unwrap().unwrap();
            given.push(told(&card));
            given.push(format!("{:?}", db.family_trail(row.family.id, None, 40).await.unwrap()));
            for student in &card.students {
                given.push(format!("{:?}", db.student(&scope, student.id).await.unwrap()));
            }
        }
    }
    if let Ok(search) = school.gate.search(by, &FamilySearch::Name { text: "欧阳".into() }).await {
        given.extend(db.search(&scope, &search).await.unwrap().iter().map(|record| told(record)));
    }
    given.extend(db.children(&scope).await.unwrap().iter().map(|child| format!("{child:?}")));
    given.push(format!("{:?}", db.person(by.actor()).await.unwrap()));
    given
}

/// The same database with every statement noted.
pub(crate) fn noted(db: &Db) -> (Db, Arc<Mutex<Vec<String>>>) {
    let statements = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&statements);
    (db.clone().observed(move |sql| notes.lock().unwrap().push(sql.to_owned())), statements)
}

/// The tables that stand after FROM and JOIN in these statements.
pub(crate) fn tables(statements: &[String]) -> BTreeSet<String> {
    let mut tables = BTreeSet::new();
    for statement in statements {
        for part in ["FROM \"", "JOIN \""].iter().flat_map(|word| statement.split(word).skip(1)) {
            tables.insert(part.split('"').next().unwrap().to_owned());
        }
    }
    tables
}

#[tokio::test]
async fn a_reader_and_the_pool_give_the_same_records() {
    let school = School::sqlite().await;
    let mut mother = None;
    for by in [school.li, school.wang, school.li, school.wang, school.zhao] {
        let wish = school.wish(
            by,
            vec![student("欧阳修远"), student("欧阳修文")],
            vec![guardian("司马青", "10012345678"), guardian("司马红", "10012345679")],
        );
        let ids = school.seed(wish, &[(0, days(-1), None), (1, today(), Some(today()))]).await;
        school.note(&school.consultant(by), ids.family, "a note").await;
        mother.get_or_insert(ids.guardians[0]);
    }
    let viewers = [
        school.consultant(school.li),
        school.registrar(&[school.north, school.south]),
        school.teacher(today()),
        school.parent(mother.unwrap()),
    ];
    let (read, of_reader) = noted(&school.db);
    let (pooled, of_pool) = noted(&Db { readers: None, ..school.db.clone() });
    for by in &viewers {
        of_reader.lock().unwrap().clear();
        of_pool.lock().unwrap().clear();
        let given_by_reader = given(&school, &read, by).await;
        assert!(given_by_reader.len() > 2);
        assert_eq!(given_by_reader, given(&school, &pooled, by).await);
        if crate::scope::reaches_whole_families(&school.gate.scope(by)) {
            // What was kept the first time is given the second.
            let first = of_reader.lock().unwrap().len();
            assert_eq!(given_by_reader, given(&school, &read, by).await);
            assert!(of_reader.lock().unwrap().len() < 2 * first);
        } else {
            assert!(!of_reader.lock().unwrap().is_empty());
            assert_eq!(*of_reader.lock().unwrap(), *of_pool.lock().unwrap());
        }
    }
}
