//! `妈妈 10012345678 周六来` → `妈妈 100****5678 周六来`: notes keep their words and lose their numbers.
//!
//! The rule: whatever [`super::found`] finds gets the mask of its kind; the rest stays as it is. Deliberately absent: names and
//! ids without a word before them, which no rule can tell from other words.

use super::{
    email,
    found::{Kind, findings},
    handle, id_card, masked, phone,
};
use crate::{
    shown::Masked,
    values::{
        phone::prefixed,
        script::{half_width, is_invisible},
    },
};

/// The text with every number, address and id in it masked.
#[must_use]
pub fn free_text(text: &str) -> Masked {
    masked(text, |text| {
        let mut out = String::with_capacity(text.len() + 8);
        let mut done = 0;
        for (range, kind) in findings(text) {
            out.push_str(text.get(done..range.start)?);
            done = range.end;
            let whole = out.len();
            if push(&mut out, text.get(range)?, kind).is_none() {
                out.truncate(whole);
                out.push_str("****");
            }
        }
        out.push_str(text.get(done..)?);
        Some(out)
    })
}

fn push(out: &mut String, found: &str, kind: Kind) -> Option<()> {
    if kind == Kind::Email {
        let (local, domain) = found.split_once(['@', '＠'])?;
        email::push_local(out, local.chars().map(half_width))?;
        out.extend(domain.chars().map(half_width));
        return Some(());
    }
    let mut buffer = [0; 32];
    let bare = compact(found, kind, &mut buffer)?;
    match kind {
        Kind::Phone => phone::push(out, prefixed(bare)?),
        Kind::IdCard => id_card::push(out, bare),
        Kind::Handle => handle::push(out, bare),
        Kind::BankCard => {
            out.push_str("**** **** **** ");
            out.push_str(bare.get(bare.len().checked_sub(4)?..)?);
            Some(())
        }
        Kind::Number | Kind::Email => None,
    }
}

/// The letters and digits of a finding in ASCII, in a place that needs no allocation.
fn compact<'a>(found: &str, kind: Kind, buffer: &'a mut [u8; 32]) -> Option<&'a str> {
    let mut len = 0;
    for c in found.chars().filter(|c| !is_invisible(*c)).map(half_width) {
        let kept = match kind {
            Kind::Handle => true,
            Kind::IdCard => c.is_ascii_alphanumeric(),
            _ => c.is_ascii_digit(),
        };
        if kept {
            let byte = u8::try_from(c).ok().filter(u8::is_ascii)?;
            *buffer.get_mut(len)? = if kind == Kind::IdCard { byte.to_ascii_uppercase() } else { byte };
            len += 1;
        }
    }
    str::from_utf8(buffer.get(..len)?).ok()
}

#[cfg(test)]
mod tests {
    use super::free_text;

    #[test]
    fn a_note_keeps_its_words_and_loses_its_numbers() {
        for (whole, shown) in [
            ("妈妈 10012345678 周六来", "妈妈 100****5678 周六来"),
            ("妈妈 +86 100-1234-5678 周六来", "妈妈 100****5678 周六来"),
            ("妈妈１００１２３４５６７８周六来", "妈妈100****5678周六来"),
            ("座机(010)62345678", "座机010-****5678"),
            ("香港 +852 9123 4567。", "香港 91****67。"),
            ("身份证 11010120160512123x", "身份证 1****************X"),
            ("卡 4111 1111 1111 1111 转账", "卡 **** **** **** 1111 转账"),
            ("邮箱 wang.li@example.com 或 a@b.com", "邮箱 w****@example.com 或 *@b.com"),
            ("微信:wxid_ab12cd34, QQ:123456789", "微信:w****4, QQ:12****89"),
            ("单号 123456789012", "单号 ****"),
            ("周六来, 带作业 3 份", "周六来, 带作业 3 份"),
        ] {
            assert_eq!(free_text(whole).as_str(), shown, "{whole}");
        }
    }

    #[test]
    fn a_scrubbed_note_stays_as_it_is() {
        for text in ["妈妈 100****5678 周六来", "1****************X", "**** **** **** 1111", "w****@example.com", "微信:w****4"] {
            assert_eq!(free_text(text).as_str(), text);
        }
        assert_eq!(free_text("").as_str(), "");
    }
}
