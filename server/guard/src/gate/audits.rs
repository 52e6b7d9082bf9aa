//! Reports of audits: who draws one up, who reads it, who signs it.
//!
//! The rule: whoever reads the trail draws up, unless they keep the staff, since who audits is not who administers. The figures are
//! frozen as they were counted; their digest goes into the trail with the act. A principal who did not draw it up signs the digest
//! with a passkey, or declines in words. Reading one is an entry. Deliberately absent: a change of a report.

use super::{Gate, alarms::said, findings::finding_card};
use crate::{
    audit::{AuditDrawn, AuditEnded},
    disclose::{Disclosed, audit},
    receipt::{AuditWish, SignedAudit},
    records::{AuditCounts, AuditEnding, AuditRecord},
    refused::Refused,
    trail::{By, Entry},
    vault::signed_head::in_digits,
    viewer::Viewer,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::{
    error::{FieldError, ValueError},
    ids::{AuditId, StaffId},
    rights::Duty,
    wire::{
        audits::{
            AUDIT_DAYS, AUDIT_WORDS, AuditDecline, AuditDocument, AuditEnd, AuditLine, AuditReport, AuditStanding, AuditState, Audits,
            NewAudit,
        },
        ledger::Action,
    },
};
use ring::digest::{SHA256, digest};
use uuid::Uuid;

/// A report in the list, as it lies in the store.
#[derive(Debug, Clone)]
pub struct AuditBrief {
    /// Which.
    pub id: AuditId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// When it was drawn up.
    pub drawn_at: DateTime<Utc>,
    /// By whom.
    pub drawn_by: String,
    /// How far it has come.
    pub state: AuditState,
    /// How many of its findings are not accepted.
    pub open: u32,
}

impl Gate {
    /// Every report, in short.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty.
    pub fn audits(&self, viewer: &Viewer, briefs: Vec<AuditBrief>) -> Result<Disclosed<Audits>, Refused> {
        reads(viewer)?;
        let line = |brief: AuditBrief| {
            let AuditBrief { id, from, to, drawn_at, drawn_by, state, open } = brief;
            AuditLine { id, from, to, drawn_at, drawn_by, state, open }
        };
        Ok(Disclosed::recorded(Audits { items: briefs.into_iter().map(line).collect(), may_draw: drawer(viewer).is_some() }))
    }

    /// Whether `viewer` may draw up a report over these days; asked before anything is counted.
    ///
    /// # Errors
    /// [`Refused::Forbidden`]; [`Refused::Fields`] for days to come, in the wrong order or too many.
    pub fn may_draw(&self, viewer: &Viewer, wish: &NewAudit) -> Result<(), Refused> {
        let NewAudit { from, to } = *wish;
        drawer(viewer).ok_or(Refused::Forbidden)?;
        let wrong = |at: &str| Err(Refused::Fields(vec![FieldError { at: at.into(), code: ValueError::DateRange }]));
        if to > viewer.today() {
            return wrong("to");
        }
        if from > to || (to - from) >= TimeDelta::days(AUDIT_DAYS) {
            return wrong("from");
        }
        Ok(())
    }

    /// Freezes what was counted into a report.
    ///
    /// # Errors
    /// As [`Gate::may_draw`].
    pub fn draw_audit(&self, viewer: &Viewer, wish: &NewAudit, counts: &AuditCounts) -> Result<AuditDrawn, Refused> {
        self.may_draw(viewer, wish)?;
        let NewAudit { from, to } = *wish;
        let by = drawer(viewer).ok_or(Refused::Forbidden)?;
        let id = AuditId(Uuid::now_v7());
        let document = canonical(&AuditDocument {
            id,
            school: counts.school.clone(),
            from,
            to,
            drawn_at: viewer.now(),
            drawn_by: viewer.name().to_owned(),
            head: counts.head.0,
            head_hash: in_digits(&counts.head.1),
            figures: audit::figures(counts, &self.policy.load(), (from, to), (viewer.now(), viewer.today())),
        })?;
        let digest = digest_of(&document);
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::AuditReported).of_digest(&digest);
        Ok(AuditDrawn { id, from, to, document, digest, head: counts.head, by, at: viewer.now(), entry })
    }

    /// A report for whoever opens it; that is an entry.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty; [`Refused::Broken`]; [`Refused::TrailDown`].
    pub async fn audit(&self, viewer: &Viewer, record: &AuditRecord) -> Result<Disclosed<AuditReport>, Refused> {
        reads(viewer)?;
        self.trail.append(Entry::event(viewer.now(), By::viewer(viewer), Action::TrailRead)).await?;
        self.audit_after(viewer, record)
    }

    /// The same for whoever has just done something about it, which was an entry.
    ///
    /// # Errors
    /// As [`Gate::audit`].
    pub fn audit_after(&self, viewer: &Viewer, record: &AuditRecord) -> Result<Disclosed<AuditReport>, Refused> {
        reads(viewer)?;
        let document: AuditDocument = serde_json::from_str(&record.document).map_err(|_| Refused::Broken)?;
        let standing = standing(record);
        let cards = |findings: &[_]| findings.iter().map(|one| finding_card(&self.vault, viewer, one)).collect::<Result<Vec<_>, _>>();
        let end = |ending: &AuditEnding| -> Result<AuditEnd, Refused> {
            let AuditEnding { row, who, at, entry, words } = ending;
            let words = words.as_ref().map(|words| self.vault.show_label(*row, words)).transpose()?;
            Ok(AuditEnd { who: who.clone(), at: *at, entry: *entry, words })
        };
        Ok(Disclosed::recorded(AuditReport {
            digest: in_digits(&digest_of(&record.document)),
            entry: record.drawn_in,
            standing,
            state: record.state,
            ended: record.ended.as_ref().map(end).transpose()?,
            findings: cards(&record.findings)?,
            carried: cards(&record.carried)?,
            hints: audit::hints(&document.figures, record.drawn_at),
            may_sign: signer(viewer, record).is_some() && record.state == AuditState::Drawn && standing == AuditStanding::Whole,
            may_find: drawer(viewer).is_some() && record.state == AuditState::Drawn,
            document,
        }))
    }

    /// A wish to sign a report, to be signed by a passkey.
    ///
    /// # Errors
    /// [`Refused::Forbidden`] without the duty, and for whoever drew it up; [`Refused::Lapsed`] where it is signed, declined or
    /// no longer what was drawn up.
    pub fn audit_wish(&self, viewer: &Viewer, record: &AuditRecord) -> Result<AuditWish, Refused> {
        let (_, digest) = signable(viewer, record)?;
        AuditWish::new(viewer, record.id, digest)
    }

    /// Signs a report.
    ///
    /// # Errors
    /// As [`Gate::audit_wish`]; [`Refused::StepUp`] where the signature is another's, under another report or too old.
    pub fn sign_audit(&self, viewer: &Viewer, record: &AuditRecord, signed: SignedAudit) -> Result<AuditEnded, Refused> {
        let (by, digest) = signable(viewer, record)?;
        let receipt = signed.into_receipt(viewer, record.id, digest).ok_or(Refused::StepUp)?;
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::AuditSigned).of_digest(&digest).signed(receipt);
        Ok(AuditEnded { id: record.id, state: AuditState::Signed, row: Uuid::now_v7(), by, words: None, entry })
    }

    /// Declines to sign a report.
    ///
    /// # Errors
    /// [`Refused::Forbidden`], [`Refused::Lapsed`] as [`Gate::audit_wish`]; [`Refused::Fields`] without words.
    pub fn decline_audit(&self, viewer: &Viewer, record: &AuditRecord, wish: &AuditDecline) -> Result<AuditEnded, Refused> {
        let by = signer(viewer, record).ok_or(Refused::Forbidden)?;
        if record.state != AuditState::Drawn {
            return Err(Refused::Lapsed);
        }
        let row = Uuid::now_v7();
        let words = self.vault.seal_label(row, said(&wish.words, AUDIT_WORDS)?)?;
        let entry = Entry::event(viewer.now(), By::viewer(viewer), Action::AuditDeclined).of_digest(&record.digest);
        Ok(AuditEnded { id: record.id, state: AuditState::Declined, row, by, words: Some(words), entry })
    }
}

/// The document in canonical form (RFC 8785): the keys of a map are in their order, numbers are whole, and nothing is between.
fn canonical(document: &AuditDocument) -> Result<String, Refused> {
    let mut value = serde_json::to_value(document).map_err(|_| Refused::Broken)?;
    // A map keeps the order in which it was filled, since the simulated answers need that of the real ones.
    value.sort_all_objects();
    Ok(value.to_string())
}

fn digest_of(document: &str) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, document.as_bytes()).as_ref());
    hash
}

/// Whether a report is what was drawn up: its figures, and the trail under them.
fn standing(record: &AuditRecord) -> AuditStanding {
    let digest = digest_of(&record.document);
    if digest != record.digest || record.noted.is_some_and(|noted| noted != digest) {
        return AuditStanding::Altered;
    }
    if record.past {
        return AuditStanding::Past;
    }
    if record.noted.is_none() || !record.head_stands { AuditStanding::Cut } else { AuditStanding::Whole }
}

fn reads(viewer: &Viewer) -> Result<(), Refused> {
    if viewer.has_duty(Duty::ReadAudit) { Ok(()) } else { Err(Refused::Forbidden) }
}

/// The viewer as whoever draws up: reads the trail, and does not administer.
pub(super) fn drawer(viewer: &Viewer) -> Option<StaffId> {
    viewer.staff().filter(|_| viewer.has_duty(Duty::ReadTrail) && !viewer.has_duty(Duty::KeepStaff))
}

/// The viewer as whoever signs: with the duty, and not whoever drew it up.
fn signer(viewer: &Viewer, record: &AuditRecord) -> Option<StaffId> {
    viewer.staff().filter(|me| viewer.has_duty(Duty::SignAudit) && *me != record.drawn_by)
}

fn signable(viewer: &Viewer, record: &AuditRecord) -> Result<(StaffId, [u8; 32]), Refused> {
    let by = signer(viewer, record).ok_or(Refused::Forbidden)?;
    // What is no longer what was drawn up is over too: nothing is left that could be signed.
    if record.state != AuditState::Drawn || standing(record) != AuditStanding::Whole {
        return Err(Refused::Lapsed);
    }
    Ok((by, record.digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(noted: Option<[u8; 32]>, head_stands: bool) -> AuditRecord {
        let document = r#"{"figures":1}"#.to_owned();
        AuditRecord {
            id: AuditId(Uuid::nil()),
            digest: digest_of(&document),
            document,
            drawn_by: StaffId(Uuid::nil()),
            drawn_at: DateTime::UNIX_EPOCH,
            drawn_in: 1,
            noted,
            head: (0, [0; 32]),
            head_stands,
            past: false,
            state: AuditState::Drawn,
            ended: None,
            findings: Vec::new(),
            carried: Vec::new(),
        }
    }

    #[test]
    fn a_changed_figure_is_found_whatever_else_was_changed_with_it() {
        let digest = digest_of(r#"{"figures":1}"#);
        assert_eq!(standing(&record(Some(digest), true)), AuditStanding::Whole);
        let changed = |record: AuditRecord| AuditRecord { document: r#"{"figures":2}"#.into(), ..record };
        assert_eq!(standing(&changed(record(Some(digest), true))), AuditStanding::Altered);
        // With the digest beside it changed too, the trail still tells.
        let both = AuditRecord { digest: digest_of(r#"{"figures":2}"#), ..changed(record(Some(digest), true)) };
        assert_eq!(standing(&both), AuditStanding::Altered);
        assert_eq!(standing(&record(None, true)), AuditStanding::Cut);
        assert_eq!(standing(&record(Some(digest), false)), AuditStanding::Cut);
        // What was kept for its time does not hide what was changed, nor is it whole.
        let past = |record: AuditRecord| AuditRecord { past: true, ..record };
        assert_eq!(standing(&past(record(None, false))), AuditStanding::Past);
        assert_eq!(standing(&past(record(Some(digest), false))), AuditStanding::Past);
        assert_eq!(standing(&past(changed(record(None, false)))), AuditStanding::Altered);
    }
}
