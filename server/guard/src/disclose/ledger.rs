//! The trail as people read it.
//!
//! The rule: a family's ledger tells only what concerned its own people, though one entry may be about fifty families.

use crate::{
    receipt::Receipt,
    records::FamilyRecord,
    trail::{Entry, RecordRef},
    vault::signed_head::in_digits,
    viewer::Actor,
};
use contract::{
    field::RecordKind,
    ids::{FamilyId, GuardianId, StudentId},
    rights::Role,
    spreadsheet::neutral,
    wire::ledger::{LedgerLine, LookGroup, RecordMark, TrailEntry},
};
use std::{collections::BTreeSet, fmt::Write as _, sync::Arc};
use uuid::Uuid;

/// An entry as it is kept, with its number.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The number of the row.
    pub seq: i64,
    /// The entry.
    pub entry: Arc<Entry>,
}

/// The people of a family: whose looks belong into its ledger.
pub(crate) fn people(record: &FamilyRecord) -> BTreeSet<Uuid> {
    let students = record.students.iter().map(|student| student.id.0);
    let guardians = record.guardians.iter().map(|guardian| guardian.id.0);
    let notes = record.notes.iter().map(|note| note.id.0);
    students.chain(guardians).chain(notes).chain([record.family.id.0]).collect()
}

/// The lines that concern these people; an entry that looked at none of them makes no line.
pub(crate) fn lines(kept: &[Kept], people: &BTreeSet<Uuid>) -> Vec<LedgerLine> {
    kept.iter().filter_map(|kept| line(kept, Some(people))).collect()
}

/// One line; with `people`, only what concerns them.
pub(crate) fn line(kept: &Kept, people: Option<&BTreeSet<Uuid>>) -> Option<LedgerLine> {
    let entry = &kept.entry;
    let concerns = |id: &Uuid| people.is_none_or(|people| people.contains(id));
    let mut looks = Vec::new();
    for seen in entry.looks().iter().filter(|looks| looks.records.iter().any(|record| concerns(&record.id))) {
        for look in &seen.fields {
            if !looks.contains(look) {
                looks.push(*look);
            }
        }
    }
    let about = entry.record().filter(|record| concerns(&record.id));
    if people.is_some() && looks.is_empty() && about.is_none() {
        return None;
    }
    // A step of a standing grant is about whoever may look; to a family it is about its pupil.
    let record = match (entry.grant(), people) {
        (Some(_), Some(_)) => Some(RecordKind::Student),
        _ => entry.record().map(|record| record.kind),
    };
    let by = entry.by();
    let guardian = matches!(by.actor, Some(Actor::Guardian(_)));
    Some(LedgerLine {
        seq: kept.seq,
        at: entry.at(),
        who: if guardian { String::new() } else { by.name.clone() },
        roles: if guardian { vec![Role::Guardian] } else { by.roles.into() },
        action: entry.action(),
        record,
        reason: entry.reason().cloned(),
        looks,
        signed: entry.receipt().is_some(),
        program: by.token.is_some(),
    })
}

/// Whom the ledger of a child is about: the child, the guardian who reads, and what staff note about their family.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnCircle {
    /// The child.
    pub child: StudentId,
    /// Who reads.
    pub guardian: GuardianId,
    /// Whose notes they are.
    pub family: FamilyId,
}

impl OwnCircle {
    /// The records of the circle in one entry. Which notes are the family's its own entries say: a note is of a family as a whole,
    /// and an entry that looks at one is about one family. In an entry about several there is none.
    fn within(&self, entry: &Entry) -> BTreeSet<Uuid> {
        let alone = entry.families() == [self.family];
        let seen = entry.looks().iter().flat_map(|looks| looks.records.iter().copied()).chain(entry.record());
        let notes = seen.filter(|record| alone && record.kind == RecordKind::Note).map(|record| record.id);
        notes.chain([self.child.0, self.guardian.0]).collect()
    }

    /// A line of an entry that concerns the circle.
    pub(crate) fn line(&self, kept: &Kept) -> Option<LedgerLine> {
        line(kept, Some(&self.within(&kept.entry)))
    }

    /// The same, or one of the steps in `steps`, which the child joined.
    pub(crate) fn line_or_step(&self, kept: &Kept, steps: &BTreeSet<i64>) -> Option<LedgerLine> {
        self.line(kept).or_else(|| steps.contains(&kept.seq).then(|| joined(kept)).flatten())
    }
}

/// A step of a standing grant to a family whose child joined the class later, or had left it: as to those who attended it then.
pub(crate) fn joined(kept: &Kept) -> Option<LedgerLine> {
    kept.entry.grant()?;
    let mut looks = Vec::new();
    for look in kept.entry.looks().iter().flat_map(|looks| &looks.fields) {
        if !looks.contains(look) {
            looks.push(*look);
        }
    }
    Some(LedgerLine { record: Some(RecordKind::Student), looks, ..line(kept, None)? })
}

/// How many records of a group are named.
const NAMED: usize = 100;

/// The last six digits of an id: the same record has the same ones, and nobody can ask for it by them.
pub(super) fn mark(id: Uuid) -> String {
    let [.., a, b, c] = id.into_bytes();
    format!("{a:02x}{b:02x}{c:02x}")
}

fn marked(record: RecordRef) -> RecordMark {
    RecordMark { kind: record.kind, mark: mark(record.id) }
}

/// One entry, unfolded; records by the end of their id alone, since nobody who reads the trail reaches them by it.
pub(crate) fn entry(kept: &Kept, hash: &[u8]) -> Option<TrailEntry> {
    let entry = &kept.entry;
    let groups = entry.looks().iter().map(|looks| LookGroup {
        fields: looks.fields.clone(),
        records: looks.records.iter().take(NAMED).copied().map(marked).collect(),
        of: u32::try_from(looks.records.len()).unwrap_or(u32::MAX),
    });
    Some(TrailEntry {
        line: line(kept, None)?,
        record: entry.record().map(marked),
        session: entry.by().session.map(|session| mark(session.0)),
        families: u32::try_from(entry.families().len()).unwrap_or(u32::MAX),
        groups: groups.collect(),
        version: entry.version(),
        roles: entry.roles().map(|(before, after)| (before.into(), after.into())),
        credential: entry.credential(),
        tuning: entry.tuned(),
        retention: entry.retention(),
        cut: entry.cut(),
        alarm: entry.alarm(),
        signed_at: entry.receipt().map(Receipt::at),
        digest: entry.digest().as_ref().map(in_digits),
        grant: entry.grant().map(|grant| mark(grant.0)),
        token: entry.by().token.or(entry.token()).map(|token| mark(token.0)),
        hash: hash.iter().fold(String::new(), |mut text, byte| {
            // Writing into a text cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        }),
    })
}

/// One entry as cells of a file, by stable names: number, time, who, roles, action, record, fields and forms, reason,
/// and the rule of the watch that it is about: how it was set anew, or of which alarm it is a step.
pub(crate) fn cells(kept: &Kept) -> Option<Vec<String>> {
    let LedgerLine { seq, at, who, roles, action, record: _, reason, looks, signed: _, program: _ } = line(kept, None)?;
    let record = kept.entry.record().map(|record| format!("{:?} {}", record.kind, mark(record.id)).to_lowercase()).unwrap_or_default();
    let looks: Vec<String> = looks.iter().map(|look| format!("{} {:?}", look.field.name(), look.form).to_lowercase()).collect();
    let reason = reason.map(|reason| format!("{} {}", reason.code.name(), reason.text)).unwrap_or_default();
    let alarm = kept.entry.alarm().map(|alarm| format!("{} {}", alarm.rule.name(), alarm.rule.severity().name()));
    let tuned = kept.entry.tuned().map(|tuned| format!("{}: {} -> {}", tuned.rule.name(), tuned.before, tuned.after));
    Some(vec![
        seq.to_string(),
        at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        neutral(&who),
        roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" "),
        action.name().to_owned(),
        record,
        looks.join("; "),
        neutral(reason.trim()),
        tuned.or(alarm).unwrap_or_default(),
    ])
}
