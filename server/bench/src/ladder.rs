//! What the machine can do: memory, ciphers, disk, SQLite on the very rows of a list, and JSON of the very body.
//!
//! The rule: each step is the plainest way to do it: one thread, prepared statements, the bare library. Ours is read beside it.

use crate::{
    Outcome,
    report::{Figure, median, percentile, write},
};
use contract::wire::{Page, families::FamilyRow};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hmac,
    rand::{SecureRandom, SystemRandom},
};
use rusqlite::{Connection, OpenFlags, Row, Statement, params_from_iter};
use std::{
    fs,
    hint::black_box,
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Where the school is and where the figures go.
#[derive(Debug, clap::Args)]
pub(crate) struct Ladder {
    /// The folder that `shendu demo` filled.
    #[arg(long)]
    school: PathBuf,
    /// Where the measurements go.
    #[arg(long)]
    out: PathBuf,
}

/// Nanoseconds of one call: the median of nine samples of a fifth of a second each, after one that does not count.
pub(crate) fn nanos(mut call: impl FnMut()) -> f64 {
    let mut samples = Vec::new();
    for _ in 0..10 {
        let (begun, mut calls) = (Instant::now(), 0_u32);
        while begun.elapsed() < Duration::from_millis(200) {
            for _ in 0..16 {
                call();
            }
            calls += 16;
        }
        samples.push(begun.elapsed().as_nanos() as f64 / f64::from(calls));
    }
    median(&samples[1..])
}

impl Ladder {
    pub(crate) fn run(self) -> Outcome<()> {
        let mut figures = Vec::new();
        memory(&mut figures);
        ciphers(&mut figures)?;
        disk(&self.out, &mut figures)?;
        sqlite(&self.school.join("shendu.sqlite"), &mut figures)?;
        json(&self.out.join("list.json"), &mut figures)?;
        for figure in &figures {
            eprintln!("  {:<52} {:>12.1} {}", figure.what, figure.value, figure.unit);
        }
        write(&self.out, "ladder.json", &figures)
    }
}

fn memory(figures: &mut Vec<Figure>) {
    let (from, mut to) = (vec![7_u8; 16 * 1024 * 1024], vec![0_u8; 16 * 1024 * 1024]);
    let copy = nanos(|| black_box(&mut to[..]).copy_from_slice(black_box(&from)));
    figures.push(Figure::new("memcpy, 16 MiB", from.len() as f64 / copy, "GB/s"));
}

fn ciphers(figures: &mut Vec<Figure>) -> Outcome<()> {
    let broken = |_| "ring refused";
    let bytes = [7; 32];
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes).map_err(broken)?);
    let nonce = [1; 12];
    let mut text = [7_u8; 30];
    let seal = nanos(|| {
        let tag = key.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from([0_u8; 23]), black_box(&mut text));
        let _ = black_box(tag);
    });
    let mut sealed = [7_u8; 30].to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from([0_u8; 23]), &mut sealed).map_err(broken)?;
    let open = nanos(|| {
        let mut buffer = [0_u8; 46];
        buffer.copy_from_slice(black_box(&sealed));
        let opened = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from([0_u8; 23]), &mut buffer);
        let _ = black_box(opened);
    });
    let set_up = nanos(|| {
        let _ = black_box(UnboundKey::new(&AES_256_GCM, black_box(&bytes)).map(LessSafeKey::new));
    });
    let random = SystemRandom::new();
    let draw = nanos(|| {
        let mut nonce = [0_u8; 12];
        let _ = random.fill(black_box(&mut nonce));
    });
    let mac = hmac::Key::new(hmac::HMAC_SHA256, &bytes);
    let sign = nanos(|| {
        black_box(hmac::sign(&mac, black_box(b"=10012345678")));
    });
    figures.push(Figure::new("AES-256-GCM, seal 30 bytes", seal, "ns"));
    figures.push(Figure::new("AES-256-GCM, open 30 bytes", open, "ns"));
    figures.push(Figure::new("AES-256-GCM, key set-up", set_up, "ns"));
    figures.push(Figure::new("a nonce from the operating system", draw, "ns"));
    figures.push(Figure::new("HMAC-SHA-256 of a phone number", sign, "ns"));
    Ok(())
}

fn disk(folder: &Path, figures: &mut Vec<Figure>) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    let path = folder.join("fsync.tmp");
    let mut file = fs::File::create(&path)?;
    let mut micros = Vec::new();
    for _ in 0..400 {
        file.write_all(&[7; 4096])?;
        let begun = Instant::now();
        file.sync_data()?;
        micros.push(u32::try_from(begun.elapsed().as_micros())?);
    }
    fs::remove_file(&path)?;
    micros.sort_unstable();
    figures.push(Figure::new("fsync of 4 KiB, p50", f64::from(percentile(&micros, 0.5)), "µs"));
    figures.push(Figure::new("fsync of 4 KiB, p99", f64::from(percentile(&micros, 0.99)), "µs"));
    let path = folder.join("commit.sqlite");
    let database = Connection::open(&path)?;
    database.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE trail (seq INTEGER PRIMARY KEY, body BLOB)")?;
    let mut insert = database.prepare("INSERT INTO trail (body) VALUES (?1)")?;
    let mut micros = Vec::new();
    for _ in 0..400 {
        let begun = Instant::now();
        insert.execute([[7_u8; 1024]])?;
        micros.push(u32::try_from(begun.elapsed().as_micros())?);
    }
    drop(insert);
    drop(database);
    for ending in ["sqlite", "sqlite-wal", "sqlite-shm"] {
        let _ = fs::remove_file(path.with_extension(ending));
    }
    micros.sort_unstable();
    figures.push(Figure::new("SQLite, one durable commit of 1 KiB, p50", f64::from(percentile(&micros, 0.5)), "µs"));
    Ok(())
}

/// Reads every column of every row; gives back the bytes of its first column.
fn all(select: &mut Statement<'_>, parameters: &[Vec<u8>]) -> rusqlite::Result<Vec<Vec<u8>>> {
    let columns = select.column_count();
    let mut rows = select.query(params_from_iter(parameters))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            black_box(row.get_ref(column)?);
        }
        found.push(first(row)?);
    }
    Ok(found)
}

fn first(row: &Row<'_>) -> rusqlite::Result<Vec<u8>> {
    row.get(0)
}

fn sqlite(path: &Path, figures: &mut Vec<Figure>) -> Outcome<()> {
    let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let campus: Vec<u8> =
        database.query_row("SELECT campus_id FROM staff_campus sc JOIN staff s ON s.id = sc.staff_id WHERE s.login = 'wu'", [], first)?;
    let ids = all(&mut database.prepare("SELECT id FROM family LIMIT 1000")?, &[])?;
    let mut point = database.prepare("SELECT * FROM family WHERE id = ?")?;
    let mut turn = 0;
    let one = nanos(|| {
        turn = (turn + 1) % ids.len();
        let _ = black_box(all(&mut point, &ids[turn..=turn]));
    });
    let mut page = database.prepare("SELECT * FROM family WHERE campus_id = ? ORDER BY updated_at DESC, id DESC LIMIT 50")?;
    let campus = [campus];
    let families = nanos(|| {
        let _ = black_box(all(&mut page, &campus));
    });
    let marks = vec!["?"; 50].join(", ");
    let mut students = database.prepare(&format!("SELECT * FROM student WHERE family_id IN ({marks}) ORDER BY id"))?;
    let mut guardians = database.prepare(&format!("SELECT * FROM guardian WHERE family_id IN ({marks}) ORDER BY id"))?;
    let people = nanos(|| {
        if let Ok(ids) = all(&mut page, &campus) {
            let _ = black_box(all(&mut students, &ids));
            let _ = black_box(all(&mut guardians, &ids));
        }
    });
    figures.push(Figure::new("SQLite, one row by its key", one / 1e3, "µs"));
    figures.push(Figure::new("SQLite, a page of 50 families", families / 1e3, "µs"));
    figures.push(Figure::new("SQLite, the same with students and guardians", people / 1e3, "µs"));
    Ok(())
}

/// The very body that was listed: how long it takes to write, and how many of its values had to be opened.
fn json(path: &Path, figures: &mut Vec<Figure>) -> Outcome<()> {
    let Ok(body) = fs::read_to_string(path) else { return Ok(()) };
    let page: Page<FamilyRow> = serde_json::from_str(&body)?;
    let write = nanos(|| {
        let _ = black_box(serde_json::to_vec(black_box(&page)));
    });
    let opened = body.matches(r#""state":"clear""#).count() + body.matches(r#""state":"masked""#).count();
    figures.push(Figure::new("JSON of the list", write / 1e3, "µs"));
    figures.push(Figure::new("values opened for the list", opened as f64, ""));
    figures.push(Figure::new("families in the list", page.items.len() as f64, ""));
    Ok(())
}
