//! Sessions kept in memory with their person, so that a request need not ask again who has come.
//!
//! The rule: what is given out is what the statements would have found in the moment of the read. Triggers raise one number
//! in the transaction of each change to a table that the answer is made of, whichever process makes it: an ended session, a
//! suspended person, another role, campus, custody or policy. What was kept under another number is forgotten. Deliberately
//! absent: a lifetime in seconds, and tokens that open nothing.

use crate::{people::Person, sessions::SessionRow};
use hashlink::LruCache;
use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How many sessions are kept.
const KEPT: usize = 1024;

/// A session, its person, and the version of the policy in force.
pub(crate) type Admitted = (SessionRow, Person, i64);

/// The sessions kept of one database.
pub(crate) struct Known(Mutex<Sessions>);

struct Sessions {
    /// The number of the changes under which they were read.
    revision: i64,
    /// By the digest of the token.
    admitted: LruCache<[u8; 32], Admitted>,
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Known")
    }
}

impl Default for Known {
    fn default() -> Self {
        Self(Mutex::new(Sessions { revision: 0, admitted: LruCache::new(KEPT) }))
    }
}

/// The sessions as one read may use them.
#[derive(Clone, Copy)]
pub(crate) struct Admissions<'k> {
    known: &'k Known,
    revision: i64,
}

impl Known {
    /// Those of a read that finds this revision.
    pub(crate) const fn at(&self, revision: i64) -> Admissions<'_> {
        Admissions { known: self, revision }
    }
}

impl Admissions<'_> {
    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.known.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept of a token, where nothing has changed since.
    pub(crate) fn get(&self, token_digest: &[u8; 32]) -> Option<Admitted> {
        let mut sessions = self.sessions();
        if sessions.revision == self.revision { sessions.admitted.get(token_digest).cloned() } else { None }
    }

    /// Keeps what this read found, unless a later revision is known already.
    pub(crate) fn keep(&self, token_digest: [u8; 32], admitted: &Admitted) {
        let mut sessions = self.sessions();
        if sessions.revision < self.revision {
            sessions.admitted.clear();
            sessions.revision = self.revision;
        }
        if sessions.revision == self.revision {
            sessions.admitted.insert(token_digest, admitted.clone());
        }
    }
}

#[cfg(test)]
mod tests;
