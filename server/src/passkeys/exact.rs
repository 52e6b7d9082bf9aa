//! What a registration says beside what the library looks at.
//!
//! The rule: a registration holds the public key of its algorithm, and nothing more; a private part in it, a curve of another
//! algorithm, a statement where none is made, or bytes after the end are refused. Deliberately absent: what the library does
//! check (point, sizes, flags, statements of formats that make one), and whether a make is on the list.

use serde::Deserialize;
use serde_cbor_2::{Deserializer, Value};
use std::collections::BTreeMap;

type Map = BTreeMap<Value, Value>;

/// Hash of the relying party, flags, counter, and the model of the authenticator come before the credential id.
const BEFORE_ID: usize = 53;
const FLAGS: usize = 32;
const EXTENSIONS: u8 = 0x80;
/// Labels of a key (RFC 9052, 7.1): type, algorithm, curve.
const LABELS: [i128; 3] = [1, 3, -1];

/// Whether an attestation object holds one public key as it must be, and nothing beside it.
pub(super) fn is_exact(object: &[u8]) -> bool {
    let Ok(Value::Map(object)) = serde_cbor_2::from_slice(object) else {
        return false;
    };
    let part = |name: &str| object.get(&Value::Text(name.to_owned()));
    match (part("fmt"), part("attStmt"), part("authData")) {
        (Some(Value::Text(format)), Some(Value::Map(statement)), Some(Value::Bytes(data))) => {
            (format != "none" || statement.is_empty()) && ends_with_key(data).unwrap_or(false)
        }
        _ => false,
    }
}

/// Whether authenticator data ends with a whole public key, or with the extensions that it announces behind it.
fn ends_with_key(data: &[u8]) -> Option<bool> {
    let extended = data.get(FLAGS)? & EXTENSIONS != 0;
    let (length, rest) = data.get(BEFORE_ID..)?.split_first_chunk()?;
    let (key, rest) = next(rest.get(usize::from(u16::from_be_bytes(*length))..)?)?;
    let rest = if extended { next(rest)?.1 } else { rest };
    Some(is_public(&key) && rest.is_empty())
}

/// The map at the beginning, and what comes after it.
fn next(bytes: &[u8]) -> Option<(Map, &[u8])> {
    let mut reader = Deserializer::from_slice(bytes);
    let map = Map::deserialize(&mut reader).ok()?;
    Some((map, bytes.get(reader.byte_offset()..)?))
}

/// Whether type, algorithm and curve belong together and no parameter is there beside them and the point or the modulus
/// (WebAuthn 3, 5.8.5 and 6.5.1).
fn is_public(key: &Map) -> bool {
    let [kind, algorithm, curve] = LABELS.map(|label| key.get(&Value::Integer(label)));
    let number = |value: Option<&Value>| if let Some(Value::Integer(number)) = value { Some(*number) } else { None };
    match (number(kind), number(algorithm), number(curve)) {
        // ES256 on P-256, ES384 on P-384: with x and y.
        (Some(2), Some(-7), Some(1)) | (Some(2), Some(-35), Some(2)) => key.len() == 5,
        // RS256, where -1 is the modulus: with the exponent.
        (Some(3), Some(-257), None) => key.len() == 4,
        _ => false,
    }
}
