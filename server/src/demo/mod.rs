//! An invented school of the Chinese classics, to try the program on and to measure it with.
//!
//! The rule: nobody in it exists and nothing in it can be reached: phone numbers begin with 100–109 or have a local part
//! that begins with 0, addresses of mail lie in the domains of RFC 2606, identity numbers in a region that was never
//! assigned. The same seed and day give the same school. Deliberately absent: I/O, the clock, ids and keys.

mod dice;
mod family;
mod names;
mod people;
mod places;
mod school;
#[cfg(test)]
mod tests;
mod texts;

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    RoleSet,
    wire::{
        guardians::NewGuardian,
        school::{Custody, Stage},
        students::NewStudent,
    },
};

pub use family::families;
pub use school::school;

/// The school as such: what exists before the first family comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Its name.
    pub name: String,
    /// Its campuses; the demo people belong to the first.
    pub campuses: Vec<Campus>,
    /// Its staff; the demo people come first.
    pub staff: Vec<StaffMember>,
    /// Its classes, those of today and those that are over.
    pub classes: Vec<Class>,
}

/// A place of the school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campus {
    /// Its name, such as 海淀校区.
    pub name: String,
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// The login, unique in the school.
    pub login: String,
    /// The working name, such as 李老师.
    pub name: String,
    /// The roles.
    pub roles: RoleSet,
    /// Where they work: positions in [`School::campuses`].
    pub campuses: Vec<usize>,
    /// Phone number.
    pub phone: String,
    /// E-mail address.
    pub email: String,
}

/// A class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its name, such as 论语·晨读; unique at its campus among the classes of the same term.
    pub name: String,
    /// Where it meets: a position in [`School::campuses`].
    pub campus: usize,
    /// Who teaches it: a position in [`School::staff`].
    pub teacher: usize,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
}

/// A family with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Its campus: a position in [`School::campuses`].
    pub campus: usize,
    /// Where it stands.
    pub stage: Stage,
    /// Its consultant, of the same campus: a position in [`School::staff`].
    pub owner: Option<usize>,
    /// The day on which it first asked; before today.
    pub created: NaiveDate,
    /// Its students and the classes they attend or attended.
    pub students: Vec<(NewStudent, Vec<Enrolment>)>,
    /// Its guardians; the custody holds for every student of the family.
    pub guardians: Vec<(NewGuardian, Custody)>,
    /// Its follow-up notes, oldest first.
    pub notes: Vec<Note>,
}

/// A student's time in a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The class, of the family's campus: a position in [`School::classes`].
    pub class: usize,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none while the class goes on.
    pub to: Option<NaiveDate>,
}

/// A follow-up note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Who wrote it: a position in [`School::staff`].
    pub by: usize,
    /// When; before today.
    pub at: DateTime<Utc>,
    /// What it says.
    pub body: String,
    /// When to get in touch again.
    pub next_contact: Option<NaiveDate>,
}
