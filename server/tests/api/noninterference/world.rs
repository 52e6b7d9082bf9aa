//! A small school of which every personal value is known and unique.
//!
//! The rule: two worlds that are made with the same `Plan` have the same staff, families, classes, times and trail, record by
//! record, and differ only in the values that the caller gives. Deliberately absent: names, numbers and addresses of anybody.

use super::own_role::{self, OWN_ROLE, cell_of};
use crate::support::{
    actors::UNNAMED,
    app::{courier, fresh_database},
};
use axum::{
    Router,
    body::Body,
    http::{Request, Response, header},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{CampusId, ClassId, GuardianId, SessionId, StaffId},
    rights::{Cell, Exposure, Reveal, Role, RoleSet, RowScope},
    wire::{
        families::NewFamily,
        guardians::NewGuardian,
        notes::NewNote,
        policy::{PolicyCell, PolicyScope},
        school::{Relation, Stage},
        students::NewStudent,
    },
};
use guard::{
    Actor, Admission, Facts, Gate, Policy, Viewer,
    records::{FamilyFacts, FamilyRecord},
    vault::StaffContact,
};
use server::{config::Place, state::App};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, path::Path, sync::Arc};
use store::{Db, Engine, NewCampus, NewClass, NewSession, NewStaff, SeedEnrolment, SeedFamily, SeedNote, TrailStore};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

/// Login, role, campuses. The teacher `chen` teaches the class of campus 0, `tang` that of campus 1.
pub(crate) const STAFF: &[(&str, Role, &[usize])] = &[
    ("li", Role::Consultant, &[0]),
    ("zhou", Role::Consultant, &[0]),
    ("yang", Role::Consultant, &[1]),
    ("chen", Role::Teacher, &[0]),
    ("tang", Role::Teacher, &[1]),
    ("wu", Role::Registrar, &[0]),
    ("zheng", Role::Finance, &[0]),
    ("meng", Role::Principal, &[0]),
    ("gu", Role::PrivacyOfficer, &[0]),
    ("shen", Role::Administrator, &[0]),
    ("han", Role::Auditor, &[0]),
    ("qin", OWN_ROLE, &[0]),
];

/// Campus, consultant, for each student whether the class of the campus is attended now, guardians and who of them is blocked.
pub(super) type FamilyPlan = (usize, Option<&'static str>, &'static [bool], &'static [bool]);
pub(super) const FAMILIES: &[FamilyPlan] = &[
    (0, Some("li"), &[true, false], &[false, true]),
    (0, Some("zhou"), &[true], &[false]),
    (0, Some("li"), &[false], &[false]),
    (1, Some("yang"), &[true], &[false]),
    (1, None, &[false, true], &[false, false]),
    (0, Some("zhou"), &[false], &[false, true]),
    (0, None, &[true, true], &[false]),
    (0, Some("li"), &[true], &[false]),
    (1, Some("yang"), &[false], &[false]),
    (0, Some("zhou"), &[false, true], &[false]),
];

/// One record with what relates people to it, and its values.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) kind: RecordKind,
    pub(crate) id: Uuid,
    pub(crate) family: Option<Uuid>,
    pub(crate) campus: usize,
    pub(crate) owner: Option<&'static str>,
    /// Whether the class of the campus is attended: by the student, by a child of the guardian, by any student of the family.
    pub(crate) taught: bool,
    /// Whether the portal guardian is this person or a parent of this student.
    pub(crate) own: bool,
    pub(crate) version: i64,
    pub(crate) values: BTreeMap<FieldKey, String>,
}

/// Who asks: a login of [`STAFF`], or the first guardian of the first family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) login: &'static str,
    pub(crate) role: Role,
    pub(crate) campuses: &'static [usize],
}

/// One person of each role.
pub(crate) fn everybody() -> Vec<Who> {
    let mut all: Vec<Who> = Role::ALL
        .iter()
        .filter_map(|role| STAFF.iter().find(|(_, of, _)| of == role))
        .map(|&(login, role, campuses)| Who { login, role, campuses })
        .collect();
    all.push(Who { login: "guardian", role: Role::Guardian, campuses: &[] });
    all
}

impl Who {
    /// Whether the policy at the start lets this person reach `row`: written by hand from the matrix, without the guard.
    pub(crate) fn reaches(self, row: &Row) -> bool {
        if row.kind == RecordKind::Staff {
            return true;
        }
        // A question is reached by a duty, and by the guardian who asked it.
        if row.kind == RecordKind::Question && !matches!(self.role, Role::Principal | Role::Guardian) {
            return self.role == Role::PrivacyOfficer;
        }
        match self.role {
            Role::Consultant => row.owner == Some(self.login),
            Role::Teacher => row.taught && self.campuses.contains(&row.campus),
            Role::Registrar | Role::Finance | Role::Principal => self.campuses.contains(&row.campus),
            // Nobody holds the role of emergencies here.
            Role::Administrator | Role::PrivacyOfficer | Role::Auditor | Role::Emergency => false,
            Role::Custom(_) => self.campuses.contains(&row.campus),
            Role::Guardian => row.own,
        }
    }
    /// What this person may do with a field of `row`.
    pub(crate) fn cell(self, row: &Row, field: FieldKey) -> Cell {
        if self.reaches(row) { cell_of(self.role, field) } else { Cell::WITHHELD }
    }
}

/// The one instant from which both worlds count, and where they are kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) now: DateTime<Utc>,
    pub(crate) engine: Engine,
}

/// A school in a folder of its own.
pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) db: Db,
    pub(crate) place: Place,
    pub(crate) staff: BTreeMap<&'static str, StaffId>,
    pub(crate) campuses: Vec<CampusId>,
    pub(crate) rows: Vec<Row>,
    pub(crate) guardian: GuardianId,
    /// A line of the portal guardian's ledger about which no question is open.
    pub(crate) line: i64,
}

/// Everything may be written, nothing is shown: the policy of the intake, stored nowhere.
fn intake_policy() -> Policy {
    let write = Cell { exposure: Exposure::Withheld, reveal: Reveal::No, edit: true, search: false, export: false };
    let cells: Vec<PolicyCell> =
        FieldKey::ALL.iter().map(|field| PolicyCell { role: Role::Registrar, field: *field, cell: write }).collect();
    Policy::compile(1, &cells, &[PolicyScope { role: Role::Registrar, scope: RowScope::All }], &[])
}

fn author(id: StaffId, name: &str, now: DateTime<Utc>) -> Viewer {
    #[expect(clippy::disallowed_methods, reason = "the families of a test are taken in before anybody has a session")]
    Viewer::admit(Admission {
        actor: Actor::Staff(id),
        name: name.to_owned(),
        roles: RoleSet::from_iter([Role::Registrar]),
        campuses: Vec::new(),
        session: SessionId(Uuid::nil()),
        stepped_up_at: None,
        now,
        whence: guard::Whence::Unknown,
    })
}

/// A folder in memory where there is one: the trail is written through to the medium at each commit.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap()
}

impl World {
    /// Makes the school; `value` says what stands in a field of a record, which it gets without values.
    pub(crate) async fn found(plan: Plan, value: impl Fn(&Row, usize, FieldKey) -> String) -> Self {
        Self::found_with(plan, None, value).await
    }

    /// The same with the master key of another world, from which decoys and codes follow.
    pub(crate) async fn found_with(plan: Plan, key: Option<&Self>, value: impl Fn(&Row, usize, FieldKey) -> String) -> Self {
        let folder = folder();
        if let Some(other) = key {
            std::fs::copy(other.folder.path().join("master.key"), folder.path().join("master.key")).unwrap();
        }
        let database = match plan.engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(fresh_database().await.unwrap()),
        };
        let place = Place { data: folder.path().to_owned(), database };
        place.prepare().unwrap();
        let vault = place.vault().unwrap();
        let sealer = vault.head_sealer();
        let db = place.open().await.unwrap();
        let began = plan.now - TimeDelta::days(30);
        db.begin_school("明德书院", vault.check_value(), &sealer, began).await.unwrap();
        own_role::found(&place).await;
        let trail = TrailStore::open(db.clone(), sealer);
        #[expect(clippy::disallowed_methods, reason = "the families of a test are sealed under a policy that is stored nowhere")]
        let gate = Gate::new(vault, intake_policy(), Arc::new(trail.clone()));

        let campuses: Vec<CampusId> = (1..=2).map(|n| CampusId(Uuid::from_u128(0xca_0000 + n))).collect();
        let classes: Vec<ClassId> = (1..=2).map(|n| ClassId(Uuid::from_u128(0xc1_0000 + n))).collect();
        let mut staff = BTreeMap::new();
        let (mut people, mut rows) = (Vec::new(), Vec::new());
        for (position, (login, role, at)) in STAFF.iter().enumerate() {
            let id = StaffId(Uuid::from_u128(0x5f_0000 + position as u128));
            staff.insert(*login, id);
            let mut row = Row {
                kind: RecordKind::Staff,
                id: id.0,
                family: None,
                campus: at[0],
                owner: None,
                taught: false,
                own: false,
                version: 1,
                values: BTreeMap::new(),
            };
            row.fill(rows.len(), &value);
            let contact = StaffContact::parse(&row.values[&FieldKey::StaffPhone], &row.values[&FieldKey::StaffEmail]).unwrap();
            let (key, phone, email) = gate.seal_staff_contact(id.0, &contact).unwrap();
            people.push(NewStaff {
                id,
                login: (*login).to_owned(),
                name: format!("{login}老师"),
                roles: RoleSet::from_iter([*role]),
                campuses: at.iter().map(|campus| campuses[*campus]).collect(),
                key,
                phone,
                email,
            });
            rows.push(row);
        }
        let day: NaiveDate = (plan.now + TimeDelta::hours(8)).date_naive();
        let (from, to) = (day - TimeDelta::days(60), day + TimeDelta::days(60));
        let taught = [("论语·晨读", "chen"), ("书法·初阶", "tang")].into_iter().enumerate().map(|(n, (name, teacher))| NewClass {
            id: classes[n],
            campus: campuses[n],
            name: name.to_owned(),
            teacher: staff[teacher],
            starts: from,
            ends: to,
        });
        let places = ["海淀校区", "通州校区"].iter().zip(&campuses).map(|(name, id)| NewCampus { id: *id, name: (*name).to_owned() });
        db.found(places.collect(), people, taught.collect()).await.unwrap();

        let mut families = Vec::new();
        let mut guardian = None;
        for (number, (campus, owner, students, guardians)) in FAMILIES.iter().enumerate() {
            let at = began + TimeDelta::hours(number as i64 + 1);
            let own = number == 0;
            let any_taught = students.contains(&true);
            let blank = |kind, taught, own| Row {
                kind,
                id: Uuid::nil(),
                family: None,
                campus: *campus,
                owner: *owner,
                taught,
                own,
                version: 1,
                values: BTreeMap::new(),
            };
            let mut family = blank(RecordKind::Family, any_taught, own);
            let mut made: Vec<Row> = students.iter().map(|taught| blank(RecordKind::Student, *taught, own)).collect();
            made.extend((0..guardians.len()).map(|n| blank(RecordKind::Guardian, any_taught, own && n == 0)));
            made.extend([blank(RecordKind::Note, any_taught, own), blank(RecordKind::Note, any_taught, own)]);
            for (n, row) in made.iter_mut().enumerate() {
                row.fill(rows.len() + 1 + n, &value);
            }
            let text = |row: &Row, field| row.values[&field].clone();
            let new = NewFamily {
                campus: campuses[*campus],
                stage: Stage::ALL[number % 4],
                students: made.iter().filter(|row| row.kind == RecordKind::Student).map(Row::student).collect(),
                guardians: made.iter().filter(|row| row.kind == RecordKind::Guardian).map(Row::guardian).collect(),
            };
            let writer = staff["wu"];
            let mut intake = gate.intake(&author(writer, "wu老师", at), &new).unwrap();
            intake.owner = owner.map(|login| staff[login]);
            family.id = intake.id.0;
            let ids = intake.students.iter().map(|taken| taken.id.0).chain(intake.guardians.iter().map(|taken| taken.id.0));
            for (row, id) in made.iter_mut().zip(ids.collect::<Vec<_>>()) {
                row.id = id;
            }
            if own {
                guardian = intake.guardians.first().map(|taken| taken.id);
            }
            let blocked = intake.guardians.iter().zip(*guardians).filter(|(_, blocked)| **blocked).map(|(taken, _)| taken.id).collect();
            let enrolments = intake
                .students
                .iter()
                .zip(*students)
                .filter(|(_, taught)| **taught)
                .map(|(taken, _)| SeedEnrolment { student: taken.id, class: classes[*campus], starts: from, ends: None })
                .collect();
            let record = FamilyRecord {
                family: FamilyFacts {
                    id: intake.id,
                    version: 1,
                    stage: new.stage,
                    campus: contract::wire::school::CampusRef { id: new.campus, name: String::new() },
                    owner: None,
                    created_at: at,
                    updated_at: at,
                    next_contact: None,
                    facts: Facts { campus: new.campus, owner: intake.owner, taught_by_viewer: false, own_child: false },
                },
                key: Arc::new(intake.key.clone()),
                students: Vec::new(),
                guardians: Vec::new(),
                notes: Vec::new(),
            };
            let mut notes = Vec::new();
            for (turn, row) in made.iter_mut().filter(|row| row.kind == RecordKind::Note).enumerate() {
                let written = at + TimeDelta::minutes(turn as i64 + 1);
                let next_contact = (number % 3 == 0).then_some(day + TimeDelta::days(number as i64 - 2));
                let wish = NewNote { body: text(row, FieldKey::NoteBody), next_contact };
                let note = gate.add_note(&author(writer, "wu老师", written), &record, &wish).unwrap();
                row.id = note.id.0;
                notes.push(SeedNote(note));
            }
            rows.push(family);
            rows.extend(made);
            families.push(SeedFamily { intake, at, blocked, enrolments, notes });
        }
        let of: BTreeMap<usize, Uuid> = Self::families_of(&rows);
        for (position, family) in of {
            rows[position].family = Some(family);
        }
        db.seed(&trail, families).await.unwrap();
        super::corrected::corrections(&place, (&db, &trail), (staff["wu"], &campuses), began, &mut rows, &value).await;
        let line = super::questioned::questions(&place, (&db, &trail), (staff["wu"], staff["gu"]), began, &mut rows, &value).await;
        Self { folder, db, place, staff, campuses, rows, guardian: guardian.unwrap(), line }
    }

    fn families_of(rows: &[Row]) -> BTreeMap<usize, Uuid> {
        let mut present = None;
        let mut of = BTreeMap::new();
        for (position, row) in rows.iter().enumerate() {
            if row.kind == RecordKind::Family {
                present = Some(row.id);
            }
            if let Some(family) = present {
                of.insert(position, family);
            }
        }
        of
    }

    /// A server on this school, with limits that nothing has used up.
    pub(crate) async fn serve(&self) -> Router {
        let (db, vault) = (self.db.clone(), self.place.vault().unwrap());
        let app = App::start(db, vault, "http://localhost:8080", courier(&self.place)).await.unwrap();
        server::api::router(app)
    }

    /// The person behind `who`.
    pub(crate) fn actor(&self, who: Who) -> Actor {
        match who.role {
            Role::Guardian => Actor::Guardian(self.guardian),
            _ => Actor::Staff(self.staff[who.login]),
        }
    }

    /// Signs `who` in, a moment after a passkey; the number makes session and token, the same in every world.
    pub(crate) async fn session(&self, who: Who, number: u128, at: DateTime<Utc>) -> (String, SessionId) {
        let token = format!("a-session-of-a-test-{number}");
        let id = SessionId(Uuid::from_u128(0x5e55_0000_0000 + number));
        let new = NewSession {
            id,
            token_digest: Sha256::digest(token.as_bytes()).into(),
            actor: self.actor(who),
            device: UNNAMED.into(),
            at,
            expires_at: at + TimeDelta::hours(12),
            stepped_up_at: Some(at),
            location: None,
            credential: contract::Credential::Passkey,
        };
        self.db.open_session(new).await.unwrap();
        (token, id)
    }
}

impl Row {
    fn fill(&mut self, position: usize, value: &impl Fn(&Self, usize, FieldKey) -> String) {
        self.values = FieldKey::of(self.kind).map(|field| (field, value(self, position, field))).collect();
    }
    fn student(&self) -> NewStudent {
        let text = |field| self.values[&field].clone();
        NewStudent {
            name: text(FieldKey::StudentName),
            birth_date: text(FieldKey::StudentBirthDate),
            id_card: text(FieldKey::StudentIdCard),
            school: text(FieldKey::StudentSchool),
            address: text(FieldKey::StudentAddress),
            health_note: text(FieldKey::StudentHealthNote),
        }
    }
    fn guardian(&self) -> NewGuardian {
        let text = |field| self.values[&field].clone();
        NewGuardian {
            relation: Relation::Mother,
            name: text(FieldKey::GuardianName),
            phone: text(FieldKey::GuardianPhone),
            second_phone: text(FieldKey::GuardianSecondPhone),
            wechat: text(FieldKey::GuardianWechat),
            email: text(FieldKey::GuardianEmail),
            id_card: text(FieldKey::GuardianIdCard),
            address: text(FieldKey::GuardianAddress),
            employer: text(FieldKey::GuardianEmployer),
        }
    }
}

/// An answer, whole.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(present, _)| present == name).map_or("", |(_, value)| value)
    }
    /// The text of the body; a workbook is unpacked, sheet by sheet.
    pub(crate) fn text(&self) -> String {
        if !self.body.starts_with(b"PK\x03\x04") {
            return String::from_utf8_lossy(&self.body).into_owned();
        }
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&self.body)).unwrap();
        let mut text = String::new();
        for position in 0..archive.len() {
            let mut file = archive.by_index(position).unwrap();
            // The one part that holds the time of the making.
            let name = file.name().unwrap().into_owned();
            if name != "docProps/core.xml" {
                text.push_str(&format!("\n== {name} ==\n"));
                std::io::Read::read_to_string(&mut file, &mut text).unwrap();
            }
        }
        text
    }
}

/// One request, in this process.
pub(crate) async fn call(router: &Router, token: Option<&str>, method: &str, path: &str, body: Option<&str>) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(token) = token {
        request = request.header(header::COOKIE, format!("shendu={token}"));
    }
    let request = match body {
        Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_owned())),
        None => request.body(Body::empty()),
    };
    let response: Response<Body> = router.clone().oneshot(request.unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    // A line that stays open says nothing yet, and is left at once.
    let stays = response.headers().get("content-type").is_some_and(|kind| kind == "text/event-stream");
    let whole = if stays { Body::empty() } else { response.into_body() };
    let body = axum::body::to_bytes(whole, usize::MAX).await.unwrap().to_vec();
    Answer { status, headers, body }
}
