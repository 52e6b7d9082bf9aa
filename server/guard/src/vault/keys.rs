//! Where the master key comes from. The trait is small so that a hardware token can stand behind it.

use ring::rand::{SecureRandom, SystemRandom};
use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Gives the master key. Asked once, at the start.
pub trait KeyProvider {
    /// The 256-bit master key.
    ///
    /// # Errors
    /// [`KeyError`] in words that an operator can act on.
    fn master(&self) -> Result<Zeroizing<[u8; 32]>, KeyError>;
}

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file is not there.
    #[error("the key file {0} does not exist: restore it from its copy, or start with an empty data folder")]
    Missing(PathBuf),
    /// Others can read the file.
    #[error("the key file {0} can be read by others: set its mode to 0600")]
    Exposed(PathBuf),
    /// The file is not a key.
    #[error("the key file {0} is not a key: 64 hexadecimal digits are expected")]
    Malformed(PathBuf),
    /// The key is not the one that the data was sealed with.
    #[error("the master key is not the one that this data was sealed with")]
    Wrong,
    /// The operating system refused.
    #[error("the key file {0} cannot be used: {1}")]
    Io(PathBuf, io::Error),
    /// The operating system gave no randomness.
    #[error("no randomness from the operating system")]
    NoRandomness,
}

/// The master key in a file beside, never inside, the database: 64 hexadecimal digits, mode 0600.
#[derive(Debug, Clone)]
pub struct KeyFile(PathBuf);

impl KeyFile {
    /// The file at `path`.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Draws a new key into a new file; an existing file is left alone and is an error.
    ///
    /// # Errors
    /// [`KeyError::Io`] when the file exists or cannot be written.
    pub fn create(&self) -> Result<(), KeyError> {
        let mut key = Zeroizing::new([0; 32]);
        SystemRandom::new().fill(key.as_mut()).map_err(|_| KeyError::NoRandomness)?;
        let digits: Zeroizing<String> = Zeroizing::new(key.iter().map(|byte| format!("{byte:02x}")).collect());
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let write = |mut file: fs::File| file.write_all(digits.as_bytes()).and_then(|()| file.sync_all());
        options.open(&self.0).and_then(write).map_err(|error| KeyError::Io(self.0.clone(), error))
    }

    /// Whether the file is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.0.exists()
    }
}

impl KeyProvider for KeyFile {
    fn master(&self) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let io = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => KeyError::Missing(self.0.clone()),
            _ => KeyError::Io(self.0.clone(), error),
        };
        let mut file = fs::File::open(&self.0).map_err(io)?;
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().map_err(io)?.permissions());
            if mode & 0o077 != 0 {
                return Err(KeyError::Exposed(self.0.clone()));
            }
        }
        let mut digits = Zeroizing::new(String::new());
        file.read_to_string(&mut digits).map_err(|_| KeyError::Malformed(self.0.clone()))?;
        parse(digits.trim()).ok_or_else(|| KeyError::Malformed(self.0.clone()))
    }
}

fn parse(digits: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    for (index, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_created_key_is_private_and_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::at(&folder.path().join("master.key"));
        assert!(matches!(file.master(), Err(KeyError::Missing(_))));
        file.create().unwrap();
        assert_eq!(fs::metadata(&file.0).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(*file.master().unwrap(), *file.master().unwrap());
        assert!(matches!(file.create(), Err(KeyError::Io(..))), "a key must never be overwritten");
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::at(&folder.path().join("master.key"));
        file.create().unwrap();
        fs::set_permissions(&file.0, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(file.master(), Err(KeyError::Exposed(_))));
    }

    #[test]
    fn what_is_not_a_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        for text in ["", "abc", "＊".repeat(64).as_str(), "g".repeat(64).as_str()] {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            assert!(matches!(KeyFile::at(&path).master(), Err(KeyError::Malformed(_))));
        }
    }
}
