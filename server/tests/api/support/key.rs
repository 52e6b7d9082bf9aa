//! An authenticator of the tests' own, which signs whatever it is told to: what a relying party must refuse has to come with
//! a signature that is right, or the test shows nothing but that signatures are checked.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_cbor_2::Value as Cbor;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use webauthn_rs::prelude::Passkey;

/// A map as authenticators write it.
pub type Map = BTreeMap<Cbor, Cbor>;

/// User present.
pub const UP: u8 = 0x01;
/// User verified.
pub const UV: u8 = 0x04;
/// Attested credential data included.
const AT: u8 = 0x40;

/// One passkey.
pub struct Key {
    pair: EcdsaKeyPair,
    /// Its credential id.
    pub id: Vec<u8>,
    /// How often it has signed.
    pub counter: u32,
    /// The user handle that it was given.
    pub user: Option<String>,
    origin: String,
}

/// What is about to be signed; a test changes it.
pub struct Said {
    /// The client data.
    pub client: Value,
    /// The relying party that the authenticator believes in.
    pub rp: String,
    /// The flags.
    pub flags: u8,
    /// The counter.
    pub counter: u32,
    /// The user handle in the answer.
    pub user: Option<String>,
    /// What follows the authenticator data.
    pub tail: Vec<u8>,
    /// The public key, by the labels of COSE.
    pub key: Map,
}

/// Base64url without padding.
pub fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Its reverse.
pub fn bytes(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}

impl Key {
    /// A key that is registered nowhere.
    pub fn new(origin: &str) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self { pair, id: uuid::Uuid::new_v4().as_bytes().repeat(2), counter: 0, user: None, origin: origin.into() }
    }

    fn said(&self, kind: &str, options: &Value, rp: &str, flags: u8) -> Said {
        let challenge = options["publicKey"]["challenge"].clone();
        let client = json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false });
        let point = self.pair.public_key().as_ref();
        // EC2, ES256, P-256, x, y.
        let key: [(i64, Cbor); 5] =
            [(1, 2.into()), (3, (-7).into()), (-1, 1.into()), (-2, point[1..33].to_vec().into()), (-3, point[33..65].to_vec().into())];
        let key = key.into_iter().map(|(label, value)| (label.into(), value)).collect();
        Said { client, rp: rp.into(), flags, counter: self.counter, user: self.user.clone(), tail: Vec::new(), key }
    }

    /// The answer to a registration.
    pub fn attest(&mut self, options: &Value) -> Value {
        self.attest_as(options, |_| ())
    }

    /// The same with something changed before it is packed.
    pub fn attest_as(&mut self, options: &Value, change: impl FnOnce(&mut Said)) -> Value {
        self.attest_by(options, [0; 16], |_, _| ("none", Map::new()), change)
    }

    /// The same by an authenticator of a make, with a statement over what its maker signs: authenticator data and the hash of the
    /// client data.
    pub fn attest_by(
        &mut self,
        options: &Value,
        aaguid: [u8; 16],
        state: impl FnOnce(&EcdsaKeyPair, &[u8]) -> (&'static str, Map),
        change: impl FnOnce(&mut Said),
    ) -> Value {
        self.user = options["publicKey"]["user"]["id"].as_str().map(str::to_owned);
        let rp = options["publicKey"]["rp"]["id"].as_str().unwrap().to_owned();
        let mut said = self.said("webauthn.create", options, &rp, UP | UV | AT);
        change(&mut said);
        let mut data = head(&said);
        data.extend(aaguid);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(serde_cbor_2::to_vec(&said.key).unwrap());
        data.extend(&said.tail);
        let client = said.client.to_string();
        let (format, statement) = state(&self.pair, &[data.as_slice(), Sha256::digest(client.as_bytes()).as_slice()].concat());
        let object = [("fmt", Cbor::Text(format.into())), ("attStmt", Cbor::Map(statement)), ("authData", data.into())];
        let object: Map = object.into_iter().map(|(name, part)| (Cbor::Text(name.into()), part)).collect();
        let object = serde_cbor_2::to_vec(&object).unwrap();
        json!({
            "id": b64(&self.id), "rawId": b64(&self.id), "type": "public-key", "extensions": {},
            "response": { "clientDataJSON": b64(client.as_bytes()), "attestationObject": b64(&object), "transports": ["internal"] },
        })
    }

    /// The same by a key that does not count, which as many may use at once as will.
    pub fn assert_uncounted(&self, options: &Value) -> Value {
        self.sign(self.said("webauthn.get", options, options["publicKey"]["rpId"].as_str().unwrap(), UP | UV))
    }

    /// What the school would keep of it after a registration.
    pub fn row(&self, actor: guard::Actor) -> store::PasskeyRow {
        let point = self.pair.public_key().as_ref();
        let key =
            json!({ "type_": "ES256", "key": { "EC_EC2": { "curve": "SECP256R1", "x": b64(&point[1..33]), "y": b64(&point[33..]) } } });
        let credential = json!({ "cred": {
            "cred_id": b64(&self.id), "cred": key, "counter": 0, "transports": null, "user_verified": true, "backup_eligible": false,
            "backup_state": false, "registration_policy": "required", "extensions": {},
            "attestation": { "data": "None", "metadata": "None" }, "attestation_format": "none",
        } });
        store::PasskeyRow {
            id: contract::ids::PasskeyId(uuid::Uuid::now_v7()),
            actor,
            name: "Test".into(),
            credential_id: self.id.clone(),
            // In the words of the library, as after a registration: a use that changes nothing leaves the row as it is.
            credential: serde_json::to_string(&serde_json::from_value::<Passkey>(credential).unwrap()).unwrap(),
            created_at: chrono::Utc::now(),
            used_at: None,
            synced: false,
            make: None,
            attested: false,
        }
    }

    /// The public key, as the trail keeps it.
    pub fn public(&self) -> guard::receipt::PasskeyKey {
        guard::receipt::PasskeyKey::new(self.id.clone(), guard::receipt::Algorithm::Es256, self.pair.public_key().as_ref().to_vec())
    }

    /// The answer to a sign-in or a step-up.
    pub fn assert(&mut self, options: &Value) -> Value {
        self.assert_as(options, |_| ())
    }

    /// The same with something changed before it is signed.
    pub fn assert_as(&mut self, options: &Value, change: impl FnOnce(&mut Said)) -> Value {
        self.counter += 1;
        let rp = options["publicKey"]["rpId"].as_str().unwrap().to_owned();
        let mut said = self.said("webauthn.get", options, &rp, UP | UV);
        change(&mut said);
        self.sign(said)
    }

    fn sign(&self, said: Said) -> Value {
        let mut data = head(&said);
        data.extend(&said.tail);
        let client = said.client.to_string();
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client.as_bytes()));
        let signature = self.pair.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": b64(&self.id), "rawId": b64(&self.id), "type": "public-key", "extensions": {},
            "response": {
                "clientDataJSON": b64(client.as_bytes()), "authenticatorData": b64(&data), "signature": b64(signature.as_ref()),
                "userHandle": said.user,
            },
        })
    }
}

fn head(said: &Said) -> Vec<u8> {
    let mut data = Sha256::digest(said.rp.as_bytes()).to_vec();
    data.push(said.flags);
    data.extend(said.counter.to_be_bytes());
    data
}
