//! The fallback of staff whose roles the school lets in without a passkey: a password and a code of an authenticator app.
//!
//! The rule: it opens a session that has proved no presence, so whatever asks for a passkey still does. An unknown name, a name
//! without a password, a role that may not, a wrong password, a wrong code and a code that was used have one answer after one
//! and the same work. Deliberately absent: a password that expires, questions about pets, a password without a code.

mod choose;
mod hashing;
pub(crate) mod set;
pub(crate) mod sign_in;

pub(crate) use hashing::Hashing;

/// The digits of a code as it was typed; some put a space into the middle, and input methods type digits in full width.
fn digits(code: &str) -> String {
    let plain = |letter: char| match u32::from(letter) {
        wide @ 0xFF10..=0xFF19 => char::from_digit(wide - 0xFF10, 10).unwrap_or(letter),
        _ => letter,
    };
    code.chars().map(plain).filter(|letter| !letter.is_whitespace()).take(12).collect()
}
