//! What was asked of the measurements, and whether it was met.
//!
//! The rule: a bar is held against a number of the same run; where nothing was measured there is no line. The bars of what is
//! not built yet are named as such.

use crate::{
    compare::{GET, LIST, ON_POSTGRES, OURS},
    measured::{Measured, value},
    report::Figure,
};

/// What was asked of one measurement, and whether it was met.
pub(crate) struct Bar {
    /// Its line in the table of bars.
    pub(crate) name: &'static str,
    /// What was measured.
    pub(crate) what: String,
    /// How much.
    pub(crate) measured: String,
    /// How much was asked.
    pub(crate) asked: String,
    /// Whether it was met; none where there is nothing yet to be measured.
    pub(crate) met: Option<bool>,
}

/// Bars of features that are not there yet. Whoever builds one takes its line from here and measures.
const NOT_BUILT: [(&str, &str, &str); 7] = [
    ("L11", "anonymise 100,000 students beside anjana", "≥ 20 ×"),
    ("L12", "encrypted backup of 1 GB beside sqlite3, zstd and age", "≥ 0.8 ×"),
    ("L12", "restore", "≤ 30 s/GB"),
    ("L12", "writers' p99 while a backup runs", "≤ 2 ×"),
    ("L13", "import of 10,000 rows from Excel", "≤ 5 s"),
    ("L13", "memory of the import", "≤ 200 MB"),
    ("L15", "two servers on PostgreSQL beside one", "≥ 1.7 ×"),
];

fn at_least(name: &'static str, what: &str, measured: Option<f64>, asked: f64, unit: &str) -> Option<Bar> {
    let (measured, decimals) = (measured?, usize::from(asked < 100.0));
    Some(bar(name, what, (measured, decimals), (format!("≥ {asked} {unit}"), asked), unit, measured >= asked))
}

fn at_most(name: &'static str, what: &str, measured: Option<f64>, asked: f64, unit: &str) -> Option<Bar> {
    let (measured, decimals) = (measured?, if asked < 10.0 { 2 } else { 0 });
    Some(bar(name, what, (measured, decimals), (format!("≤ {asked:.decimals$} {unit}"), asked), unit, measured <= asked))
}

fn bar(name: &'static str, what: &str, (measured, decimals): (f64, usize), (words, asked): (String, f64), unit: &str, met: bool) -> Bar {
    // More decimals where rounding would make a missed bar look met.
    let rounds_to_it = format!("{measured:.decimals$}") == format!("{asked:.decimals$}");
    let decimals = if rounds_to_it && !met { decimals + 2 } else { decimals };
    Bar { name, what: what.to_owned(), measured: format!("{measured:.decimals$} {unit}"), asked: words, met: Some(met) }
}

/// The bars of all that was measured outside the browser, and of what is not built.
pub(crate) fn bars(run: &Measured) -> Vec<Bar> {
    let get = |what| run.get(what);
    let beside_cedar = run.over("Cedar, one decision", "ours beside Cedar, relation to the record included");
    let masks: Vec<f64> = run.figures.iter().filter(|figure| figure.what.starts_with("mask of")).map(|figure| figure.value).collect();
    let mean = (!masks.is_empty()).then(|| 1e3 * masks.len() as f64 / masks.iter().sum::<f64>());
    let slowest = masks.iter().copied().reduce(f64::max).map(|nanos| 1e3 / nanos);
    let fsync = get("fsync of 4 KiB, p50");
    let by_fsync = get("trail, 64 writers").zip(fsync).map(|(rate, micros)| rate * micros / 1e6);
    let p99 = get("trail, 64 writers, p99");
    let memory = run.compared.as_ref().map(|compared| (compared.memory.0 as f64 / 1e6, compared.memory.1 as f64 / 1e6));
    let scan = get("open and scan 100,000").zip(get("blind index, one phone number")).map(|(nanos, micros)| nanos / micros / 1e3);
    let bare = bare(&run.figures).zip(get("seal and open 30 bytes")).map(|(bare, ours)| bare / ours);
    let by_plain_index = run.over("blind index, one phone number", "plain index, one phone number");
    let kept_speed = run.variants.as_ref().and_then(|variants| variants.kept_speed());
    let answered = get("requests that Cedar answers as we do");
    let measured = [
        at_least("L1", "list of 50 beside PocketBase, at first", run.beside_peer(LIST, OURS), 4.0, "×"),
        at_least("L1", "list of 50 beside PocketBase", run.beside_peer(LIST, OURS), 10.0, "×"),
        at_least("L1", "list of 50 on PostgreSQL beside PocketBase", run.beside_peer(LIST, ON_POSTGRES), 10.0, "×"),
        at_least("L1", "list of 50 beside our own with privacy off", kept_speed, 0.8, "×"),
        at_least("L2", "get one beside PocketBase", run.beside_peer(GET, OURS), 10.0, "×"),
        at_least("L2", "get one on PostgreSQL beside PocketBase", run.beside_peer(GET, ON_POSTGRES), 10.0, "×"),
        at_least("L3", "phone search beside decrypting and scanning 100,000", scan, 1000.0, "×"),
        at_most("L3", "phone search beside a plain index", by_plain_index, 1.2, "×"),
        at_least("L4", "the bare library's seal and open, nonce drawn, beside ours", bare, 0.9, "×"),
        at_most("L4", "seal and open 30 bytes", get("seal and open 30 bytes"), 400.0, "ns"),
        at_least("L5", "an exposure decision, relation included, beside Cedar's", beside_cedar, 100.0, "×"),
        at_least("L5", "drawn requests that Cedar answers as we do, none otherwise", answered, 1e6, ""),
        at_most("L5", "one exposure decision", get("one exposure decision"), 10.0, "ns"),
        at_least("L6", "masks, six kinds in turn", mean, 20.0, "M/s"),
        at_least("L6", "masks, the slowest kind", slowest, 20.0, "M/s"),
        at_least("L7", "64 writers beside one fsync an event", by_fsync, 10.0, "×"),
        at_least("L7", "64 writers beside one commit an event", run.over("trail, 64 writers", "trail, one writer"), 10.0, "×"),
        at_least("L7", "verify, million events/s", get("trail, verify").map(|rate| rate / 1e6), 1.0, "M/s"),
        // Without an fsync to add to there is nothing to hold it against.
        fsync.and_then(|fsync| at_most("L7", "append, 64 writers, p99 (asked: fsync + 1 ms, no window)", p99, fsync + 1000.0, "µs")),
        at_most("L14", "idle memory", memory.map(|memory| memory.0), 60.0, "MB"),
        at_most("L14", "most memory, mix R1 included", memory.map(|memory| memory.1), 256.0, "MB"),
    ];
    measured.into_iter().flatten().collect()
}

/// The bars of what is not built.
pub(crate) fn not_built() -> impl Iterator<Item = Bar> {
    NOT_BUILT.into_iter().map(|(name, what, asked)| Bar {
        name,
        what: what.to_owned(),
        measured: "-".to_owned(),
        asked: asked.to_owned(),
        met: None,
    })
}

/// Seal and open by the bare library, with a nonce drawn as any seal needs one.
fn bare(figures: &[Figure]) -> Option<f64> {
    let parts = ["AES-256-GCM, seal 30 bytes", "AES-256-GCM, open 30 bytes", "a nonce from the operating system"];
    parts.iter().map(|what| value(figures, what)).sum()
}
