//! The tools of an operator at the trail: the doctor before a store that does not take it.

use super::processes::shendu;
use crate::support::{School, app::past};
use sea_orm::ConnectionTrait;
use server::config::Place;
use std::{
    fs,
    path::{Path, PathBuf},
};

fn doctor(data: &Path) -> (bool, String) {
    shendu(&["doctor", "--data", data.to_str().unwrap()])
}

/// A copy of a school's database, alone in a folder.
async fn copy(school: &School) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("shendu.sqlite");
    school.sql(&format!("VACUUM INTO '{}'", copy.display())).await;
    (folder, copy)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_is_red_while_the_trail_cannot_be_written_and_green_again_afterwards() {
    let school = School::open().await;
    let data = school.place.data.clone();
    let well = |when: &str| {
        let (well, said) = doctor(&data);
        assert!(well && said.contains("ok   trail"), "{when}: {said}");
    };
    well("at first");
    school.sql("CREATE TRIGGER full BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'no room'); END").await;
    let (green, said) = doctor(&data);
    assert!(!green && said.contains("BAD  trail      the trail cannot be written"), "full: {said}");
    school.sql("DROP TRIGGER full").await;
    well("with room again");
    let other = school.behind().await;
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let (green, said) = doctor(&data);
    assert!(!green && said.contains("the trail cannot be written"), "slow: {said}");
    other.execute_unprepared("ROLLBACK").await.unwrap();
    other.close().await.unwrap();
    well("when it answers again");
    // Read-only by the word of the file itself, which the mightiest user cannot write either.
    let (folder, file) = copy(&school).await;
    fs::copy(data.join("master.key"), folder.path().join("master.key")).unwrap();
    let there = Place { data: folder.path().to_owned(), database: None };
    let connection = past(&there).await;
    connection.execute_unprepared("PRAGMA journal_mode = WAL").await.unwrap();
    connection.close().await.unwrap();
    let mut bytes = fs::read(&file).unwrap();
    bytes[18] = 3;
    fs::write(&file, &bytes).unwrap();
    let (green, said) = doctor(folder.path());
    assert!(!green && said.contains("the trail cannot be written"), "read-only: {said}");
    bytes[18] = 2;
    fs::write(&file, &bytes).unwrap();
    let (green, said) = doctor(folder.path());
    assert!(green, "writable again: {said}");
}
