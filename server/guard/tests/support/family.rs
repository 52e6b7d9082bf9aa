//! One family whose every field is a canary: a text that occurs nowhere else.

use super::{COLLEAGUE, HERE, ME, Mood, OPEN, PARENT, door, noon, staff, uniform};
use contract::{
    catalogue::FieldKey,
    field::RecordKind,
    ids::{CampusId, ClassId, NoteId, StaffId, StudentId},
    rights::{Role, RoleSet},
    wire::{
        families::NewFamily,
        guardians::{Kinship, NewGuardian},
        notes::NewNote,
        school::{CampusRef, ClassRef, Custody, Relation, StaffRef, Stage},
        students::NewStudent,
    },
};
use guard::{
    Facts, Sealed, Viewer,
    records::{
        ClassFacts, ClassRecord, Enrolment, FamilyFacts, FamilyRecord, GuardianRecord, NoteRecord, Record, StaffRecord, StudentRecord,
    },
    vault::StaffContact,
    why::{Circle, Member, Somebody, Way},
};
use std::sync::{Arc, LazyLock};

/// An identity number of a region that does not exist, with its check character.
pub fn id_card(first_17: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first_17.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{first_17}{}", b"10X98765432"[usize::try_from(sum % 11).unwrap()] as char)
}

static STUDENT_ID_CARD: LazyLock<String> = LazyLock::new(|| id_card("99887719870911406"));
static GUARDIAN_ID_CARD: LazyLock<String> = LazyLock::new(|| id_card("98765519530817523"));

/// The canary of a field.
pub fn canary(field: FieldKey) -> &'static str {
    match field {
        FieldKey::StudentName => "欧阳芷晴",
        FieldKey::StudentBirthDate => "2013-11-27",
        FieldKey::StudentIdCard => &STUDENT_ID_CARD,
        FieldKey::StudentSchool => "云栖渡外国语小学",
        FieldKey::StudentAddress => "苏州市工业园区星湖街328号5幢1204室",
        FieldKey::StudentHealthNote => "对坚果过敏,随身带肾上腺素笔",
        FieldKey::GuardianName => "司徒望舒",
        FieldKey::GuardianPhone => "10055512345",
        FieldKey::GuardianSecondPhone => "10266678901",
        FieldKey::GuardianWechat => "moonharbour_77",
        FieldKey::GuardianEmail => "kestrel.quill@example.com",
        FieldKey::GuardianIdCard => &GUARDIAN_ID_CARD,
        FieldKey::GuardianAddress => "无锡市滨湖区蠡溪路66号2单元301室",
        FieldKey::GuardianEmployer => "青鸾测绘仪器有限公司",
        FieldKey::NoteBody => "母亲希望周六上午上课,联系10377789012",
        FieldKey::CorrectionWords => "上月换了号,旧号10288890123别再打",
        FieldKey::CorrectionAnswer => "已核对改好,有疑问请致电10355567890",
        FieldKey::QuestionWords => "没有约过课,为何打10466671234来问",
        FieldKey::QuestionAnswer => "已查明是误点,有疑问请致电10577782345",
        FieldKey::StaffPhone => "10499901234",
        FieldKey::StaffEmail => "walnut.anchor@example.org",
    }
}

/// The fields of a family, not those of staff, nor those of what guardians ask, which is no part of a family's card.
pub fn family_fields() -> impl Iterator<Item = FieldKey> {
    let elsewhere = |field: &FieldKey| matches!(field.record(), RecordKind::Staff | RecordKind::Correction | RecordKind::Question);
    FieldKey::ALL.iter().copied().filter(move |field| !elsewhere(field))
}

/// The name of a field inside its record.
pub fn column(field: FieldKey) -> &'static str {
    field.name().split_once('.').unwrap().1
}

pub fn new_student() -> NewStudent {
    let text = |field| canary(field).to_owned();
    NewStudent {
        name: text(FieldKey::StudentName),
        birth_date: text(FieldKey::StudentBirthDate),
        id_card: text(FieldKey::StudentIdCard),
        school: text(FieldKey::StudentSchool),
        address: text(FieldKey::StudentAddress),
        health_note: text(FieldKey::StudentHealthNote),
    }
}

pub fn new_guardian() -> NewGuardian {
    let text = |field| canary(field).to_owned();
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

pub fn new_family(campus: CampusId) -> NewFamily {
    NewFamily { campus, stage: Stage::Enrolled, students: vec![new_student()], guardians: vec![new_guardian()] }
}

pub fn new_note() -> NewNote {
    NewNote { body: canary(FieldKey::NoteBody).to_owned(), next_contact: None }
}

/// A relation to nobody in particular.
pub fn stranger() -> Facts {
    Facts { campus: HERE, owner: None, taught_by_viewer: false, own_child: false }
}

/// A class with the student of a family in it.
pub fn class(facts: Facts) -> ClassRecord {
    let pupils: Vec<_> = family(facts).students.into_iter().map(|student| (student, noon().date_naive())).collect();
    let class = ClassFacts {
        id: ClassId(uuid::Uuid::from_u128(0xC1A5)),
        name: "数学三班".into(),
        campus: CampusRef { id: HERE, name: "城南".into() },
        teacher: StaffRef { id: COLLEAGUE, name: "陈老师".into() },
        starts: noon().date_naive(),
        ends: noon().date_naive(),
        pupils: 1,
    };
    ClassRecord { class, pupils }
}

/// The family as the store would find it, with these facts.
pub fn family(facts: Facts) -> FamilyRecord {
    let (gate, _) = door(uniform(&[Role::Registrar], OPEN), Mood::Up);
    let registrar = staff([Role::Registrar]);
    let taken = gate.intake(&registrar, &new_family(HERE)).unwrap();
    let key = Arc::new(taken.key);
    let class = ClassRef { id: ClassId(uuid::Uuid::from_u128(0xC1A5)), name: "数学三班".into() };
    let students: Vec<StudentRecord> = taken
        .students
        .into_iter()
        .map(|one| StudentRecord {
            id: one.id,
            family: taken.id,
            version: 1,
            classes: vec![class.clone()],
            enrolments: vec![Enrolment { class: class.clone(), starts: noon().date_naive(), ends: None }],
            facts,
            key: Arc::clone(&key),
            fields: one.fields,
        })
        .collect();
    let kinship = |student: StudentId| Kinship { student, relation: Relation::Mother, custody: Custody::Full };
    let guardians = taken
        .guardians
        .into_iter()
        .map(|one| GuardianRecord {
            id: one.id,
            family: taken.id,
            version: 1,
            kinships: students.iter().map(|student| kinship(student.id)).collect(),
            facts,
            key: Arc::clone(&key),
            fields: one.fields,
        })
        .collect();
    let mut record = FamilyRecord {
        family: FamilyFacts {
            id: taken.id,
            version: 1,
            stage: taken.stage,
            campus: CampusRef { id: HERE, name: "湖东".into() },
            owner: facts.owner.map(|id| StaffRef { id, name: "工号0417".into() }),
            created_at: noon(),
            updated_at: noon(),
            next_contact: None,
            facts,
        },
        key,
        students,
        guardians,
        notes: Vec::new(),
    };
    let note = gate.add_note(&registrar, &record, &new_note()).unwrap();
    let id: NoteId = note.id;
    record.notes.push(NoteRecord {
        id,
        family: note.family,
        at: note.at,
        by: StaffRef { id: COLLEAGUE, name: "工号0233".into() },
        next_contact: None,
        facts,
        key: Arc::clone(&record.key),
        fields: NoteRecord::fields(note.body.as_stored().to_vec()),
    });
    record
}

/// A member of staff as the store would find them.
pub fn staff_record() -> StaffRecord {
    let (gate, _) = door(uniform(&[], OPEN), Mood::Up);
    let id = COLLEAGUE;
    let contact = StaffContact::parse(canary(FieldKey::StaffPhone), canary(FieldKey::StaffEmail)).unwrap();
    let StaffId(uuid) = id;
    let (key, phone, email) = gate.seal_staff_contact(uuid, &contact).unwrap();
    StaffRecord {
        id,
        login: "gonghao0233".into(),
        name: "工号0233".into(),
        roles: RoleSet::from_iter([Role::Teacher]),
        campuses: vec![CampusRef { id: HERE, name: "湖东".into() }],
        version: 1,
        state: contract::wire::staff::StaffState::Active,
        sessions: 0,
        passkeys: 1,
        key,
        phone: Sealed::stored(phone),
        email: Sealed::stored(email),
    }
}

/// The circle of a family, as the store would find it for anybody's question.
pub fn circle(record: &FamilyRecord) -> Circle {
    let FamilyFacts { id, facts, .. } = &record.family;
    let students = record.students.iter().map(Record::reference);
    let guardians = record.guardians.iter().map(Record::reference);
    let notes = record.notes.iter().map(Record::reference);
    let member = |record| Member {
        record,
        way: Way::Reach,
        taught_by: if facts.taught_by_viewer { vec![(ME, "数学三班".into())] } else { Vec::new() },
        own_of: if facts.own_child { vec![PARENT] } else { Vec::new() },
    };
    let members = students.chain(guardians).chain(notes).map(member).collect();
    Circle { family: *id, campus: facts.campus, owner: facts.owner, guardians: vec![PARENT], members }
}

/// A member of staff, as one about whom a question is asked.
pub fn colleague(viewer: &Viewer) -> Somebody {
    let (id, roles) = (viewer.staff().unwrap_or(ME), viewer.roles());
    Somebody { id, name: viewer.name().to_owned(), roles, campuses: viewer.campuses().to_vec(), active: true }
}
