//! Where the time of a list goes: the same page, once with each step that the law adds, inside this process.
//!
//! The rule: the steps are chosen by policy and trail, which whoever makes a gate gives it; nothing is switched off inside.
//! Processor time of the process is counted, the database's threads included.

use crate::{
    Outcome,
    gates::{self, Forgetful, all},
    ours,
    process::cpu_micros,
    report::{Figure, median, write},
};
use contract::{rights::Exposure, wire::ledger::Action};
use guard::{Policy, Trail};
use server::config::PlaceError;
use std::{
    fs,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};
use store::{FamilyList, TrailStore};

/// How long one sample takes: the system counts processor time in hundredths of a second.
const SAMPLE: Duration = Duration::from_secs(1);
const SAMPLES: usize = 5;

/// Where the school is and where the figures go.
#[derive(Debug, clap::Args)]
pub(crate) struct Steps {
    /// The folder that `shendu demo` filled.
    #[arg(long)]
    school: PathBuf,
    /// Where the measurements go.
    #[arg(long)]
    out: PathBuf,
}

impl Steps {
    pub(crate) async fn run(self) -> Outcome<()> {
        let folder = self.out.join("school-of-the-steps");
        ours::copy(&self.school, &folder)?;
        let place = ours::sqlite(&folder);
        let db = place.open().await?;
        let viewer = gates::registrar(&db).await?;
        let gate = |policy: Policy, trail: Arc<dyn Trail>| Ok::<_, PlaceError>(gates::gate(place.vault()?, policy, trail));
        let durable = Arc::new(TrailStore::open(db.clone(), place.vault()?.head_sealer()));
        let withheld = gate(all(Exposure::Withheld), Arc::new(Forgetful))?;
        let clear = gate(all(Exposure::Clear), Arc::new(Forgetful))?;
        let masked = gate(all(Exposure::Masked), Arc::new(Forgetful))?;
        let usual = gate(Policy::initial(), Arc::new(Forgetful))?;
        let recorded = gate(Policy::initial(), durable)?;
        let steps = [
            ("list: sealed rows alone", &withheld, false, false),
            ("list: decided, all withheld, nothing opened", &withheld, true, false),
            ("list: all opened", &clear, true, false),
            ("list: all opened and masked", &masked, true, false),
            ("list: the registrar's", &usual, true, false),
            ("list: the registrar's, as JSON", &usual, true, true),
            ("list: the same with the durable trail", &recorded, true, true),
        ];
        let mut samples = vec![Vec::new(); steps.len()];
        for _ in 0..=SAMPLES {
            for ((_, gate, shown, written), samples) in steps.iter().zip(&mut samples) {
                let (begun, before, mut lists) = (Instant::now(), cpu_micros("self")?, 0_u32);
                while begun.elapsed() < SAMPLE {
                    lists += 1;
                    let list = FamilyList { limit: 50, ..FamilyList::default() };
                    let (records, next) = db.families(&gate.scope(&viewer), &list).await?;
                    if *shown {
                        let next = next.map(|cursor| cursor.to_string());
                        let page = gate.families(&viewer, &records, next, None, Action::Listed).await?;
                        if *written {
                            std::hint::black_box(serde_json::to_vec(&page)?);
                        }
                    }
                }
                samples.push((cpu_micros("self")? - before) / f64::from(lists));
            }
        }
        let figures: Vec<Figure> =
            steps.iter().zip(&samples).map(|((what, ..), samples)| Figure::new(what, median(&samples[1..]), "µs")).collect();
        for figure in &figures {
            eprintln!("  {:<52} {:>12.0} {}", figure.what, figure.value, figure.unit);
        }
        drop((recorded, db));
        fs::remove_dir_all(&folder)?;
        write(&self.out, "steps.json", &figures)
    }
}
