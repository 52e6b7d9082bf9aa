//! WeChat ids: `wxid_ab12cd34` → `w****4`; numbers as QQ numbers are masked, `123456789` → `12****89`.
//!
//! The rule: a mobile number given as an id shows less here than as a phone number, never more; a number of fewer than
//! eight digits is masked whole, since two and two would be most of it. Deliberately absent: the `wxid_` prefix.

use super::masked;
use crate::{
    shown::Masked,
    values::wechat_id::{is_handle, is_number},
};

/// The mask of a WeChat id or QQ number.
#[must_use]
pub fn handle(text: &str) -> Masked {
    masked(text, |text| {
        if !is_handle(text) && !is_number(text) {
            return None;
        }
        let mut out = String::with_capacity(8);
        push(&mut out, text)?;
        Some(out)
    })
}

/// Appends the mask of what has the shape of an id.
pub(super) fn push(out: &mut String, id: &str) -> Option<()> {
    let keep = match id.chars().next()? {
        '0'..='9' if id.len() < 8 => 0,
        '0'..='9' => 2,
        _ => 1,
    };
    out.push_str(id.get(..keep)?);
    out.push_str("****");
    out.push_str(id.get(id.len().checked_sub(keep)?..)?);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::handle;

    #[test]
    fn an_id_keeps_its_ends() {
        assert_eq!(handle("wxid_ab12cd34").as_str(), "w****4");
        assert_eq!(handle("123456789").as_str(), "12****89");
        assert_eq!(handle("10012345678").as_str(), "10****78");
    }

    #[test]
    fn a_short_or_odd_id_is_masked_whole() {
        for other in ["12345", "1234567", "abcde", "w****4", "微信号", "012345678"] {
            assert_eq!(handle(other).as_str(), "****", "{other}");
        }
    }
}
