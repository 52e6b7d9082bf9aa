//! What a registration must not hold: a key of another algorithm than it claims (W15), a key that is none (W16), a statement
//! where none is made (W17), bytes after its end (W19).
//!
//! A sign-in has no such tests: an assertion names no algorithm, it is checked by the one that was stored with the key.

use super::{
    passkeys::{begin, finish, link},
    rejections::is_not_registered,
};
use crate::support::{
    School,
    app::ORIGIN,
    key::{Key, Said, b64, bytes},
};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_cbor_2::Value;
use serde_json::json;

const KIND: i64 = 1;
const ALGORITHM: i64 = 3;
const CURVE: i64 = -1;
const X: i64 = -2;
const Y: i64 = -3;
const PRIVATE: i64 = -4;

fn put(said: &mut Said, label: i64, value: impl Into<Value>) {
    said.key.insert(label.into(), value.into());
}

async fn is_no_key(school: &School, what: &str, change: impl FnOnce(&mut Said)) {
    is_not_registered(school, what, change, |_| ()).await;
}

/// A key of RSA: type 3, modulus and exponent, with this algorithm.
fn rsa(said: &mut Said, algorithm: i64) {
    said.key.clear();
    put(said, KIND, 3_i64);
    put(said, ALGORITHM, algorithm);
    put(said, CURVE, vec![0xc5_u8; 256]);
    put(said, X, vec![1_u8, 0, 1]);
}

#[tokio::test]
async fn w15_a_key_of_another_algorithm_than_it_claims_is_refused() {
    let school = School::open().await;
    is_no_key(&school, "RSA as ES256", |said| rsa(said, -7)).await;
    is_no_key(&school, "RSA as ES384", |said| rsa(said, -35)).await;
    is_no_key(&school, "P-256 as RS256", |said| put(said, ALGORITHM, -257_i64)).await;
    is_no_key(&school, "P-256 as ES384", |said| put(said, ALGORITHM, -35_i64)).await;
    is_no_key(&school, "P-256 as EdDSA", |said| put(said, ALGORITHM, -8_i64)).await;
    is_no_key(&school, "RSA with SHA-1", |said| rsa(said, -65_535)).await;
    is_no_key(&school, "RSA with PSS", |said| rsa(said, -37)).await;
    let random = SystemRandom::new();
    let larger = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_ASN1_SIGNING, &random).unwrap();
    let larger = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_ASN1_SIGNING, larger.as_ref(), &random).unwrap();
    let point = larger.public_key().as_ref();
    is_no_key(&school, "P-384 as ES256", |said| {
        put(said, CURVE, 2_i64);
        put(said, X, point[1..49].to_vec());
        put(said, Y, point[49..].to_vec());
    })
    .await;
}

#[tokio::test]
async fn w16_a_key_that_is_none_is_refused() {
    let school = School::open().await;
    for (label, name) in [(KIND, "type"), (ALGORITHM, "algorithm"), (CURVE, "curve"), (X, "x"), (Y, "y")] {
        is_no_key(&school, &format!("no {name}"), |said| {
            said.key.remove(&label.into());
        })
        .await;
        is_no_key(&school, &format!("{name} is a text"), |said| put(said, label, "1".to_owned())).await;
    }
    is_no_key(&school, "off the curve", |said| {
        let Some(Value::Bytes(y)) = said.key.get_mut(&Y.into()) else { panic!("y") };
        y[31] ^= 1;
    })
    .await;
    is_no_key(&school, "the origin", |said| {
        put(said, X, vec![0_u8; 32]);
        put(said, Y, vec![0_u8; 32]);
    })
    .await;
    is_no_key(&school, "x is short", |said| put(said, X, vec![1_u8; 31])).await;
    is_no_key(&school, "a compressed point", |said| put(said, Y, true)).await;
    for kind in [0_i64, 1, 3, 4] {
        is_no_key(&school, &format!("type {kind}"), |said| put(said, KIND, kind)).await;
    }
    for curve in [0_i64, 2, 3, 6, 8] {
        is_no_key(&school, &format!("curve {curve}"), |said| put(said, CURVE, curve)).await;
    }
    is_no_key(&school, "with its private part", |said| put(said, PRIVATE, vec![7_u8; 32])).await;
    is_no_key(&school, "with a parameter that is not asked for", |said| put(said, 4, vec![Value::Integer(2)])).await;
}

#[tokio::test]
async fn w17_w19_a_statement_that_states_nothing_and_bytes_after_the_end_are_refused() {
    let school = School::open().await;
    is_no_key(&school, "bytes left over", |said| said.tail = vec![0]).await;
    is_no_key(&school, "a second map, not announced", |said| said.tail = vec![0xa0]).await;
    is_no_key(&school, "extensions that are not there", |said| said.flags |= 0x80).await;
    is_no_key(&school, "bytes after the extensions", |said| {
        said.flags |= 0x80;
        said.tail = vec![0xa0, 0];
    })
    .await;
    is_not_registered(
        &school,
        "a statement of the format none",
        |_| (),
        |credential| {
            let object = bytes(&credential["response"]["attestationObject"]);
            let Value::Map(mut object) = serde_cbor_2::from_slice(&object).unwrap() else { panic!("a map") };
            let statement = Value::Map([(Value::Text("x".into()), Value::Integer(1))].into());
            object.insert(Value::Text("attStmt".into()), statement);
            credential["response"]["attestationObject"] = json!(b64(&serde_cbor_2::to_vec(&object).unwrap()));
        },
    )
    .await;
}

#[tokio::test]
async fn a_key_of_another_algorithm_and_announced_extensions_are_registered() {
    let school = School::open().await;
    let enrol = async |key: &mut Key, change: &dyn Fn(&mut Said)| {
        let opened = school.nobody().post("/api/enrolments/open", json!({ "token": link(&school, "li").await })).await.is(200).json;
        let credential = key.attest_as(&opened["options"], change);
        let body = json!({ "ceremony": opened["ceremony"], "credential": credential });
        school.nobody().post("/api/enrolments/finish", body).await.is(200);
    };
    enrol(&mut Key::new(ORIGIN), &|said| rsa(said, -257)).await;
    let mut key = Key::new(ORIGIN);
    enrol(&mut key, &|said| {
        said.flags |= 0x80;
        said.tail = vec![0xa0];
    })
    .await;
    let begun = begin(&school, Some("li")).await;
    let credential = key.assert(&begun["options"]);
    finish(&school, &begun, credential).await.is(200);
}
