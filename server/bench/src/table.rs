//! One table: what was measured, ratios to the peer, shares of the limit, and which bars were met.
//!
//! The rule: what was not measured is not printed; a bar that was not met is printed as MISSED.

use crate::{
    Outcome,
    bars::{self, Bar},
    browser,
    compare::{Compared, LIST, STILL},
    measured::Measured,
    privacy::Variants,
    report::{Figure, Measure, Side},
};
use std::path::Path;

/// One measurement in a line.
pub(crate) fn in_a_line(measure: &Measure) -> String {
    let side = |side: &Side| format!("{} {:.0}/s, {:.0} µs of CPU", side.name, side.per_second, side.cpu_micros);
    format!("{}: {}", measure.what, measure.sides.iter().map(side).collect::<Vec<_>>().join("; "))
}

/// Prints the table.
pub(crate) fn print(out: &Path) -> Outcome<()> {
    let run = Measured::read(out);
    if let Some(compared) = &run.compared {
        println!(
            "{}, {} students, {} rounds of {} s each",
            compared.versions.join(", "),
            compared.students,
            compared.rounds.0,
            compared.rounds.1
        );
    }
    over_http(run.over_http());
    if let Some(variants) = &run.variants {
        taxes(variants);
    }
    listed("on one core", &run.figures);
    listed("in the browser, on a slow device", &run.browser);
    println!();
    if let Some(compared) = &run.compared {
        limit(compared, &run);
    }
    println!("{:<4} {:<62} {:>12} {:>12}", "bar", "what", "measured", "asked");
    let mut all: Vec<Bar> = bars::bars(&run).into_iter().chain(browser::bars(&run.browser)).chain(bars::not_built()).collect();
    all.sort_by_key(|bar| bar.name[1..].parse::<u32>().unwrap_or_default());
    for Bar { name, what, measured, asked, met } in all {
        let verdict = match met {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "not built yet",
        };
        println!("{name:<4} {what:<62} {measured:>12} {asked:>12}  {verdict}");
    }
    Ok(())
}

fn taxes(variants: &Variants) {
    println!();
    println!("{:<52} {:>14} {:>14}", "what each step costs", "CPU µs, ×", "requests/s, ×");
    for tax in variants.taxes() {
        println!("{:<52} {:>14.2} {:>14.2}", tax.what, tax.cpu, tax.rate);
    }
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

fn over_http<'m>(measures: impl Iterator<Item = &'m Measure>) {
    let mut measures = measures.peekable();
    if measures.peek().is_none() {
        return;
    }
    println!();
    println!(
        "{:<24} {:<24} {:>10} {:>17} {:>8} {:>10} {:>8} {:>8} {:>8} {:>8}",
        "over HTTP", "", "requests/s", "slowest..fastest", "× ours", "CPU µs", "p50 ms", "p99 ms", "bytes", "refused"
    );
    for measure in measures {
        for side in &measure.sides {
            println!(
                "{:<24} {:<20} {:>10.0} {:>17} {:>8.2} {:>10.0} {:>8.2} {:>8.2} {:>8.0} {:>8}",
                measure.what,
                side.name,
                side.per_second,
                format!("{:.0}..{:.0}", side.spread.0, side.spread.1),
                1.0 / side.ours_by_this.0,
                side.cpu_micros,
                f64::from(side.p50_micros) / 1e3,
                f64::from(side.p99_micros) / 1e3,
                side.body_bytes,
                side.refused
            );
            for (kind, requests, p50, p99) in &side.kinds {
                let (p50, p99) = (f64::from(*p50) / 1e3, f64::from(*p99) / 1e3);
                println!(
                    "{:<24} {:<24} {:>10} {:>17} {:>8} {:>10} {p50:>8.2} {p99:>8.2}",
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
fn limit(compared: &Compared, run: &Measured) {
    let Some(measure) = compared.measures.iter().find(|measure| measure.what == LIST) else { return };
    let (Some(ours), Some(still)) = (measure.sides.first(), measure.sides.iter().find(|side| side.name == STILL)) else {
        return;
    };
    let get = |what| run.get(what);
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
