//! Curves over the size of the school, drawn from what was measured: one panel a measurement, one line a side.
//!
//! The rule: every point is a measured median; both axes are logarithmic, so that equal steps are equal factors. The picture
//! brings its own ground and follows the reader's light or dark. Deliberately absent: smoothing, a script.

use crate::{
    Outcome,
    compare::{Compared, STILL},
    report::{read, write},
};
use std::{fmt::Write as _, fs, path::PathBuf};

/// Where the sizes lie: a folder each.
#[derive(Debug, clap::Args)]
pub(crate) struct Curves {
    /// The folder.
    #[arg(long)]
    out: PathBuf,
}

/// One side: its name, and microseconds of processor time a request by students.
struct Line<'a> {
    name: &'a str,
    points: Vec<(f64, f64)>,
}

/// One measurement.
struct Panel<'a> {
    what: &'a str,
    lines: Vec<Line<'a>>,
}

const WIDTH: f64 = 350.0;
const HEIGHT: f64 = 340.0;
/// From the panel's edges to its axes; room for names on the right, where the lines end.
const LEFT: f64 = 52.0;
const RIGHT: f64 = 132.0;
const TOP: f64 = 96.0;
const BOTTOM: f64 = 52.0;
/// How far two names keep apart.
const LINE_HEIGHT: f64 = 28.0;

/// Plain rules instead of variables, so that what knows neither those nor a dark scheme still draws the light picture.
const STYLE: &str = "\
svg{font-family:system-ui,sans-serif;font-size:12px}.ground{fill:#fff}text{fill:#1f2328}.faint{fill:#59636e}\
.title{font-size:14px;font-weight:600}.name{font-weight:600}.rule{fill:none;stroke:#e3e6ea}\
.line{fill:none;stroke-width:2;stroke-linejoin:round}\
.a{fill:#b3261e}.b{fill:#1a5fb4}.c{fill:#6e7781}.line-a{stroke:#b3261e}.line-b{stroke:#1a5fb4}.line-c{stroke:#6e7781}\
@media (prefers-color-scheme:dark){.ground{fill:#0d1117}text{fill:#e6edf3}.faint{fill:#9198a1}.rule{stroke:#262c36}\
.a{fill:#ff8a80}.b{fill:#79b8ff}.c{fill:#b1bac4}.line-a{stroke:#ff8a80}.line-b{stroke:#79b8ff}.line-c{stroke:#b1bac4}}";
const CLASSES: [&str; 3] = ["a", "b", "c"];

impl Curves {
    pub(crate) fn run(self) -> Outcome<()> {
        let mut sizes: Vec<Compared> = Vec::new();
        for entry in fs::read_dir(&self.out)? {
            sizes.extend(read::<Compared>(&entry?.path(), "compare.json"));
        }
        sizes.sort_by_key(|compared| compared.students);
        let panels = panels(&sizes);
        fs::write(self.out.join("scale.svg"), picture(&panels, &sizes)?)?;
        write(&self.out, "scale.json", &sizes)?;
        flatness(&panels);
        Ok(())
    }
}

/// The lines of every measurement. What answers the same bytes to everybody knows no school and has no line.
fn panels(sizes: &[Compared]) -> Vec<Panel<'_>> {
    let mut panels: Vec<Panel<'_>> = Vec::new();
    for compared in sizes {
        for measure in &compared.measures {
            let panel = find_or_add(&mut panels, |panel| panel.what == measure.what, || Panel { what: &measure.what, lines: Vec::new() });
            for side in measure.sides.iter().filter(|side| side.name != STILL) {
                let line = find_or_add(&mut panel.lines, |line| line.name == side.name, || Line { name: &side.name, points: Vec::new() });
                line.points.push((f64::from(compared.students), side.cpu_micros));
            }
        }
    }
    panels
}

fn find_or_add<T>(all: &mut Vec<T>, is_it: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> &mut T {
    let at = all.iter().position(is_it).unwrap_or_else(|| {
        all.push(make());
        all.len() - 1
    });
    &mut all[at]
}

fn picture(panels: &[Panel<'_>], sizes: &[Compared]) -> Outcome<String> {
    let smallest = f64::from(sizes.first().ok_or("nothing was measured")?.students);
    let largest = f64::from(sizes.last().ok_or("nothing was measured")?.students);
    let micros = || panels.iter().flat_map(|panel| &panel.lines).flat_map(|line| &line.points).map(|(_, micros)| *micros);
    // One scale for all panels: what stands higher costs more, wherever it stands.
    let (low, high) = (step_below(micros().fold(f64::INFINITY, f64::min)), step_above(micros().fold(0.0, f64::max)));
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" role="img"><title>Processor time a request, by the size of the school</title><style>{STYLE}</style><rect class="ground" width="100%" height="100%" rx="8"/><text class="title" x="16" y="28">Processor time a request, by the size of the school</text><text class="faint" x="16" y="47">medians, the database's own time included; less is better; both axes are logarithmic</text>"#,
        width = WIDTH * panels.len() as f64,
    );
    for (number, panel) in panels.iter().enumerate() {
        let axes = Axes { left: number as f64 * WIDTH, students: (smallest, largest), micros: (low, high) };
        draw(&mut svg, panel, &axes, sizes)?;
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}

/// Where a panel stands, and what its edges mean.
struct Axes {
    left: f64,
    students: (f64, f64),
    micros: (f64, f64),
}

impl Axes {
    fn x(&self, students: f64) -> f64 {
        self.left + LEFT + (WIDTH - LEFT - RIGHT) * share(students, self.students)
    }
    fn y(&self, micros: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share(micros, self.micros)
    }
}

/// How far along a logarithmic axis.
fn share(number: f64, (from, to): (f64, f64)) -> f64 {
    (number / from).ln() / (to / from).ln().max(1e-9)
}

fn draw(svg: &mut String, panel: &Panel<'_>, axes: &Axes, sizes: &[Compared]) -> Outcome<()> {
    let (from, to) = (axes.left + LEFT, axes.left + WIDTH - RIGHT);
    write!(svg, r#"<text class="name" x="{from}" y="80">{}</text>"#, panel.what)?;
    for micros in steps(axes.micros) {
        let y = axes.y(micros);
        write!(svg, r#"<path class="rule" d="M{from} {y:.1}H{to}"/>"#)?;
        write!(svg, r#"<text class="faint" x="{}" y="{:.1}" text-anchor="end">{}</text>"#, from - 8.0, y + 4.0, time(micros))?;
    }
    for compared in sizes {
        let x = axes.x(f64::from(compared.students));
        let y = HEIGHT - BOTTOM;
        write!(svg, r#"<path class="rule" d="M{x:.1} {TOP}V{y}"/>"#)?;
        write!(svg, r#"<text class="faint" x="{x:.1}" y="{}" text-anchor="middle">{}</text>"#, y + 18.0, thousands(compared.students))?;
    }
    write!(svg, r#"<text class="faint" x="{}" y="{}" text-anchor="middle">students</text>"#, (from + to) / 2.0, HEIGHT - BOTTOM + 36.0)?;
    for (line, class) in panel.lines.iter().zip(CLASSES) {
        let points: Vec<String> =
            line.points.iter().map(|(students, micros)| format!("{:.1},{:.1}", axes.x(*students), axes.y(*micros))).collect();
        write!(svg, r#"<polyline class="line line-{class}" points="{}"/>"#, points.join(" "))?;
        for (students, micros) in &line.points {
            write!(svg, r#"<circle class="{class}" cx="{:.1}" cy="{:.1}" r="3.5"/>"#, axes.x(*students), axes.y(*micros))?;
        }
    }
    for ((line, class), y) in panel.lines.iter().zip(CLASSES).zip(spread(panel, axes)) {
        let Some((_, micros)) = line.points.last() else { continue };
        let x = to + 10.0;
        write!(svg, r#"<text class="name {class}" x="{x}" y="{:.1}">{}</text>"#, y - 1.0, short(line.name))?;
        write!(svg, r#"<text class="{class}" x="{x}" y="{:.1}">{}</text>"#, y + 13.0, time(*micros))?;
    }
    Ok(())
}

/// Where the names stand: beside the ends of their lines, moved apart where those are too near to each other.
fn spread(panel: &Panel<'_>, axes: &Axes) -> Vec<f64> {
    let end = |line: &Line<'_>| line.points.last().map_or(TOP, |(_, micros)| axes.y(*micros));
    let mut order: Vec<(usize, f64)> = panel.lines.iter().map(end).enumerate().collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    for at in 1..order.len() {
        order[at].1 = order[at].1.max(order[at - 1].1 + LINE_HEIGHT);
    }
    // Back up again, where that went below the axis.
    let mut lowest = HEIGHT - BOTTOM - 10.0;
    for (_, y) in order.iter_mut().rev() {
        *y = y.min(lowest);
        lowest = *y - LINE_HEIGHT;
    }
    order.sort_by_key(|(line, _)| *line);
    order.into_iter().map(|(_, y)| y).collect()
}

/// The name of a side beside its line; ours on SQLite is what a comparison calls ours.
fn short(name: &str) -> &str {
    match name {
        crate::compare::OURS => "Ours, SQLite",
        crate::compare::ON_POSTGRES => "Ours, PostgreSQL",
        other => other,
    }
}

/// 1, 2, 5, 10, 20, … between two of them.
fn steps((low, high): (f64, f64)) -> impl Iterator<Item = f64> {
    let all = (-1..8).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(power)));
    all.filter(move |step| *step >= low * 0.999 && *step <= high * 1.001)
}

fn step_below(micros: f64) -> f64 {
    steps((0.0, micros)).last().unwrap_or(micros)
}

fn step_above(micros: f64) -> f64 {
    steps((micros, f64::INFINITY)).next().unwrap_or(micros)
}

fn time(micros: f64) -> String {
    let (number, unit) = if micros < 1000.0 { (micros, "µs") } else { (micros / 1000.0, "ms") };
    let decimals = usize::from(number < 10.0 && number.fract() > 0.049);
    format!("{number:.decimals$} {unit}")
}

fn thousands(number: u32) -> String {
    if number >= 1000 { format!("{},{:03}", number / 1000, number % 1000) } else { number.to_string() }
}

/// Says how much more a request costs in the largest school than in the smallest.
fn flatness(panels: &[Panel<'_>]) {
    for Panel { what, lines } in panels {
        for Line { name, points } in lines {
            if let (Some((from, small)), Some((to, large))) = (points.first(), points.last()) {
                println!("{what:<24} {name:<20} {small:>8.0} µs at {from:>7}, {large:>8.0} µs at {to:>7}: {:>6.2} ×", large / small);
            }
        }
    }
}
