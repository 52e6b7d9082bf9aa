//! The school before its families: campuses, staff, classes.
//!
//! The rule: the people whom a demonstration signs in as come first and are the same for every seed. Deliberately absent:
//! credentials; who signs in as whom is decided elsewhere.

use super::{
    Campus, Class, School, StaffMember,
    dice::Dice,
    names::{Bearer, given},
    people, places,
};
use chrono::NaiveDate;
use contract::Role;

/// Login, working name and role of the demo people, in the order of [`School::staff`].
const DEMO: &[(&str, &str, Role)] = &[
    ("li", "李老师", Role::Consultant),
    ("zhou", "周老师", Role::Consultant),
    ("chen", "陈老师", Role::Teacher),
    ("wu", "吴老师", Role::Registrar),
    ("zheng", "郑老师", Role::Finance),
    ("meng", "孟校长", Role::Principal),
    ("gu", "顾老师", Role::PrivacyOfficer),
    ("shen", "沈老师", Role::Administrator),
    ("han", "韩老师", Role::Auditor),
];
/// Surnames of the other staff, as written and as their logins spell them.
const SURNAMES: &[(&str, &str)] = &[
    ("王", "wang"),
    ("张", "zhang"),
    ("刘", "liu"),
    ("杨", "yang"),
    ("黄", "huang"),
    ("赵", "zhao"),
    ("徐", "xu"),
    ("孙", "sun"),
    ("马", "ma"),
    ("朱", "zhu"),
    ("林", "lin"),
    ("高", "gao"),
    ("唐", "tang"),
    ("宋", "song"),
    ("欧阳", "ouyang"),
    ("司徒", "situ"),
];
const TRACKS: &[&str] = &["论语", "书法", "古琴", "茶道", "弟子规", "诗经", "大学", "千字文", "国画", "围棋", "孟子", "声律启蒙"];
const FORMS: &[&str] = &["晨读", "初阶", "小组", "周末", "启蒙", "进阶"];

/// How many students a campus, a consultant, a teacher and a class have at most, more or less.
const PER_CAMPUS: u32 = 2000;
const PER_CONSULTANT: u32 = 150;
const PER_TEACHER: u32 = 100;
const PER_CLASS: u32 = 20;

/// The school of `seed` for so many students; its terms lie around `today`.
#[must_use]
pub fn school(seed: u64, students: u32, today: NaiveDate) -> School {
    let mut dice = Dice::new(seed, 0);
    let most = places::most_campuses();
    // a second campus even in a small school shows what does not cross from one to the other
    let count = usize::try_from(students.div_ceil(PER_CAMPUS)).unwrap_or(most).clamp(2, most);
    let share = students.div_ceil(u32::try_from(count).unwrap_or(1));
    let campuses = (0..count).map(|campus| Campus { name: places::campus_name(campus) }).collect();
    let mut staff: Vec<StaffMember> = DEMO
        .iter()
        .map(|&(login, name, role)| {
            let campuses = if role == Role::Principal { (0..count).collect() } else { vec![0] };
            member(&mut dice, login.to_owned(), name.to_owned(), role, campuses)
        })
        .collect();
    let mut classes = Vec::new();
    for campus in 0..count {
        hire(&mut dice, &mut staff, campus, share);
        let teachers: Vec<usize> = at(&staff, campus, Role::Teacher).collect();
        open(&mut dice, &mut classes, campus, &teachers, share, today);
    }
    School { name: "明德书院".to_owned(), campuses, staff, classes }
}

/// The staff of a campus in a role: positions in `staff`.
pub(super) fn at(staff: &[StaffMember], campus: usize, role: Role) -> impl Iterator<Item = usize> {
    staff.iter().enumerate().filter(move |(_, member)| member.roles.has(role) && member.campuses.contains(&campus)).map(|(at, _)| at)
}

fn member(dice: &mut Dice, login: String, name: String, role: Role, campuses: Vec<usize>) -> StaffMember {
    let email = format!("{login}@example.com");
    StaffMember { login, name, roles: [role].into_iter().collect(), campuses, phone: people::mobile(dice), email }
}

/// Fills the posts of a campus that the demo people do not fill.
fn hire(dice: &mut Dice, staff: &mut Vec<StaffMember>, campus: usize, share: u32) {
    let posts = [
        (Role::Consultant, share.div_ceil(PER_CONSULTANT).max(1)),
        (Role::Teacher, share.div_ceil(PER_TEACHER).max(2)),
        (Role::Registrar, share.div_ceil(PER_CAMPUS).max(1)),
    ];
    for (role, wanted) in posts {
        let filled = u32::try_from(at(staff, campus, role).count()).unwrap_or(u32::MAX);
        for _ in filled..wanted {
            let (surname, spelling) = dice.any(SURNAMES).unwrap_or_default();
            let bearer = if dice.chance(600) { Bearer::Girl } else { Bearer::Boy };
            let name = format!("{surname}{}老师", given(dice, bearer));
            // the position makes the login unique
            let login = format!("{spelling}{}", staff.len() + 1);
            staff.push(member(dice, login, name, role, vec![campus]));
        }
    }
}

/// Opens the classes of this term and keeps half as many of the last year, none older than the families that have left.
fn open(dice: &mut Dice, classes: &mut Vec<Class>, campus: usize, teachers: &[usize], share: u32, today: NaiveDate) {
    let running = share.div_ceil(PER_CLASS).max(6);
    for (count, over) in [(running, false), (running.div_ceil(2), true)] {
        for turn in 0..usize::try_from(count).unwrap_or(usize::MAX) {
            let name = class_name(turn);
            // in turn, so that every teacher has a class
            let Some(teacher) = teachers.get(turn % teachers.len().max(1)).copied() else { continue };
            let (from, to) = if over {
                (dice.days_before(today, 370, 400), dice.days_before(today, 200, 230))
            } else {
                (dice.days_before(today, 60, 110), dice.days_after(today, 60, 110))
            };
            classes.push(Class { name, campus, teacher, from, to });
        }
    }
}

/// The name of the class in this turn: every track in every form, then all of them with a number.
fn class_name(turn: usize) -> String {
    let (round, number) = (turn / TRACKS.len(), turn / (TRACKS.len() * FORMS.len()) + 1);
    let track = TRACKS.get(turn % TRACKS.len()).copied().unwrap_or_default();
    let form = FORMS.get((turn + round) % FORMS.len()).copied().unwrap_or_default();
    if number == 1 { format!("{track}·{form}") } else { format!("{track}·{form}{number}班") }
}
