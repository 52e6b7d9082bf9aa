//! What a comparison writes down: medians of the rounds, and how far the rounds lay apart.

use crate::{Outcome, load::Round};
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// One side of one measurement.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Side {
    /// Whose.
    pub(crate) name: String,
    /// Requests a second: the median of the rounds.
    pub(crate) per_second: f64,
    /// The slowest and the fastest round.
    pub(crate) spread: (f64, f64),
    /// Processor time a request in microseconds, own and system's: the median of the rounds.
    pub(crate) cpu_micros: f64,
    /// Our requests a second and our processor time a request as multiples of this side's: the median over the rounds, each
    /// beside ours of the same round, since the machine is not the same machine from minute to minute.
    pub(crate) ours_by_this: (f64, f64),
    /// The median latency in microseconds.
    pub(crate) p50_micros: u32,
    /// The 99th percentile.
    pub(crate) p99_micros: u32,
    /// Bytes of a body, on average.
    pub(crate) body_bytes: f64,
    /// Requests in all rounds.
    pub(crate) requests: usize,
    /// Answers that were no success.
    pub(crate) refused: u64,
    /// The same by kind, where there is more than one: name, requests, p50, p99.
    pub(crate) kinds: Vec<(String, usize, u32, u32)>,
}

/// One measurement.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Measure {
    /// What.
    pub(crate) what: String,
    /// Its sides; ours first.
    pub(crate) sides: Vec<Side>,
}

/// A number with its name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Figure {
    /// What.
    pub(crate) what: String,
    /// How much.
    pub(crate) value: f64,
    /// Of what.
    pub(crate) unit: String,
}

impl Figure {
    /// A number with its name.
    pub(crate) fn new(what: &str, value: f64, unit: &str) -> Self {
        Self { what: what.to_owned(), value, unit: unit.to_owned() }
    }
}

/// The middle of some numbers.
pub(crate) fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The value below which `share` of a sorted list lies.
pub(crate) fn percentile(sorted: &[u32], share: f64) -> u32 {
    let at = (sorted.len() as f64 * share) as usize;
    sorted.get(at.min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// Requests a second, and processor time a request, of each round.
fn rates_and_costs(rounds: &[(Round, f64)]) -> (Vec<f64>, Vec<f64>) {
    rounds.iter().map(|(round, cpu)| (round.requests() as f64 / round.seconds, cpu / round.requests() as f64)).unzip()
}

/// Sums rounds up; each comes with the processor time that it took. `ours` are the rounds of ours, in the same order.
pub(crate) fn side(name: &str, rounds: &[(Round, f64)], ours: &[(Round, f64)], kinds: &[&str]) -> Side {
    let (rates, costs) = rates_and_costs(rounds);
    let (our_rates, our_costs) = rates_and_costs(ours);
    let beside = |ours: &[f64], theirs: &[f64]| median(&ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect::<Vec<_>>());
    let requests: usize = rounds.iter().map(|(round, _)| round.requests()).sum();
    let sorted = |kind: Option<usize>| {
        let all = rounds.iter().flat_map(|(round, _)| round.latencies.iter().enumerate());
        let mut latencies: Vec<u32> =
            all.filter(|(at, _)| kind.is_none_or(|kind| kind == *at)).flat_map(|(_, latencies)| latencies).copied().collect();
        latencies.sort_unstable();
        latencies
    };
    let all = sorted(None);
    let of_kind = |(at, name): (usize, &&str)| {
        let latencies = sorted(Some(at));
        ((*name).to_owned(), latencies.len(), percentile(&latencies, 0.5), percentile(&latencies, 0.99))
    };
    Side {
        name: name.to_owned(),
        per_second: median(&rates),
        spread: (rates.iter().copied().fold(f64::INFINITY, f64::min), rates.iter().copied().fold(0.0, f64::max)),
        cpu_micros: median(&costs),
        ours_by_this: (beside(&our_rates, &rates), beside(&our_costs, &costs)),
        p50_micros: percentile(&all, 0.5),
        p99_micros: percentile(&all, 0.99),
        body_bytes: rounds.iter().map(|(round, _)| round.bytes as f64).sum::<f64>() / requests as f64,
        requests,
        refused: rounds.iter().map(|(round, _)| round.refused).sum(),
        kinds: kinds.iter().enumerate().map(of_kind).collect(),
    }
}

/// Writes a measurement down.
pub(crate) fn write(out: &Path, name: &str, what: &impl Serialize) -> Outcome<()> {
    fs::create_dir_all(out)?;
    Ok(fs::write(out.join(name), serde_json::to_vec_pretty(what)?)?)
}

/// Reads a measurement, where it was made.
pub(crate) fn read<T: serde::de::DeserializeOwned>(out: &Path, name: &str) -> Option<T> {
    serde_json::from_slice(&fs::read(out.join(name)).ok()?).ok()
}
