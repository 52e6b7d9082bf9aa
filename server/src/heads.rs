//! The file of signed heads: one line a day, to be copied to where nobody who holds the database can write.
//!
//! The rule: a line is appended and synchronised, never changed; a file with a line that is no signed head is not written to, so
//! that nothing hides behind what was spoiled. What follows the last end of a line was never finished (the power went): it is no
//! line, and the next one takes its place. Deliberately absent: copying it elsewhere, which is the operator's (`--heads` may
//! name a place that only takes appends).

use crate::{clock, config::Place};
use chrono::{DateTime, NaiveDate, Utc};
use guard::{HeadSigner, SignedHead};
use std::{
    fs::{self, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};
use store::{Anchor, Db};

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
    let finished = text.rfind('\n').and_then(|end| text.get(..=end)).unwrap_or_default();
    for (number, line) in (1..).zip(finished.lines()) {
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

fn append(path: &Path, head: &SignedHead) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.read(true).open(path)?;
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    let finished = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    if finished < text.len() {
        file.set_len(u64::try_from(finished).unwrap_or_default())?;
    }
    file.write_all(format!("{head}\n").as_bytes())?;
    file.sync_all()
}

/// Signs the head where none was signed on this day of the school. Says whether it did.
///
/// # Errors
/// In words for the operator.
pub async fn sign_today(db: &Db, signer: &HeadSigner, path: &Path, now: DateTime<Utc>) -> Result<bool, String> {
    let heads = read(path, &signer.public_key()).map_err(|error| error.to_string())?;
    let day: Option<NaiveDate> = heads.last().map(|head| clock::school_day(head.at()));
    if day.is_some_and(|day| day >= clock::school_day(now)) {
        return Ok(false);
    }
    let (seq, hash) = db.trail_anchor().await.map_err(|error| error.to_string())?;
    append(path, &signer.sign(seq, hash, now)).map_err(|error| error.to_string())?;
    Ok(true)
}

/// The same now; where it cannot be done the log says so, and the school is served all the same. Says whether the day has a head.
pub(crate) async fn sign(db: &Db, signer: &HeadSigner, path: &Path) -> bool {
    let signed = sign_today(db, signer, path, clock::now()).await;
    if let Err(words) = &signed {
        tracing::error!(error = words, "the head of the trail could not be signed");
    }
    signed.is_ok()
}

/// Signs a head each day, for as long as the server runs. The file is read once a day.
pub(crate) async fn keep(db: Db, signer: HeadSigner, path: PathBuf) {
    let mut signed = None;
    loop {
        let today = clock::school_day(clock::now());
        if signed != Some(today) && sign(&db, &signer, &path).await {
            signed = Some(today);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use guard::{Vault, vault::keys::KeyFile};

    fn school() -> (tempfile::TempDir, HeadSigner) {
        let folder = tempfile::tempdir().unwrap();
        let key = KeyFile::at(&folder.path().join("master.key"));
        key.create().unwrap();
        let signer = Vault::unlock(&key).unwrap().head_signer();
        (folder, signer)
    }

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + day * 86_400, 0).unwrap()
    }

    #[test]
    fn a_file_that_was_changed_in_any_line_is_not_read_and_says_where() {
        let (folder, signer) = school();
        let (_other, stranger) = school();
        let path = folder.path().join("trail.heads");
        let key = signer.public_key();
        assert!(read(&path, &key).unwrap().is_empty());
        for day in 0..3 {
            append(&path, &signer.sign(day * 10, [7; 32], at(day))).unwrap();
        }
        assert_eq!(anchors(&read(&path, &key).unwrap()), [(0, [7; 32]), (10, [7; 32]), (20, [7; 32])]);
        assert!(matches!(read(&path, &stranger.public_key()), Err(HeadsError::Unsigned(_, 1))));
        let whole = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = whole.lines().collect();
        let strange = stranger.sign(30, [7; 32], at(3)).to_string();
        for (text, wrong) in [
            (format!("{}\n\n", lines[0]), "Line(_, 2)"),
            (format!("{}\n{strange}\n", lines[0]), "Unsigned(_, 2)"),
            (format!("{}\n{}\n", lines[1], lines[0]), "Order(_, 2)"),
            (whole.replacen(" 10 ", " 11 ", 1), "Unsigned(_, 2)"),
        ] {
            fs::write(&path, text).unwrap();
            let found = match read(&path, &key) {
                Err(HeadsError::Line(_, at)) => format!("Line(_, {at})"),
                Err(HeadsError::Unsigned(_, at)) => format!("Unsigned(_, {at})"),
                Err(HeadsError::Order(_, at)) => format!("Order(_, {at})"),
                other => format!("{other:?}"),
            };
            assert_eq!(found, wrong);
        }
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(matches!(read(&path, &key), Err(HeadsError::File(..))));
    }

    #[test]
    fn a_line_that_was_never_finished_is_none_and_the_next_takes_its_place() {
        let (folder, signer) = school();
        let path = folder.path().join("trail.heads");
        let key = signer.public_key();
        let [first, second] = [0, 1].map(|day| signer.sign(day * 10, [7; 32], at(day)));
        let torn = second.to_string();
        for cut in 1..=torn.len() {
            fs::write(&path, format!("{first}\n{}", torn.split_at(cut).0)).unwrap();
            assert_eq!(anchors(&read(&path, &key).unwrap()), [(0, [7; 32])]);
            append(&path, &second).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), format!("{first}\n{second}\n"));
        }
        fs::write(&path, torn.split_at(9).0).unwrap();
        assert!(read(&path, &key).unwrap().is_empty());
    }
}
