//! Curves over the size of the school, drawn from what was measured: one panel a measurement, one line a side.
//!
//! The rule: every point is a measured median; both axes are logarithmic and say so. Deliberately absent: smoothing.

use crate::{Outcome, compare::Compared, report::read};
use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf};

/// Where the sizes lie: a folder each, named by the number of students.
#[derive(Debug, clap::Args)]
pub(crate) struct Curves {
    /// The folder.
    #[arg(long)]
    out: PathBuf,
}

/// Points of one side, by students: microseconds of processor time a request.
type Line = Vec<(f64, f64)>;

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 240.0;
const EDGE: f64 = 48.0;
const COLOURS: [&str; 3] = ["#b3261e", "#1f5fa8", "#6b6b6b"];

impl Curves {
    pub(crate) fn run(self) -> Outcome<()> {
        let mut panels: BTreeMap<String, BTreeMap<String, Line>> = BTreeMap::new();
        let mut sizes: Vec<(u32, Compared)> = Vec::new();
        for entry in fs::read_dir(&self.out)? {
            if let Some(compared) = read::<Compared>(&entry?.path(), "compare.json") {
                sizes.push((compared.students, compared));
            }
        }
        sizes.sort_by_key(|(students, _)| *students);
        for (students, compared) in &sizes {
            for measure in &compared.measures {
                for side in &measure.sides {
                    let line = panels.entry(measure.what.clone()).or_default().entry(side.name.clone()).or_default();
                    line.push((f64::from(*students), side.cpu_micros));
                }
            }
        }
        let (smallest, largest) = (f64::from(sizes.first().ok_or("nothing was measured")?.0), f64::from(sizes.last().ok_or("nothing")?.0));
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{HEIGHT}" font-family="sans-serif" font-size="11">"#,
            WIDTH * panels.len() as f64
        );
        for (number, (what, lines)) in panels.iter().enumerate() {
            panel(&mut svg, number as f64 * WIDTH, what, lines, (smallest, largest))?;
        }
        svg.push_str("</svg>\n");
        fs::write(self.out.join("curves.svg"), svg)?;
        flatness(&panels);
        Ok(())
    }
}

fn panel(svg: &mut String, left: f64, what: &str, lines: &BTreeMap<String, Line>, (smallest, largest): (f64, f64)) -> Outcome<()> {
    let all = || lines.values().flatten().map(|(_, micros)| *micros);
    let (low, high) = (decade(all().fold(f64::INFINITY, f64::min)).floor(), decade(all().fold(0.0, f64::max)).ceil());
    let x = |students: f64| {
        left + EDGE + (WIDTH - 2.0 * EDGE) * (decade(students) - decade(smallest)) / (decade(largest) - decade(smallest)).max(1e-9)
    };
    let y = |micros: f64| HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * (decade(micros) - low) / (high - low).max(1e-9);
    write!(svg, r#"<text x="{}" y="16">{what}: CPU µs a request, by students</text>"#, left + EDGE)?;
    for power in low as i32..=high as i32 {
        let micros = 10_f64.powi(power);
        let (at, from, to) = (y(micros), left + EDGE, left + WIDTH - EDGE);
        write!(svg, r##"<path d="M{from} {at}H{to}" stroke="#ddd"/><text x="{}" y="{at}" text-anchor="end">{micros}</text>"##, from - 4.0)?;
    }
    for (number, (name, line)) in lines.iter().enumerate() {
        let colour = COLOURS[number % COLOURS.len()];
        let points: Vec<String> = line.iter().map(|(students, micros)| format!("{:.1},{:.1}", x(*students), y(*micros))).collect();
        write!(svg, r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="2"/>"#, points.join(" "))?;
        write!(svg, r#"<text x="{}" y="{}" fill="{colour}">{name}</text>"#, left + EDGE + 4.0, 32.0 + 13.0 * number as f64)?;
        for (students, micros) in line {
            let (x, y) = (x(*students), y(*micros));
            write!(
                svg,
                r#"<circle cx="{x:.1}" cy="{y:.1}" r="3" fill="{colour}"/><text x="{x:.1}" y="{:.1}">{micros:.0}</text>"#,
                y - 6.0
            )?;
            write!(svg, r#"<text x="{x:.1}" y="{}" text-anchor="middle">{students}</text>"#, HEIGHT - EDGE + 16.0)?;
        }
    }
    Ok(())
}

fn decade(number: f64) -> f64 {
    number.max(1e-9).log10()
}

/// Says how much more a request costs in the largest school than in the smallest.
fn flatness(panels: &BTreeMap<String, BTreeMap<String, Line>>) {
    for (what, lines) in panels {
        for (name, line) in lines {
            if let (Some((from, small)), Some((to, large))) = (line.first(), line.last()) {
                println!("{what:<24} {name:<20} {small:>8.0} µs at {from:>7}, {large:>8.0} µs at {to:>7}: {:>6.2} ×", large / small);
            }
        }
    }
}
