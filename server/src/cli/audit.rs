//! `shendu audit verify` and `shendu audit key`

use super::{Failure, print, say, words};
use crate::{
    config::{Place, read_anchor},
    heads::{self, HeadsFile},
};
use clap::Subcommand;
use guard::vault::signed_head::{in_digits, of_digits};
use serde::Serialize;
use store::{Fault, Verdict};

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
        /// those that the trail itself says were registered.
        #[arg(long)]
        receipts: bool,
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
    whole: bool,
    fault: Option<String>,
    /// How many signed heads the trail was held against, and the row of the last.
    heads: usize,
    vouched: i64,
    /// How many receipts of deliberate looks agreed, and how many looks are from before there were any; absent if not asked for.
    receipts: Option<Receipts>,
}

#[derive(Serialize)]
struct Receipts {
    agreed: usize,
    earlier: usize,
}

impl Audit {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Key { place } => {
                say(&in_digits(&place.vault().map_err(words)?.head_signer().public_key()));
                Ok(())
            }
            Self::Verify { place, heads, public_key, receipts, json } => {
                verify(&place, &heads, public_key.as_deref(), receipts, json).await
            }
        }
    }
}

async fn verify(place: &Place, file: &HeadsFile, public_key: Option<&str>, receipts: bool, json: bool) -> Result<(), Failure> {
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
    let db = place.open().await.map_err(words)?;
    let Verdict { rows, fault } = db.verify_anchored(sealer.as_ref(), anchors).await.map_err(words)?;
    let mut fault = fault.map(|fault| format!("the trail is not whole after row {rows}: {}", describe(fault)));
    let mut signed = None;
    if receipts && fault.is_none() {
        let (book, unsigned) = db.verify_receipts(rows).await.map_err(words)?;
        fault = unsigned.map(|(row, why)| format!("the trail is whole, but nobody vouches for the deliberate look of row {row}: {why}"));
        signed = Some(Receipts { agreed: book.receipts(), earlier: book.earlier() });
    }
    let told = signed.as_ref().map_or(String::new(), |Receipts { agreed, earlier }| {
        format!("; {agreed} receipts of deliberate looks agree, {earlier} looks are from before there were receipts")
    });
    if json {
        print(&Report { rows, whole: fault.is_none(), fault: fault.clone(), heads: heads.len(), vouched, receipts: signed })?;
    }
    match fault {
        None => {
            if !json {
                say(&format!("the trail is whole: {rows} rows; {} signed heads agree, the last of row {vouched}{told}", heads.len()));
            }
            Ok(())
        }
        Some(fault) => Err(fault),
    }
}

fn describe(fault: Fault) -> String {
    match fault {
        Fault::Gap { seq } => format!("row {seq} is missing or out of order"),
        Fault::Altered { seq } => format!("row {seq} was altered"),
        Fault::Mislabelled { seq } => format!("the columns of row {seq} disagree with its content"),
        Fault::Cut { head, last } => format!("the head says {head} rows, the last row is {last}"),
        Fault::ForgedHead => "the head was not sealed by this school".into(),
        Fault::NoHead => "there is no head".into(),
        Fault::RolledBack { anchor } => {
            format!("row {anchor}, noted outside the database, is not there as it was: another or an older copy was put in place")
        }
    }
}
