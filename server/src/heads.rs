//! The file of signed heads: one line a day, to be copied to where nobody who holds the database can write.
//!
//! The rule: a line is appended and synchronised, never changed; a file with a line that is no signed head is not written to, so
//! that nothing hides behind what was spoiled, and neither is one whose last line is of the future or of a row that is not there any
//! more: what stands in it is never contradicted by the next line. Of several servers with one file, one writes at a time. What follows the last end of a line was never finished (the power went): it is no
//! line, and the next one takes its place. Deliberately absent: copying it elsewhere, which is the operator's (`--heads` may
//! name a place that only takes appends).

use crate::{
    clock,
    config::{Place, read_anchor},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use guard::{HeadSigner, SignedHead, vault::HeadSealer};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};
use store::{Anchor, Db, NotNoted};

/// Where the signed heads are.
#[derive(Debug, Clone, clap::Args)]
pub struct HeadsFile {
    /// The file of signed heads of the trail; without it `trail.heads` in the data folder. A place that whoever holds the database
    /// cannot write is better.
    #[arg(long, env = "SHENDU_HEADS")]
    heads: Option<PathBuf>,
}

impl HeadsFile {
    /// The file.
    #[must_use]
    pub fn path(&self, place: &Place) -> PathBuf {
        self.heads.clone().unwrap_or_else(|| place.data.join("trail.heads"))
    }
}

/// How often it is looked whether a day has begun.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How far two clocks may be apart.
const APART: TimeDelta = TimeDelta::seconds(30);
/// How old the last head may be while a server runs.
const OLD: TimeDelta = TimeDelta::days(2);

/// Why signed heads cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum HeadsError {
    /// The file.
    #[error("the signed heads in {0} cannot be used: {1}")]
    File(PathBuf, io::Error),
    /// A line that is none.
    #[error("line {1} of {0} is no signed head")]
    Line(PathBuf, usize),
    /// A line that somebody else signed, or that was changed.
    #[error("line {1} of {0} was not signed by the key of this school")]
    Unsigned(PathBuf, usize),
    /// A line of an earlier moment, or of fewer rows, than the one before.
    #[error("line {1} of {0} goes back behind the line before it")]
    Order(PathBuf, usize),
    /// The last line is of a moment that is still to come.
    #[error(
        "the last signed head in {0} is of {1}, which is still to come: was the clock ahead? Until then none is signed, or put the file aside"
    )]
    Ahead(PathBuf, NaiveDate),
    /// The trail is not what it was when the last line was signed.
    #[error("no head is signed after those in {0}: {1}")]
    NotNoted(PathBuf, NotNoted),
}

/// The signed heads in a file, each checked by the public key, oldest first. Where there is no file there are none.
///
/// # Errors
/// [`HeadsError`] at the first line that is not as it was signed.
pub fn read(path: &Path, public_key: &[u8; 32]) -> Result<Vec<SignedHead>, HeadsError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(HeadsError::File(path.to_owned(), error)),
    };
    let mut heads: Vec<SignedHead> = Vec::new();
    for (number, line) in (1..).zip(finished(&text).lines()) {
        let head: SignedHead = line.parse().map_err(|_| HeadsError::Line(path.to_owned(), number))?;
        if !head.is_signed_by(public_key) {
            return Err(HeadsError::Unsigned(path.to_owned(), number));
        }
        if heads.last().is_some_and(|before| before.at() > head.at() || before.row().0 > head.row().0) {
            return Err(HeadsError::Order(path.to_owned(), number));
        }
        heads.push(head);
    }
    Ok(heads)
}

/// The lines that have an end.
fn finished(text: &str) -> &str {
    text.rfind('\n').and_then(|end| text.get(..=end)).unwrap_or_default()
}

/// The last signed head in a file, checked by itself.
///
/// # Errors
/// [`HeadsError`] where it is not as it was signed.
pub(crate) fn last(SignedHeads { path, public_key }: &SignedHeads) -> Result<Option<SignedHead>, HeadsError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(HeadsError::File(path.clone(), error)),
    };
    let Some((number, line)) = (1..).zip(finished(&text).lines()).last() else {
        return Ok(None);
    };
    let head: SignedHead = line.parse().map_err(|_| HeadsError::Line(path.clone(), number))?;
    if head.is_signed_by(public_key) { Ok(Some(head)) } else { Err(HeadsError::Unsigned(path.clone(), number)) }
}

/// How the signed heads stand at a moment, in words for the operator; `heard_at` is when a server was heard of last.
///
/// # Errors
/// The same, where something is wrong: the last is of the future, or a server ran long after it and signed none.
pub(crate) fn standing(heads: &[SignedHead], heard_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<String, String> {
    let Some(last) = heads.last().map(SignedHead::at) else {
        return match heard_at {
            None => Ok("none signed yet: `shendu serve` signs one a day".into()),
            Some(_) => Err("none signed, though a server ran: the log says why".into()),
        };
    };
    let said = format!("{} signed, the last on {}", heads.len(), clock::school_day(last));
    if last > now + APART {
        return Err(format!("{said}, which is still to come: was the clock ahead? Until then none is signed, or put the file aside"));
    }
    match heard_at.filter(|heard_at| *heard_at > last + OLD) {
        None => Ok(said),
        Some(heard_at) => Err(format!("{said}, though a server ran on {}: the log says why", clock::school_day(heard_at))),
    }
}

/// Where the signed heads are, and the key by which they are checked.
#[derive(Debug, Clone)]
pub struct SignedHeads {
    /// The file.
    pub path: PathBuf,
    /// The public key of the school.
    pub public_key: [u8; 32],
}

impl SignedHeads {
    /// Every head, oldest first.
    ///
    /// # Errors
    /// [`HeadsError`].
    pub async fn read(&self) -> Result<Vec<SignedHead>, HeadsError> {
        let Self { path, public_key } = self.clone();
        let here = self.path.clone();
        // A file of some years is read and checked in milliseconds, but it is a file.
        let read = tokio::task::spawn_blocking(move || read(&path, &public_key)).await;
        read.map_err(|error| HeadsError::File(here, io::Error::other(error)))?
    }
}

/// What the trail has to hold for these heads.
#[must_use]
pub fn anchors(heads: &[SignedHead]) -> Vec<Anchor> {
    heads.iter().map(SignedHead::row).collect()
}

/// The file, made where there is none, and held until it is dropped: of several servers one writes at a time.
fn held(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.read(true).open(path)?;
    file.lock()?;
    Ok(file)
}

fn append(file: &mut File, head: &SignedHead) -> io::Result<()> {
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    let finished = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    if finished < text.len() {
        file.set_len(u64::try_from(finished).unwrap_or_default())?;
    }
    file.write_all(format!("{head}\n").as_bytes())?;
    file.sync_all()
}

/// Signs the heads of one trail.
#[derive(Debug, Clone)]
pub struct Signing {
    /// Where it is.
    pub db: Db,
    /// What seals its head.
    pub sealer: HeadSealer,
    /// What signs it.
    pub signer: HeadSigner,
    /// The file of signed heads.
    pub path: PathBuf,
    /// The file with the head that was noted last.
    pub anchor: PathBuf,
}

impl Signing {
    /// The last head, and whether this day of the school has one.
    fn signed(&self, now: DateTime<Utc>) -> Result<(Option<SignedHead>, bool), HeadsError> {
        let last = read(&self.path, &self.signer.public_key())?.pop();
        if let Some(head) = last.as_ref().filter(|head| head.at() > now + APART) {
            return Err(HeadsError::Ahead(self.path.clone(), clock::school_day(head.at())));
        }
        let is_done = last.as_ref().is_some_and(|head| clock::school_day(head.at()) >= clock::school_day(now));
        Ok((last, is_done))
    }

    /// Signs the head where none was signed on this day of the school. Says whether it did.
    ///
    /// # Errors
    /// [`HeadsError`]; then nothing was added to the file.
    pub async fn on(&self, now: DateTime<Utc>) -> Result<bool, HeadsError> {
        if self.signed(now)?.1 {
            return Ok(false);
        }
        let file = |error| HeadsError::File(self.path.clone(), error);
        let path = self.path.clone();
        let held = tokio::task::spawn_blocking(move || held(&path)).await;
        let mut held = held.map_err(|error| file(io::Error::other(error)))?.map_err(file)?;
        // Another server may have been first.
        let (last, is_done) = self.signed(now)?;
        if is_done {
            return Ok(false);
        }
        let noted: Vec<Anchor> = last.iter().map(SignedHead::row).chain(read_anchor(&self.anchor)).collect();
        let head = self.db.head_to_note(&self.sealer, &noted).await;
        let (seq, hash) = head.map_err(|why| HeadsError::NotNoted(self.path.clone(), why))?;
        append(&mut held, &self.signer.sign(seq, hash, now)).map_err(file)?;
        Ok(true)
    }

    /// The same now; where it cannot be done the log says so, and the school is served all the same. Says whether the day has a head.
    pub(crate) async fn now(&self) -> bool {
        let signed = self.on(clock::now()).await;
        if let Err(error) = &signed {
            tracing::error!(%error, "the head of the trail could not be signed");
        }
        signed.is_ok()
    }

    /// Signs a head each day, for as long as the server runs. The file is read once a day.
    pub(crate) async fn keep(self) {
        let mut signed = None;
        loop {
            let today = clock::school_day(clock::now());
            if signed != Some(today) && self.now().await {
                signed = Some(today);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
