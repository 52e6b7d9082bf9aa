//! What all values share when they are read: the form of the characters, the length, and the refusal of masks.
//!
//! The rule: length is counted in characters after normalisation, never in bytes. Deliberately absent: any repair that
//! would drop a visible character.

use super::{
    normal::{nfc, nfkc},
    script::{is_invisible, is_variation_selector},
};
use crate::error::ValueError;
use std::ops::RangeInclusive;

/// NFKC never makes more than this many bytes of one byte, so a longer text is refused before it is worked on.
const BYTES_PER_CHARACTER: usize = 16;

/// One line of text: NFKC, trimmed, every run of spaces one space.
pub(super) fn one_line(text: &str, length: RangeInclusive<usize>) -> Result<String, ValueError> {
    let clean = compact(text, *length.end())?;
    if is_masked(&clean) {
        return Err(ValueError::LooksMasked);
    }
    within(clean, length)
}

/// The characters of a one-line value in NFKC with single spaces; no opinion yet about length or content.
pub(super) fn compact(text: &str, longest: usize) -> Result<String, ValueError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(ValueError::Required);
    }
    if trimmed.len() > longest.saturating_mul(BYTES_PER_CHARACTER) {
        return Err(ValueError::TooLong);
    }
    refuse_invisible(trimmed)?;
    let mut clean = String::with_capacity(trimmed.len());
    for c in nfkc(trimmed).chars() {
        let blank = c.is_whitespace();
        if !blank {
            clean.push(c);
        } else if !clean.ends_with(' ') {
            clean.push(' ');
        }
    }
    // a compatibility form can be a space and a mark, so the edges are looked at again
    let inner = clean.trim();
    if inner.is_empty() { Err(ValueError::Malformed) } else { Ok(inner.to_owned()) }
}

/// Text of several lines: NFC only, since NFKC would change what somebody wrote; line ends become `\n`.
pub(super) fn lines(text: &str, longest: usize) -> Result<String, ValueError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(ValueError::Required);
    }
    if trimmed.len() > longest.saturating_mul(BYTES_PER_CHARACTER) {
        return Err(ValueError::TooLong);
    }
    let clean = nfc(&trimmed.replace("\r\n", "\n").replace('\r', "\n"));
    let mut before = '\0';
    for c in clean.chars() {
        let joins_emoji = c == '\u{200D}' && is_pictograph(before);
        if (c.is_control() && !matches!(c, '\n' | '\t')) || (is_invisible(c) && !joins_emoji) {
            return Err(ValueError::Malformed);
        }
        before = c;
    }
    if is_nothing_but_a_mask(&clean) {
        return Err(ValueError::LooksMasked);
    }
    within(clean, 1..=longest)
}

/// Holds a text to its length in characters.
pub(super) fn within(text: String, length: RangeInclusive<usize>) -> Result<String, ValueError> {
    match text.chars().count() {
        0 => Err(ValueError::Required),
        count if count > *length.end() => Err(ValueError::TooLong),
        count if count < *length.start() => Err(ValueError::Malformed),
        _ => Ok(text),
    }
}

/// Refuses control characters and those that cannot be seen.
pub(super) fn refuse_invisible(text: &str) -> Result<(), ValueError> {
    if text.chars().any(|c| c.is_control() || is_invisible(c)) { Err(ValueError::Malformed) } else { Ok(()) }
}

/// Whether a text carries what only a mask carries. `∗` stands in for `*` on some keyboards.
pub(super) fn is_masked(text: &str) -> bool {
    let star = |c: char| matches!(c, '*' | '∗' | '＊' | '﹡');
    let mut before = false;
    let two_stars = text.chars().any(|c| std::mem::replace(&mut before, star(c)) && star(c));
    two_stars || text.contains("[已隐藏]") || (!text.is_empty() && text.chars().all(star))
}

/// A note may quote a mask (`妈妈 100****5678`) or use stars for stress, but may not be one.
fn is_nothing_but_a_mask(text: &str) -> bool {
    let bare = text.chars().all(|c| matches!(c, '*' | '＊') || c.is_whitespace());
    let single = is_masked(text) && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '*' | '@' | '.' | '-' | ' '));
    bare || single || text == "[已隐藏]"
}

/// The blocks whose members are joined by U+200D into one picture.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}') || is_variation_selector(c)
}
