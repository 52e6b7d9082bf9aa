//! Searching by tokens, inside the scope of each probe.

use crate::support::{School, guardian, on_each_engine, student, today, viewer};
use contract::{
    change::Change,
    ids::FamilyId,
    rights::Role,
    wire::{families::FamilySearch, guardians::GuardianChanges},
};
use guard::{Actor, Viewer};
use store::Written;

async fn find(school: &School, by: &Viewer, wish: FamilySearch) -> Vec<FamilyId> {
    let search = school.gate.search(by, &wish).await.unwrap();
    let mut found: Vec<_> = school.db.search(&school.gate.scope(by), &search).await.unwrap().iter().map(|row| row.family.id).collect();
    found.sort();
    found
}

fn name(text: &str) -> FamilySearch {
    FamilySearch::Name { text: text.into() }
}

fn phone(text: &str) -> FamilySearch {
    FamilySearch::Phone { text: text.into() }
}

on_each_engine! {
    async fn a_family_is_found_by_name_initials_phone_identity_number_and_mail(school) {
        let mut child = student("欧阳修远");
        child.id_card = "11010519491231002X".into();
        let mut mother = guardian("司马青", "10012345678");
        mother.second_phone = "10012345699".into();
        mother.email = "mother@example.com".into();
        mother.id_card = "110105198504120022".into();
        let id = school.take_in(school.wish(school.li, vec![child], vec![mother])).await.family;
        let other = school.take_in(school.wish(school.li, vec![student("诸葛明")], vec![guardian("诸葛青", "10012345677")])).await.family;
        let registrar = school.registrar(&[school.north]);
        for text in ["欧", "欧阳", "阳修远", "oyxy", "oy", "司马", "smq"] {
            assert_eq!(find(&school, &registrar, name(text)).await, [id], "{text}");
        }
        let mut both = [id, other];
        both.sort();
        assert_eq!(find(&school, &registrar, name("青")).await, both);
        for text in ["欧修", "远阳", "zz"] {
            assert!(find(&school, &registrar, name(text)).await.is_empty(), "{text}");
        }
        assert_eq!(find(&school, &registrar, phone("100 1234 5678")).await, [id]);
        assert!(find(&school, &registrar, phone("10012345670")).await.is_empty());
        let id_card = async |text: &str| find(&school, &registrar, FamilySearch::IdCard { text: text.into() }).await;
        assert_eq!(id_card("110105198504120022").await, [id]);
        assert!(id_card("11010519491231002x").await.is_empty(), "a pupil's number is nothing a registrar searches by");
        let li = school.consultant(school.li);
        assert_eq!(find(&school, &li, FamilySearch::Email { text: "mother@example.com".into() }).await, [id]);
    }

    async fn a_search_right_of_one_role_is_not_used_on_the_records_of_another(school) {
        // A consultant in the north who is a teacher too may search phones among their own families, not among pupils.
        let mine = school.take_in(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])).await;
        let wish = school.wish(school.wang, vec![student("欧阳修文")], vec![guardian("司马红", "10012345678")]);
        let taught = school.seed(wish, &[(0, today(), None)]).await;
        school.try_sql("UPDATE class SET teacher_id = $1", [school.li.0.into()]).await.unwrap();
        let both = viewer(Actor::Staff(school.li), &[Role::Consultant, Role::Teacher], &[school.north], today());
        assert!(school.db.family(&school.gate.scope(&both), taught.family).await.unwrap().is_some());
        assert_eq!(find(&school, &both, phone("10012345678")).await, [mine.family]);
        let mut families = [mine.family, taught.family];
        families.sort();
        assert_eq!(find(&school, &both, name("欧阳")).await, families, "both roles may search a pupil's name");
        assert_eq!(find(&school, &both, name("司马")).await, [mine.family], "a teacher may not search a guardian's name");
    }

    async fn an_old_number_no_longer_finds_and_the_new_one_does(school) {
        let ids = school.take_in(school.wish(school.li, vec![student("欧阳修远")], vec![guardian("司马青", "10012345678")])).await;
        let li = school.consultant(school.li);
        let record = school.db.guardian(&school.gate.scope(&li), ids.guardians[0]).await.unwrap().unwrap();
        let change = GuardianChanges { version: 1, phone: Change::Set("10012345600".into()), ..GuardianChanges::default() };
        let write = school.gate.change_guardian(&li, &record, &change).unwrap();
        assert_eq!(school.db.change_guardian(&school.trail, write).await, Ok(Written::Stored));
        assert!(find(&school, &li, phone("10012345678")).await.is_empty());
        assert_eq!(find(&school, &li, phone("10012345600")).await, [ids.family]);
        assert_eq!(find(&school, &li, name("司马")).await, [ids.family], "the other tokens stay");
        let change = GuardianChanges { version: 2, phone: Change::Erase, ..GuardianChanges::default() };
        let write = school.gate.change_guardian(&li, &record, &change).unwrap();
        assert_eq!(school.db.change_guardian(&school.trail, write).await, Ok(Written::Stored));
        assert!(find(&school, &li, phone("10012345600")).await.is_empty());
    }
}
