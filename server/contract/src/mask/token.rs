//! E-mail addresses and WeChat ids in running text.
//!
//! The rule: an address is known by its `@` and its domain, an id only by the word before it or by `wxid_`. Full-width letters count
//! as their half-width forms. Deliberately absent: ids that nothing announces, which look like any other word.

use crate::values::script::half_width;
use std::ops::Range;

/// The end of the e-mail address that the text begins with.
pub(super) fn email_end(text: &str) -> Option<usize> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'');
    let (at, _) = text.char_indices().take(65).find(|(_, c)| !is_local(half_width(*c))).filter(|(_, c)| half_width(*c) == '@')?;
    let domain = text.get(at..)?;
    let (mut end, mut labels, mut length, mut lettered) = (None, 0, 0, false);
    let mut last = domain.len();
    for (place, c) in domain.char_indices().skip(1) {
        match half_width(c) {
            '.' => {
                if labels > 0 && length >= 2 && lettered {
                    end = Some(place);
                }
                if length == 0 {
                    last = place;
                    break;
                }
                (labels, length, lettered) = (labels + 1, 0, false);
            }
            c if c.is_ascii_alphanumeric() || c == '-' => {
                length += 1;
                lettered |= c.is_ascii_alphabetic();
            }
            _ => {
                last = place;
                break;
            }
        }
    }
    if labels > 0 && length >= 2 && lettered {
        end = Some(last);
    }
    end.map(|end| at + end)
}

/// Words that announce an id. Those in ASCII need something between them and a chosen handle, or any sentence would do.
const WORDS: [&str; 10] = ["微信", "薇信", "威信", "扣扣", "v信", "wechat", "weixin", "wx", "vx", "qq"];

/// The id that the word at the beginning of the text announces, or that begins with `wxid_`.
pub(super) fn handle_in(text: &str, first: char, starts_word: bool) -> Option<Range<usize>> {
    if !matches!(first, '微' | '薇' | '威' | '扣' | 'v' | 'V' | 'w' | 'W' | 'q' | 'Q') || (first.is_ascii() && !starts_word) {
        return None;
    }
    if strip(text, "wxid_").is_some() {
        return id(text).map(|end| 0..end);
    }
    let (word, after) = WORDS.iter().find_map(|word| Some((*word, strip(text, word)?)))?;
    let rest = text.get(after..)?;
    let gap = gap(rest);
    let token = rest.get(gap..)?;
    let begins = half_width(token.chars().next()?);
    if word.is_ascii() && gap == 0 && !begins.is_ascii_digit() {
        return None;
    }
    let announces = WORDS.iter().any(|word| strip(token, word).is_some_and(|end| token.get(end..).is_some_and(|rest| !continues(rest))));
    let end = if announces { None } else { id(token) }?;
    Some(after + gap..after + gap + end)
}

/// The end of `word` at the beginning of the text, whatever its case and width.
fn strip(text: &str, word: &str) -> Option<usize> {
    let mut there = text.chars();
    let mut end = 0;
    for wanted in word.chars() {
        let c = there.next()?;
        if half_width(c).to_ascii_lowercase() != wanted {
            return None;
        }
        end += c.len_utf8();
    }
    Some(end)
}

/// The length of what may stand between a word and its id: `号：`, ` ID = `, `是 `.
fn gap(text: &str) -> usize {
    let is_gap = |c: char| {
        c.is_whitespace() || matches!(half_width(c), ':' | '号' | '是' | '为' | '=' | '-' | '(' | ')' | '"' | '“' | '”' | '「' | '【' | '@')
    };
    let run = |text: &str| text.char_indices().take(8).find(|(_, c)| !is_gap(*c)).map_or(text.len(), |(at, _)| at);
    let before = run(text);
    let named = text.get(before..).and_then(|rest| strip(rest, "id")).map_or(before, |end| before + end);
    let after = text.get(named..).map_or(0, run);
    if named > before && after == 0 { before } else { named + after }
}

fn is_id_part(c: char) -> bool {
    let c = half_width(c);
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

fn continues(text: &str) -> bool {
    text.chars().next().is_some_and(is_id_part)
}

/// The end of the handle or number at the beginning of the text. A mobile number is left to be found as one, an address too.
fn id(text: &str) -> Option<usize> {
    let end = text.char_indices().find(|(_, c)| !is_id_part(*c)).map_or(text.len(), |(at, _)| at);
    let token = text.get(..end)?;
    let count = token.chars().count();
    let first = half_width(token.chars().next()?);
    let digits = token.chars().all(|c| half_width(c).is_ascii_digit());
    let is_address = text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(|c| half_width(c) == '@');
    let fits = if digits {
        (5..=11).contains(&count) && first != '0' && !(count == 11 && first == '1')
    } else {
        first.is_ascii_alphabetic() && (6..=20).contains(&count)
    };
    (fits && !is_address).then_some(end)
}
