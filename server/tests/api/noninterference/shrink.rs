//! From a difference to the shortest sequence of requests that shows it.
//!
//! The rule: steps are taken out greedily, halves first and single ones last, as long as two fresh worlds still differ at the end.
//! Deliberately absent: making a step itself simpler.

use super::{A_SERVER, Found, Pair, Setting, Wish};
use std::fmt;

/// A sequence from which nothing can be taken.
pub(super) struct Shrunk {
    pub(super) sequence: Vec<Wish>,
    difference: String,
}

impl fmt::Display for Shrunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps: Vec<String> = self.sequence.iter().map(Wish::to_string).collect();
        write!(f, "after {} steps\n{}\n{}", steps.len(), steps.join("\n"), self.difference)
    }
}

/// Asks `sequence` of two fresh worlds: up to which step they must be asked to differ, and how they do.
async fn differ(setting: Setting, sequence: &[Wish]) -> Option<(usize, String)> {
    let mut pair = Pair::found(setting).await;
    for (step, wish) in sequence.iter().enumerate() {
        if step.is_multiple_of(A_SERVER) {
            pair.renew().await;
        }
        if let Err(difference) = pair.ask(wish).await {
            return Some((step + 1, difference));
        }
    }
    None
}

/// The shortest sequence that greedy removal leads to; what was found, where it does not happen again.
pub(super) async fn shrink(setting: Setting, found: Found) -> Shrunk {
    let Found { before, sequence: last, difference } = found;
    // Mostly the sequence alone shows it; where it needs what happened before, that comes first.
    let mut shrunk = Shrunk { sequence: last.clone(), difference };
    if differ(setting, &last).await.is_none() {
        shrunk.sequence.splice(0..0, before);
        if differ(setting, &shrunk.sequence).await.is_none() {
            return shrunk;
        }
    }
    let mut size = shrunk.sequence.len();
    while size > 1 {
        size = size.div_ceil(2);
        let mut at = 0;
        while at < shrunk.sequence.len() {
            let mut fewer = shrunk.sequence.clone();
            fewer.drain(at..fewer.len().min(at + size));
            match differ(setting, &fewer).await {
                Some((steps, difference)) => {
                    fewer.truncate(steps);
                    shrunk = Shrunk { sequence: fewer, difference };
                }
                None => at += size,
            }
        }
    }
    shrunk
}
