//! The file of signed heads, and what is signed into it on one day after another; the time is a parameter.

use super::*;
use crate::noted::Notes;
use contract::wire::ledger::Action;
use guard::{Entry, Trail, Vault, trail::By, vault::keys::KeyFile};
use sea_orm::ConnectionTrait;
use store::{Fault, TrailStore};

/// A school with nothing in it but its trail.
pub(crate) struct School {
    folder: tempfile::TempDir,
    pub(crate) db: Db,
    sealer: HeadSealer,
    signer: HeadSigner,
}

impl School {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = KeyFile::at(&folder.path().join("master.key"));
        key.create().unwrap();
        let vault = Vault::unlock(&key).unwrap();
        let (sealer, signer) = (vault.head_sealer(), vault.head_signer());
        let db = Db::sqlite(&folder.path().join("shendu.sqlite")).await.unwrap();
        db.begin_school("a school", vault.check_value(), &sealer, at(0)).await.unwrap();
        Self { folder, db, sealer, signer }
    }
    pub(crate) fn event() -> Entry {
        Entry::event(at(0), By::nobody(), Action::TrailRead)
    }
    pub(crate) fn other_event() -> Entry {
        Entry::event(at(1), By::nobody(), Action::Listed)
    }
    pub(crate) const fn day(&self, days: i64) -> DateTime<Utc> {
        at(days)
    }
    pub(crate) fn signing(&self) -> Signing {
        let (path, anchor) = (self.folder.path().join("trail.heads"), self.folder.path().join("trail.anchor"));
        Signing { db: self.db.clone(), sealer: self.sealer.clone(), signer: self.signer.clone(), path, anchor }
    }
    pub(crate) fn notes(&self) -> Notes {
        let Signing { db, sealer, signer, path, anchor } = self.signing();
        Notes { db, sealer, anchor, heads: SignedHeads { path, public_key: signer.public_key() } }
    }
    /// The database as it is now, elsewhere.
    pub(crate) async fn copied(&self) -> Db {
        let copy = self.folder.path().join("copy.sqlite");
        let url = format!("sqlite://{}?mode=rw", self.folder.path().join("shendu.sqlite").display());
        let connection = sea_orm::Database::connect(url).await.unwrap();
        connection.execute_unprepared(&format!("VACUUM INTO '{}'", copy.display())).await.unwrap();
        Db::sqlite(&copy).await.unwrap()
    }
    async fn grow(&self, rows: usize) {
        let trail = TrailStore::open(self.db.clone(), self.sealer.clone());
        for _ in 0..rows {
            trail.append(Self::event()).await.unwrap();
        }
    }
    /// The rows that were signed for.
    fn signed(&self) -> Vec<i64> {
        let Signing { path, signer, .. } = self.signing();
        read(&path, &signer.public_key()).unwrap().iter().map(|head| head.row().0).collect()
    }
}

fn a_signer() -> (tempfile::TempDir, HeadSigner) {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyFile::at(&folder.path().join("master.key"));
    key.create().unwrap();
    let signer = Vault::unlock(&key).unwrap().head_signer();
    (folder, signer)
}

const fn at(day: i64) -> DateTime<Utc> {
    match DateTime::from_timestamp(1_790_000_000 + day * 86_400, 0) {
        Some(at) => at,
        None => DateTime::UNIX_EPOCH,
    }
}

#[tokio::test]
async fn each_day_has_one_head_and_a_clock_that_goes_back_within_it_signs_no_other() {
    let school = School::open().await;
    let signing = school.signing();
    assert!(signing.on(at(0)).await.unwrap());
    school.grow(2).await;
    assert!(!signing.on(at(0) + TimeDelta::minutes(1)).await.unwrap(), "one a day");
    assert!(signing.on(at(1)).await.unwrap(), "the next day");
    assert!(!signing.on(at(1) - TimeDelta::seconds(20)).await.unwrap(), "clocks are a little apart");
    school.grow(1).await;
    // Days on which no server ran have none.
    assert!(signing.on(at(5)).await.unwrap());
    assert_eq!(school.signed(), [0, 2, 3]);
}

#[tokio::test]
async fn a_head_of_the_future_is_an_error_until_its_day_comes_and_the_doctor_says_so() {
    let school = School::open().await;
    let signing = school.signing();
    assert!(signing.on(at(0)).await.unwrap());
    // The clock is a month ahead, and is put right.
    assert!(signing.on(at(30)).await.unwrap());
    let (path, key) = (signing.path.clone(), signing.signer.public_key());
    for day in [1, 2, 29] {
        assert!(matches!(signing.on(at(day)).await, Err(HeadsError::Ahead(..))), "{day}");
        let said = standing(&read(&path, &key).unwrap(), Some(at(day)), at(day)).unwrap_err();
        assert!(said.contains("still to come"), "{said}");
    }
    assert_eq!(school.signed(), [0, 0], "nothing was added that its reader refuses");
    assert!(!signing.on(at(30)).await.unwrap());
    assert!(signing.on(at(31)).await.unwrap());
    // Or the file is put aside, and another begins.
    fs::rename(&path, path.with_extension("aside")).unwrap();
    assert!(signing.on(at(2)).await.unwrap() && signing.on(at(3)).await.unwrap());
}

#[tokio::test]
async fn over_a_restored_copy_nothing_is_signed_and_the_file_stays_as_its_reader_takes_it() {
    let school = School::open().await;
    school.grow(2).await;
    let older = school.copied().await;
    school.grow(2).await;
    let signing = school.signing();
    assert!(signing.on(at(0)).await.unwrap());
    let restored = Signing { db: older.clone(), ..signing.clone() };
    let refused = restored.on(at(1)).await;
    assert!(matches!(refused, Err(HeadsError::NotNoted(_, NotNoted::Fault(Fault::RolledBack { anchor: 4 })))), "{refused:?}");
    // As long as what was cut and longer, and still another.
    let trail = TrailStore::open(older.clone(), school.sealer.clone());
    for day in 1..5 {
        trail.append(School::other_event()).await.unwrap();
        assert!(restored.on(at(day)).await.is_err());
    }
    assert_eq!(school.signed(), [4]);
    // What was noted since the last signed head counts as well.
    crate::config::write_anchor(&signing.anchor, (4, [7; 32])).unwrap();
    assert!(matches!(signing.on(at(1)).await, Err(HeadsError::NotNoted(..))));
    fs::remove_file(&signing.anchor).unwrap();
    assert!(signing.on(at(1)).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_servers_that_share_a_file_one_signs_a_day() {
    let school = School::open().await;
    for day in 0..20 {
        let mut servers = tokio::task::JoinSet::new();
        for late in 0..4 {
            let signing = school.signing();
            servers.spawn(async move { signing.on(at(day) + TimeDelta::milliseconds(late)).await.unwrap() });
        }
        assert_eq!(servers.join_all().await.into_iter().filter(|signed| *signed).count(), 1);
    }
    assert_eq!(school.signed().len(), 20);
}

#[test]
fn heads_that_stopped_are_told_from_a_server_that_did_not_run() {
    let (_folder, signer) = a_signer();
    let heads = [signer.sign(1, [7; 32], at(0)), signer.sign(2, [7; 32], at(1))];
    assert!(standing(&heads, None, at(1)).unwrap().starts_with("2 signed, the last on "));
    assert!(standing(&heads, Some(at(3)), at(3)).is_ok());
    assert!(standing(&heads, Some(at(3) + TimeDelta::seconds(1)), at(4)).unwrap_err().contains("though a server ran"));
    assert!(standing(&heads, Some(at(2)), at(90)).is_ok(), "nobody was there to sign");
    assert!(standing(&heads, Some(at(0)), at(1) - TimeDelta::seconds(31)).unwrap_err().contains("still to come"));
    assert!(standing(&[], None, at(1)).unwrap().starts_with("none signed yet"));
    assert!(standing(&[], Some(at(1)), at(1)).is_err());
}

#[test]
fn a_file_that_was_changed_in_any_line_is_not_read_and_says_where() {
    let (folder, signer) = a_signer();
    let (_other, stranger) = a_signer();
    let path = folder.path().join("trail.heads");
    let key = signer.public_key();
    assert!(read(&path, &key).unwrap().is_empty());
    for day in 0..3 {
        append(&mut held(&path).unwrap(), &signer.sign(day * 10, [7; 32], at(day))).unwrap();
    }
    assert_eq!(anchors(&read(&path, &key).unwrap()), [(0, [7; 32]), (10, [7; 32]), (20, [7; 32])]);
    assert!(matches!(read(&path, &stranger.public_key()), Err(HeadsError::Unsigned(_, 1))));
    let whole = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let strange = stranger.sign(30, [7; 32], at(3)).to_string();
    for (text, wrong) in [
        (format!("{}\n\n", lines[0]), "Line(_, 2)"),
        (format!("{}\n{strange}\n", lines[0]), "Unsigned(_, 2)"),
        (format!("{}\n{}\n", lines[1], lines[0]), "Order(_, 2)"),
        (whole.replacen(" 10 ", " 11 ", 1), "Unsigned(_, 2)"),
    ] {
        fs::write(&path, text).unwrap();
        let found = match read(&path, &key) {
            Err(HeadsError::Line(_, at)) => format!("Line(_, {at})"),
            Err(HeadsError::Unsigned(_, at)) => format!("Unsigned(_, {at})"),
            Err(HeadsError::Order(_, at)) => format!("Order(_, {at})"),
            other => format!("{other:?}"),
        };
        assert_eq!(found, wrong);
    }
    fs::write(&path, [0xff, 0xfe]).unwrap();
    assert!(matches!(read(&path, &key), Err(HeadsError::File(..))));
}

#[test]
fn a_line_that_was_never_finished_is_none_and_the_next_takes_its_place() {
    let (folder, signer) = a_signer();
    let path = folder.path().join("trail.heads");
    let key = signer.public_key();
    let [first, second] = [0, 1].map(|day| signer.sign(day * 10, [7; 32], at(day)));
    let torn = second.to_string();
    for cut in 1..=torn.len() {
        fs::write(&path, format!("{first}\n{}", torn.split_at(cut).0)).unwrap();
        assert_eq!(anchors(&read(&path, &key).unwrap()), [(0, [7; 32])]);
        append(&mut held(&path).unwrap(), &second).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{first}\n{second}\n"));
    }
    fs::write(&path, torn.split_at(9).0).unwrap();
    assert!(read(&path, &key).unwrap().is_empty());
}
