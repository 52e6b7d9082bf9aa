//! L3: looking a phone number up by its blind-index token, beside a plain index of the same numbers.
//!
//! The rule: both sides read one index of as many rows by a prepared statement. Ours makes the token from the number each
//! time, by the gate, as the server does; permission and trail belong to the request and are measured there.

use crate::{
    Outcome,
    gates::{self, Forgetful},
    ladder::nanos,
    ours,
    report::{Figure, median, write},
};
use contract::FieldKey;
use guard::{Policy, Vault, vault::keys::KeyFile};
use rusqlite::{Connection, OpenFlags, params};
use std::{fs, hint::black_box, path::PathBuf, sync::Arc};

/// Where the school is and where the figures go.
#[derive(Debug, clap::Args)]
pub(crate) struct Index {
    /// The folder that `shendu demo` filled.
    #[arg(long)]
    school: PathBuf,
    /// How many students are in it.
    #[arg(long)]
    students: u32,
    /// Where the measurements go.
    #[arg(long)]
    out: PathBuf,
}

impl Index {
    pub(crate) fn run(self) -> Outcome<()> {
        let school = server::demo::school(crate::rows::SEED, self.students, crate::rows::today());
        let phones: Vec<String> = ours::findable(self.students, &school).into_iter().map(|one| one.phone).collect();
        let vault = Vault::unlock(&KeyFile::at(&self.school.join("master.key")))?;
        let gate = gates::gate(vault, Policy::compile(1, &[], &[], &[]), Arc::new(Forgetful));

        // Beside a log, as ours: with a journal every read would ask the system for more locks.
        let path = self.out.join("plain.sqlite");
        let remove = || ["sqlite", "sqlite-wal", "sqlite-shm"].map(|ending| fs::remove_file(path.with_extension(ending)));
        let _ = remove();
        fs::create_dir_all(&self.out)?;
        let sealed = Connection::open_with_flags(self.school.join("shendu.sqlite"), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let rows = plain(&path, &sealed, &phones)?;
        let plain = Connection::open(&path)?;
        for database in [&plain, &sealed] {
            // As the server's readers have it.
            database.execute_batch("PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -8192")?;
        }

        let mut by_phone = plain.prepare("SELECT record_id, family_id FROM phone WHERE phone = ?1 AND field = ?2")?;
        let mut by_token = sealed.prepare("SELECT record_id, family_id FROM blind_index WHERE token = ?1 AND field = ?2")?;
        let (mut plain_nanos, mut blind_nanos) = (Vec::new(), Vec::new());
        let (mut turn, mut missed) = (0, 0_u64);
        for _ in 0..3 {
            plain_nanos.push(nanos(|| {
                turn = (turn + 1) % phones.len();
                let hit = by_phone.query_row(params![phones[turn], 21], |row| row.get::<_, Vec<u8>>(1));
                missed += u64::from(black_box(hit).is_err());
            }));
            blind_nanos.push(nanos(|| {
                turn = (turn + 1) % phones.len();
                let token = gate.contact_token(FieldKey::GuardianPhone, &phones[turn]).unwrap_or_default();
                let hit = by_token.query_row(params![token.as_slice(), 21], |row| row.get::<_, Vec<u8>>(1));
                missed += u64::from(black_box(hit).is_err());
            }));
        }
        if missed > 0 {
            return Err(format!("{missed} look-ups found nobody").into());
        }
        let (plain_nanos, blind_nanos) = (median(&plain_nanos), median(&blind_nanos));
        let token_nanos = nanos(|| {
            turn = (turn + 1) % phones.len();
            black_box(gate.contact_token(FieldKey::GuardianPhone, &phones[turn]));
        });
        drop(by_phone);
        drop(plain);
        let _ = remove();
        let figures = [
            Figure::new("rows of the index", rows as f64, ""),
            Figure::new("plain index, one phone number", plain_nanos / 1e3, "µs"),
            Figure::new("blind index, one phone number", blind_nanos / 1e3, "µs"),
            Figure::new("of it the token", token_nanos / 1e3, "µs"),
        ];
        for figure in &figures {
            eprintln!("  {:<52} {:>12.2} {}", figure.what, figure.value, figure.unit);
        }
        write(&self.out, "index.json", &figures)
    }
}

/// A plain index with as many rows as the blind one: the numbers that are looked up, and others around them.
fn plain(path: &std::path::Path, sealed: &Connection, phones: &[String]) -> Outcome<usize> {
    let database = Connection::open(path)?;
    database.execute_batch(
        "PRAGMA journal_mode = WAL; CREATE TABLE phone (phone TEXT, field INTEGER, record_id BLOB, family_id BLOB, PRIMARY KEY (phone, field, record_id)); BEGIN",
    )?;
    let mut insert = database.prepare("INSERT OR IGNORE INTO phone VALUES (?1, ?2, ?3, ?4)")?;
    let mut select = sealed.prepare("SELECT field, record_id, family_id FROM blind_index")?;
    let mut rows = select.query([])?;
    let mut count = 0_usize;
    while let Some(row) = rows.next()? {
        let (field, record, family): (i64, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        // Among those that are looked up, as the others of a school are: else what is sought would lie on few pages.
        let number = phones.get(count).cloned().unwrap_or_else(|| format!("100{:08}", count as u64 * 7_919_317 % 100_000_007));
        let field = if count < phones.len() { 21 } else { field };
        insert.execute(params![number, field, record, family])?;
        count += 1;
    }
    database.execute_batch("COMMIT")?;
    Ok(count)
}
