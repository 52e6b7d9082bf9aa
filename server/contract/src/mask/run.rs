//! Digits in running text with the separators between their groups, and what number they are.
//!
//! The rule: a number must end where a group ends. Deliberately absent: allocation; a run holds the 24 digits that the
//! longest known number can need.

use super::found::Kind;
use crate::values::{
    phone::{Line, line, prefixed},
    script::{half_width, is_hyphen, is_invisible},
};

const LONGEST: usize = 24;
/// A group of this many digits is never harmless.
const SUSPICIOUS: usize = 11;
/// Where the groups end if eleven digits are set one by one, as those do who would get past a filter.
const SINGLY: u32 = 0b111_1111_1110;

/// Up to 24 digits and where the groups among them end.
pub(super) struct Run {
    digits: [u8; LONGEST],
    len: usize,
    /// Byte after each digit.
    ends: [usize; LONGEST],
    /// Bit n: a group ends after n digits.
    closes: u32,
    /// Bit n: something other than a blank follows that group.
    hyphened: u32,
    /// Byte after an `X` that follows seventeen digits.
    x_end: Option<usize>,
    /// Digits in the first group, which may be more than 24, and the byte after them.
    first_group: (usize, usize),
}

impl Run {
    /// Reads from the first digit of a group.
    pub(super) fn read(text: &str) -> Self {
        let mut run =
            Self { digits: [b'0'; LONGEST], len: 0, ends: [0; LONGEST], closes: 0, hyphened: 0, x_end: None, first_group: (0, 0) };
        let (mut in_group, mut first, mut separators, mut hyphened) = (true, true, 0, false);
        for (at, c) in text.char_indices() {
            if is_invisible(c) {
                continue;
            }
            let (c, end) = (half_width(c), at + c.len_utf8());
            if c.is_ascii_digit() {
                if !in_group {
                    run.hyphened |= u32::from(hyphened) << run.len;
                    (in_group, separators, hyphened) = (true, 0, false);
                }
                if first {
                    run.first_group = (run.first_group.0 + 1, end);
                }
                if !run.push(c, end) && !first {
                    return run;
                }
                continue;
            }
            if in_group {
                if run.len == 17 && matches!(c, 'x' | 'X') {
                    run.x_end = Some(end);
                }
                if run.first_group.0 <= LONGEST {
                    run.closes |= 1 << run.len;
                }
                (in_group, first) = (false, false);
            }
            separators += 1;
            hyphened |= !c.is_whitespace();
            if separators > 3 || !is_separator(c) {
                return run;
            }
        }
        if in_group && run.first_group.0 <= LONGEST {
            run.closes |= 1 << run.len;
        }
        run
    }

    /// Takes one more digit if there is room.
    fn push(&mut self, digit: char, end: usize) -> bool {
        let (Some(slot), Some(place), Ok(byte)) = (self.digits.get_mut(self.len), self.ends.get_mut(self.len), u8::try_from(digit)) else {
            return false;
        };
        (*slot, *place) = (byte, end);
        self.len += 1;
        true
    }

    /// The first `count` digits, if a group ends there.
    fn group(&self, count: usize) -> Option<&str> {
        let closed = count <= self.len && self.closes & (1 << count) != 0;
        if closed { self.digits.get(..count).and_then(|digits| str::from_utf8(digits).ok()) } else { None }
    }

    fn end(&self, count: usize) -> Option<usize> {
        self.ends.get(count.checked_sub(1)?).copied()
    }

    /// Whether within the first `count` digits groups end at these places only.
    fn grouped(&self, count: usize, places: &[usize]) -> bool {
        let allowed = places.iter().fold(0, |bits: u32, place| bits | 1 << place);
        self.inner(count) & !allowed == 0
    }

    fn inner(&self, count: usize) -> u32 {
        self.closes & ((1 << count) - 1)
    }
}

/// A single line break parts two numbers; the rest is how numbers are set.
fn is_separator(c: char) -> bool {
    (c.is_whitespace() && !matches!(c, '\n' | '\r')) || is_hyphen(c) || matches!(c, '.' | '(' | ')' | '_' | '·')
}

/// What number the run begins with, and where it ends.
pub(super) fn number(run: &Run, after_plus: bool) -> Option<(usize, Kind)> {
    let found = |count: Option<usize>, kind| Some((run.end(count?)?, kind));
    id_card(run)
        .map(|end| (end, Kind::IdCard))
        .or_else(|| found(abroad(run, after_plus), Kind::Phone))
        .or_else(|| found(bank_card(run), Kind::BankCard))
        .or_else(|| found(phone(run), Kind::Phone))
        .or_else(|| (run.first_group.0 >= SUSPICIOUS).then_some((run.first_group.1, Kind::Number)))
}

fn id_card(run: &Run) -> Option<usize> {
    const GROUPS: [usize; 5] = [3, 6, 10, 12, 14];
    if run.digits.first() == Some(&b'0') {
        return None;
    }
    if let Some(end) = run.x_end.filter(|_| run.grouped(17, &GROUPS)) {
        return Some(end);
    }
    let digits = run.group(18).filter(|_| run.grouped(18, &GROUPS))?;
    let part = |from, to| digits.get(from..to).and_then(|part| part.parse::<u16>().ok()).unwrap_or(0);
    let dated = (1900..=2100).contains(&part(6, 10)) && (1..=12).contains(&part(10, 12)) && (1..=31).contains(&part(12, 14));
    if dated { run.end(18) } else { None }
}

/// A number behind 86, 0086 or 852. Bare prefixes count if the rest is a mobile number.
fn abroad(run: &Run, after_plus: bool) -> Option<usize> {
    (10..=16).rev().find(|count| {
        run.group(*count).is_some_and(|digits| {
            let prefix = ["0086", "00852", "86", "852"].iter().find(|prefix| digits.starts_with(**prefix));
            let sure = after_plus || digits.starts_with("00");
            let known = line(digits).is_none()
                && matches!((prefixed(digits), sure), (Some(_), true) | (Some(Line::Mobile(_) | Line::HongKong(_)), false));
            prefix.is_some() && known
        })
    })
}

fn bank_card(run: &Run) -> Option<usize> {
    (13..=19).rev().find(|count| {
        run.group(*count).is_some_and(|digits| {
            let whole = run.inner(*count) == 0;
            let by_four = run.grouped(*count, &[4, 8, 12, 16]) && run.inner(*count).count_ones() as usize == (*count - 1) / 4;
            let set = whole || (digits.starts_with(['3', '4', '5', '6', '9']) && (by_four || run.grouped(*count, &[6])));
            set && luhn(digits)
        })
    })
}

fn luhn(digits: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let digit = |(place, byte): (usize, u8)| if place % 2 == 1 { doubled(u32::from(byte - b'0')) } else { u32::from(byte - b'0') };
    digits.bytes().rev().enumerate().map(digit).sum::<u32>().is_multiple_of(10)
}

fn phone(run: &Run) -> Option<usize> {
    (8..=12).rev().find(|count| {
        run.group(*count).and_then(line).is_some_and(|line| match line {
            // a real prefix makes any grouping likely; others are taken in the usual groupings only
            Line::Mobile(number) if run.inner(*count) != 0 => {
                let inner = run.inner(11);
                let usual = run.grouped(11, &[3, 7]) || inner == SINGLY;
                let real = matches!(number.as_bytes().get(1), Some(b'3'..=b'9'));
                *count == 11 && (usual || (real && inner & 0b11 == 0 && inner.count_ones() <= 3))
            }
            Line::Mobile(_) => true,
            Line::Landline(area, _) => {
                let after_area = run.inner(*count) & (1 << area.len()) != 0;
                run.inner(*count) == 0 || (after_area && run.grouped(*count, &[area.len(), area.len() + 3, area.len() + 4]))
            }
            // with a hyphen it may as well be a range, 5000-6000
            Line::HongKong(_) => run.grouped(8, &[4]) && run.hyphened & run.inner(8) == 0,
        })
    })
}
