//! The bars of what the browser measured: first visits, presses, a long table.
//!
//! The rule: a bar is held against the median of the rounds, and the worst round is printed beside it. The names are those that
//! the measurements in `e2e/vitals` write.

use crate::{bars::Bar, measured::value, report::Figure};

/// The bars of all that was measured.
pub(crate) fn bars(figures: &[Figure]) -> Vec<Bar> {
    let mut bars = Vec::new();
    for page in ["sign-in", "families", "portal, a child"] {
        bars.extend(at_most(figures, &format!("{page}: LCP"), 2500.0, 0, "ms"));
        bars.extend(at_most(figures, &format!("{page}: CLS"), 0.05, 3, ""));
        bars.extend(value(figures, &format!("{page}: first paint before the program, least")).map(|measured| Bar {
            name: "L9",
            what: format!("{page}: first paint before the program, least"),
            measured: format!("{measured:.0} ms"),
            asked: "> 0 ms".to_owned(),
            met: Some(measured > 0.0),
        }));
    }
    for press in ["search", "sort and filter", "open a family", "open the seal"] {
        bars.extend(at_most(figures, &format!("{press}: INP"), 100.0, 0, "ms"));
    }
    for pace in ["as it is", "4 × slower"] {
        for phase in ["scrolling", "adding"] {
            let longest = value(figures, &format!("{phase}, {pace}: longest task"));
            let over = value(figures, &format!("{phase}, {pace}: tasks over 50 ms"));
            bars.extend(longest.zip(over).map(|(longest, over)| Bar {
                name: "L10",
                what: format!("2,000 rows, {phase}, {pace}: longest task ({over:.0} over)"),
                measured: format!("{longest:.0} ms"),
                asked: "≤ 50 ms".to_owned(),
                met: Some(longest <= 50.0),
            }));
        }
    }
    bars
}

fn at_most(figures: &[Figure], what: &str, asked: f64, decimals: usize, unit: &str) -> Option<Bar> {
    let median = value(figures, &format!("{what}, median"))?;
    let worst = value(figures, &format!("{what}, worst"))?;
    Some(Bar {
        name: "L9",
        what: format!("{what} (worst {worst:.decimals$})"),
        measured: format!("{median:.decimals$} {unit}").trim_end().to_owned(),
        asked: format!("≤ {} {unit}", if decimals == 0 { format!("{asked:.0}") } else { asked.to_string() }).trim_end().to_owned(),
        met: Some(median <= asked),
    })
}
