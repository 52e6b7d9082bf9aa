//! All that one run measured, read from the folder that it left.

use crate::{
    beside::Stood,
    compare::{Compared, PEER},
    privacy::Variants,
    report::{Figure, Measure, read},
};
use serde_json::Value;
use std::{fs, path::Path};

/// What lies in the folder of a run.
pub(crate) struct Measured {
    /// Over HTTP, beside the peer.
    pub(crate) compared: Option<Compared>,
    /// Over HTTP, by steps.
    pub(crate) variants: Option<Variants>,
    /// Over HTTP, with and without what stands beside.
    pub(crate) stood: Option<Stood>,
    /// On one core.
    pub(crate) figures: Vec<Figure>,
    /// In the browser.
    pub(crate) browser: Vec<Figure>,
}

/// The figure of that name.
pub(crate) fn value(figures: &[Figure], what: &str) -> Option<f64> {
    figures.iter().find(|figure| figure.what == what).map(|figure| figure.value)
}

impl Measured {
    /// What was not measured is absent.
    pub(crate) fn read(out: &Path) -> Self {
        let all = |names: &[&str]| -> Vec<Figure> { names.iter().filter_map(|name| read::<Vec<Figure>>(out, name)).flatten().collect() };
        let mut figures = all(&["ladder.json", "steps.json", "index.json", "trail.json", "cedar.json"]);
        figures.extend(criterion(&out.join("criterion")));
        Self {
            compared: read(out, "compare.json"),
            variants: read(out, "privacy.json"),
            stood: read(out, "beside.json"),
            figures,
            browser: all(&["vitals.json", "scroll.json"]),
        }
    }

    /// Everything that was measured over HTTP.
    pub(crate) fn over_http(&self) -> impl Iterator<Item = &Measure> {
        let measures = self.compared.iter().flat_map(|compared| &compared.measures);
        measures.chain(self.variants.iter().map(|variants| &variants.measure)).chain(self.stood.iter().map(|stood| &stood.measure))
    }

    /// The figure of that name.
    pub(crate) fn get(&self, what: &str) -> Option<f64> {
        value(&self.figures, what)
    }

    /// One figure by another.
    pub(crate) fn over(&self, what: &str, by: &str) -> Option<f64> {
        Some(self.get(what)? / self.get(by)?)
    }

    /// Requests a second of one side, by the peer's.
    pub(crate) fn beside_peer(&self, what: &str, side: &str) -> Option<f64> {
        let measure = self.compared.as_ref()?.measures.iter().find(|measure| measure.what == what)?;
        let by = |name: &str| measure.sides.iter().find(|side| side.name == name).map(|side| side.ours_by_this.0);
        Some(by(PEER)? / by(side)?)
    }
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
