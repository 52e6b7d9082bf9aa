//! How SQLite answers the first page of a narrowed list: off an index in the order of the list.

use crate::{
    FamilyList,
    source::tests::noted,
    support::{School, guardian, student},
};
use contract::wire::filter::{FamilyFilter, Match};

#[tokio::test]
async fn the_first_page_is_read_off_an_index_and_not_sorted() {
    let school = School::sqlite().await;
    school.take_in(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])).await;
    let (db, statements) = noted(&school.db);
    for by in [school.consultant(school.li), school.registrar(&[school.north])] {
        for when in ["", "stage.lead", "stage-not.left", "next.overdue.today", "owner.me", "unchanged.30", "owner.nobody_stage.lead"] {
            for joined in Match::ALL {
                statements.lock().unwrap().clear();
                let filter = FamilyFilter { when: when.parse().unwrap(), joined: *joined, ..FamilyFilter::default() };
                let list = FamilyList { filter, owner: Some(school.li), after: None, limit: 20 };
                db.families(&school.gate.scope(&by), &list).await.unwrap();
                let page = statements.lock().unwrap().iter().find(|text| text.contains("LIMIT")).cloned().unwrap();
                let plan = school.rows(&format!("EXPLAIN QUERY PLAN {}", page.replace('?', "NULL"))).await;
                let plan: Vec<String> = plan.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
                let plan = plan.join("; ");
                assert!(plan.contains("USING COVERING INDEX") || plan.contains("USING INDEX"), "{when}: {plan}");
                assert!(!plan.contains("TEMP B-TREE") && !plan.contains("MULTI-INDEX OR"), "{when}: {plan}");
            }
        }
    }
}
