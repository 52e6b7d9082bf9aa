//! A follow-up note, shown.

use super::LookBook;
use crate::{
    policy::Policy,
    records::{NoteRecord, Record},
    refused::Refused,
    sealed::SubjectKey,
    viewer::Viewer,
};
use contract::{field::RecordKind, wire::notes::NoteCard};

pub(crate) fn card(
    policy: &Policy,
    viewer: &Viewer,
    key: &SubjectKey,
    record: &NoteRecord,
    book: &mut LookBook,
) -> Result<NoteCard, Refused> {
    let reference = record.reference();
    let NoteRecord { id, family, at, by, next_contact, facts, key: _, fields } = record;
    let lens = book.lens(policy.view(viewer, facts), key, id.0);
    let card = NoteCard {
        id: *id,
        at: *at,
        by: by.clone(),
        body: lens.show(&fields.body)?,
        next_contact: *next_contact,
        can: lens.can(RecordKind::Note),
    };
    book.add(*family, reference, lens.into_looks());
    Ok(card)
}
