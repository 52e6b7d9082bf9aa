//! Two runs of the same measurements: which ratios they agree on.
//!
//! The rule: ratios alone are compared, since a time means nothing on a shared machine. What only one run has is not counted.

use crate::{Outcome, measured::Measured};
use std::{collections::BTreeMap, path::PathBuf};

/// Two runs.
#[derive(Debug, clap::Args)]
pub(crate) struct Again {
    /// The folder of one run.
    one: PathBuf,
    /// The folder of the other.
    other: PathBuf,
}

/// How far two runs may lie apart.
const APART: f64 = 0.15;

impl Again {
    pub(crate) fn run(self) -> Outcome<()> {
        let (one, other) = (ratios(&Measured::read(&self.one)), ratios(&Measured::read(&self.other)));
        println!("{:<72} {:>9} {:>9} {:>8}", "ratio", "one", "other", "apart");
        let (mut compared, mut apart) = (0, 0);
        for (what, one) in &one {
            let Some(other) = other.get(what) else { continue };
            let difference = one.max(*other) / one.min(*other) - 1.0;
            let differs = difference > APART;
            compared += 1;
            apart += usize::from(differs);
            println!("{what:<72} {one:>9.3} {other:>9.3} {:>6.0} %{}", difference * 100.0, if differs { "  DIFFERS" } else { "" });
        }
        if compared == 0 {
            return Err("the two runs have no ratio in common".into());
        }
        println!("{apart} of {compared} ratios are more than {:.0} % apart", APART * 100.0);
        if apart > 0 { Err("the runs differ".into()) } else { Ok(()) }
    }
}

/// Every ratio of a run, by its name.
fn ratios(run: &Measured) -> BTreeMap<String, f64> {
    let mut ratios = BTreeMap::new();
    for measure in run.over_http() {
        let Some((ours, others)) = measure.sides.split_first() else { continue };
        for side in others {
            let name = format!("{}: {} by {}", measure.what, ours.name, side.name);
            ratios.insert(format!("{name}, requests/s"), side.ours_by_this.0);
            ratios.insert(format!("{name}, CPU"), side.ours_by_this.1);
        }
    }
    let pairs = [
        ("blind index, one phone number", "plain index, one phone number"),
        ("Cedar, one decision", "ours beside Cedar, relation to the record included"),
        ("seal and open 30 bytes", "AES-256-GCM, open 30 bytes"),
        ("trail, 64 writers", "trail, one writer"),
        ("list: the same with the durable trail", "list: sealed rows alone"),
    ];
    for (what, by) in pairs {
        if let Some(ratio) = run.over(what, by) {
            ratios.insert(format!("{what} by {by}"), ratio);
        }
    }
    ratios
}
