//! Which makes of authenticators the school lets count as attested, from a file that the operator brings.
//!
//! The rule: the file is read once, at the start, and as a whole: one entry that is not exactly right refuses all of it, in words
//! that say which. Whoever is on it is known by the roots that its maker publishes. Deliberately absent: a list of our own, one
//! that is fetched (what comes over a network would need its signature checked), and makes that are let in because of their root.

use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, io,
    path::PathBuf,
};
use uuid::Uuid;
use webauthn_rs::prelude::{AttestationCaList, AttestationCaListBuilder};

const NAME_LENGTH: usize = 60;

/// The file.
#[derive(Debug, Clone, clap::Args)]
pub struct MakesConfig {
    /// A file of the makes of authenticators by which a passkey counts as attested (JSON: a list of aaguid, name, and the roots of
    /// its maker as PEM). Without one no role can ask for an attested passkey.
    #[arg(long, env = "SHENDU_AUTHENTICATORS", value_name = "FILE")]
    pub authenticators: Option<PathBuf>,
}

/// Why a list is not used.
#[derive(Debug, thiserror::Error)]
pub enum MakesError {
    /// The file.
    #[error("{0} cannot be read: {1}")]
    Unreadable(String, io::Error),
    /// It is no JSON of this form.
    #[error("the list of authenticators is malformed: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Nothing in it: whoever wants that leaves it away.
    #[error("the list of authenticators is empty")]
    Empty,
    /// One entry, counted from one.
    #[error("entry {0} of the list of authenticators {1}")]
    Entry(usize, Fault),
}

/// What is wrong with one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// All zeros, which says that an authenticator does not tell its make.
    #[error("has the aaguid of authenticators that do not tell their make")]
    NoMake,
    /// An earlier entry has it.
    #[error("has the aaguid of an earlier one")]
    Twice,
    /// Without a name, or with one that is too long or not printable.
    #[error("needs a name of 1 to 60 characters")]
    Name,
    /// Nothing to know it by.
    #[error("has no root")]
    NoRoot,
    /// Not one certificate in PEM.
    #[error("has a root that is not one certificate in PEM")]
    Root,
    /// Another root on the list has its name: of two, only one would be found.
    #[error("has a root with the subject of another root")]
    SameSubject,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Make {
    aaguid: Uuid,
    name: String,
    roots: Vec<String>,
}

/// The makes on the list.
#[derive(Clone)]
pub struct Makes {
    trusted: AttestationCaList,
    names: BTreeMap<Uuid, String>,
}

impl fmt::Debug for Makes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names.values()).finish()
    }
}

impl MakesConfig {
    /// The makes of a configuration, where it names a file.
    ///
    /// # Errors
    /// [`MakesError`].
    pub fn open(&self) -> Result<Option<Makes>, MakesError> {
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path).map_err(|error| MakesError::Unreadable(path.display().to_string(), error))?;
            Makes::read(&text)
        };
        self.authenticators.as_ref().map(read).transpose()
    }
}

impl Makes {
    /// Reads a list.
    ///
    /// # Errors
    /// [`MakesError`]; then none of it is used.
    pub fn read(text: &str) -> Result<Self, MakesError> {
        let makes: Vec<Make> = serde_json::from_str(text)?;
        if makes.is_empty() {
            return Err(MakesError::Empty);
        }
        let mut trusted = AttestationCaList::default();
        let mut names = BTreeMap::new();
        let mut subjects = BTreeMap::new();
        for (at, Make { aaguid, name, roots }) in (1..).zip(makes) {
            let fault = |fault| MakesError::Entry(at, fault);
            let name = name.trim();
            if aaguid.is_nil() {
                return Err(fault(Fault::NoMake));
            }
            if name.is_empty() || name.chars().count() > NAME_LENGTH || name.chars().any(char::is_control) {
                return Err(fault(Fault::Name));
            }
            if roots.is_empty() {
                return Err(fault(Fault::NoRoot));
            }
            for root in &roots {
                let mut one = AttestationCaListBuilder::new();
                let added = one.insert_device_pem(root.trim().as_bytes(), aaguid, name.to_owned(), BTreeMap::new());
                added.map_err(|_| fault(Fault::Root))?;
                let one = one.build();
                for (digest, root) in one.cas() {
                    let subject = root.ca().tbs_certificate().subject().to_string();
                    if subjects.insert(subject, *digest).is_some_and(|earlier| earlier != *digest) {
                        return Err(fault(Fault::SameSubject));
                    }
                }
                trusted.union(&one);
            }
            if names.insert(aaguid, name.to_owned()).is_some() {
                return Err(fault(Fault::Twice));
            }
        }
        Ok(Self { trusted, names })
    }

    /// What a registration is checked against.
    pub(crate) fn trusted(&self) -> AttestationCaList {
        self.trusted.clone()
    }

    /// What a make is called, where it is on the list.
    #[must_use]
    pub fn name(&self, make: Uuid) -> Option<&str> {
        self.names.get(&make).map(String::as_str)
    }

    /// The makes on the list.
    pub fn all(&self) -> impl Iterator<Item = Uuid> {
        self.names.keys().copied()
    }

    /// What they are called, in the order of their names.
    pub(crate) fn names(&self) -> Vec<String> {
        self.names.values().cloned().collect::<BTreeSet<_>>().into_iter().collect()
    }
}
