//! A student, shown.

use super::LookBook;
use crate::{
    policy::Policy,
    records::{Record, StudentFields, StudentRecord},
    refused::Refused,
    sealed::SubjectKey,
    viewer::Viewer,
};
use chrono::NaiveDate;
use contract::{
    field::RecordKind,
    wire::{
        classes::Pupil,
        students::{StudentBrief, StudentCard},
        today::StudentNamed,
    },
};

pub(crate) fn card(
    policy: &Policy,
    viewer: &Viewer,
    key: &SubjectKey,
    record: &StudentRecord,
    book: &mut LookBook,
) -> Result<StudentCard, Refused> {
    let reference = record.reference();
    let StudentRecord { id, family, version, classes, enrolments: _, facts, key: _, fields } = record;
    let StudentFields { name, birth_date, id_card, school, address, health_note } = fields;
    let lens = book.lens(policy.view(viewer, facts), key, id.0);
    let card = StudentCard {
        id: *id,
        version: *version,
        name: lens.show(name)?,
        birth_date: lens.show(birth_date)?,
        id_card: lens.show(id_card)?,
        school: lens.show(school)?,
        address: lens.show(address)?,
        health_note: lens.show(health_note)?,
        classes: classes.clone(),
        can: lens.can(RecordKind::Student),
    };
    book.add(*family, reference, lens.into_looks());
    Ok(card)
}

pub(crate) fn brief(
    policy: &Policy,
    viewer: &Viewer,
    key: &SubjectKey,
    record: &StudentRecord,
    book: &mut LookBook,
) -> Result<StudentBrief, Refused> {
    let reference = record.reference();
    let StudentRecord { id, family, version: _, classes, enrolments: _, facts, key: _, fields } = record;
    let StudentFields { name, birth_date, id_card: _, school: _, address, health_note: _ } = fields;
    let lens = book.lens(policy.view(viewer, facts), key, id.0);
    let brief = StudentBrief {
        id: *id,
        name: lens.show(name)?,
        birth_date: lens.show(birth_date)?,
        address: lens.show(address)?,
        classes: classes.clone(),
    };
    book.add(*family, reference, lens.into_looks());
    Ok(brief)
}

pub(crate) fn pupil(
    policy: &Policy,
    viewer: &Viewer,
    key: &SubjectKey,
    record: &StudentRecord,
    since: NaiveDate,
    book: &mut LookBook,
) -> Result<Pupil, Refused> {
    let reference = record.reference();
    let StudentRecord { id, family, version: _, classes: _, enrolments: _, facts, key: _, fields } = record;
    let StudentFields { name, birth_date, id_card: _, school: _, address: _, health_note: _ } = fields;
    let lens = book.lens(policy.view(viewer, facts), key, id.0);
    let pupil = Pupil { id: *id, family: *family, name: lens.show(name)?, birth_date: lens.show(birth_date)?, since };
    book.add(*family, reference, lens.into_looks());
    Ok(pupil)
}

pub(crate) fn named(
    policy: &Policy,
    viewer: &Viewer,
    key: &SubjectKey,
    record: &StudentRecord,
    book: &mut LookBook,
) -> Result<StudentNamed, Refused> {
    let reference = record.reference();
    let StudentRecord { id, family, version: _, classes: _, enrolments: _, facts, key: _, fields } = record;
    let StudentFields { name, birth_date: _, id_card: _, school: _, address: _, health_note: _ } = fields;
    let lens = book.lens(policy.view(viewer, facts), key, id.0);
    let named = StudentNamed { id: *id, name: lens.show(name)? };
    book.add(*family, reference, lens.into_looks());
    Ok(named)
}
