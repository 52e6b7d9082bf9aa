//! `shendu audit verify` and `shendu audit key`
//!
//! The rule: what is verified is read and nothing else; a copy on a disk that cannot be written is as good as any. It says
//! what is vouched for and by what, and what is not is counted apart: days without a signed head, rows after the last one, how old
//! that one is. The seal of the head vouches for every row to
//! whoever has the master key; to whoever has the public key alone, the last signed head does, up to its row.

use super::{Failure, print, say, words};
use crate::{
    clock,
    config::{Place, read_anchor},
    heads::{self, HeadsFile},
    retention,
};
use chrono::NaiveDate;
use clap::Subcommand;
use contract::retention::Retention;
use guard::{
    SignedHead,
    trail::Beginning,
    vault::signed_head::{in_digits, of_digits},
};
use serde::Serialize;
use std::collections::BTreeSet;
use store::{Receipts, Verdict};

/// Look after the trail.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Verify that no row of the trail was altered, taken out, swapped or cut off. Exit code 1 when one was.
    Verify {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        heads: HeadsFile,
        /// Verify a copy of the database with this public key and the signed heads alone: no master key is needed. What was
        /// written after the last signed head is followed, but nobody vouches for it.
        #[arg(long, value_name = "HEX")]
        public_key: Option<String>,
        /// Check also that a passkey signed for every deliberate look: for this record, field, reason and time. The keys are
        /// those that the trail itself says were registered. Receipts of rows after the last signed head are counted apart where
        /// there is no master key; each look that is not signed as it should be is named, a hundred at most.
        #[arg(long)]
        receipts: bool,
        /// Fail where the last signed head is older than so many days of the school: heads that stopped, or that were cut, vouch for
        /// nothing that came later.
        #[arg(long, value_name = "DAYS")]
        not_older_than: Option<u32>,
        /// For a program to read.
        #[arg(long)]
        json: bool,
    },
    /// Print the public key by which anybody checks the signed heads of the trail.
    Key {
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Serialize)]
struct Report {
    rows: i64,
    /// The row after which it begins; 0 where nothing was taken away.
    begins: i64,
    whole: bool,
    fault: Option<String>,
    /// How many signed heads the trail was held against, and the row of the last.
    heads: usize,
    vouched: i64,
    /// The day of the last, how many days between the first and the last have none, and how many rows came after it.
    last_head: Option<NaiveDate>,
    missing_days: i64,
    after: i64,
    /// What the receipts of deliberate looks come to; absent if not asked for.
    receipts: Option<Signed>,
}

#[derive(Serialize)]
struct Signed {
    /// Receipts that agree, in rows that are vouched for.
    agreed: usize,
    /// Receipts that agree, in rows that nobody vouches for yet.
    later: usize,
    /// Those of them whose key was registered in such a row too.
    by_later_keys: usize,
    /// Looks from before there were receipts.
    earlier: usize,
    /// How many looks are not signed as they should be, and the first hundred of them.
    faulty: usize,
    faults: Vec<Unsigned>,
}

#[derive(Serialize)]
struct Unsigned {
    row: i64,
    why: String,
}

impl From<Receipts> for Signed {
    fn from(Receipts { book, faults, faulty }: Receipts) -> Self {
        Self {
            agreed: book.receipts().saturating_sub(book.later()),
            later: book.later(),
            by_later_keys: book.by_later_keys(),
            earlier: book.earlier(),
            faulty,
            faults: faults.into_iter().map(|(row, why)| Unsigned { row, why: why.to_string() }).collect(),
        }
    }
}

impl Signed {
    /// In words, after those about the trail.
    fn told(&self) -> String {
        let Self { agreed, later, by_later_keys, earlier, .. } = self;
        let mut told = format!("; {agreed} receipts of deliberate looks agree, {earlier} looks are from before there were receipts");
        if *later > 0 {
            told.push_str(&format!(
                "; {later} more receipts agree in rows that nobody vouches for yet, {by_later_keys} of them by keys that such rows register"
            ));
        }
        told
    }
    /// The looks that are not signed as they should be, a line each.
    fn named(&self) -> String {
        let lines: Vec<String> = self.faults.iter().map(|Unsigned { row, why }| format!("\n  row {row}: {why}")).collect();
        let more = self.faulty.saturating_sub(self.faults.len());
        let rest = if more == 0 { String::new() } else { format!("\n  and {more} more") };
        format!("{}{rest}", lines.concat())
    }
}

impl Audit {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Key { place } => {
                say(&in_digits(&place.vault().map_err(words)?.head_signer().public_key()));
                Ok(())
            }
            Self::Verify { place, heads, public_key, receipts, not_older_than, json } => {
                verify(&place, &heads, public_key.as_deref(), (receipts, not_older_than), json).await
            }
        }
    }
}

async fn verify(
    place: &Place,
    file: &HeadsFile,
    public_key: Option<&str>,
    (receipts, not_older_than): (bool, Option<u32>),
    json: bool,
) -> Result<(), Failure> {
    let path = file.path(place);
    let (sealer, key) = match public_key {
        Some(digits) => (None, of_digits(digits).map_err(|_| "a public key has 64 hexadecimal digits".to_owned())?),
        None => {
            let vault = place.vault().map_err(words)?;
            (Some(vault.head_sealer()), vault.head_signer().public_key())
        }
    };
    let heads = heads::read(&path, &key).map_err(words)?;
    if sealer.is_none() && heads.is_empty() {
        return Err(format!("there is no signed head in {}, so there is nothing to hold the trail against", path.display()));
    }
    let vouched = heads.last().map_or(0, |head| head.row().0);
    let mut anchors = heads::anchors(&heads);
    // Unsigned, and worth as much as its place.
    anchors.extend(read_anchor(&place.anchor()).filter(|_| sealer.is_some()));
    let db = place.open_to_verify().await.map_err(words)?;
    let verdict = db.verify_anchored(sealer.as_ref(), anchors).await.map_err(words)?;
    let (Verdict { beginning, last, fault }, rows) = (verdict, verdict.rows());
    let mut fault = fault.map(|fault| format!("the trail is not whole after row {last}: {fault}"));
    if let (Some(beginning), None) = (&beginning, &fault) {
        fault = begins_too_late(beginning, &heads, sealer.is_some());
    }
    let mut signed = None;
    if receipts && fault.is_none() {
        let sealed = if sealer.is_some() { last } else { vouched };
        signed = Some(Signed::from(db.verify_receipts(last, sealed).await.map_err(words)?));
    }
    let told = signed.as_ref().map_or(String::new(), Signed::told);
    if let Some(signed) = signed.as_ref().filter(|signed| signed.faulty > 0) {
        let (n, named) = (signed.faulty, signed.named());
        fault = Some(format!("the trail is whole, but {n} deliberate looks are not signed as they should be{told}{named}"));
    }
    let (last_head, missing_days) = days(&heads);
    let after = last.saturating_sub(vouched);
    if let (Some(most), None) = (not_older_than, &fault) {
        let today = clock::school_day(clock::now());
        if last_head.is_none_or(|last| (today - last).num_days() > most.into()) {
            let of = last_head.map_or_else(|| "there is none".to_owned(), |last| format!("it is of {last}"));
            fault =
                Some(format!("the trail is whole, but its last signed head is older than {most} days: {of}; {after} rows came after it"));
        }
    }
    if json {
        let (whole, fault) = (fault.is_none(), fault.clone());
        print(&Report {
            rows,
            begins: beginning.map_or(0, |beginning| beginning.seq),
            whole,
            fault,
            heads: heads.len(),
            vouched,
            last_head,
            missing_days,
            after,
            receipts: signed,
        })?;
    }
    match fault {
        None => {
            if !json {
                let last = last_head.map_or_else(String::new, |last| format!(", of {last}; {missing_days} days before it have none"));
                let heads = format!("{} signed heads agree, the last of row {vouched}{last}", heads.len());
                let begins = beginning.map_or_else(String::new, |beginning| {
                    format!(" after row {}, what was before {} was kept for its time", beginning.seq, clock::school_day(beginning.at))
                });
                say(&format!("the trail is whole: {rows} rows{begins}; {heads}; nobody vouches for {after} rows after it{told}"));
            }
            Ok(())
        }
        Some(fault) => Err(fault),
    }
}

/// What is wrong with where a trail begins, by the signed heads: whoever has the master key has its seal too, and heads that were put
/// aside meanwhile are no fault.
fn begins_too_late(beginning: &Beginning, heads: &[SignedHead], sealed: bool) -> Option<String> {
    let named = heads.iter().any(|head| head.row().0 == beginning.seq);
    if retention::vouched(heads, beginning) || (sealed && !named) {
        return None;
    }
    let (seq, least) = (beginning.seq, Retention::LEAST.days());
    Some(format!("the trail begins after row {seq}, and no signed head says that it was the last one {least} days with a head ago"))
}

/// The day of the last head, and how many between it and the first have none.
fn days(heads: &[SignedHead]) -> (Option<NaiveDate>, i64) {
    let days: BTreeSet<NaiveDate> = heads.iter().map(|head| clock::school_day(head.at())).collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return (None, 0);
    };
    let signed = i64::try_from(days.len()).unwrap_or(i64::MAX);
    (Some(*last), (*last - *first).num_days().saturating_add(1).saturating_sub(signed))
}
