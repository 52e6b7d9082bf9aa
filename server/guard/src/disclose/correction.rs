//! A correction, shown: to the guardian who asked, and to whoever decides.

use super::LookBook;
use crate::{
    policy::Policy,
    records::{CorrectionRecord, FamilyRecord, Person},
    refused::Refused,
    sealed::{Lens, SubjectKey},
    vault::Vault,
    viewer::Viewer,
};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use contract::wire::corrections::{AskedCorrection, CorrectionCard, DAYS_TO_ANSWER};

/// The last day for an answer, at the school.
pub(super) fn due(asked_at: DateTime<Utc>) -> NaiveDate {
    let day = (asked_at + TimeDelta::hours(8)).date_naive();
    day.checked_add_days(Days::new(DAYS_TO_ANSWER)).unwrap_or(day)
}

pub(crate) fn card(
    policy: &Policy,
    viewer: &Viewer,
    key: &SubjectKey,
    record: &CorrectionRecord,
    person: Person<'_>,
    book: &mut LookBook,
) -> Result<CorrectionCard, Refused> {
    let CorrectionRecord { id, family, about: _, field, wish, state, asked_by, asked_at, decided_at, decided_by, proposed, words, answer } =
        record;
    // Bound to the row of the correction, shown by the right to the person whom it is about.
    let view = policy.view_of_correction(viewer, person.facts(), *field, *asked_by).ok_or(Refused::NotFound)?;
    let lens = Lens::new(view, key, id.0);
    let card = CorrectionCard {
        id: *id,
        field: *field,
        wish: *wish,
        state: *state,
        asked_at: *asked_at,
        due: due(*asked_at),
        decided_at: *decided_at,
        decided_by: decided_by.clone(),
        proposed: proposed.as_ref().map(|proposed| proposed.show(&lens)).transpose()?,
        words: lens.show(words)?,
        answer: lens.show(answer)?,
    };
    // The look is at the person: in their ledger it has to stand.
    book.add(*family, person.reference(), lens.into_looks());
    Ok(card)
}

/// The same with what is there now; nothing for whoever may not write the field.
pub(crate) fn asked(
    policy: &Policy,
    vault: &Vault,
    viewer: &Viewer,
    record: &CorrectionRecord,
    family: &FamilyRecord,
    book: &mut LookBook,
) -> Result<Option<AskedCorrection>, Refused> {
    let Some(person) = Person::in_family(family, record.about) else {
        return Ok(None);
    };
    let Some(view) = policy.view_of_correction(viewer, person.facts(), record.field, record.asked_by) else {
        return Ok(None);
    };
    let key = vault.unwrap(&family.key)?;
    let correction = card(policy, viewer, key, record, person, book)?;
    let lens = Lens::new(view, key, person.reference().id);
    let present = person.present(record.field, &lens).ok_or(Refused::NotFound)??;
    let named = person.named(&lens)?;
    book.add(record.family, person.reference(), lens.into_looks());
    let asked_by = match Person::in_family(family, record.asked_by.0) {
        None => None,
        Some(guardian) => {
            let lens = Lens::new(policy.view(viewer, guardian.facts()), key, guardian.reference().id);
            let named = guardian.named(&lens)?;
            book.add(record.family, guardian.reference(), lens.into_looks());
            Some(named)
        }
    };
    Ok(Some(AskedCorrection { correction, family: record.family, person: named, asked_by, present }))
}
