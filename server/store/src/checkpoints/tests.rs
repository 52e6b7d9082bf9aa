//! The log goes over into the file beside whoever writes: all of it, however busy they are, and nobody is refused meanwhile.

use super::*;
use crate::support::{School, event};
use guard::Trail;
use sea_orm::ConnectionTrait;

fn path(school: &School) -> PathBuf {
    school.folder.path().join("school.db")
}

/// How many entries the file alone has, without its log.
fn in_the_file(school: &School) -> i64 {
    let alone = path(school).with_extension("alone");
    std::fs::copy(path(school), &alone).unwrap();
    let file = Connection::open(&alone).unwrap();
    file.query_row("SELECT count(*) FROM trail", [], |row| row.get(0)).unwrap()
}

/// Until no checkpoint is being made any more.
async fn rests(checkpoints: &Checkpoints) {
    tokio::time::sleep(Duration::from_millis(50)).await;
    while checkpoints.running.load(Ordering::Acquire) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn after_some_batches_the_log_is_in_the_file() {
    let school = School::sqlite().await;
    let checkpoints = school.db.checkpoints.clone().unwrap();
    checkpoints.make(&school.db).await.unwrap();
    for _ in 1..BATCHES {
        school.trail.append(event()).await.unwrap();
    }
    rests(&checkpoints).await;
    assert_eq!(in_the_file(&school), 0, "so few are left in the log");
    for _ in 0..BATCHES {
        school.trail.append(event()).await.unwrap();
    }
    rests(&checkpoints).await;
    assert!(in_the_file(&school) >= i64::from(BATCHES));
    assert_eq!(school.verified().await, i64::from(2 * BATCHES) - 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_log_begins_anew_though_entries_keep_coming() {
    let school = School::sqlite().await;
    let checkpoints = Checkpoints { long: 1, ..school.db.checkpoints.clone().unwrap() };
    let stop = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn({
        let (trail, stop) = (school.trail.clone(), Arc::clone(&stop));
        async move {
            let mut written = 0;
            while !stop.load(Ordering::Acquire) {
                trail.append(event()).await.unwrap();
                written += 1;
            }
            written
        }
    });
    let mut longest = 0;
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        checkpoints.make(&school.db).await.unwrap();
        school.trail.append(event()).await.unwrap();
        longest = longest.max(checkpoints.take_over().unwrap().0);
    }
    stop.store(true, Ordering::Release);
    let written: i64 = writing.await.unwrap();
    // A commit is several pages: had it not begun anew, the log would have more pages than there are entries.
    assert!(longest < written, "{longest} pages for {written} entries");
    assert_eq!(school.verified().await, written + 20);
}

#[tokio::test]
async fn a_reader_of_an_old_moment_keeps_its_part_and_nobody_waits_for_it() {
    let school = School::sqlite().await;
    let checkpoints = Checkpoints { long: 1, ..school.db.checkpoints.clone().unwrap() };
    school.trail.append(event()).await.unwrap();
    let reader = Connection::open(path(&school)).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM trail").unwrap();
    let seen = || reader.query_row("SELECT count(*) FROM trail", [], |row| row.get::<_, i64>(0)).unwrap();
    school.trail.append(event()).await.unwrap();
    let begun = std::time::Instant::now();
    checkpoints.make(&school.db).await.unwrap();
    let (_, left) = checkpoints.take_over().unwrap();
    assert!(left > 0 && begun.elapsed() < Duration::from_secs(4), "what is needed stays, and nobody waited as long as SQLite would");
    school.trail.append(event()).await.unwrap();
    assert_eq!(seen(), 1);
    reader.execute_batch("COMMIT").unwrap();
    checkpoints.make(&school.db).await.unwrap();
    assert_eq!((seen(), in_the_file(&school)), (3, 3));
}

#[tokio::test]
async fn where_no_checkpoint_can_be_made_entries_are_written_all_the_same() {
    let school = School::sqlite().await;
    let mut checkpoints = school.db.checkpoints.clone().unwrap();
    checkpoints.path = Arc::new(path(&school).join("no-such-file"));
    assert!(checkpoints.make(&school.db).await.is_err());
    assert!(!checkpoints.running.load(Ordering::Acquire));
    school.trail.append(event()).await.unwrap();
    school.db.writer.execute_unprepared("UPDATE school SET name = name").await.unwrap();
    assert_eq!(school.verified().await, 1);
}
