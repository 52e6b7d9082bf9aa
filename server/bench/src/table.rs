//! One table: what was measured, ratios to the peer, shares of the limit, and which bars were met.
//!
//! The rule: what was not measured is not printed; a bar that was not met is printed as MISSED.

use crate::{
    Outcome, browser,
    compare::Compared,
    report::{Figure, Measure, Side, read},
};
use serde_json::Value;
use std::{fs, path::Path};

/// One measurement in a line.
pub(crate) fn in_a_line(measure: &Measure) -> String {
    let side = |side: &Side| format!("{} {:.0}/s, {:.0} µs of CPU", side.name, side.per_second, side.cpu_micros);
    format!("{}: {}", measure.what, measure.sides.iter().map(side).collect::<Vec<_>>().join("; "))
}

/// Prints the table.
pub(crate) fn print(out: &Path) -> Outcome<()> {
    let compared: Option<Compared> = read(out, "compare.json");
    let mut figures = Vec::new();
    for name in ["ladder.json", "steps.json", "index.json", "trail.json", "cedar.json"] {
        figures.extend(read::<Vec<Figure>>(out, name).unwrap_or_default());
    }
    figures.extend(criterion(&out.join("criterion")));
    let browser: Vec<Figure> =
        ["vitals.json", "scroll.json"].into_iter().filter_map(|name| read::<Vec<Figure>>(out, name)).flatten().collect();
    if let Some(compared) = &compared {
        over_http(compared);
    }
    listed("on one core", &figures);
    listed("in the browser, on a slow device", &browser);
    println!();
    if let Some(compared) = &compared {
        limit(compared, &figures);
    }
    println!("{:<4} {:<62} {:>12} {:>12}", "bar", "what", "measured", "asked");
    let bars = bars(compared.as_ref(), &figures).into_iter().chain(browser::bars(&browser));
    for Bar { name, what, measured, asked, met } in bars {
        println!("{name:<4} {what:<62} {measured:>12} {asked:>12}  {}", if met { "met" } else { "MISSED" });
    }
    Ok(())
}

fn listed(title: &str, figures: &[Figure]) {
    if figures.is_empty() {
        return;
    }
    println!();
    println!("{title}");
    for Figure { what, value, unit } in figures {
        let decimals = if unit.is_empty() && value.fract() != 0.0 { 3 } else { 1 };
        println!("{what:<52} {value:>14.decimals$} {unit}");
    }
}

fn over_http(compared: &Compared) {
    println!(
        "{}, {} students, {} rounds of {} s each",
        compared.versions.join(", "),
        compared.students,
        compared.rounds.0,
        compared.rounds.1
    );
    println!();
    println!(
        "{:<24} {:<20} {:>10} {:>17} {:>8} {:>10} {:>8} {:>8} {:>8} {:>8}",
        "over HTTP", "", "requests/s", "slowest..fastest", "× ours", "CPU µs", "p50 ms", "p99 ms", "bytes", "refused"
    );
    for measure in &compared.measures {
        let ours = measure.sides.first().map_or(f64::NAN, |side| side.per_second);
        for side in &measure.sides {
            println!(
                "{:<24} {:<20} {:>10.0} {:>17} {:>8.2} {:>10.0} {:>8.2} {:>8.2} {:>8.0} {:>8}",
                measure.what,
                side.name,
                side.per_second,
                format!("{:.0}..{:.0}", side.spread.0, side.spread.1),
                side.per_second / ours,
                side.cpu_micros,
                f64::from(side.p50_micros) / 1e3,
                f64::from(side.p99_micros) / 1e3,
                side.body_bytes,
                side.refused
            );
            for (kind, requests, p50, p99) in &side.kinds {
                let (p50, p99) = (f64::from(*p50) / 1e3, f64::from(*p99) / 1e3);
                println!(
                    "{:<24} {:<20} {:>10} {:>17} {:>8} {:>10} {p50:>8.2} {p99:>8.2}",
                    "",
                    format!("  {kind}"),
                    requests,
                    "in all",
                    "",
                    ""
                );
            }
        }
    }
}

/// What a list would cost if each step cost what the bare machine takes for it.
fn limit(compared: &Compared, figures: &[Figure]) {
    let Some(measure) = compared.measures.iter().find(|measure| measure.what == LIST) else { return };
    let (Some(ours), Some(still)) = (measure.sides.first(), measure.sides.iter().find(|side| side.name.starts_with("axum"))) else {
        return;
    };
    let get = |what| value(figures, what);
    let (Some(rows), Some(json), Some(opened), Some(families), Some(open), Some(set_up)) = (
        get("SQLite, the same with students and guardians"),
        get("JSON of the list"),
        get("values opened for the list"),
        get("families in the list"),
        get("AES-256-GCM, open 30 bytes"),
        get("AES-256-GCM, key set-up"),
    ) else {
        return;
    };
    let ciphers = (opened * open + families * (open + set_up)) / 1e3;
    let floor = still.cpu_micros + rows + json + ciphers;
    println!(
        "limit of a list: HTTP {:.0} + rows {rows:.0} + ciphers {ciphers:.0} + JSON {json:.0} = {floor:.0} µs; ours {:.0} µs: {:.0} % of the limit's speed",
        still.cpu_micros,
        ours.cpu_micros,
        100.0 * floor / ours.cpu_micros
    );
    println!();
}

const LIST: &str = "list of 50, no total";

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
    /// Whether it was met.
    pub(crate) met: bool,
}

/// The figure of that name.
pub(crate) fn value(figures: &[Figure], what: &str) -> Option<f64> {
    figures.iter().find(|figure| figure.what == what).map(|figure| figure.value)
}

fn bars(compared: Option<&Compared>, figures: &[Figure]) -> Vec<Bar> {
    let mut bars = Vec::new();
    let mut at_least = |name, what: &str, measured: Option<f64>, asked: f64, unit: &str| {
        if let Some(measured) = measured {
            let decimals = usize::from(asked < 100.0);
            bars.push(Bar {
                name,
                what: what.to_owned(),
                measured: format!("{measured:.decimals$} {unit}"),
                asked: format!("≥ {asked} {unit}"),
                met: measured >= asked,
            });
        }
    };
    let ratio = |what: &str| {
        let measure = compared?.measures.iter().find(|measure| measure.what == what)?;
        let peer = measure.sides.iter().find(|side| side.name == "PocketBase")?;
        Some(measure.sides.first()?.per_second / peer.per_second)
    };
    let get = |what| value(figures, what);
    let over = |a: Option<f64>, b: Option<f64>| Some(a? / b?);
    at_least("L1", "list of 50 beside PocketBase, at first", ratio(LIST), 4.0, "×");
    at_least("L1", "list of 50 beside PocketBase", ratio(LIST), 10.0, "×");
    at_least("L2", "get one beside PocketBase", ratio("get one"), 10.0, "×");
    at_least(
        "L3",
        "phone search beside decrypting and scanning 100,000",
        over(get("open and scan 100,000"), get("blind index, one phone number").map(|micros| micros * 1e3)),
        1000.0,
        "×",
    );
    at_least(
        "L4",
        "the bare library's seal and open, nonce drawn, beside ours",
        over(bare(figures), get("seal and open 30 bytes")),
        0.9,
        "×",
    );
    at_least(
        "L5",
        "an exposure decision, relation included, beside Cedar's",
        over(get("Cedar, one decision"), get("ours beside Cedar, relation to the record included")),
        100.0,
        "×",
    );
    at_least("L5", "drawn requests that Cedar answers as we do, none otherwise", get("requests that Cedar answers as we do"), 1e6, "");
    let masks: Vec<f64> = figures.iter().filter(|figure| figure.what.starts_with("mask of")).map(|figure| figure.value).collect();
    let mean = (!masks.is_empty()).then(|| 1e3 * masks.len() as f64 / masks.iter().sum::<f64>());
    let slowest = masks.iter().copied().reduce(f64::max).map(|nanos| 1e3 / nanos);
    at_least("L6", "masks, six kinds in turn", mean, 20.0, "M/s");
    at_least("L6", "masks, the slowest kind", slowest, 20.0, "M/s");
    at_least(
        "L7",
        "64 writers beside one fsync an event",
        over(get("trail, 64 writers"), get("fsync of 4 KiB, p50").map(|micros| 1e6 / micros)),
        10.0,
        "×",
    );
    at_least("L7", "64 writers beside one commit an event", over(get("trail, 64 writers"), get("trail, one writer")), 10.0, "×");
    at_least("L7", "verify, million events/s", get("trail, verify").map(|rate| rate / 1e6), 1.0, "M/s");
    at_least(
        "L1",
        "a list beside the same rows, sealed (inside the process)",
        over(get("list: sealed rows alone"), get("list: the same with the durable trail")),
        0.8,
        "×",
    );
    let mut at_most = |name, what: &str, measured: Option<f64>, asked: f64, unit: &str| {
        if let Some(measured) = measured {
            let decimals = if asked < 10.0 { 2 } else { 0 };
            bars.push(Bar {
                name,
                what: what.to_owned(),
                measured: format!("{measured:.decimals$} {unit}"),
                asked: format!("≤ {asked:.decimals$} {unit}"),
                met: measured <= asked,
            });
        }
    };
    at_most(
        "L3",
        "phone search beside a plain index",
        over(get("blind index, one phone number"), get("plain index, one phone number")),
        1.2,
        "×",
    );
    at_most("L4", "seal and open 30 bytes", get("seal and open 30 bytes"), 400.0, "ns");
    at_most("L5", "one exposure decision", get("one exposure decision"), 10.0, "ns");
    let p99 = get("fsync of 4 KiB, p50").map(|micros| micros + 1000.0).unwrap_or_default();
    at_most("L7", "append, 64 writers, p99 (asked: fsync + 1 ms, no window)", get("trail, 64 writers, p99"), p99, "µs");
    let memory = compared.map(|compared| (compared.memory.0 as f64 / 1e6, compared.memory.1 as f64 / 1e6));
    at_most("L14", "idle memory", memory.map(|memory| memory.0), 60.0, "MB");
    at_most("L14", "most memory, mix R1 included", memory.map(|memory| memory.1), 256.0, "MB");
    bars.sort_by_key(|bar| bar.name[1..].parse::<u32>().unwrap_or_default());
    bars
}

/// Seal and open by the bare library, with a nonce drawn as any seal needs one.
fn bare(figures: &[Figure]) -> Option<f64> {
    let parts = ["AES-256-GCM, seal 30 bytes", "AES-256-GCM, open 30 bytes", "a nonce from the operating system"];
    parts.iter().map(|what| value(figures, what)).sum()
}

/// The medians that criterion left, in nanoseconds.
fn criterion(folder: &Path) -> Vec<Figure> {
    let mut figures = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let estimates = fs::read(entry.path().join("new/estimates.json")).ok();
        let named = fs::read(entry.path().join("new/benchmark.json")).ok();
        let (Some(estimates), Some(named)) = (estimates, named) else { continue };
        let (Ok(estimates), Ok(named)) = (serde_json::from_slice::<Value>(&estimates), serde_json::from_slice::<Value>(&named)) else {
            continue;
        };
        if let (Some(nanos), Some(what)) = (estimates["median"]["point_estimate"].as_f64(), named["full_id"].as_str()) {
            figures.push(Figure::new(what, nanos, "ns"));
        }
    }
    figures.sort_by(|one, other| one.what.cmp(&other.what));
    figures
}
