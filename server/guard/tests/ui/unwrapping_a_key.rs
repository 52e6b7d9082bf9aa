//! A data key is unwrapped inside the guard alone.
use guard::{Vault, WrappedKey};

fn key(vault: &Vault, wrapped: &WrappedKey) {
    let _ = vault.unwrap(wrapped);
}

fn main() {}
