//! The tools of an operator at the trail: the doctor before a store that does not take it, and the verifier, which changes nothing.

use super::processes::{Server, shendu};
use crate::support::{School, app::past};
use chrono::{TimeDelta, Utc};
use guard::vault::signed_head::in_digits;
use sea_orm::ConnectionTrait;
use serde_json::Value;
use server::{clock::school_day, config::Place};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn doctor(data: &Path) -> (bool, String) {
    shendu(&["doctor", "--data", data.to_str().unwrap()])
}

/// Every file of a folder and what is in it.
fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_verified_and_nothing_of_it_or_beside_it_changes() {
    let school = School::open().await;
    drop(Server::start(&school).await);
    let (folder, file) = copy(&school).await;
    let key = in_digits(&school.place.vault().unwrap().head_signer().public_key());
    fs::copy(school.place.data.join("trail.heads"), folder.path().join("trail.heads")).unwrap();
    let mut permissions = fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).unwrap();
    let before = content(folder.path());
    let there = folder.path().to_str().unwrap();
    let verify = |more: &[&str]| shendu(&[&["audit", "verify", "--public-key", &key, "--data", there], more].concat());
    let (whole, said) = verify(&["--receipts"]);
    assert!(whole && said.contains("1 signed heads agree"), "{said}");
    assert_eq!(content(folder.path()), before);
    // In the form of a server that has ended, with a log that was carried over.
    let (live, log) = (folder.path().join("live"), "shendu.sqlite-wal");
    fs::create_dir(&live).unwrap();
    fs::copy(folder.path().join("trail.heads"), live.join("trail.heads")).unwrap();
    fs::write(live.join("shendu.sqlite"), fs::read(&file).unwrap()).unwrap();
    let connection = past(&Place { data: live.clone(), database: None }).await;
    connection.execute_unprepared("PRAGMA journal_mode = WAL").await.unwrap();
    connection.close().await.unwrap();
    let before = content(&live);
    let at = |words: &[&str]| shendu(&[&["audit", "verify", "--public-key", &key, "--data", live.to_str().unwrap()], words].concat());
    let (whole, said) = at(&[]);
    assert!(whole, "{said}");
    assert_eq!(content(&live), before);
    // With a log that nobody has carried over it is half a copy.
    fs::write(live.join(log), b"changes").unwrap();
    let (whole, said) = at(&[]);
    assert!(!whole && said.contains("never carried over"), "{said}");
    assert_eq!(fs::read(live.join(log)).unwrap(), b"changes");
    fs::remove_file(live.join(log)).unwrap();
    // One of another release is not changed into one of this.
    let connection = past(&Place { data: live.clone(), database: None }).await;
    connection
        .execute_unprepared("DELETE FROM seaql_migrations WHERE version = (SELECT max(version) FROM seaql_migrations)")
        .await
        .unwrap();
    connection.close().await.unwrap();
    let before = content(&live);
    let (whole, said) = at(&[]);
    assert!(!whole && said.contains("another release"), "{said}");
    assert_eq!(content(&live), before);
    // Where there is none, none is made.
    let none = folder.path().join("none");
    let heads = folder.path().join("trail.heads");
    let (whole, said) =
        shendu(&["audit", "verify", "--public-key", &key, "--data", none.to_str().unwrap(), "--heads", heads.to_str().unwrap()]);
    assert!(!whole && !none.exists(), "{said}");
}

#[tokio::test]
async fn the_verifier_says_how_old_the_last_signed_head_is_and_what_nobody_vouches_for() {
    let school = School::open().await;
    let signer = school.place.vault().unwrap().head_signer();
    let (seq, hash) = school.db.trail_anchor().await.unwrap();
    let now = Utc::now();
    let lines: Vec<String> = [10, 9, 7, 0].map(|days| signer.sign(seq, hash, now - TimeDelta::days(days)).to_string()).to_vec();
    let path = school.place.data.join("trail.heads");
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    let data = school.place.data.to_str().unwrap();
    let verify = |more: &[&str]| shendu(&[&["audit", "verify", "--data", data], more].concat());
    let day = |ago| school_day(now - TimeDelta::days(ago));
    let (whole, said) = verify(&["--not-older-than", "1"]);
    let found = format!(", of {}; 7 days before it have none", day(0));
    assert!(whole && said.contains(&found) && said.contains("nobody vouches for 0 rows after it"), "{said}");
    // Cut to what was before: each line is as it was signed.
    fs::write(&path, lines[..3].join("\n") + "\n").unwrap();
    let (json, said) = verify(&["--json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    let told = (&report["last_head"], &report["missing_days"], &report["after"]);
    assert!(json && told == (&day(7).to_string().into(), &1.into(), &0.into()), "{said}");
    assert!(verify(&["--not-older-than", "7"]).0);
    let (whole, said) = verify(&["--not-older-than", "2"]);
    assert!(!whole && said.contains(&format!("older than 2 days: it is of {}", day(7))), "{said}");
    fs::remove_file(&path).unwrap();
    let (whole, said) = verify(&["--not-older-than", "2"]);
    assert!(!whole && said.contains("there is none"), "{said}");
}

#[tokio::test]
async fn on_postgresql_it_is_verified_by_connections_that_only_read() {
    let Some(school) = School::on_postgres().await else { return };
    let (data, url) = (school.place.data.to_str().unwrap(), school.place.database.as_deref().unwrap());
    let verify = || shendu(&["audit", "verify", "--data", data, "--database", url, "--receipts"]);
    let rows = school.trail_length().await;
    let (whole, said) = verify();
    assert!(whole && said.contains(&format!("the trail is whole: {rows} rows")), "{said}");
    let only_reads = school.place.open_to_verify().await.unwrap();
    assert!(only_reads.cancel_verification().await.is_err(), "it writes");
    school.sql("DELETE FROM seaql_migrations WHERE version = (SELECT max(version) FROM seaql_migrations)").await;
    let (whole, said) = verify();
    assert!(!whole && said.contains("another release"), "{said}");
}
