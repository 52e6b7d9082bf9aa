//! Texts of own passkeys, sessions and recovery codes.
