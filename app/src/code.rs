//! A one-time code of six digits, sometimes of ten, as people type and paste it.
//!
//! The rule: one reading for every form that takes a code. Digits of full width count, and spaces and dashes between digits; in a
//! whole message the run of six or ten is the code. Deliberately absent: any guess where there are more or fewer.

const fn is_long_enough(digits: &str) -> bool {
    matches!(digits.len(), 6 | 10)
}

/// The code in a text: a run of as many digits, or so many with something between.
pub fn one_time(text: &str) -> Option<String> {
    // Input methods may type digits in full width.
    let plain = |character: char| match u32::from(character) {
        wide @ 0xFF10..=0xFF19 => char::from_digit(wide - 0xFF10, 10).unwrap_or(character),
        _ => character,
    };
    let text: String = text.chars().map(plain).collect();
    let run = text.split(|c: char| !c.is_ascii_digit()).find(|run| is_long_enough(run)).map(str::to_owned);
    run.or_else(|| Some(text.chars().filter(char::is_ascii_digit).collect::<String>()).filter(|digits| is_long_enough(digits)))
}
