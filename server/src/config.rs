//! Where a school lives: its data folder, its database, its origin.

use guard::{
    Vault,
    vault::{
        keys::{KeyError, KeyFile},
        signed_head::{in_digits, of_digits},
    },
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use store::{Db, StoreError};

/// The data folder and the database.
#[derive(Debug, Clone, clap::Args)]
pub struct Place {
    /// The folder that holds the key, the database and the outbox.
    #[arg(long, env = "SHENDU_DATA", default_value = "data")]
    pub data: PathBuf,
    /// A PostgreSQL URL; without it the SQLite file in the data folder is used.
    #[arg(long, env = "SHENDU_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
}

/// Why a place cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The folder cannot be made or written.
    #[error("the data folder {0} cannot be used: {1}")]
    Folder(PathBuf, io::Error),
    /// The key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database.
    #[error("the database cannot be used: {0}")]
    Store(#[from] StoreError),
    /// There is no school yet.
    #[error("there is no school in {0} yet: run `shendu demo` first")]
    Empty(PathBuf),
}

impl Place {
    fn key_file(&self) -> KeyFile {
        KeyFile::at(&self.data.join("master.key"))
    }
    fn sqlite(&self) -> PathBuf {
        self.data.join("shendu.sqlite")
    }
    /// Where the head of the trail is noted, outside the database.
    #[must_use]
    pub fn anchor(&self) -> PathBuf {
        self.data.join("trail.anchor")
    }
    /// Up to which row of the trail a collector has everything.
    #[must_use]
    pub fn fed(&self) -> PathBuf {
        self.data.join("trail.fed")
    }
    /// Up to which news of the alarms a webhook was told.
    #[must_use]
    pub fn told(&self) -> PathBuf {
        self.data.join("alarms.told")
    }
    /// Where the file courier puts messages.
    #[must_use]
    pub fn outbox(&self) -> PathBuf {
        self.data.join("outbox.jsonl")
    }
    /// Makes the folder (mode 0700) and the key (mode 0600) where they are missing. A key is never made beside an existing
    /// database: that would hide the loss of the old one.
    ///
    /// # Errors
    /// [`PlaceError`].
    pub fn prepare(&self) -> Result<(), PlaceError> {
        let folder = |error| PlaceError::Folder(self.data.clone(), error);
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.data).map_err(folder)?;
        if !self.key_file().exists() && !self.sqlite().exists() {
            self.key_file().create()?;
        }
        Ok(())
    }
    /// Unlocks the vault.
    ///
    /// # Errors
    /// [`PlaceError::Key`].
    pub fn vault(&self) -> Result<Vault, PlaceError> {
        Ok(Vault::unlock(&self.key_file())?)
    }
    /// Opens the database.
    ///
    /// # Errors
    /// [`PlaceError::Store`].
    pub async fn open(&self) -> Result<Db, PlaceError> {
        Ok(match &self.database {
            Some(url) => Db::postgres(url).await?,
            None => Db::sqlite(&self.sqlite()).await?,
        })
    }
    /// Opens the database to read it and nothing else.
    ///
    /// # Errors
    /// [`PlaceError::Store`].
    pub async fn open_to_verify(&self) -> Result<Db, PlaceError> {
        Ok(match &self.database {
            Some(url) => Db::postgres_to_verify(url).await?,
            None => Db::sqlite_to_verify(&self.sqlite()).await?,
        })
    }
}

/// Reads the anchor of the trail; a missing file is no anchor.
#[must_use]
pub fn read_anchor(path: &Path) -> Option<store::Anchor> {
    let text = fs::read_to_string(path).ok()?;
    let (seq, digits) = text.trim().split_once(' ')?;
    Some((seq.parse().ok()?, of_digits(digits).ok()?))
}

/// Notes the head of the trail beside the database.
///
/// # Errors
/// The operating system's.
pub fn write_anchor(path: &Path, (seq, hash): store::Anchor) -> io::Result<()> {
    let fresh = path.with_extension("anchor.new");
    fs::write(&fresh, format!("{seq} {}\n", in_digits(&hash)))?;
    fs::rename(fresh, path)
}
