//! The list as a file.

use crate::support::{Actor, School, seed};
use serde_json::{Value, json};

async fn csv(actor: &Actor) -> Vec<Vec<String>> {
    let file = actor.post("/api/families/exports", json!({ "format": "csv" })).await.is(200);
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(&file.bytes[..3], [0xef, 0xbb, 0xbf]);
    let mut reader = csv::Reader::from_reader(&file.bytes[3..]);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn cell(shown: &Value) -> String {
    if shown["state"] == "withheld" { "—".into() } else { shown["value"].as_str().unwrap_or_default().into() }
}

#[tokio::test]
async fn an_export_says_what_the_list_says() {
    let school = School::open().await;
    let li = school.consultant().await;
    seed::known(&li).await;
    for actor in [li, school.registrar().await] {
        let page = actor.get("/api/families?limit=100").await.is(200).json;
        assert!(page["next"].is_null());
        let mut expected = Vec::new();
        for row in page["items"].as_array().unwrap() {
            for student in row["students"].as_array().unwrap() {
                let guardian = |name: &str| row["guardian"].get(name).map(cell).unwrap_or_default();
                expected.push([
                    cell(&student["name"]),
                    cell(&student["birth_date"]),
                    cell(&student["address"]),
                    guardian("name"),
                    guardian("phone"),
                ]);
            }
        }
        let rows = csv(&actor).await;
        assert_eq!(rows.len(), expected.len());
        for (row, expected) in rows.iter().zip(&expected) {
            assert_eq!(row[..5], expected[..]);
        }
    }
}

#[tokio::test]
async fn whoever_may_export_nothing_gets_no_file() {
    let school = School::open().await;
    let known = seed::known(&school.consultant().await).await;
    seed::teach(&school, &known.student, "chen").await;
    for actor in [school.teacher().await, school.administrator().await, school.auditor().await] {
        actor.post("/api/families/exports", json!({ "format": "csv" })).await.refused(403, "forbidden");
    }
}

#[tokio::test]
async fn a_column_that_may_not_be_exported_is_withheld_in_the_file() {
    let school = School::open().await;
    seed::known(&school.consultant().await).await;
    let zheng = school.finance().await;
    let rows = csv(&zheng).await;
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| row[4] == "—"), "finance sees a masked phone and may not export it");
}

#[tokio::test]
async fn an_export_neutralises_formulas() {
    let school = School::open().await;
    let wu = school.registrar().await;
    let values = seed::Values { student_address: "=HYPERLINK(\"x\")路七号", ..seed::VALUES };
    let campus = seed::campus(&wu).await;
    wu.post("/api/families", values.intake(&campus)).await.is(201);
    seed::allow(&school, "registrar", "student.address", "clear", "no").await;
    let rows = csv(&wu).await;
    assert!(rows.iter().any(|row| row[2] == "'=HYPERLINK(\"x\")路七号"), "{rows:?}");
    assert!(rows.iter().flatten().all(|cell| !cell.trim_start().starts_with(['=', '+', '-', '@'])));
}

#[tokio::test]
async fn a_workbook_comes_too_and_both_are_written_down() {
    let school = School::open().await;
    let li = school.consultant().await;
    let known = seed::known(&li).await;
    let before = school.trail_length().await;
    let file = li.post("/api/families/exports", json!({ "format": "xlsx" })).await.is(200);
    assert_eq!(&file.bytes[..2], b"PK");
    assert_eq!(school.trail_length().await, before + 1);
    let ledger = school.guardian_of(&known.guardian).await.get(&format!("/api/portal/children/{}/ledger", known.student)).await.is(200);
    assert_eq!(ledger.json["lines"][0]["action"], "exported");
}
