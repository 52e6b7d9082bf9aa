//! Families, one after another.
//!
//! The rule: each family has its own stream of chance, so that none depends on those before it and nothing is kept.
//! Deliberately absent: ids; whoever stores a family gives them.

use super::{
    Enrolment, Family, Note, School,
    dice::{Dice, after, before},
    people::{self, Home},
    school::at,
    texts,
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    Role,
    wire::{
        guardians::NewGuardian,
        school::{Custody, Relation, Stage},
        students::NewStudent,
    },
};

/// What the school offers at one campus: positions in its staff and its classes.
struct Offer {
    consultants: Vec<usize>,
    running: Vec<usize>,
    over: Vec<usize>,
}

/// The families of `seed`, until they have `students` students between them. `school` is the one of the same seed,
/// number and day. One family is held at a time.
pub fn families(seed: u64, students: u32, today: NaiveDate, school: &School) -> impl Iterator<Item = Family> {
    let offers: Vec<Offer> = (0..school.campuses.len()).map(|campus| offer(school, campus, today)).collect();
    let mut left = students;
    // the first stream is the school's
    (1..).map_while(move |stream| {
        let family = (left > 0).then(|| family(&mut Dice::new(seed, stream), left, today, school, &offers))?;
        left = left.saturating_sub(u32::try_from(family.students.len()).unwrap_or(u32::MAX));
        Some(family)
    })
}

fn offer(school: &School, campus: usize, today: NaiveDate) -> Offer {
    let here = school.classes.iter().enumerate().filter(|(_, class)| class.campus == campus);
    let (running, over): (Vec<_>, Vec<_>) = here.partition(|(_, class)| class.to >= today);
    let positions = |classes: Vec<(usize, _)>| classes.into_iter().map(|(at, _)| at).collect();
    Offer { consultants: at(&school.staff, campus, Role::Consultant).collect(), running: positions(running), over: positions(over) }
}

fn family(dice: &mut Dice, left: u32, today: NaiveDate, school: &School, offers: &[Offer]) -> Family {
    let campus = campus(dice, offers.len());
    let stage = match dice.below(100) {
        0..60 => Stage::Enrolled,
        60..72 => Stage::Trial,
        72..92 => Stage::Lead,
        _ => Stage::Left,
    };
    let known = matches!(stage, Stage::Enrolled | Stage::Left);
    let count = match dice.below(100) {
        0..78 => 1,
        78..97 => 2,
        _ => 3,
    }
    .min(left);
    // most are of the age of primary school; those who left have come when they were four or older
    let youngest = if stage == Stage::Left { 9 } else { 4 };
    let ages: Vec<u32> = (0..count).map(|_| (4 + dice.below(7) + dice.below(6)).max(youngest)).collect();
    let oldest_file = ages.iter().min().map_or(30, |age| age.saturating_sub(3) * 365);
    let created = match stage {
        Stage::Lead => dice.days_before(today, 1, 120),
        Stage::Trial => dice.days_before(today, 10, 90),
        Stage::Enrolled => dice.days_before(today, 14, oldest_file.min(1400)),
        Stage::Left => dice.days_before(today, 410, oldest_file.min(1600)),
    };
    let offer = offers.get(campus);
    let unowned = if stage == Stage::Lead { 150 } else { 20 };
    let owner = if dice.chance(unowned) { None } else { offer.and_then(|offer| dice.any(&offer.consultants)) };
    let home = Home::draw(dice, campus);
    let students: Vec<(NewStudent, Vec<Enrolment>)> = ages
        .into_iter()
        .map(|age| {
            let student = home.student(dice, today, age, known);
            let enrolments = offer.map_or_else(Vec::new, |offer| enrolments(dice, stage, created, today, school, offer));
            (student, enrolments)
        })
        .collect();
    let guardians = guardians(dice, &home, today, known);
    let author = owner.or_else(|| offer.and_then(|offer| dice.any(&offer.consultants)));
    let notes = author.map_or_else(Vec::new, |by| notes(dice, stage, by, created, today, &students, &guardians));
    Family { campus, stage, owner, created, students, guardians, notes }
}

/// A school of two campuses has most families at the first, where the demo people are; a larger one is even.
fn campus(dice: &mut Dice, count: usize) -> usize {
    let even = dice.below(u32::try_from(count).unwrap_or(u32::MAX));
    let first = count == 2 && dice.chance(400);
    if first { 0 } else { usize::try_from(even).unwrap_or(0) }
}

fn guardians(dice: &mut Dice, home: &Home, today: NaiveDate, known: bool) -> Vec<(NewGuardian, Custody)> {
    let drawn = [(Relation::Mother, 860), (Relation::Father, 680), (Relation::Grandparent, 120), (Relation::Other, 20)];
    let mut relations: Vec<Relation> = drawn.into_iter().filter(|(_, often)| dice.chance(*often)).map(|(relation, _)| relation).collect();
    if relations.is_empty() {
        relations.push(Relation::Mother);
    }
    let guardian = |(turn, relation): (usize, Relation)| {
        // never the first, so that every child has somebody; about one guardian in a hundred
        let custody = if turn > 0 && dice.chance(24) { Custody::Blocked } else { Custody::Full };
        (home.guardian(dice, today, relation, known), custody)
    };
    relations.into_iter().enumerate().map(guardian).collect()
}

fn enrolments(dice: &mut Dice, stage: Stage, created: NaiveDate, today: NaiveDate, school: &School, offer: &Offer) -> Vec<Enrolment> {
    let mut found: Vec<Enrolment> = Vec::new();
    let was_here = created <= before(today, 410);
    let former = match stage {
        Stage::Left => dice.between(1, 2),
        Stage::Enrolled if was_here => dice.below(2),
        _ => 0,
    };
    for _ in 0..former {
        let Some(class) = dice.any(&offer.over) else { break };
        if let Some(term) = school.classes.get(class).filter(|_| found.iter().all(|other| other.class != class)) {
            let to = if dice.chance(200) { dice.days_before(term.to, 1, 60) } else { term.to };
            found.push(Enrolment { class, from: term.from, to: Some(to) });
        }
    }
    let now = match stage {
        Stage::Enrolled => 1 + u32::from(dice.chance(350)),
        Stage::Trial => u32::from(dice.chance(600)),
        Stage::Lead | Stage::Left => 0,
    };
    for _ in 0..now {
        let Some(class) = dice.any(&offer.running) else { break };
        if let Some(term) = school.classes.get(class).filter(|_| found.iter().all(|other| other.class != class)) {
            let (from, to) = if stage == Stage::Trial {
                let from = dice.days_before(today, 0, 6);
                (from, Some(after(from, 7)))
            } else {
                (term.from.max(created), dice.chance(100).then_some(term.to))
            };
            found.push(Enrolment { class, from, to });
        }
    }
    found
}

fn notes(
    dice: &mut Dice,
    stage: Stage,
    by: usize,
    created: NaiveDate,
    today: NaiveDate,
    students: &[(NewStudent, Vec<Enrolment>)],
    guardians: &[(NewGuardian, Custody)],
) -> Vec<Note> {
    let count = match stage {
        Stage::Lead => dice.between(0, 3),
        Stage::Trial => dice.between(1, 4),
        Stage::Enrolled => dice.between(0, 5),
        Stage::Left => dice.between(1, 3),
    };
    let age = u32::try_from((today - created).num_days()).unwrap_or(1).max(1);
    let mut days: Vec<NaiveDate> = (0..count).map(|_| dice.days_before(today, 1, age)).collect();
    days.sort_unstable();
    let last = days.len().saturating_sub(1);
    let note = |(turn, day): (usize, NaiveDate)| {
        let student = dice.below(u32::try_from(students.len()).unwrap_or(0));
        let student = usize::try_from(student).ok().and_then(|at| students.get(at)).map(|(student, _)| student);
        let guardian = guardians.first().map(|(guardian, _)| guardian);
        let phone = people::mobile(dice);
        let body = texts::note(dice, stage, student, guardian, &phone);
        let often = match stage {
            Stage::Lead | Stage::Trial => 750,
            Stage::Enrolled => 200,
            Stage::Left => 50,
        };
        let next_contact = (turn == last && dice.chance(often)).then(|| after(before(today, 4), dice.below(19)));
        Note { by, at: office_hour(dice, day), body, next_contact }
    };
    let mut notes: Vec<Note> = days.into_iter().enumerate().map(note).collect();
    notes.sort_by_key(|note| note.at);
    notes
}

/// A minute between nine in the morning and six in the evening, Beijing time.
fn office_hour(dice: &mut Dice, day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(dice.between(1, 9), dice.below(60), dice.below(60)).unwrap_or_default().and_utc()
}
