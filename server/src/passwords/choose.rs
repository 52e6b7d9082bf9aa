//! Which passwords will do: long enough, hard to guess, and not made of what everybody's are made of.
//!
//! The rule: what counts is what is left once the common words, walks over the keyboard, runs, repeats, years and the person's
//! own words are taken out; length alone saves nobody who writes 5201314 twice. The list is of our own making, and knows what
//! is common in Chinese, which the estimate beside it (zxcvbn) does not. Deliberately absent: a wish for capitals and signs.

use contract::{
    error::ValueError,
    wire::credentials::{PASSWORD_LEAST, PASSWORD_MOST},
};
use pinyin::ToPinyin;
use std::{collections::HashSet, sync::LazyLock};
use unicode_normalization::UnicodeNormalization;
use zxcvbn::{Score, zxcvbn};

/// One word a line, folded already; lines that begin with `#` say what follows.
const LIST: &str = include_str!("common.txt");
static COMMON: LazyLock<HashSet<Vec<char>>> =
    LazyLock::new(|| LIST.lines().filter(|line| !line.starts_with('#')).map(|line| line.chars().collect()).collect());
/// Walks over the keyboard: its rows, and its columns up and down.
const WALKS: [&str; 7] = [
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "poiuytrewq",
];
const LONGEST: usize = 24;
/// The most characters of a part of a name that somebody types in its place.
const LONGEST_NAME: usize = 4;
const SHORTEST: usize = 3;
/// What may be left of a common password: a birthday, or two letters and a little.
const LEFT_AT_MOST: u32 = 8;
const LETTER: u32 = 3;
const DIGIT: u32 = 1;

/// Whether a password will do for somebody with these words of their own: names, the school's, in any script.
///
/// # Errors
/// [`ValueError::Malformed`] for one that is too short or holds what no keyboard types, [`ValueError::TooLong`],
/// [`ValueError::Guessable`].
pub(super) fn check(password: &str, own: &[&str]) -> Result<(), ValueError> {
    let password: String = password.nfkc().collect();
    let length = password.chars().count();
    if length > PASSWORD_MOST {
        return Err(ValueError::TooLong);
    }
    if length < PASSWORD_LEAST || password.chars().any(char::is_control) {
        return Err(ValueError::Malformed);
    }
    let own = words_of(own);
    // A mark of exclamation ends a word or stands for a letter in it.
    let guessable = [password.as_str(), &password.replace('!', "i")].iter().any(|password| is_common(&fold(password), &own));
    let inputs: Vec<String> = own.iter().map(|word| word.iter().collect()).collect();
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    if guessable || zxcvbn(&password, &inputs).score() < Score::Three { Err(ValueError::Guessable) } else { Ok(()) }
}

/// Letters and digits alone, small; and the signs that stand for letters as these.
fn fold(text: &str) -> Vec<char> {
    let letter = |letter| match letter {
        '@' => 'a',
        '$' => 's',
        other => other,
    };
    text.nfkc().map(letter).flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()).collect()
}

/// With the letters that digits stand for.
fn unmasked(piece: &[char]) -> Vec<char> {
    let letter = |letter: &char| match letter {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => *other,
    };
    piece.iter().map(letter).collect()
}

/// Each word, and each part of one in characters, as it is and in pinyin.
fn words_of(own: &[&str]) -> HashSet<Vec<char>> {
    let mut words = HashSet::new();
    for text in own {
        words.extend(text.split(|letter: char| !letter.is_alphanumeric()).chain([*text]).map(fold));
        let sounds: Vec<(char, &str)> = text.chars().filter_map(|letter| Some((letter, letter.to_pinyin()?.plain()))).collect();
        for part in (2..=LONGEST_NAME).flat_map(|length| sounds.windows(length)).chain([sounds.as_slice()]) {
            words.insert(part.iter().map(|(letter, _)| *letter).collect());
            words.insert(part.iter().flat_map(|(_, sound)| sound.chars()).collect());
        }
    }
    words.retain(|word| word.len() >= 2);
    words
}

/// Whether hardly anything is left of a password without what everybody uses.
fn is_common(folded: &[char], own: &HashSet<Vec<char>>) -> bool {
    if is_repeat(folded) {
        return true;
    }
    // The least that is left of each beginning.
    let mut left = vec![0_u32];
    for end in 1..=folded.len() {
        let weight = folded.get(end - 1).map_or(0, |letter| if letter.is_ascii_digit() { DIGIT } else { LETTER });
        let alone = left.last().copied().unwrap_or_default().saturating_add(weight);
        let least = (end.saturating_sub(LONGEST)..end)
            .filter(|begin| folded.get(*begin..end).is_some_and(|piece| is_usual(piece, own)))
            .filter_map(|begin| left.get(begin).copied())
            .fold(alone, u32::min);
        left.push(least);
    }
    left.last().is_some_and(|left| *left <= LEFT_AT_MOST)
}

/// A piece that costs nobody a thought.
fn is_usual(piece: &[char], own: &HashSet<Vec<char>>) -> bool {
    let plain = unmasked(piece);
    own.contains(piece)
        || own.contains(&plain)
        || piece.len() >= SHORTEST
            && (COMMON.contains(piece) || COMMON.contains(&plain) || is_repeat(piece) || is_run(piece) || is_walk(piece))
        || piece.len() == 2 && piece.iter().any(|letter| !letter.is_ascii()) && COMMON.contains(piece)
}

/// The same over and over.
fn is_repeat(piece: &[char]) -> bool {
    (1..=piece.len() / 2).any(|period| piece.iter().zip(piece.iter().skip(period)).all(|(one, other)| one == other))
}

/// One after the other, up or down.
fn is_run(piece: &[char]) -> bool {
    let step = |by: i64| {
        let code = |letter: &char| i64::from(u32::from(*letter));
        piece.iter().zip(piece.iter().skip(1)).all(|(one, next)| code(next) - code(one) == by)
    };
    step(1) || step(-1)
}

fn is_walk(piece: &[char]) -> bool {
    let there: String = piece.iter().collect();
    let back: String = piece.iter().rev().collect();
    WALKS.iter().any(|walk| walk.contains(&there) || walk.contains(&back))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OWN: [&str; 3] = ["李老师", "li.fang", "明德书院"];

    #[test]
    fn the_list_is_folded_and_says_nothing_twice() {
        let words: Vec<&str> = LIST.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(words.iter().collect::<HashSet<_>>().len(), words.len());
        for word in words {
            assert_eq!(fold(word).iter().collect::<String>(), word);
            let least = if word.is_ascii() { SHORTEST } else { 2 };
            assert!((least..=LONGEST).contains(&word.chars().count()), "{word}");
        }
    }

    #[test]
    fn what_everybody_uses_is_refused_however_long() {
        for common in [
            "5201314520131452",
            "woaini1314520",
            "WoAiNi1314520!",
            "woaini5201314",
            "888888888888",
            "Passw0rd123456",
            "P@ssw0rd2024!!",
            "qwertyuiop123",
            "1qaz2wsx3edc4rfv",
            "zhangwei19900101",
            "liming13800000000",
            "wangfang20080808",
            "123456789012",
            "abcdefghijkl",
            "iloveyou5201314",
            "我爱你一生一世我爱你",
            "ｗｏａｉｎｉ１３１４５２０",
            "admin123456789",
            "mingdeshuyuan2024",
            "lilaoshi123456",
            "LiFang19851212",
            "shendu20240901",
            "qq123456789qq",
            "a123456a123456",
            "asdfghjkl;'123",
            "caonima123456789",
            "xiaoming20100101",
            "zxcvbnm,./123",
            "woaizhongguo2024",
        ] {
            assert_eq!(
                check(common, &OWN),
                Err(if common.chars().count() < PASSWORD_LEAST { ValueError::Malformed } else { ValueError::Guessable }),
                "{common}"
            );
        }
    }

    #[test]
    fn a_phrase_of_ones_own_will_do_in_either_language() {
        for good in [
            "seven tangerines in the attic",
            "窗外那棵枇杷树今年没结果",
            "墙角 3 只猫 fight at dawn",
            "Kj8#vTq2!mZx9wLp",
            "mole-cantata-ferric-52",
        ] {
            assert_eq!(check(good, &OWN), Ok(()), "{good}");
        }
    }

    #[test]
    fn too_short_and_too_long_are_told_apart() {
        assert_eq!(check("Kj8#vTq2!mZ", &OWN), Err(ValueError::Malformed));
        assert_eq!(check("墙角三只猫", &OWN), Err(ValueError::Malformed));
        assert_eq!(check(&"橘a7#".repeat(33), &OWN), Err(ValueError::TooLong));
        assert_eq!(check("Kj8#vTq2!m\u{7}Zx9wLp", &OWN), Err(ValueError::Malformed));
        // Twelve signs are not twelve letters of another form.
        assert_eq!(check("e\u{301}".repeat(11).as_str(), &OWN), Err(ValueError::Malformed));
    }

    fn word() -> impl Strategy<Value = &'static str> {
        prop::sample::select(LIST.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>())
    }

    proptest! {
        /// Whatever is put together from the list, in any case, with signs between and a year behind, is common.
        #[test]
        fn no_putting_together_of_common_words_will_do(
            words in prop::collection::vec((word(), any::<bool>(), "[-_ .!*]{0,2}"), 1..6),
            year in prop::option::of(1950_u32..2030),
        ) {
            let mut password: String = words.iter().map(|(word, up, sign)| format!("{}{sign}", if *up { word.to_uppercase() } else { (*word).to_owned() })).collect();
            password.extend(year.map(|year| year.to_string()));
            prop_assert!(check(&password, &OWN).is_err(), "{}", password);
        }

        #[test]
        fn a_person_s_own_words_save_nobody(digits in "[0-9]{4,8}", own in prop::sample::select(vec!["lilaoshi", "LiFang", "li.fang", "李老师", "明德书院", "mingdeshuyuan", "mingde"])) {
            for password in [format!("{own}{digits}"), format!("{digits}{own}{own}")] {
                prop_assert!(check(&password, &OWN).is_err(), "{}", password);
            }
        }
    }
}
