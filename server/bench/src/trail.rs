//! L7: appending to the trail by 64 writers at once beside one at a time, and verifying it.
//!
//! The rule: the store's own trail on a database of its own, each append awaited until it is durable.

use crate::{
    Outcome,
    report::{Figure, percentile, write},
};
use contract::{
    FieldKey, RecordKind,
    ids::FamilyId,
    rights::Exposure,
    wire::ledger::{Action, FieldLook},
};
use guard::{
    Entry, Trail as _, Vault,
    trail::{By, Looks, RecordRef},
    vault::keys::KeyFile,
};
use std::{fs, path::PathBuf, time::Instant};
use store::{Db, TrailStore};
use tokio::task::JoinSet;
use uuid::Uuid;

const WRITERS: usize = 64;
const EACH: usize = 150;

/// Where the school is and where the figures go.
#[derive(Debug, clap::Args)]
pub(crate) struct Trail {
    /// The folder that `shendu demo` filled.
    #[arg(long)]
    school: PathBuf,
    /// Where the measurements go.
    #[arg(long)]
    out: PathBuf,
}

/// What a look at one family's record leaves behind.
fn entry() -> Entry {
    let (family, record) = (FamilyId(Uuid::new_v4()), RecordRef { kind: RecordKind::Student, id: Uuid::new_v4() });
    let look = |field| FieldLook { field, form: Exposure::Masked };
    let looks = Looks { fields: vec![look(FieldKey::StudentName), look(FieldKey::StudentBirthDate)], records: vec![record] };
    Entry::event(server::clock::now(), By::nobody(), Action::Shown).in_families(vec![family]).seeing(vec![looks])
}

impl Trail {
    pub(crate) async fn run(self) -> Outcome<()> {
        fs::create_dir_all(&self.out)?;
        let path = self.out.join("trail.sqlite");
        let remove = || ["sqlite", "sqlite-wal", "sqlite-shm"].map(|ending| fs::remove_file(path.with_extension(ending)));
        let _ = remove();
        let vault = Vault::unlock(&KeyFile::at(&self.school.join("master.key")))?;
        let db = Db::sqlite(&path).await?;
        db.begin_school("bench", vault.check_value(), &vault.head_sealer(), server::clock::now()).await?;
        let trail = TrailStore::open(db.clone(), vault.head_sealer());

        let begun = Instant::now();
        for _ in 0..EACH * 2 {
            trail.append(entry()).await?;
        }
        let alone = (EACH * 2) as f64 / begun.elapsed().as_secs_f64();

        let mut writing = JoinSet::new();
        let begun = Instant::now();
        for _ in 0..WRITERS {
            let trail = trail.clone();
            writing.spawn(async move {
                let mut micros = Vec::with_capacity(EACH);
                for _ in 0..EACH {
                    let begun = Instant::now();
                    trail.append(entry()).await.map_err(|error| error.to_string())?;
                    micros.push(u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX));
                }
                Ok::<_, String>(micros)
            });
        }
        let mut micros = Vec::new();
        while let Some(done) = writing.join_next().await {
            micros.extend(done??);
        }
        let together = micros.len() as f64 / begun.elapsed().as_secs_f64();
        micros.sort_unstable();
        drop(trail);
        let _ = remove();

        let folder = self.out.join("school-of-the-trail");
        crate::ours::copy(&self.school, &folder)?;
        let school = Db::sqlite(&folder.join("shendu.sqlite")).await?;
        let begun = Instant::now();
        let verdict = school.verify_trail(&vault.head_sealer(), None).await?;
        let verified = verdict.rows() as f64 / begun.elapsed().as_secs_f64();
        if let Some(fault) = verdict.fault {
            return Err(format!("the trail of the school is broken: {fault:?}").into());
        }
        drop(school);
        fs::remove_dir_all(&folder)?;

        let figures = [
            Figure::new("trail, one writer", alone, "events/s"),
            Figure::new("trail, 64 writers", together, "events/s"),
            Figure::new("trail, 64 writers, p50", f64::from(percentile(&micros, 0.5)), "µs"),
            Figure::new("trail, 64 writers, p99", f64::from(percentile(&micros, 0.99)), "µs"),
            Figure::new("trail, verify", verified, "events/s"),
            Figure::new("trail, events verified", verdict.rows() as f64, ""),
        ];
        for figure in &figures {
            eprintln!("  {:<52} {:>12.1} {}", figure.what, figure.value, figure.unit);
        }
        write(&self.out, "trail.json", &figures)
    }
}
