//! A passkey in memory, and looks that it signs for.

use contract::wire::reveals::{RevealRequest, Revealed};
use guard::{
    Disclosed, Gate, Openable, Refused, SignedWish, Viewer, Wish,
    receipt::{Algorithm, Assertion, PasskeyKey},
};
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};

/// Present and verified.
pub const UP_UV: u8 = 0x05;

/// One passkey.
pub struct Passkey {
    pair: EcdsaKeyPair,
    id: Vec<u8>,
}

impl Passkey {
    /// A new one with this credential id.
    pub fn new(id: &[u8]) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self { pair, id: id.to_vec() }
    }
    /// Its public key.
    pub fn public(&self) -> PasskeyKey {
        PasskeyKey::new(self.id.clone(), Algorithm::Es256, self.pair.public_key().as_ref().to_vec())
    }
    /// Signs what the client says, as an authenticator that saw this much of a person.
    pub fn assert(&self, client: &str, flags: u8) -> Assertion {
        let mut data = digest(&SHA256, b"localhost").as_ref().to_vec();
        data.push(flags);
        data.extend([0; 4]);
        let message = [data.as_slice(), digest(&SHA256, client.as_bytes()).as_ref()].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &message).unwrap();
        Assertion::new(self.id.clone(), data, client.as_bytes().to_vec(), signature.as_ref().to_vec())
    }
    /// Signs a challenge as a browser does.
    pub fn sign(&self, challenge: [u8; 32]) -> Assertion {
        self.assert(&client_data("webauthn.get", &challenge), UP_UV)
    }
}

/// The client data of a browser.
pub fn client_data(kind: &str, challenge: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let challenge = URL_SAFE_NO_PAD.encode(challenge);
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"http://localhost:8080","crossOrigin":false}}"#)
}

/// A wish, signed by a new passkey.
pub fn signed(wish: Wish) -> SignedWish {
    let key = Passkey::new(b"a key");
    let assertion = key.sign(wish.challenge());
    wish.signed(assertion, &key.public()).unwrap()
}

/// Both halves of a deliberate look.
pub async fn look(gate: &Gate, viewer: &Viewer, record: Openable<'_>, request: &RevealRequest) -> Result<Disclosed<Revealed>, Refused> {
    let wish = signed(gate.wish(viewer, record, request).await?);
    gate.reveal(viewer, record, wish).await
}
