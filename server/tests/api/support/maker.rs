//! A maker of authenticators of the tests' own: a root, and what its authenticators say of their make.
//!
//! The rule: certificates are written here byte by byte (X.509 in DER), so that a test can make each part of one wrong.

use super::key::Map;
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_cbor_2::Value as Cbor;

/// ecdsa-with-SHA256, id-ecPublicKey, prime256v1.
const SIGNED: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
const KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const CURVE: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
/// Of a name: country, organisation, unit, common name; extensions: basic constraints, usage, and id-fido-gen-ce-aaguid.
const NAMES: [&[u8]; 4] = [&[0x55, 4, 6], &[0x55, 4, 10], &[0x55, 4, 11], &[0x55, 4, 3]];
const CONSTRAINTS: &[u8] = &[0x55, 0x1d, 19];
const USAGE: &[u8] = &[0x55, 0x1d, 15];
const AAGUID: &[u8] = &[0x2b, 6, 1, 4, 1, 0x82, 0xe5, 0x1c, 1, 1, 4];

const INTEGER: u8 = 2;
const BITS: u8 = 3;
const OCTETS: u8 = 4;
const OID: u8 = 6;
const TEXT: u8 = 12;
const TIME: u8 = 23;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;

/// A root with its key.
pub struct Maker {
    pair: EcdsaKeyPair,
    name: Vec<u8>,
    /// The root.
    pub pem: String,
}

fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).unwrap().to_be_bytes();
    [&[tag, 0x82], length.as_slice(), value].concat()
}

/// With its length in as few bytes as there can be, as DER asks.
fn der(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    let value = parts.concat();
    match value.len() {
        short @ 0..0x80 => [&[tag, u8::try_from(short).unwrap()], value.as_slice()].concat(),
        long @ 0x80..0x100 => [&[tag, 0x81, u8::try_from(long).unwrap()], value.as_slice()].concat(),
        _ => tlv(tag, &value),
    }
}

fn oid(bytes: &[u8]) -> Vec<u8> {
    der(OID, &[bytes.to_vec()])
}

fn bits(bytes: &[u8]) -> Vec<u8> {
    der(BITS, &[vec![0], bytes.to_vec()])
}

fn name(maker: &str, unit: &str) -> Vec<u8> {
    let parts = NAMES.iter().zip(["CN", maker, unit, maker]);
    let part = |(kind, text): (&&[u8], &str)| der(SET, &[der(SEQUENCE, &[oid(kind), der(TEXT, &[text.as_bytes().to_vec()])])]);
    der(SEQUENCE, &parts.map(part).collect::<Vec<_>>())
}

fn extension(id: &[u8], value: Vec<u8>) -> Vec<u8> {
    der(SEQUENCE, &[oid(id), der(OCTETS, &[value])])
}

fn pair() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap()
}

fn certificate(issuer: (&[u8], &EcdsaKeyPair), subject: &[u8], key: &EcdsaKeyPair, until: &str, extensions: &[Vec<u8>]) -> Vec<u8> {
    let algorithm = der(SEQUENCE, &[oid(SIGNED)]);
    let day = |text: &str| der(TIME, &[text.as_bytes().to_vec()]);
    let key = der(SEQUENCE, &[der(SEQUENCE, &[oid(KEY), oid(CURVE)]), bits(key.public_key().as_ref())]);
    let body = der(
        SEQUENCE,
        &[
            der(0xa0, &[der(INTEGER, &[vec![2]])]),
            der(INTEGER, &[vec![7]]),
            algorithm.clone(),
            issuer.0.to_vec(),
            der(SEQUENCE, &[day("200101000000Z"), day(until)]),
            subject.to_vec(),
            key,
            der(0xa3, &[der(SEQUENCE, extensions)]),
        ],
    );
    let signature = issuer.1.sign(&SystemRandom::new(), &body).unwrap();
    der(SEQUENCE, &[body, algorithm, bits(signature.as_ref())])
}

impl Maker {
    /// A maker of this name, with a root of its own.
    pub fn new(maker: &str) -> Self {
        let (pair, name) = (pair(), name(maker, "Root"));
        let authority = extension(CONSTRAINTS, der(SEQUENCE, &[vec![1, 1, 0xff]]));
        let signs = extension(USAGE, vec![BITS, 2, 2, 4]);
        let root = certificate((&name, &pair), &name, &pair, "491231235959Z", &[authority, signs]);
        let lines = STANDARD.encode(root).as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned()).collect::<Vec<_>>();
        let pem = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"));
        Self { pair, name, pem }
    }

    /// What one of its authenticators says under a registration: a signature by a key that the root vouches for until then, for
    /// the make that stands in its certificate.
    pub fn states(&self, make: [u8; 16], until: &str, signed: &[u8]) -> (&'static str, Map) {
        let batch = pair();
        let none = extension(CONSTRAINTS, der(SEQUENCE, &[]));
        let make = extension(AAGUID, der(OCTETS, &[make.to_vec()]));
        let subject = name("Batch", "Authenticator Attestation");
        let leaf = certificate((&self.name, &self.pair), &subject, &batch, until, &[none, make]);
        packed(&batch, signed, Some(leaf))
    }
}

/// A statement of the format `packed`: with a certificate, or by the key itself.
pub fn packed(by: &EcdsaKeyPair, signed: &[u8], certificate: Option<Vec<u8>>) -> (&'static str, Map) {
    let signature = by.sign(&SystemRandom::new(), signed).unwrap();
    let mut parts = vec![("alg", Cbor::Integer(-7)), ("sig", Cbor::Bytes(signature.as_ref().to_vec()))];
    parts.extend(certificate.map(|leaf| ("x5c", Cbor::Array(vec![Cbor::Bytes(leaf)]))));
    ("packed", parts.into_iter().map(|(name, part)| (Cbor::Text(name.into()), part)).collect())
}
