//! The head of the trail, noted beside the database every ten seconds and at the end, so that a cut or an older copy is recognised.
//!
//! The rule: nothing is noted over what was noted while the trail contradicts it. The row that was noted last and that of the last
//! signed head have to be there as they were, and the head has to be sealed by this school; else the note stays as it is, the log
//! says so, and the school is not well. Deliberately absent: a way to make both agree again; a restored copy is the operator's to
//! account for, who puts the old files aside.

use crate::{
    config::{read_anchor, write_anchor},
    heads::{self, SignedHeads},
};
use guard::vault::HeadSealer;
use std::{io, path::PathBuf, time::Duration};
use store::{Db, NotNoted, TrailStore};

const EVERY: Duration = Duration::from_secs(10);

/// What is noted of one trail.
#[derive(Debug, Clone)]
pub(crate) struct Notes {
    /// Where it is.
    pub(crate) db: Db,
    /// What seals its head.
    pub(crate) sealer: HeadSealer,
    /// The file with the head that was noted last.
    pub(crate) anchor: PathBuf,
    /// The file of signed heads.
    pub(crate) heads: SignedHeads,
}

/// Why the head was not noted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoteError {
    /// It is none that could be noted.
    #[error(transparent)]
    NotNoted(#[from] NotNoted),
    /// The file cannot be written.
    #[error("the file cannot be written: {0}")]
    File(#[from] io::Error),
}

impl Notes {
    /// Notes the head as it is now.
    ///
    /// # Errors
    /// [`NoteError`]; then what was noted before is as it was.
    pub(crate) async fn note(&self) -> Result<(), NoteError> {
        // What is wrong with the file of signed heads is said where it is written.
        let signed = heads::last(&self.heads).ok().flatten().map(|head| head.row());
        let noted: Vec<_> = read_anchor(&self.anchor).into_iter().chain(signed).collect();
        let head = self.db.head_to_note(&self.sealer, &noted).await?;
        Ok(write_anchor(&self.anchor, head)?)
    }

    /// The same, and tells the trail whether it is what was noted of it.
    pub(crate) async fn tell(&self, trail: &TrailStore) {
        match self.note().await {
            Ok(()) => trail.contradict(false),
            Err(NoteError::NotNoted(NotNoted::Fault(fault))) => {
                trail.contradict(true);
                tracing::error!(%fault, "the trail is not what was noted of it: nothing is noted or signed over it");
            }
            Err(error) => tracing::warn!(%error, "the head of the trail could not be noted"),
        }
    }

    /// The same every ten seconds, for as long as the server runs.
    pub(crate) async fn keep(self, trail: TrailStore) {
        loop {
            tokio::time::sleep(EVERY).await;
            self.tell(&trail).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heads::tests::School;
    use guard::Trail;

    #[tokio::test]
    async fn what_was_noted_is_never_overwritten_by_a_trail_that_contradicts_it() {
        let school = School::open().await;
        let notes = school.notes();
        let noted = || std::fs::read_to_string(&notes.anchor).unwrap();
        let trail = TrailStore::open(school.db.clone(), notes.sealer.clone());
        notes.note().await.unwrap();
        assert!(noted().starts_with("0 "));
        for _ in 0..3 {
            trail.append(School::event()).await.unwrap();
        }
        notes.tell(&trail).await;
        let of_three = noted();
        assert!(of_three.starts_with("3 ") && trail.is_well().await);
        // The school as it was then is put in the place of what comes after it.
        let older = school.copied().await;
        trail.append(School::event()).await.unwrap();
        notes.tell(&trail).await;
        let of_four = noted();
        assert!(of_four.starts_with("4 "));
        let older = Notes { db: older.clone(), ..notes.clone() };
        let of_older = TrailStore::open(older.db.clone(), notes.sealer.clone());
        for _ in 0..3 {
            older.tell(&of_older).await;
            assert_eq!(noted(), of_four, "as many rows or more, but others");
            assert!(!of_older.is_well().await);
            of_older.append(School::other_event()).await.unwrap();
        }
        // What was noted was put aside, and a new note begins.
        std::fs::rename(&notes.anchor, notes.anchor.with_extension("old")).unwrap();
        older.tell(&of_older).await;
        assert!(noted().starts_with("6 ") && of_older.is_well().await);
    }

    #[tokio::test]
    async fn a_signed_head_is_held_against_the_trail_where_the_note_was_lost() {
        let school = School::open().await;
        let notes = school.notes();
        let trail = TrailStore::open(school.db.clone(), notes.sealer.clone());
        let empty = school.copied().await;
        trail.append(School::event()).await.unwrap();
        assert!(school.signing().on(school.day(0)).await.unwrap());
        let older = Notes { db: empty, ..notes.clone() };
        assert!(matches!(older.note().await, Err(NoteError::NotNoted(NotNoted::Fault(store::Fault::RolledBack { anchor: 1 })))));
        assert!(!notes.anchor.exists());
        notes.note().await.unwrap();
    }
}
