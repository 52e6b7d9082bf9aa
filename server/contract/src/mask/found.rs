//! Finds numbers and addresses inside running text, so that they can be masked in notes and pointed at while one types.
//!
//! The rule: a finding begins and ends at the edge of a group of digits, so that no part of a longer number is taken for a
//! shorter one; what is too long to be harmless and is nothing known counts as [`Kind::Number`]. Deliberately absent: names,
//! which cannot be told from other words.

use super::{
    run::{Run, number},
    token::{email_end, handle_in},
};
use crate::values::script::{half_width, is_invisible};
use std::ops::Range;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A mobile or landline number.
    Phone,
    /// A resident identity number; its check character may be wrong.
    IdCard,
    /// A bank card number, right by Luhn's check (ISO/IEC 7812-1).
    BankCard,
    /// An e-mail address.
    Email,
    /// A WeChat id or QQ number, known by the word before it.
    Handle,
    /// Eleven or more digits in a row that are nothing known.
    Number,
}

/// The findings in a text, from left to right, none overlapping; ranges count bytes and lie on character boundaries.
#[must_use]
pub fn found(text: &str) -> Vec<(Range<usize>, Kind)> {
    findings(text).collect()
}

/// The same without a list.
pub(super) fn findings(text: &str) -> Findings<'_> {
    Findings { text, at: 0, before: ' ' }
}

/// Walks a text once.
pub(super) struct Findings<'a> {
    text: &'a str,
    at: usize,
    before: char,
}

impl Findings<'_> {
    /// What begins here, if anything does.
    fn here(&self, rest: &str, first: char) -> Option<(Range<usize>, Kind)> {
        let (at, starts_word) = (self.at, !self.before.is_ascii_alphanumeric());
        if starts_word
            && first.is_ascii_alphanumeric()
            && let Some(end) = email_end(rest)
        {
            return Some((at..at + end, Kind::Email));
        }
        if let Some(id) = handle_in(rest, first, starts_word) {
            return Some((at + id.start..at + id.end, Kind::Handle));
        }
        if !first.is_ascii_digit() || self.before.is_ascii_digit() {
            return None;
        }
        let (end, kind) = number(&Run::read(rest), self.before == '+')?;
        Some((at..at + end, kind))
    }
}

impl Iterator for Findings<'_> {
    type Item = (Range<usize>, Kind);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.text.get(self.at..)?;
            let c = rest.chars().next()?;
            let first = half_width(c);
            if let Some((mut range, kind)) = self.here(rest, first) {
                // a prefix `+86` or an area code `(010)` begins one character earlier
                let bracketed = self.before == '(' && self.text.get(range.clone())?.contains([')', '）']);
                if kind == Kind::Phone && (self.before == '+' || bracketed) {
                    range.start = self.text.get(..range.start)?.char_indices().next_back()?.0;
                }
                self.at = range.end;
                self.before = self.text.get(..range.end)?.chars().next_back().map_or(' ', half_width);
                return Some((range, kind));
            }
            if !is_invisible(c) {
                self.before = first;
            }
            self.at += c.len_utf8();
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::string_slice, reason = "tests")]
    use super::{Kind, found};

    fn kinds(text: &str) -> Vec<(&str, Kind)> {
        found(text).into_iter().map(|(range, kind)| (&text[range], kind)).collect()
    }

    #[test]
    fn phones_are_found_however_they_are_written() {
        for phone in [
            "10012345678",
            "100-1234-5678",
            "100 1234 5678",
            "+86 100 1234 5678",
            "+8610012345678",
            "8610012345678",
            "１００１２３４５６７８",
            "＋86-10012345678",
            "010-62345678",
            "01062345678",
            "0571 8765 4321",
            "+86 10 62345678",
            "91234567",
            "+852 9123 4567",
            "100\u{200B}12345678",
            "154 1234 5678",
            "15412 345678",
            "（010）62345678",
            "1 0 0 1 2 3 4 5 6 7 8",
        ] {
            for text in [phone.to_owned(), format!("妈妈{phone}周六来"), format!("周一 8 点, {phone}。"), format!("({phone})")] {
                assert_eq!(kinds(&text), [(phone, Kind::Phone)], "{text}");
            }
        }
    }

    #[test]
    fn two_numbers_side_by_side_are_two() {
        let two = "10012345678 10112345678";
        assert_eq!(kinds(two), [("10012345678", Kind::Phone), ("10112345678", Kind::Phone)]);
        assert_eq!(kinds("10012345678/010-62345678").len(), 2);
    }

    #[test]
    fn identity_numbers_are_found_even_if_mistyped() {
        for id in ["11010519491231002X", "11010519491231002x", "110101201605121234", "110101 20160512 1234", "110101-20160512-123X"] {
            assert_eq!(kinds(&format!("证件{id}号")), [(id, Kind::IdCard)], "{id}");
        }
    }

    #[test]
    fn bank_cards_are_found_by_their_check() {
        for card in ["4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "6222020000000000008"] {
            assert_eq!(kinds(&format!("卡号 {card}")).first().map(|(text, _)| *text), Some(card), "{card}");
        }
        assert_eq!(kinds("4111 1111 1111 1111"), [("4111 1111 1111 1111", Kind::BankCard)]);
    }

    #[test]
    fn addresses_and_ids_are_found() {
        assert_eq!(kinds("邮箱wang.li@example.com。"), [("wang.li@example.com", Kind::Email)]);
        assert_eq!(kinds("10012345678@example.com"), [("10012345678@example.com", Kind::Email)]);
        assert_eq!(kinds("a@b.com."), [("a@b.com", Kind::Email)]);
        assert_eq!(kinds("Ａ＠ｂ．ｃｏｍ"), [("Ａ＠ｂ．ｃｏｍ", Kind::Email)]);
        for (text, id) in [
            ("微信号：abc_12345", "abc_12345"),
            ("加 wxid_ab12cd34 吧", "wxid_ab12cd34"),
            ("VX: hello-world1", "hello-world1"),
            ("微信ID abc12345", "abc12345"),
            ("QQ123456789", "123456789"),
            ("微信 WeChat: abc12345", "abc12345"),
        ] {
            assert_eq!(kinds(text), [(id, Kind::Handle)], "{text}");
        }
        assert_eq!(kinds("微信同号10012345678"), [("10012345678", Kind::Phone)]);
        assert_eq!(kinds("QQ: 123456789@example.com"), [("123456789@example.com", Kind::Email)]);
    }

    #[test]
    fn what_people_write_about_lessons_is_left_alone() {
        for text in [
            "周六 10:00–11:30 第3课, 1980元, 优惠 200",
            "2016-05-12 出生, 2026年11月24日来",
            "预算5000-6000",
            "第 12 周 3 班 24 人",
            "2026.11.24 14:30",
            "20161112",
            "报名号 2026112401",
            "wx is good",
            "a@b",
            "@",
            "微信",
            "微信：",
            "¥4,980.00",
            "10 2026 05 123",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
        assert_eq!(kinds("订单123456789012345678901234567890"), [("123456789012345678901234567890", Kind::Number)]);
        assert_eq!(kinds("1001234567890"), [("1001234567890", Kind::Number)]);
    }
}
