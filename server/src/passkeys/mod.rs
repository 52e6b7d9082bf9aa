//! Passkey ceremonies. The relying party's state stays on the server, is used once and lapses after five minutes.
//!
//! Deliberately absent: any wish of the client about user verification or the challenge.

pub(crate) mod audit;
pub(crate) mod enrol;
mod exact;
pub(crate) mod links;
mod notice;
pub(crate) mod recovery;
mod relying;
pub(crate) mod reveal;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod step_up;

pub(crate) use relying::{Registration, finish_registration, keep_passkey, passkey_name, public_key};
