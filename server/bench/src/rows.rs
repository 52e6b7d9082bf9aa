//! The students of the demonstration school as flat rows of text, the simplest schema that a peer can be given.
//!
//! The rule: the same seed, number and day as `shendu demo`, so that both sides hold the same people. Guardian, consultant
//! and class are columns of the student: the peer joins nothing.

use chrono::NaiveDate;
use contract::wire::school::Custody;
use server::demo;

/// The seed of every measurement.
pub(crate) const SEED: u64 = 1;

/// The columns, in the order of [`Row::values`]; true where the peer hides the column from its users.
pub(crate) const COLUMNS: [(&str, bool); 22] = [
    ("name", false),
    ("birth_date", false),
    ("id_card", true),
    ("school", false),
    ("address", false),
    ("health_note", true),
    ("campus", false),
    ("owner", false),
    ("stage", false),
    ("next_contact", false),
    ("class", false),
    ("relation", false),
    ("custody", false),
    ("guardian_name", false),
    ("guardian_phone", false),
    ("guardian_second_phone", true),
    ("guardian_wechat", true),
    ("guardian_email", false),
    ("guardian_id_card", true),
    ("guardian_address", true),
    ("guardian_employer", true),
    ("last_note", true),
];

/// A student with the family's first guardian; with id and time of the last change 24 columns.
pub(crate) struct Row {
    /// The values of [`COLUMNS`].
    pub(crate) values: [String; 22],
    /// The day of the last change.
    pub(crate) updated: NaiveDate,
}

/// A phone number that one consultant may look up.
pub(crate) struct Findable {
    /// The consultant's login.
    pub(crate) login: String,
    /// The number.
    pub(crate) phone: String,
}

/// The campus of the demonstration's own people.
pub(crate) fn home(school: &demo::School) -> &str {
    &school.campuses[0].name
}

/// The day that the school is drawn for.
pub(crate) fn today() -> NaiveDate {
    server::clock::school_day(server::clock::now())
}

/// Every student.
pub(crate) fn students(count: u32, today: NaiveDate, school: &demo::School) -> impl Iterator<Item = Row> {
    demo::families(SEED, count, today, school).flat_map(move |family| {
        let campus = school.campuses[family.campus].name.clone();
        let owner = family.owner.map(|owner| school.staff[owner].name.clone()).unwrap_or_default();
        let last = family.notes.last();
        let next_contact = last.and_then(|note| note.next_contact).map(|day| day.to_string()).unwrap_or_default();
        let last_note = last.map(|note| note.body.clone()).unwrap_or_default();
        let updated = last.map_or(family.created, |note| note.at.date_naive());
        let (guardian, custody) = family.guardians[0].clone();
        let rows: Vec<Row> = family
            .students
            .into_iter()
            .map(|(student, enrolments)| Row {
                values: [
                    student.name,
                    student.birth_date,
                    student.id_card,
                    student.school,
                    student.address,
                    student.health_note,
                    campus.clone(),
                    owner.clone(),
                    family.stage.name().to_owned(),
                    next_contact.clone(),
                    enrolments.last().map(|enrolment| school.classes[enrolment.class].name.clone()).unwrap_or_default(),
                    guardian.relation.name().to_owned(),
                    if custody == Custody::Full { "full" } else { "blocked" }.to_owned(),
                    guardian.name.clone(),
                    guardian.phone.clone(),
                    guardian.second_phone.clone(),
                    guardian.wechat.clone(),
                    guardian.email.clone(),
                    guardian.id_card.clone(),
                    guardian.address.clone(),
                    guardian.employer.clone(),
                    last_note.clone(),
                ],
                updated,
            })
            .collect();
        rows
    })
}

/// Phone numbers with somebody who may look them up; no more for one person than the daily quota allows.
pub(crate) fn findable(count: u32, today: NaiveDate, school: &demo::School, most: usize) -> Vec<Findable> {
    let mut taken = vec![0; school.staff.len()];
    let mut found = Vec::new();
    for family in demo::families(SEED, count, today, school) {
        let (Some(owner), Some((guardian, Custody::Full))) = (family.owner, family.guardians.first()) else { continue };
        if taken[owner] < most && !guardian.phone.is_empty() {
            taken[owner] += 1;
            found.push(Findable { login: school.staff[owner].login.clone(), phone: guardian.phone.clone() });
        }
    }
    found
}
