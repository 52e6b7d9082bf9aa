//! `shendu demo`

use super::{Failure, invite, say, words};
use crate::{clock, config::Place, demo};
use chrono::{NaiveTime, TimeDelta};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{CampusId, ClassId, SessionId, StaffId},
    rights::{Cell, Exposure, Reveal, Role, RoleSet, RowScope},
    wire::{
        families::NewFamily,
        notes::NewNote,
        policy::{PolicyCell, PolicyScope},
        school::Custody,
    },
};
use guard::{
    Actor, Admission, Facts, Gate, Policy, Viewer,
    records::{FamilyFacts, FamilyRecord},
    vault::StaffContact,
};
use std::{sync::Arc, time::Instant};
use store::{Db, NewCampus, NewClass, NewStaff, SeedEnrolment, SeedFamily, SeedNote, TrailStore};
use uuid::Uuid;

/// Makes a demonstration school.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    #[command(flatten)]
    place: Place,
    /// How many students.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=200_000))]
    students: u32,
    /// The same seed makes the same school.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The address by which browsers reach the school.
    #[arg(long, env = "SHENDU_ORIGIN", default_value = "http://localhost:8080")]
    origin: String,
    /// Print no enrolment links.
    #[arg(long)]
    no_links: bool,
}

const A_TRANSACTION: usize = 200;

/// The school as stored, and the gate through which its families are taken in like any other.
struct Founding {
    gate: Gate,
    campuses: Vec<CampusId>,
    staff: Vec<StaffId>,
    classes: Vec<ClassId>,
}

impl Demo {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        let begun = Instant::now();
        self.place.prepare().map_err(words)?;
        let vault = self.place.vault().map_err(words)?;
        let sealer = vault.head_sealer();
        let db = self.place.open().await.map_err(words)?;
        if db.school_name().await.map_err(words)?.is_some() {
            return Err("there is a school here already; choose another folder with --data".into());
        }
        let now = clock::now();
        let today = clock::school_day(now);
        let school = demo::school(self.seed, self.students, today);
        db.begin_school(&school.name, vault.check_value(), &sealer, now).await.map_err(words)?;
        let trail = TrailStore::open(db.clone(), sealer.clone());
        #[expect(
            clippy::disallowed_methods,
            reason = "the demonstration school is sealed by a gate of its own, under a policy that is stored nowhere"
        )]
        let gate = Gate::new(vault, intake_policy(), Arc::new(trail.clone()));
        let founding = found(&db, gate, &school).await?;
        let mut batch = Vec::with_capacity(A_TRANSACTION);
        let mut families = 0_u32;
        for family in demo::families(self.seed, self.students, today, &school) {
            batch.push(founding.seed(family, &school)?);
            families += 1;
            if batch.len() == A_TRANSACTION {
                db.seed(&trail, std::mem::take(&mut batch)).await.map_err(words)?;
            }
        }
        db.seed(&trail, batch).await.map_err(words)?;
        db.carry_ledgers().await.map_err(words)?;
        say(&format!(
            "{}: {} students in {families} families, {} staff, {} classes, in {:.1} s",
            school.name,
            self.students,
            school.staff.len(),
            school.classes.len(),
            begun.elapsed().as_secs_f32()
        ));
        if self.no_links {
            return Ok(());
        }
        invite::show(&invite::demo_links(&db, sealer, &self.origin).await?)
    }
}

/// Whoever takes families in for the demonstration may write every field.
fn intake_policy() -> Policy {
    let write = Cell { exposure: Exposure::Withheld, reveal: Reveal::No, edit: true, search: false, export: false };
    let cells: Vec<PolicyCell> = FieldKey::ALL
        .iter()
        .filter(|field| field.record() != RecordKind::Staff)
        .map(|field| PolicyCell { role: Role::Registrar, field: *field, cell: write })
        .collect();
    Policy::compile(1, &cells, &[PolicyScope { role: Role::Registrar, scope: RowScope::All }], &[])
}

async fn found(db: &Db, gate: Gate, school: &demo::School) -> Result<Founding, Failure> {
    let campuses: Vec<CampusId> = school.campuses.iter().map(|_| CampusId(Uuid::now_v7())).collect();
    let staff: Vec<StaffId> = school.staff.iter().map(|_| StaffId(Uuid::now_v7())).collect();
    let classes: Vec<ClassId> = school.classes.iter().map(|_| ClassId(Uuid::now_v7())).collect();
    let campus = |position: usize| campuses.get(position).copied().ok_or("a campus is missing");
    let teacher = |position: usize| staff.get(position).copied().ok_or("a teacher is missing");
    let mut people = Vec::with_capacity(staff.len());
    for (id, person) in staff.iter().zip(&school.staff) {
        let contact = StaffContact::parse(&person.phone, &person.email).map_err(words)?;
        let (key, phone, email) = gate.seal_staff_contact(id.0, &contact).map_err(words)?;
        people.push(NewStaff {
            id: *id,
            login: person.login.clone(),
            name: person.name.clone(),
            roles: person.roles,
            campuses: person.campuses.iter().map(|position| campus(*position)).collect::<Result<_, _>>()?,
            key,
            phone,
            email,
        });
    }
    let mut taught = Vec::with_capacity(classes.len());
    for (id, class) in classes.iter().zip(&school.classes) {
        let (campus, teacher) = (campus(class.campus)?, teacher(class.teacher)?);
        taught.push(NewClass { id: *id, campus, name: class.name.clone(), teacher, starts: class.from, ends: class.to });
    }
    let places = campuses.iter().zip(&school.campuses).map(|(id, campus)| NewCampus { id: *id, name: campus.name.clone() }).collect();
    db.found(places, people, taught).await.map_err(words)?;
    Ok(Founding { gate, campuses, staff, classes })
}

impl Founding {
    fn seed(&self, family: demo::Family, school: &demo::School) -> Result<SeedFamily, Failure> {
        let demo::Family { campus, stage, owner, created, students, guardians, notes } = family;
        let missing = "the demonstration school does not fit together";
        let at = created.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(2);
        let campus = *self.campuses.get(campus).ok_or(missing)?;
        let owner = owner.map(|position| self.staff.get(position).copied().ok_or(missing)).transpose()?;
        let by = |position: usize| -> Result<Viewer, Failure> {
            let id = *self.staff.get(position).ok_or(missing)?;
            let name = school.staff.get(position).ok_or(missing)?.name.clone();
            Ok(viewer(id, name, campus, at))
        };
        let author = by(0)?;
        let new = NewFamily {
            campus,
            stage,
            students: students.iter().map(|(student, _)| student.clone()).collect(),
            guardians: guardians.iter().map(|(guardian, _)| guardian.clone()).collect(),
        };
        let mut intake = self.gate.intake(&author, &new).map_err(|refused| format!("a demonstration family was refused: {refused:?}"))?;
        intake.owner = owner;
        let blocked = intake
            .guardians
            .iter()
            .zip(&guardians)
            .filter(|(_, (_, custody))| *custody == Custody::Blocked)
            .map(|(taken, _)| taken.id)
            .collect();
        let mut enrolments = Vec::new();
        for (taken, (_, attended)) in intake.students.iter().zip(&students) {
            for enrolment in attended {
                let class = *self.classes.get(enrolment.class).ok_or(missing)?;
                enrolments.push(SeedEnrolment { student: taken.id, class, starts: enrolment.from, ends: enrolment.to });
            }
        }
        let facts = Facts { campus, owner, taught_by_viewer: false, own_child: false };
        let record = FamilyRecord {
            family: FamilyFacts {
                id: intake.id,
                version: 1,
                stage,
                campus: contract::wire::school::CampusRef { id: campus, name: String::new() },
                owner: None,
                created_at: at,
                updated_at: at,
                next_contact: None,
                facts,
            },
            key: Arc::new(intake.key.clone()),
            students: Vec::new(),
            guardians: Vec::new(),
            notes: Vec::new(),
        };
        let mut written = Vec::with_capacity(notes.len());
        for demo::Note { by: author, at, body, next_contact } in notes {
            let id = *self.staff.get(author).ok_or(missing)?;
            let name = school.staff.get(author).ok_or(missing)?.name.clone();
            let note = self.gate.add_note(&viewer(id, name, campus, at), &record, &NewNote { body, next_contact });
            written.push(SeedNote(note.map_err(|refused| format!("a demonstration note was refused: {refused:?}"))?));
        }
        Ok(SeedFamily { intake, at, blocked, enrolments, notes: written })
    }
}

fn viewer(id: StaffId, name: String, campus: CampusId, now: chrono::DateTime<chrono::Utc>) -> Viewer {
    #[expect(clippy::disallowed_methods, reason = "the invented staff of a demonstration school have no sessions")]
    Viewer::admit(Admission {
        actor: Actor::Staff(id),
        name,
        roles: RoleSet::from_iter([Role::Registrar]),
        campuses: vec![campus],
        session: SessionId(Uuid::nil()),
        stepped_up_at: None,
        now,
        whence: guard::Whence::Unknown,
    })
}
