//! The secret that the messages of a webhook are signed with (Standard Webhooks 1.0, symmetric).
//!
//! The rule: it is made for the webhook alone, by the operator, in a file that nobody else reads; it opens nothing. A file of
//! several lines signs with each of them, so that the receiver can change from one to the next. Deliberately absent: a way to read it.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// How a secret begins as it is handed to people.
const PREFIX: &str = "whsec_";
/// How long it is, in bytes.
const LENGTH: std::ops::RangeInclusive<usize> = 24..=64;

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum HookSecretError {
    /// Others can read the file.
    #[error("the secret of the webhook in {0} can be read by others: set its mode to 0600")]
    Exposed(PathBuf),
    /// The file is not a secret.
    #[error("{0} is no secret of a webhook: whsec_ and 24 to 64 bytes in base64 are expected, a line each")]
    Malformed(PathBuf),
    /// The operating system refused.
    #[error("the secret of the webhook in {0} cannot be read: {1}")]
    Io(PathBuf, io::Error),
}

/// One or more secrets, ready to sign.
pub struct HookSecret(Vec<hmac::Key>);

impl fmt::Debug for HookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HookSecret")
    }
}

impl HookSecret {
    /// The secrets in a file, a line each.
    ///
    /// # Errors
    /// [`HookSecretError`] in words that an operator can act on.
    pub fn in_file(path: &Path) -> Result<Self, HookSecretError> {
        let io = |error| HookSecretError::Io(path.to_owned(), error);
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).map_err(io)?.permissions());
            if mode & 0o077 != 0 {
                return Err(HookSecretError::Exposed(path.to_owned()));
            }
        }
        let text = Zeroizing::new(fs::read_to_string(path).map_err(io)?);
        Self::read(&text).ok_or_else(|| HookSecretError::Malformed(path.to_owned()))
    }

    fn read(text: &str) -> Option<Self> {
        let keys = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(key).collect::<Option<Vec<_>>>()?;
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// The header `webhook-signature` of a message.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let content = [format!("{id}.{timestamp}.").as_bytes(), body].concat();
        let one = |key| format!("v1,{}", STANDARD.encode(hmac::sign(key, &content)));
        self.0.iter().map(one).collect::<Vec<_>>().join(" ")
    }
}

fn key(line: &str) -> Option<hmac::Key> {
    let bytes = Zeroizing::new(STANDARD.decode(line.strip_prefix(PREFIX)?).ok()?);
    LENGTH.contains(&bytes.len()).then(|| hmac::Key::new(hmac::HMAC_SHA256, &bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn the_known_message_has_the_known_signature() {
        let secret = HookSecret::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").unwrap();
        let signature = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b"{\"test\": 2432232314}");
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn two_lines_sign_twice_and_whatever_is_no_secret_is_refused() {
        let line = |bytes: usize| format!("whsec_{}", STANDARD.encode(vec![7; bytes]));
        let signature = HookSecret::read(&format!("{}\n\n {}\n", line(24), line(64))).unwrap().sign("a", 1, b"");
        assert_eq!(signature.split(' ').filter(|one| one.starts_with("v1,")).count(), 2);
        for wrong in ["", "\n", "secret", "whsec_", "whsec_****", &line(23), &line(65), &format!("{}\nsecret", line(24))] {
            assert!(HookSecret::read(wrong).is_none(), "{wrong}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), format!("whsec_{}", STANDARD.encode([7; 32]))).unwrap();
        let with = |mode| {
            fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
            HookSecret::in_file(file.path())
        };
        assert!(with(0o600).is_ok());
        assert!(matches!(with(0o640), Err(HookSecretError::Exposed(_))));
        assert!(matches!(HookSecret::in_file(Path::new("/nowhere/secret")), Err(HookSecretError::Io(..))));
    }
}
