//! What an entry of the trail is found by, read from its bytes without reading the rest: for verifying millions of them.
//!
//! The rule: only the very form that this version writes is read, field after field in their order; of any other form nothing
//! is said, and whoever asks reads the whole entry. Deliberately absent: leniency.

use crate::packed::unpack;
use contract::ids::FamilyId;
use serde::Deserialize;
use uuid::Uuid;

/// When, who, what, about which record of which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels<'b> {
    /// When, in microseconds since 1970.
    pub at: i64,
    /// Who, where somebody was known.
    pub actor: Option<Uuid>,
    /// What, by its stable name.
    pub action: &'b str,
    /// The record that it is about, where it is about one.
    pub record: Option<Uuid>,
    /// Its kind, by its stable name.
    pub kind: Option<&'b str>,
    families: &'b str,
}

impl<'b> Labels<'b> {
    /// Reads what [`crate::Entry::to_bytes`] writes; nothing for any other form.
    #[must_use]
    pub fn read(body: &'b [u8]) -> Option<Self> {
        let mut rest = Rest(std::str::from_utf8(body).ok()?);
        rest.skip(r#"{"at":""#)?;
        let at = micros(rest.plain()?)?;
        rest.skip(r#","by":{"actor":"#)?;
        let actor = if rest.skip("null").is_some() {
            None
        } else {
            rest.skip(r#"{"staff":""#).or_else(|| rest.skip(r#"{"guardian":""#))?;
            let id = Uuid::parse_str(rest.plain()?).ok()?;
            rest.skip("}")?;
            Some(id)
        };
        rest.skip(r#","name":""#)?;
        rest.plain()?;
        rest.skip(r#","roles":["#)?;
        rest.until(']')?;
        rest.skip(r#","session":"#)?;
        rest.until('}')?;
        rest.skip(r#","action":""#)?;
        let action = rest.plain()?;
        let (record, kind) = if rest.skip(r#","record":{"kind":""#).is_some() {
            let kind = rest.plain()?;
            rest.skip(r#","id":""#)?;
            let id = Uuid::parse_str(rest.plain()?).ok()?;
            rest.skip("}")?;
            (Some(id), Some(kind))
        } else {
            (None, None)
        };
        let families = if rest.skip(r#","families":""#).is_some() { rest.plain()? } else { "" };
        // The next field, or the end: a list of ids, as they were once written, is another form.
        let goes_on = rest.0 == "}"
            || [r#","looks":["#, r#","reason":"#, r#","version":"#, r#","credential":"#, r#","token":"#]
                .iter()
                .any(|next| rest.0.starts_with(next));
        goes_on.then_some(Self { at, actor, action, record, kind, families })
    }

    /// The families of the entry.
    #[must_use]
    pub fn families(&self) -> Option<Vec<Uuid>> {
        unpack(self.families)
    }
}

/// The families of an entry from its bytes, without reading the rest of it.
#[must_use]
pub fn families_in(bytes: &[u8]) -> Option<Vec<FamilyId>> {
    #[derive(Deserialize)]
    struct Touching {
        #[serde(default, deserialize_with = "crate::packed::families::deserialize")]
        families: Vec<FamilyId>,
    }
    serde_json::from_slice(bytes).ok().map(|Touching { families }| families)
}

/// The text that is not read yet.
struct Rest<'b>(&'b str);

impl<'b> Rest<'b> {
    fn skip(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }
    fn until(&mut self, end: char) -> Option<&'b str> {
        let (text, rest) = self.0.split_once(end)?;
        self.0 = rest;
        Some(text)
    }
    /// Up to the end of a text without escapes.
    fn plain(&mut self) -> Option<&'b str> {
        self.until('"').filter(|text| !text.contains('\\'))
    }
}

/// Microseconds since 1970 of `2026-09-01T08:00:00Z`, with or without a fraction of the second.
fn micros(text: &str) -> Option<i64> {
    let (second, fraction) = text.strip_suffix('Z')?.split_at_checked(19)?;
    let digits = |from: usize, to: usize| {
        let digits = second.as_bytes().get(from..to)?;
        digits.iter().try_fold(0, |number: i64, digit| digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0')))
    };
    let marks = second.as_bytes();
    let set = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')].iter().all(|(at, mark)| marks.get(*at) == Some(mark));
    let (year, month, day) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let (hour, minute, seconds) = (digits(11, 13)?, digits(14, 16)?, digits(17, 19)?);
    if !set || !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || seconds > 59 {
        return None;
    }
    // The days of the civil calendar, years beginning in March (H. Hinnant, chrono-compatible low-level date algorithms).
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468;
    let part = match fraction.strip_prefix('.') {
        None if fraction.is_empty() => 0,
        None => return None,
        Some(digits) if matches!(digits.len(), 3 | 6 | 9) && digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            digits.bytes().chain([b'0'; 6]).take(6).fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
        }
        Some(_) => return None,
    };
    Some(((days * 24 + hour) * 60 + minute) * 60_000_000 + seconds * 1_000_000 + part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trail::{By, Entry, Looks, RecordRef};
    use chrono::DateTime;
    use contract::{
        FieldKey, RecordKind,
        ids::{FamilyId, SessionId},
        rights::{Exposure, Role, RoleSet},
        wire::ledger::{Action, FieldLook},
    };
    use proptest::prelude::*;

    fn ids(entry: &Entry) -> Vec<Uuid> {
        entry.families().iter().map(|family| family.0).collect()
    }

    fn agrees(entry: &Entry) {
        let body = entry.to_bytes().unwrap();
        let labels = Labels::read(&body).unwrap();
        assert_eq!(labels.at, entry.at().timestamp_micros());
        assert_eq!(labels.actor, entry.by().actor.map(crate::Actor::uuid));
        assert_eq!(labels.action, entry.action().name());
        assert_eq!(labels.record, entry.record().map(|record| record.id));
        assert_eq!(labels.kind, entry.record().map(|_| "student"));
        assert_eq!(labels.families(), Some(ids(entry)));
    }

    fn entry(at: i64, nanos: u32, named: Option<&str>, record: Option<u128>, families: &[u128]) -> Entry {
        let at = DateTime::from_timestamp(at, nanos).unwrap();
        let by = named.map_or_else(By::nobody, |name| By {
            session: Some(SessionId(Uuid::from_u128(9))),
            ..By::person(
                crate::Actor::Staff(contract::ids::StaffId(Uuid::from_u128(7))),
                name.into(),
                RoleSet::from_iter([Role::Registrar, Role::Teacher]),
            )
        });
        let reference = |id| RecordRef { kind: RecordKind::Student, id: Uuid::from_u128(id) };
        let look = FieldLook { field: FieldKey::StudentName, form: Exposure::Masked };
        let entry = Entry::event(at, by, Action::Shown)
            .in_families(families.iter().map(|id| FamilyId(Uuid::from_u128(*id))).collect())
            .seeing(vec![Looks { fields: vec![look], records: vec![reference(3)] }]);
        match record {
            Some(id) => entry.about(reference(id)),
            None => entry,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn the_labels_are_those_of_the_entry(
            at in -60_000_000_000_i64..200_000_000_000,
            nanos in prop::sample::select(vec![0_u32, 5_000_000, 123_456_000, 999_999_999, 1]),
            named in prop::option::of("[\\p{Han}a-z}\\]]{0,5}"),
            record in prop::option::of(any::<u128>()),
            families in prop::collection::vec(any::<u128>(), 0..4),
        ) {
            agrees(&entry(at, nanos, named.as_deref(), record, &families));
        }

        /// Whatever becomes of the bytes: what is read of them is what the whole entry says, or nothing is read.
        #[test]
        fn of_altered_bytes_nothing_else_is_read(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut body = entry(1_756_713_600, 0, Some("吴老师"), Some(4), &[5, 6]).to_bytes().unwrap();
            let at = at.index(body.len());
            body[at] = byte;
            if let (Some(labels), Some(entry)) = (Labels::read(&body), Entry::from_bytes(&body)) {
                prop_assert_eq!(labels.at, entry.at().timestamp_micros());
                prop_assert_eq!(labels.actor, entry.by().actor.map(crate::Actor::uuid));
                prop_assert_eq!(labels.action, entry.action().name());
                prop_assert_eq!(labels.record, entry.record().map(|record| record.id));
                prop_assert_eq!(labels.kind.is_some(), entry.record().is_some());
                prop_assert_eq!(labels.families(), Some(ids(&entry)));
            }
        }
    }

    #[test]
    fn a_name_with_an_escape_and_ids_in_a_list_are_left_to_the_whole_entry() {
        assert!(Labels::read(&entry(0, 0, Some("a\"b"), None, &[]).to_bytes().unwrap()).is_none());
        let written = String::from_utf8(entry(0, 0, None, None, &[]).to_bytes().unwrap()).unwrap();
        let listed = written.replace(r#","looks""#, r#","families":["00000000-0000-0000-0000-000000000007"],"looks""#);
        assert!(Entry::from_bytes(listed.as_bytes()).is_some() && Labels::read(listed.as_bytes()).is_none());
    }
}
