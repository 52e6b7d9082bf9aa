//! Every column is classed, and nothing personal lies in any of them.

use crate::support::{guardian, on_each_engine, student};
use contract::catalogue::FieldKey;
use std::collections::{BTreeMap, BTreeSet};
use store::{
    Engine,
    ledger::{COLUMNS, Holds},
};

const TABLES_OF_SQLITE: &str = "SELECT m.name AS t, c.name AS c, c.type AS k FROM sqlite_master m, pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'seaql_migrations'";
const TABLES_OF_POSTGRES: &str = "SELECT table_name::text AS t, column_name::text AS c, data_type::text AS k FROM information_schema.columns \
     WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'";

on_each_engine! {
    async fn every_column_is_classed_and_sealed_columns_are_bytes(school) {
        let sql = if school.db.engine() == Engine::Sqlite { TABLES_OF_SQLITE } else { TABLES_OF_POSTGRES };
        let text = |row: &sea_orm::QueryResult, name: &str| row.try_get::<String>("", name).unwrap();
        let there: BTreeMap<(String, String), String> =
            school.rows(sql).await.iter().map(|row| ((text(row, "t"), text(row, "c")), text(row, "k").to_lowercase())).collect();
        let classed: BTreeSet<(String, String)> = COLUMNS.iter().map(|(table, column, _)| ((*table).into(), (*column).into())).collect();
        assert_eq!(classed.len(), COLUMNS.len(), "a column is classed twice");
        assert_eq!(there.keys().cloned().collect::<BTreeSet<_>>(), classed);
        for (table, column, holds) in COLUMNS {
            if matches!(holds, Holds::Sealed(_) | Holds::SealedByName | Holds::WrappedKey | Holds::Digest | Holds::Label | Holds::Secret) {
                let kind = &there[&((*table).to_owned(), (*column).to_owned())];
                assert!(kind.contains("blob") || kind == "bytea", "{table}.{column} is {kind}");
            }
        }
    }

    async fn no_plain_value_lies_in_the_database(school) {
        let mut child = student("欧阳金丝雀");
        child.birth_date = "2015-07-19".into();
        child.school = "金丝雀第九小学".into();
        child.address = "金丝雀路一千二百号".into();
        child.health_note = "对金丝雀过敏".into();
        child.id_card = "11010519491231002X".into();
        let mut mother = guardian("司马金丝雀", "10012345678");
        mother.second_phone = "10112345679".into();
        mother.wechat = "canary_wechat_7".into();
        mother.email = "canary.mother@example.com".into();
        mother.id_card = "11010519491231002X".into();
        mother.address = "金丝雀巷三百号".into();
        mother.employer = "金丝雀工厂".into();
        let li = school.consultant(school.li);
        let ids = school.take_in(school.wish(school.li, vec![child], vec![mother])).await;
        school.note(&li, ids.family, "说起金丝雀的事").await;
        let canaries = [
            "金丝雀", "canary", "2015-07-19", "20150719", "11010519491231002", "10012345678", "10112345679", "10098765432", "example.com",
        ];
        let mut bytes = Vec::new();
        if school.db.engine() == Engine::Sqlite {
            for name in ["school.db", "school.db-wal"] {
                bytes.extend(std::fs::read(school.folder.path().join(name)).unwrap());
            }
        } else {
            for table in COLUMNS.iter().map(|(table, ..)| *table).collect::<BTreeSet<_>>() {
                for row in school.rows(&format!("SELECT t::text AS line FROM {table} t")).await {
                    bytes.extend(row.try_get::<String>("", "line").unwrap().into_bytes());
                }
            }
        }
        let found = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(found(b"north"), "the dump must show what is plain");
        for canary in canaries {
            let hex: String = canary.bytes().map(|byte| format!("{byte:02x}")).collect();
            assert!(!found(canary.as_bytes()) && !found(hex.as_bytes()), "{canary}");
        }
    }

    async fn another_master_key_is_recognised(school) {
        let other = school.db.begin_school("a school", [9; 32], &school.sealer, crate::support::now()).await;
        assert_eq!(other, Err(store::StoreError::OtherKey));
        school.db.begin_school("another name", school.check, &school.sealer, crate::support::now()).await.unwrap();
        assert_eq!(school.db.school_name().await.unwrap().as_deref(), Some("a school"));
    }
}

#[tokio::test]
async fn any_folder_name_will_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("数据 100%20?a=b#c.db");
    let db = store::Db::sqlite(&path).await.unwrap();
    assert_eq!(db.school_name().await, Ok(None));
    db.close().await.unwrap();
    assert!(path.exists());
}

#[test]
fn every_field_of_the_catalogue_has_one_column() {
    for field in FieldKey::ALL {
        let columns: Vec<_> = COLUMNS.iter().filter(|(.., holds)| *holds == Holds::Sealed(*field)).collect();
        assert_eq!(columns.len(), 1, "{field}");
        assert_eq!(format!("{}.{}", columns[0].0, columns[0].1), field.name());
    }
}
