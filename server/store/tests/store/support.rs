//! A small school: two campuses, consultants, a registrar, a teacher with a class, families taken in through the gate.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::{
    ids::{CampusId, ClassId, FamilyId, GuardianId, NoteId, SessionId, StaffId, StudentId},
    rights::{Role, RoleSet},
    wire::{
        families::NewFamily,
        guardians::NewGuardian,
        ledger::Action,
        notes::NewNote,
        school::{Relation, Stage},
        students::NewStudent,
    },
};
use guard::{
    Actor, Admission, Entry, Gate, Policy, Vault, Viewer,
    trail::By,
    vault::{HeadSealer, StaffContact, keys::KeyFile},
    write::FamilyIntake,
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, ExecResult, QueryResult, Statement, Value};
use std::{path::PathBuf, sync::Arc};
use store::{Db, Engine, NewCampus, NewClass, NewStaff, SeedEnrolment, SeedFamily, TrailStore};
use tempfile::TempDir;
use uuid::Uuid;

/// The day on which the tests take place.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 10).unwrap()
}

/// Noon of a day at the school.
pub fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(4, 0, 0).unwrap().and_utc()
}

/// The time of the tests.
pub fn now() -> DateTime<Utc> {
    noon(today())
}

/// So many days from today.
pub fn days(count: i64) -> NaiveDate {
    today() + TimeDelta::days(count)
}

pub struct School {
    pub db: Db,
    pub trail: TrailStore,
    pub gate: Gate,
    pub sealer: HeadSealer,
    pub check: [u8; 32],
    /// A connection beside the store's own.
    pub raw: DatabaseConnection,
    pub url: String,
    pub folder: TempDir,
    pub north: CampusId,
    pub south: CampusId,
    /// Consultants: two in the north, one in the south.
    pub li: StaffId,
    pub wang: StaffId,
    pub zhao: StaffId,
    pub chen: StaffId,
    pub class: ClassId,
}

/// What a test says about a family; the rest is filled in.
#[derive(Clone)]
pub struct Wish {
    pub by: Viewer,
    pub campus: CampusId,
    pub stage: Stage,
    pub students: Vec<NewStudent>,
    pub guardians: Vec<NewGuardian>,
}

/// The ids of a stored family.
#[derive(Clone, Debug)]
pub struct Ids {
    pub family: FamilyId,
    pub students: Vec<StudentId>,
    pub guardians: Vec<GuardianId>,
}

pub fn student(name: &str) -> NewStudent {
    NewStudent { name: name.into(), ..NewStudent::default() }
}

pub fn guardian(name: &str, phone: &str) -> NewGuardian {
    NewGuardian {
        relation: Relation::Mother,
        name: name.into(),
        phone: phone.into(),
        second_phone: String::new(),
        wechat: String::new(),
        email: String::new(),
        id_card: String::new(),
        address: String::new(),
        employer: String::new(),
    }
}

pub fn viewer(actor: Actor, roles: &[Role], campuses: &[CampusId], day: NaiveDate) -> Viewer {
    #[expect(clippy::disallowed_methods, reason = "a test says who somebody is")]
    Viewer::admit(Admission {
        actor,
        name: "someone".into(),
        roles: roles.iter().copied().collect::<RoleSet>(),
        campuses: campuses.to_vec(),
        session: SessionId(Uuid::nil()),
        stepped_up_at: None,
        now: noon(day),
        whence: guard::Whence::Unknown,
    })
}

/// An event of the trail.
pub fn event() -> Entry {
    Entry::event(now(), By::nobody(), Action::Shown)
}

impl School {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("school.db");
        let db = Db::sqlite(&path).await.unwrap();
        Self::begin(folder, db, format!("sqlite://{}?mode=rw", path.display())).await
    }

    /// On a database of its own, where the environment names a server.
    pub async fn postgres() -> Option<Self> {
        let admin_url = std::env::var("SHENDU_TEST_POSTGRES").ok()?;
        let name = format!("school_{}", Uuid::now_v7().simple());
        let admin = Database::connect(quiet(&admin_url)).await.unwrap();
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        admin.close().await.unwrap();
        let url = format!("{}/{name}", admin_url.rsplit_once('/').unwrap().0);
        let db = Db::postgres(&url).await.unwrap();
        Some(Self::begin(tempfile::tempdir().unwrap(), db, url).await)
    }

    async fn begin(folder: TempDir, db: Db, url: String) -> Self {
        let key = KeyFile::at(&folder.path().join("master.key"));
        key.create().unwrap();
        let vault = Vault::unlock(&key).unwrap();
        let (check, sealer) = (vault.check_value(), vault.head_sealer());
        db.begin_school("a school", check, &sealer, now()).await.unwrap();
        let trail = TrailStore::open(db.clone(), sealer.clone());
        #[expect(clippy::disallowed_methods, reason = "each school of a test has a gate")]
        let gate = Gate::new(vault, Policy::initial(), Arc::new(trail.clone()));
        let campus = || CampusId(Uuid::now_v7());
        let person = || StaffId(Uuid::now_v7());
        let raw = Database::connect(quiet(&url)).await.unwrap();
        let school = Self {
            db,
            trail,
            gate,
            sealer,
            check,
            raw,
            url,
            folder,
            north: campus(),
            south: campus(),
            li: person(),
            wang: person(),
            zhao: person(),
            chen: person(),
            class: ClassId(Uuid::now_v7()),
        };
        school.people().await;
        school
    }

    async fn people(&self) {
        let staff = |id: StaffId, login: &str, role: Role, campus: CampusId| {
            let contact = StaffContact::parse("10098765432", "staff.canary@example.com").unwrap();
            let (key, phone, email) = self.gate.seal_staff_contact(id.0, &contact).unwrap();
            let roles = RoleSet::from_iter([role]);
            NewStaff { id, login: login.into(), name: login.into(), roles, campuses: vec![campus], key, phone, email }
        };
        let campuses = vec![NewCampus { id: self.north, name: "north".into() }, NewCampus { id: self.south, name: "south".into() }];
        let people = vec![
            staff(self.li, "li", Role::Consultant, self.north),
            staff(self.wang, "wang", Role::Consultant, self.north),
            staff(self.zhao, "zhao", Role::Consultant, self.south),
            staff(self.chen, "chen", Role::Teacher, self.north),
        ];
        let class = NewClass {
            id: self.class,
            campus: self.north,
            name: "class one".into(),
            teacher: self.chen,
            starts: days(-30),
            ends: days(60),
        };
        self.db.found(campuses, people, vec![class]).await.unwrap();
    }

    /// A second handle on the same database, as another machine has it.
    pub async fn second(&self) -> Db {
        match self.db.engine() {
            Engine::Sqlite => Db::sqlite(&self.path()).await.unwrap(),
            Engine::Postgres => Db::postgres(&self.url).await.unwrap(),
        }
    }

    /// The SQLite file.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("school.db")
    }

    pub fn consultant(&self, id: StaffId) -> Viewer {
        let campus = if id == self.zhao { self.south } else { self.north };
        viewer(Actor::Staff(id), &[Role::Consultant], &[campus], today())
    }

    pub fn registrar(&self, campuses: &[CampusId]) -> Viewer {
        viewer(Actor::Staff(StaffId(Uuid::from_u128(77))), &[Role::Registrar], campuses, today())
    }

    pub fn teacher(&self, day: NaiveDate) -> Viewer {
        viewer(Actor::Staff(self.chen), &[Role::Teacher], &[self.north], day)
    }

    pub fn parent(&self, id: GuardianId) -> Viewer {
        viewer(Actor::Guardian(id), &[Role::Guardian], &[], today())
    }

    pub fn wish(&self, by: StaffId, students: Vec<NewStudent>, guardians: Vec<NewGuardian>) -> Wish {
        let by = self.consultant(by);
        Wish { campus: by.campuses()[0], by, stage: Stage::Lead, students, guardians }
    }

    pub fn intake(&self, wish: Wish) -> FamilyIntake {
        let Wish { by, campus, stage, students, guardians } = wish;
        self.gate.intake(&by, &NewFamily { campus, stage, students, guardians }).unwrap()
    }

    /// Takes a family in.
    pub async fn take_in(&self, wish: Wish) -> Ids {
        let intake = self.intake(wish);
        let ids = ids(&intake);
        self.db.take_in(&self.trail, intake).await.unwrap();
        ids
    }

    /// Seeds a family whose pupils, by their place in the family, are in the class for some days.
    pub async fn seed(&self, wish: Wish, lessons: &[(usize, NaiveDate, Option<NaiveDate>)]) -> Ids {
        let intake = self.intake(wish);
        let ids = ids(&intake);
        let enrolment = |(student, starts, ends): &(usize, NaiveDate, Option<NaiveDate>)| SeedEnrolment {
            student: ids.students[*student],
            class: self.class,
            starts: *starts,
            ends: *ends,
        };
        let enrolments = lessons.iter().map(enrolment).collect();
        let family = SeedFamily { intake, at: now(), blocked: Vec::new(), enrolments, notes: Vec::new() };
        self.db.seed(&self.trail, vec![family]).await.unwrap();
        ids
    }

    /// Writes a note to a family.
    pub async fn note(&self, by: &Viewer, family: FamilyId, body: &str) -> NoteId {
        let record = self.db.family(&self.gate.scope(by), family).await.unwrap().unwrap();
        let note = self.gate.add_note(by, &record, &NewNote { body: body.into(), next_contact: None }).unwrap();
        let id = note.id;
        self.db.add_note(&self.trail, note).await.unwrap();
        id
    }

    /// Takes a family in and writes a note to it.
    pub async fn take_in_with_note(&self, by: &Viewer, wish: Wish, body: &str, next_contact: Option<NaiveDate>) -> Ids {
        let intake = self.intake(wish);
        let ids = ids(&intake);
        self.db.take_in(&self.trail, intake).await.unwrap();
        let record = self.db.family(&self.gate.scope(by), ids.family).await.unwrap().unwrap();
        let note = self.gate.add_note(by, &record, &NewNote { body: body.into(), next_contact }).unwrap();
        self.db.add_note(&self.trail, note).await.unwrap();
        ids
    }

    /// Statements past the store.
    pub async fn sql(&self, sql: &str) {
        self.try_sql(sql, []).await.unwrap();
    }

    pub async fn try_sql(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<ExecResult, DbErr> {
        let statement = Statement::from_sql_and_values(self.raw.get_database_backend(), sql, values);
        self.raw.execute_raw(statement).await
    }

    pub async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let statement = Statement::from_string(self.raw.get_database_backend(), sql);
        self.raw.query_all_raw(statement).await.unwrap()
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        self.rows(&format!("SELECT COUNT(*) AS n FROM {table}")).await[0].try_get("", "n").unwrap()
    }

    /// Takes the triggers away that keep the trail as it is, for what somebody does behind the store's back.
    pub async fn drop_triggers(&self) {
        if self.db.engine() == Engine::Sqlite {
            for trigger in ["trail_no_update", "trail_no_delete", "trail_family_no_update", "trail_family_no_delete"] {
                self.sql(&format!("DROP TRIGGER {trigger}")).await;
            }
            for trigger in ["trail_beginning_first", "trail_beginning_next", "trail_beginning_stays"] {
                self.sql(&format!("DROP TRIGGER {trigger}")).await;
            }
            return;
        }
        for (trigger, table) in [
            ("trail_append_only", "trail"),
            ("trail_kept", "trail"),
            ("trail_family_append_only", "trail_family"),
            ("trail_family_kept", "trail_family"),
            ("trail_beginning_moves", "trail_beginning"),
            ("trail_beginning_stays", "trail_beginning"),
        ] {
            self.sql(&format!("DROP TRIGGER {trigger} ON {table}")).await;
        }
    }

    /// Verifies the trail, which must be whole; says how many rows it has.
    pub async fn verified(&self) -> i64 {
        let verdict = self.db.verify_trail(&self.sealer, None).await.unwrap();
        assert_eq!(verdict.fault, None);
        verdict.rows()
    }
}

pub fn ids(intake: &FamilyIntake) -> Ids {
    Ids {
        family: intake.id,
        students: intake.students.iter().map(|student| student.id).collect(),
        guardians: intake.guardians.iter().map(|guardian| guardian.id).collect(),
    }
}

fn quiet(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).max_connections(1);
    options
}

/// The test of this name on each engine.
macro_rules! on_each_engine {
    ($($(#[$doc:meta])* async fn $name:ident($school:ident) $body:block)+) => {$(
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports, reason = "not every module needs more than the school")]
            use super::*;
            use crate::support::School;

            async fn check($school: School) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                check(School::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                if let Some(school) = School::postgres().await {
                    check(school).await;
                }
            }
        }
    )+};
}
pub(crate) use on_each_engine;
