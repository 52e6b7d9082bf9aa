//! A one-time code of six digits, as people type and paste it.
//!
//! The rule: one reading for every form that takes a code. Digits of full width count, and spaces and dashes between digits; in a
//! whole message the run of six is the code. Deliberately absent: any guess where there are more or fewer.

/// The code in a text: a run of six digits, or six digits with something between.
pub fn six_digits(text: &str) -> Option<String> {
    // Input methods may type digits in full width.
    let plain = |character: char| match u32::from(character) {
        wide @ 0xFF10..=0xFF19 => char::from_digit(wide - 0xFF10, 10).unwrap_or(character),
        _ => character,
    };
    let text: String = text.chars().map(plain).collect();
    let run = text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).map(str::to_owned);
    run.or_else(|| Some(text.chars().filter(char::is_ascii_digit).collect::<String>()).filter(|digits| digits.len() == 6))
}

#[cfg(test)]
mod tests {
    use super::six_digits;

    #[test]
    fn a_code_is_found_however_it_was_typed_or_pasted() {
        for text in ["123456", " 123456 ", "123 456", "123-456", "１２３４５６", "１２３ 456", "【慎独】验证码 123456，10 分钟内有效"]
        {
            assert_eq!(six_digits(text).as_deref(), Some("123456"), "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for text in ["", "12345", "1234567", "abcdef", "12345x", "①②③④⑤⑥", "五 1 2 3 4 5"] {
            assert_eq!(six_digits(text), None, "{text}");
        }
    }
}
