//! E-mail addresses: the part of RFC 5322 addr-spec that mail providers really give out.
//!
//! The rule: the domain is in lower case, the local part as it was typed. Deliberately absent: quoted local parts, address
//! literals, comments, and letters beyond ASCII.

use super::clean::{compact, is_masked};
use crate::error::ValueError;

text_value! {
    /// An e-mail address of at most 254 characters (RFC 5321 4.5.3.1.3).
    Email, read
}

fn read(text: &str) -> Result<String, ValueError> {
    let clean = compact(text, 254)?;
    if is_masked(&clean) || clean.starts_with("*@") {
        return Err(ValueError::LooksMasked);
    }
    if clean.chars().count() > 254 {
        return Err(ValueError::TooLong);
    }
    let (local, domain) = parts(&clean).ok_or(ValueError::Malformed)?;
    Ok(format!("{local}@{}", domain.to_ascii_lowercase()))
}

/// The local part and the domain, if the text is an address.
pub(crate) fn parts(text: &str) -> Option<(&str, &str)> {
    let (local, domain) = text.split_once('@')?;
    (text.len() <= 254 && is_local(local) && is_domain(domain)).then_some((local, domain))
}

fn is_local(text: &str) -> bool {
    let mut last = b'.';
    for byte in text.bytes() {
        if !is_local_byte(byte) && (byte != b'.' || last == b'.') {
            return false;
        }
        last = byte;
    }
    last != b'.' && text.len() <= 64
}

/// RFC 5322 atext without `*`, which would be taken for a mask.
const fn is_local_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'!' | b'#'..=b'\'' | b'+' | b'-' | b'/' | b'=' | b'?' | b'^'..=b'`' | b'{'..=b'~')
}

/// Two or more labels of letters, digits and inner hyphens, the last of them a name and not a number (RFC 1035 2.3.1).
fn is_domain(text: &str) -> bool {
    let (mut labels, mut length, mut named, mut last) = (0, 0, false, b'.');
    for byte in text.bytes() {
        match byte {
            b'.' if length > 0 && last != b'-' => (labels, length, named) = (labels + 1, 0, false),
            b'-' if length > 0 => length += 1,
            _ if byte.is_ascii_alphanumeric() => (length, named) = (length + 1, named || !byte.is_ascii_digit()),
            _ => return false,
        }
        if length > 63 {
            return false;
        }
        last = byte;
    }
    labels > 0 && length >= 2 && named && last != b'-' && text.len() <= 253
}

#[cfg(test)]
mod tests {
    use super::Email;
    use crate::{error::ValueError, field::FieldValue};

    fn read(text: &str) -> Result<String, ValueError> {
        Email::parse(text).map(|email| email.text().into_owned())
    }

    #[test]
    fn an_address_has_one_text() {
        assert_eq!(read(" Wang.Li+school＠Example.COM "), Ok("Wang.Li+school@example.com".to_owned()));
        assert_eq!(read("a@b.cn"), Ok("a@b.cn".to_owned()));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "a",
            "a@",
            "@b.com",
            "a@b",
            "a..b@c.com",
            ".a@c.com",
            "a@-b.com",
            "a@b.1",
            "a@b..com",
            "a b@c.com",
            "a.@c.com",
            "a@b-.com",
            "a@.com",
            "a@b.com.",
            "a@b@c.com",
            "张@b.com",
            "\"a\"@b.com",
        ] {
            assert_eq!(read(text), Err(ValueError::Malformed), "{text}");
        }
        assert_eq!(read(&format!("a@{}.com", "b.".repeat(130))), Err(ValueError::TooLong));
        for text in ["d****@example.com", "*@b.com"] {
            assert_eq!(read(text), Err(ValueError::LooksMasked), "{text}");
        }
    }
}
