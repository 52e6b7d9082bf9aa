//! For how long the trail is kept: what a school may choose, what goes by itself, and what a verifier says of where the rest begins.
//!
//! The rule: real files, the program itself, and days that are given and not waited for.

use super::{
    alarms::raised,
    processes::{Server, shendu},
};
use crate::support::School;
use chrono::{DateTime, Utc};
use contract::wire::ledger::Action;
use guard::{Entry, Trail, Vault, trail::By, vault::keys::KeyFile};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use server::{
    heads::SignedHeads,
    retention::{Retaining, RetentionError},
};
use std::{fs, path::PathBuf};
use store::{Db, Fault, NotCut, TrailStore};

/// Days with an entry and a signed head each.
const DAYS: i64 = 400;

fn day(number: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + number * 86_400, 0).unwrap()
}

/// A data folder with a trail of so many days.
struct Kept {
    folder: tempfile::TempDir,
    vault: Vault,
    db: Db,
    lines: Vec<String>,
}

impl Kept {
    async fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = KeyFile::at(&folder.path().join("master.key"));
        key.create().unwrap();
        let vault = Vault::unlock(&key).unwrap();
        let db = Db::sqlite(&folder.path().join("shendu.sqlite")).await.unwrap();
        db.begin_school("明德书院", vault.check_value(), &vault.head_sealer(), day(0)).await.unwrap();
        let trail = TrailStore::open(db.clone(), vault.head_sealer());
        let mut lines = Vec::new();
        for number in 0..DAYS {
            trail.append(Entry::event(day(number), By::nobody(), Action::TrailRead)).await.unwrap();
            let (seq, hash) = db.trail_anchor().await.unwrap();
            lines.push(vault.head_signer().sign(seq, hash, day(number)).to_string());
        }
        let kept = Self { folder, vault, db, lines };
        kept.write(&kept.lines);
        kept
    }
    fn heads(&self) -> PathBuf {
        self.folder.path().join("trail.heads")
    }
    fn write(&self, lines: &[String]) {
        fs::write(self.heads(), lines.join("\n") + "\n").unwrap();
    }
    async fn keeps_for(&self, days: u32) {
        self.past(&format!("UPDATE school SET trail_days = {days}")).await;
    }
    /// A statement past the store.
    async fn past(&self, sql: &str) {
        let url = format!("sqlite://{}?mode=rw", self.folder.path().join("shendu.sqlite").display());
        let connection = sea_orm::Database::connect(url).await.unwrap();
        connection.execute_unprepared(sql).await.unwrap();
        connection.close().await.unwrap();
    }
    fn retaining(&self) -> Retaining {
        let heads = SignedHeads { path: self.heads(), public_key: self.vault.head_signer().public_key() };
        Retaining { db: self.db.clone(), trail: TrailStore::open(self.db.clone(), self.vault.head_sealer()), heads, fed: None }
    }
    /// Up to where rows go at this moment.
    async fn goes(&self, now: DateTime<Utc>) -> Option<i64> {
        self.retaining().on(now).await.unwrap().last().map(|cut| cut.through)
    }
    fn verify(&self, more: &[&str]) -> (bool, String) {
        shendu(&[&["audit", "verify", "--data", self.folder.path().to_str().unwrap()], more].concat())
    }
    fn by_key(&self) -> (bool, String) {
        let key: String = self.vault.head_signer().public_key().iter().map(|byte| format!("{byte:02x}")).collect();
        self.verify(&["--public-key", &key, "--receipts"])
    }
}

#[tokio::test]
async fn a_school_keeps_its_trail_from_180_days_to_ten_years_and_a_change_is_an_alarm() {
    let school = School::open().await;
    let (shen, wu) = (school.administrator().await, school.staff("wu").await);
    assert_eq!(shen.get("/api/school/settings").await.is(200).json["trail_days"], 1095, "three years until somebody says otherwise");
    wu.patch("/api/school/settings", json!({ "trail_days": 365 })).await.refused(403, "forbidden");
    school.stale("shen").await.patch("/api/school/settings", json!({ "trail_days": 365 })).await.refused(403, "step_up_required");
    for wrong in [0, 1, 179, 3_654, u32::MAX] {
        let told = shen.patch("/api/school/settings", json!({ "trail_days": wrong, "name": "别的书院" })).await;
        let told = told.refused(422, "invalid_fields").json;
        assert_eq!(told["fields"][0]["at"], "trail_days", "{wrong}");
    }
    for wrong in [json!(-180), json!("180"), json!(180.5)] {
        shen.patch("/api/school/settings", json!({ "trail_days": wrong })).await.refused(400, "malformed_request");
    }
    let _watch = Server::start_with(&school, &[]).await;
    let settings = shen.get("/api/school/settings").await.is(200).json;
    assert_eq!((&settings["trail_days"], settings["name"] == "别的书院"), (&json!(1095), false), "nothing of a wrong wish holds");
    assert_eq!(shen.patch("/api/school/settings", json!({ "trail_days": 180 })).await.is(200).json["trail_days"], 180);
    // Its entry says how it was, and those who watch are told.
    let gu = school.staff("gu").await;
    let lines = gu.get("/api/trail?action=retention_changed").await.is(200).json;
    let seq = lines["items"][0]["seq"].as_i64().unwrap();
    assert_eq!(gu.get(&format!("/api/trail/{seq}")).await.is(200).json["retention"], json!([1095, 180]));
    assert_eq!(lines["items"].as_array().unwrap().len(), 1);
    assert_eq!(raised(&gu, "retention_changed").await["severity"], "warning");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_old_enough_goes_by_itself_and_the_verifier_knows_where_the_rest_begins() {
    let kept = Kept::begin().await;
    let now = day(DAYS - 1);
    assert_eq!(kept.goes(now).await, None, "three years are not over");
    kept.keeps_for(365).await;
    assert_eq!(kept.goes(now).await, Some(DAYS - 365), "the head of the day 365 days ago was on row 35");
    let (whole, said) = kept.verify(&["--receipts"]);
    assert!(whole && said.contains("the trail is whole: 366 rows after row 35, what was before"), "{said}");
    let (whole, said) = kept.by_key();
    assert!(whole && said.contains("366 rows after row 35"), "{said}");
    let report: Value = serde_json::from_str(&kept.verify(&["--json"]).1).unwrap();
    assert_eq!((&report["rows"], &report["begins"], &report["whole"]), (&json!(366), &json!(35), &json!(true)));
    let (_, said) = shendu(&["doctor", "--data", kept.folder.path().to_str().unwrap()]);
    assert!(said.contains("the trail is kept for 365 days; what was before 2023-12-19 is gone, to row 35"), "{said}");
    assert_eq!(kept.goes(now).await, None, "once a day");

    // Whoever has only the key does not take the word of the database for when it was.
    kept.past("DROP TRIGGER trail_beginning_next; UPDATE trail_beginning SET at = at - 1").await;
    let (whole, said) = kept.by_key();
    assert!(!whole && said.contains("the trail begins after row 35, and no signed head says"), "{said}");
    kept.past("UPDATE trail_beginning SET at = at + 1").await;

    // Without the line that vouches for it a beginning is anybody's word; to whoever has the key its seal tells.
    let (line, rest) = kept.lines[34..].split_first().unwrap();
    kept.write(rest);
    let (whole, said) = kept.by_key();
    assert!(!whole && said.contains("the trail begins after row 35, and no signed head says"), "{said}");
    assert!(kept.verify(&[]).0, "{}", kept.verify(&[]).1);
    // With it, but of less than 180 days ago, it is too late for either.
    kept.write(&[std::slice::from_ref(line), &rest[..179]].concat());
    for (whole, said) in [kept.by_key(), kept.verify(&[])] {
        assert!(!whole && said.contains("the last one 180 days with a head ago"), "{said}");
    }
    kept.write(&[std::slice::from_ref(line), &rest[..180]].concat());
    assert!(kept.by_key().0 && kept.verify(&[]).0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_setting_and_no_clock_takes_away_180_days_on_which_a_server_ran() {
    let kept = Kept::begin().await;
    let last = DAYS - 1;
    // Whatever stands in the row: what nobody could have chosen is read as the longest.
    for days in [0, 1, 179, 100_000] {
        kept.keeps_for(days).await;
        assert_eq!(kept.goes(day(last)).await, None, "{days}");
    }
    kept.keeps_for(180).await;
    let none = Retaining { fed: Some(kept.folder.path().join("trail.fed")), ..kept.retaining() };
    assert!(none.on(day(last)).await.unwrap().is_empty(), "nobody knows how far the collector is");
    // The clock is years ahead. Only what is signed counts, and then every day that is left.
    assert_eq!(kept.goes(day(last + 2_000)).await, Some(DAYS - 180));
    let (seq, hash) = kept.db.trail_anchor().await.unwrap();
    let ahead = kept.vault.head_signer().sign(seq, hash, day(last + 2_000)).to_string();
    kept.write(&[kept.lines.as_slice(), &[ahead]].concat());
    assert_eq!(kept.goes(day(last + 2_000)).await, Some(DAYS - 179), "a day more, for one head more");
    assert_eq!(kept.goes(day(last + 9_000)).await, None);
    assert!(kept.by_key().0, "{}", kept.by_key().1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_altered_is_not_taken_away_before_somebody_looks() {
    let kept = Kept::begin().await;
    kept.keeps_for(180).await;
    // Another trail than the one that was signed for.
    let (seq, hash) = (100, [7; 32]);
    let other = kept.vault.head_signer().sign(seq, hash, day(99)).to_string();
    kept.write(&[&kept.lines[..99], &[other], &kept.lines[100..]].concat());
    let refused = kept.retaining().on(day(DAYS - 1)).await.unwrap_err();
    assert!(matches!(refused, RetentionError::NotCut(NotCut::Fault(Fault::RolledBack { anchor: 100 }))), "{refused}");
    // Heads that somebody else signed.
    kept.write(&[kept.lines[0].replacen(' ', " 1", 1)]);
    assert!(matches!(kept.retaining().on(day(DAYS - 1)).await, Err(RetentionError::Heads(_))));
    assert_eq!(kept.db.beginning().await.unwrap(), None);
}
