//! The values of the records: each is found nowhere else, and for each there is another with the same mask.
//!
//! The rule: numbers that cannot ring, domains of RFC 2606, a region of no edition of GB/T 2260. Deliberately absent: names of
//! anybody; the characters are taken in the order of their code points.

use chrono::{NaiveDate, TimeDelta};
use contract::catalogue::FieldKey;

/// Two Chinese characters that stand for the number `n` of the series `salt` and for no other.
fn mark(n: usize, salt: usize) -> String {
    let code = 0x6000 + (salt * 400 + n) as u32 * 2;
    [char::from_u32(code), char::from_u32(code + 1)].into_iter().flatten().collect()
}

/// A valid identity number of an unassigned region that ends in a digit of its own choice, `last`.
fn id_card(n: usize, salt: usize, last: char) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let day = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + TimeDelta::days((n + 400 * salt) as i64);
    (0..1000)
        .map(|order| {
            let head = format!("999999{}{order:03}", day.format("%Y%m%d"));
            let sum: u32 = head.chars().filter_map(|digit| digit.to_digit(10)).zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
            format!("{head}{}", char::from("10X98765432".as_bytes()[(sum % 11) as usize]))
        })
        .find(|number| number.ends_with(last))
        .unwrap()
}

/// The value of `field` in the record number `n`. Two salts give two values with one mask.
pub(crate) fn canary(n: usize, salt: usize, field: FieldKey) -> String {
    let word = mark(n * 2, salt);
    match field {
        FieldKey::StudentName | FieldKey::GuardianName => format!("李{word}"),
        FieldKey::StudentBirthDate => (NaiveDate::from_ymd_opt(2012, 1, 1).unwrap() + TimeDelta::days((n + 120 * salt) as i64)).to_string(),
        FieldKey::StudentIdCard => id_card(n * 2, salt, '4'),
        FieldKey::GuardianIdCard => id_card(n * 2 + 1, salt, 'X'),
        FieldKey::StudentSchool => format!("海淀区{word}小学"),
        FieldKey::StudentAddress => format!("北京市海淀区{word}路{n}号院"),
        FieldKey::GuardianAddress => format!("北京市朝阳区{word}街{n}号楼"),
        FieldKey::StudentHealthNote => format!("对{word}过敏"),
        FieldKey::GuardianPhone => format!("100{:04}{:04}", 7001 + salt, 2000 + n),
        FieldKey::GuardianSecondPhone => format!("101{:04}{:04}", 7001 + salt, 2000 + n),
        FieldKey::StaffPhone => format!("102{:04}{:04}", 7001 + salt, 2000 + n),
        FieldKey::GuardianWechat => format!("wxid_demo{n:03}x{salt}z"),
        FieldKey::GuardianEmail => format!("mail{n:03}x{salt}@example.com"),
        FieldKey::StaffEmail => format!("mail{n:03}x{salt}@example.org"),
        FieldKey::GuardianEmployer => format!("{word}科技有限公司"),
        FieldKey::CorrectionWords => format!("第{n}号已换，请改，旧号104{:04}{:04}。", 7001 + salt, 2000 + n),
        FieldKey::CorrectionAnswer => format!("第{n}件办好，有事打105{:04}{:04}。", 7001 + salt, 2000 + n),
        FieldKey::QuestionWords => format!("第{n}次了，为什么打106{:04}{:04}。", 7001 + salt, 2000 + n),
        FieldKey::QuestionAnswer => format!("第{n}问已查明，有事打107{:04}{:04}。", 7001 + salt, 2000 + n),
        FieldKey::NoteBody => format!("家长说第{n}次来电，改打103{:04}{:04}。", 7001 + salt, 2000 + n),
    }
}

/// A value that shares no mask with [`canary`]: another surname, place, length; empty every other time where that may be.
pub(crate) fn other(n: usize, field: FieldKey) -> String {
    let word = mark(n * 2, 3);
    let optional = !matches!(field, FieldKey::StudentName | FieldKey::GuardianName | FieldKey::NoteBody | FieldKey::StudentBirthDate);
    if optional && n.is_multiple_of(2) {
        return String::new();
    }
    match field {
        FieldKey::StudentName | FieldKey::GuardianName => format!("欧阳{word}"),
        FieldKey::StudentBirthDate => (NaiveDate::from_ymd_opt(2017, 1, 1).unwrap() + TimeDelta::days(n as i64)).to_string(),
        FieldKey::StudentIdCard => id_card(n * 2, 5, '7'),
        FieldKey::GuardianIdCard => id_card(n * 2 + 1, 5, '8'),
        FieldKey::StudentSchool => format!("{word}第九中学"),
        FieldKey::StudentAddress | FieldKey::GuardianAddress => format!("上海市徐汇区{word}弄{n}支弄十二号三层"),
        FieldKey::StudentHealthNote => format!("每天{word}一次，由家长交给前台，不要与茶同服"),
        FieldKey::GuardianPhone | FieldKey::GuardianSecondPhone | FieldKey::StaffPhone => {
            format!("10{}9{:03}{:04}", field.code() % 7 + 3, n, 9000 + n)
        }
        FieldKey::GuardianWechat => format!("demo-other-{n:03}"),
        FieldKey::GuardianEmail | FieldKey::StaffEmail => format!("somebody.else.{n:03}@example.net"),
        FieldKey::GuardianEmployer => format!("{word}人民医院"),
        FieldKey::CorrectionWords | FieldKey::CorrectionAnswer | FieldKey::QuestionWords | FieldKey::QuestionAnswer => {
            format!("{word}，另一句完全不同的话")
        }
        FieldKey::NoteBody => format!("{word}，另一段完全不同的话，没有号码。"),
    }
}
