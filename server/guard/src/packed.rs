//! Ids in an entry of the trail, packed: a list of fifty families is written as two texts instead of two hundred.
//!
//! The rule: base64 of the ids one after another, 16 bytes each; what was written as a list of ids is read as ever, since
//! entries are hashed as they are stored and never written again. Deliberately absent: a text that is not whole ids.

use crate::trail::RecordRef;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use contract::{field::RecordKind, ids::FamilyId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error, ser::SerializeSeq};
use uuid::Uuid;

fn pack<'i>(ids: impl Iterator<Item = &'i Uuid>) -> String {
    let mut bytes = Vec::with_capacity(ids.size_hint().0 * 16);
    ids.for_each(|id| bytes.extend_from_slice(id.as_bytes()));
    STANDARD_NO_PAD.encode(bytes)
}

pub(crate) fn unpack(text: &str) -> Option<Vec<Uuid>> {
    let bytes = STANDARD_NO_PAD.decode(text).ok()?;
    let (ids, rest) = bytes.as_chunks::<16>();
    rest.is_empty().then(|| ids.iter().copied().map(Uuid::from_bytes).collect())
}

fn unpacked<E: Error>(text: &str) -> Result<Vec<Uuid>, E> {
    unpack(text).ok_or_else(|| E::custom("not ids"))
}

/// The families of an entry.
pub(crate) mod families {
    use super::*;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Packed(String),
        Listed(Vec<FamilyId>),
    }

    pub(crate) fn serialize<S: Serializer>(families: &[FamilyId], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&pack(families.iter().map(|family| &family.0)))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<FamilyId>, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Packed(text) => Ok(unpacked(&text)?.into_iter().map(FamilyId).collect()),
            Written::Listed(families) => Ok(families),
        }
    }
}

/// The records of a look: a pair of kind and ids for each run of one kind, mostly one.
pub(crate) mod records {
    use super::*;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Packed(RecordKind, String),
        Listed(RecordRef),
    }

    #[derive(Serialize)]
    struct Run(RecordKind, String);

    pub(crate) fn serialize<S: Serializer>(records: &[RecordRef], serializer: S) -> Result<S::Ok, S::Error> {
        let mut runs = serializer.serialize_seq(None)?;
        for run in records.chunk_by(|one, next| one.kind == next.kind) {
            if let Some(first) = run.first() {
                runs.serialize_element(&Run(first.kind, pack(run.iter().map(|record| &record.id))))?;
            }
        }
        runs.end()
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<RecordRef>, D::Error> {
        let mut records = Vec::new();
        for written in Vec::<Written>::deserialize(deserializer)? {
            match written {
                Written::Packed(kind, text) => records.extend(unpacked(&text)?.into_iter().map(|id| RecordRef { kind, id })),
                Written::Listed(record) => records.push(record),
            }
        }
        Ok(records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trail::{By, Entry, Looks};
    use chrono::DateTime;
    use contract::wire::ledger::Action;
    use proptest::prelude::*;

    /// As entries were written before ids were packed.
    const LISTED: &str = r#"{"at":"2026-09-01T08:00:00Z","by":{"actor":null,"name":"","roles":[],"session":null},"action":"listed",
        "families":["00000000-0000-0000-0000-000000000007","00000000-0000-0000-0000-000000000008"],
        "looks":[{"fields":[],"records":[{"kind":"student","id":"00000000-0000-0000-0000-000000000009"}]}]}"#;

    fn entry(families: &[u128], records: &[(RecordKind, u128)]) -> Entry {
        let records = records.iter().map(|(kind, id)| RecordRef { kind: *kind, id: Uuid::from_u128(*id) }).collect();
        Entry::event(DateTime::UNIX_EPOCH, By::nobody(), Action::Listed)
            .in_families(families.iter().map(|id| FamilyId(Uuid::from_u128(*id))).collect())
            .seeing(vec![Looks { fields: Vec::new(), records }])
    }

    #[test]
    fn entries_with_listed_ids_are_read_as_ever() {
        let read = Entry::from_bytes(LISTED.as_bytes()).unwrap();
        let expected = entry(&[7, 8], &[(RecordKind::Student, 9)]);
        assert_eq!(read.families(), expected.families());
        assert_eq!(read.looks(), expected.looks());
    }

    #[test]
    fn a_list_of_fifty_is_a_third_of_its_former_size() {
        let ids: Vec<u128> = (0..50).collect();
        let records: Vec<_> = ids.iter().map(|id| (RecordKind::Student, *id)).collect();
        let packed = entry(&ids, &records).to_bytes().unwrap().len();
        assert!(packed < 2 * 50 * 22 + 200, "{packed} bytes");
    }

    #[test]
    fn a_text_that_is_not_whole_ids_is_refused() {
        let written = String::from_utf8(entry(&[7], &[]).to_bytes().unwrap()).unwrap();
        let packed = pack([Uuid::from_u128(7)].iter());
        assert!(written.contains(&packed));
        for broken in ["AAAA", "%%%%", packed.get(1..).unwrap()] {
            assert!(Entry::from_bytes(written.replace(&packed, broken).as_bytes()).is_none(), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back_in_its_order(
            families in prop::collection::vec(any::<u128>(), 0..60),
            records in prop::collection::vec((prop::sample::select(vec![RecordKind::Student, RecordKind::Guardian, RecordKind::Note]), any::<u128>()), 0..60),
        ) {
            let entry = entry(&families, &records);
            prop_assert_eq!(Entry::from_bytes(&entry.to_bytes().unwrap()), Some(entry));
        }
    }
}
