//! Where the time of a list goes: the same page, once with each step that the law adds, inside this process.
//!
//! The rule: the steps are chosen by policy and trail, which whoever makes a gate gives it; nothing is switched off inside.
//! Processor time of the process is counted, the database's threads included.

use crate::{
    Outcome, ours,
    process::cpu_micros,
    report::{Figure, median, write},
};
use contract::{
    FieldKey, RoleSet,
    ids::{CampusId, SessionId, StaffId},
    rights::{Cell, Exposure, Reveal, Role},
    wire::{ledger::Action, policy::PolicyCell},
};
use guard::{
    Actor, Admission, Entry, Gate, Policy, Trail, Vault, Viewer,
    policy::default,
    trail::{NotCounted, Quota, TrailDown},
    vault::keys::KeyFile,
};
use rusqlite::{Connection, OpenFlags};
use std::{fs, path::PathBuf, sync::Arc};
use store::{Db, FamilyList, TrailStore};
use uuid::Uuid;

const LISTS: usize = 100;
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

/// Says that it was written, and is not.
struct Forgetful;

#[async_trait::async_trait]
impl Trail for Forgetful {
    async fn append(&self, _: Entry) -> Result<(), TrailDown> {
        Ok(())
    }
    async fn append_counted(&self, _: Entry, _: Quota) -> Result<u32, NotCounted> {
        Ok(0)
    }
}

/// Every field in one form, the rows as at the start.
fn all(exposure: Exposure) -> Policy {
    let cell = Cell { exposure, reveal: Reveal::No, edit: false, search: false, export: false };
    let cells: Vec<_> = FieldKey::ALL.iter().map(|field| PolicyCell { role: Role::Registrar, field: *field, cell }).collect();
    Policy::compile(1, &cells, &default::scopes())
}

impl Steps {
    pub(crate) async fn run(self) -> Outcome<()> {
        let folder = self.out.join("school-of-the-steps");
        ours::copy(&self.school, &folder)?;
        let viewer = registrar(&folder)?;
        let db = Db::sqlite(&folder.join("shendu.sqlite")).await?;
        let gate = |policy: Policy, trail: Arc<dyn Trail>| -> Outcome<Gate> {
            let vault = Vault::unlock(&KeyFile::at(&folder.join("master.key")))?;
            #[expect(clippy::disallowed_methods, reason = "a gate of a measurement; what it discloses is dropped here")]
            Ok(Gate::new(vault, policy, trail))
        };
        let sealer = Vault::unlock(&KeyFile::at(&folder.join("master.key")))?.head_sealer();
        let durable = Arc::new(TrailStore::open(db.clone(), sealer));
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
                let before = cpu_micros("self")?;
                for _ in 0..LISTS {
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
                samples.push((cpu_micros("self")? - before) / LISTS as f64);
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

/// The registrar of the demonstration's own campus.
fn registrar(folder: &std::path::Path) -> Outcome<Viewer> {
    let database = Connection::open_with_flags(folder.join("shendu.sqlite"), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let (id, name, campus): (Vec<u8>, String, Vec<u8>) = database.query_row(
        "SELECT s.id, s.name, sc.campus_id FROM staff s JOIN staff_campus sc ON sc.staff_id = s.id WHERE s.login = 'wu'",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    #[expect(clippy::disallowed_methods, reason = "a viewer of a measurement; what is shown to it is dropped here")]
    Ok(Viewer::admit(Admission {
        actor: Actor::Staff(StaffId(Uuid::from_slice(&id)?)),
        name,
        roles: RoleSet::from_iter([Role::Registrar]),
        campuses: vec![CampusId(Uuid::from_slice(&campus)?)],
        session: SessionId(Uuid::nil()),
        stepped_up_at: None,
        now: server::clock::now(),
    }))
}
