//! The laws of the masks, over any Unicode text and over values as people type them, for every field and every mask.
//!
//! The rule: a law holds for each mask by its own numbers, which stand in [`LAWS`]. Free text is the one mask that keeps what it
//! does not recognise; its laws are about what it recognises, and stand apart. Deliberately absent: numbers that ring.
#![expect(clippy::unwrap_used, reason = "tests")]

use contract::{
    FieldKey, FieldValue, Masked, mask,
    values::{Address, BirthDate, Email, IdCard, NoteText, PersonName, Phone, SchoolName, WechatId},
};
use proptest::prelude::*;

/// A mask, how many characters of an input may survive in it, from how many characters on any does, and the fields it serves.
struct Law {
    name: &'static str,
    mask: fn(&str) -> Masked,
    survive: usize,
    shortest: usize,
    fields: &'static [FieldKey],
}

use FieldKey as K;
#[rustfmt::skip]
const LAWS: [Law; 9] = [
    Law { name: "name", mask: mask::name, survive: 2, shortest: 2, fields: &[K::StudentName, K::GuardianName] },
    Law { name: "birth_date", mask: mask::birth_date, survive: 4, shortest: 10, fields: &[K::StudentBirthDate] },
    Law { name: "id_card", mask: mask::id_card, survive: 2, shortest: 18, fields: &[K::StudentIdCard, K::GuardianIdCard] },
    Law { name: "organisation", mask: mask::organisation, survive: 5, shortest: 5, fields: &[K::StudentSchool, K::GuardianEmployer] },
    Law { name: "address", mask: mask::address, survive: 32, shortest: 4, fields: &[K::StudentAddress, K::GuardianAddress] },
    Law { name: "hidden", mask: mask::hidden, survive: 0, shortest: 0, fields: &[K::StudentHealthNote] },
    Law { name: "phone", mask: mask::phone, survive: 8, shortest: 8, fields: &[K::GuardianPhone, K::GuardianSecondPhone, K::StaffPhone] },
    Law { name: "handle", mask: mask::handle, survive: 4, shortest: 6, fields: &[K::GuardianWechat] },
    Law { name: "email", mask: mask::email, survive: 253, shortest: 6, fields: &[K::GuardianEmail, K::StaffEmail] },
];

/// The characters that a mask brings along itself.
const FORMAT: &str = "*[]已隐藏年@- ";

fn survivors(shown: &str) -> usize {
    shown.chars().filter(|c| !FORMAT.contains(*c)).count()
}

/// Whether `shown` can be had from `earlier` by covering characters; a cover may stand for any number of them.
fn shows_no_more(shown: &str, earlier: &str) -> bool {
    let mut left = earlier.chars();
    shown.chars().filter(|c| !FORMAT.contains(*c)).all(|c| left.any(|other| other == c))
}

fn length(shown: &Masked) -> usize {
    shown.as_str().chars().count()
}

fn han(count: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = String> {
    let han = prop_oneof![4 => prop::char::range('\u{4E00}', '\u{9FA5}'), 1 => prop::char::range('\u{20000}', '\u{2A6DF}')];
    prop::collection::vec(han, count).prop_map(String::from_iter)
}

/// An identity number that is right in all its parts.
fn id_number() -> impl Strategy<Value = String> {
    (110_000..660_000u32, 1950..2020u32, 1..=12u32, 1..=28u32, 0..1000u32).prop_map(|(region, year, month, day, order)| {
        let body = format!("{region}{year}{month:02}{day:02}{order:03}");
        let fits = |check: &char| IdCard::parse(&format!("{body}{check}")).is_ok();
        let check = "0123456789X".chars().find(fits).unwrap();
        format!("{body}{check}")
    })
}

/// Values in their canonical form, each kind for some field.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        han(1..6),
        han(2..5).prop_map(|name| format!("欧阳{name}")),
        "[A-Z][a-z]{0,8}( [A-Z][a-z]{1,8}){0,3}",
        "1[0-9]{10}",
        "(010|02[0-9])-[2-8][0-9]{7}",
        "[5679][0-9]{7}",
        id_number(),
        "(19|20)[0-9]{2}-0[1-9]-(0[1-9]|1[0-9]|2[0-8])",
        "[a-z][a-z0-9_]{0,3}@[a-z]{2,8}\\.(com|cn|com\\.cn)",
        "[a-z][a-z0-9_-]{5,19}",
        "[1-9][0-9]{4,10}",
        (han(2..4), han(2..4), han(1..20)).prop_map(|(city, district, rest)| format!("{city}市{district}区{rest}")),
        (han(2..12), prop_oneof!["小学", "中学", "有限公司", "医院"]).prop_map(|(name, kind)| format!("{name}{kind}")),
    ]
}

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,80}",
        "\\PC{0,300}",
        prop::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter),
        "[0-9０-９ xX+.()（）-]{0,40}",
        "[一-龥·省市区县旗州盟路小学公司A-Za-z@. ]{0,40}",
        "[a-z@.*0-9]{0,20}",
        value(),
    ]
}

/// Reads a text, and holds what it reads to its own canonical form.
fn settles<T: FieldValue>(text: &str) -> bool {
    let Ok(value) = T::parse(text) else { return true };
    let canonical = value.text().into_owned();
    let again = |read: Option<T>| read.is_some_and(|read| read.text() == canonical);
    again(T::parse(&canonical).ok()) && again(T::from_stored(&canonical))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn a_mask_differs_from_its_input_and_shows_no_more_than_its_number(text in anything()) {
        for law in &LAWS {
            let shown = (law.mask)(&text);
            let shown = shown.as_str();
            let closed = shown.chars().all(|c| c == '*') || law.name == "hidden";
            prop_assert!(text.is_empty() || shown != text || closed, "{}", law.name);
            prop_assert!(survivors(shown) <= law.survive, "{}: {shown}", law.name);
            prop_assert!(shows_no_more(shown, &text), "{}: {shown}", law.name);
            if text.chars().count() < law.shortest {
                prop_assert_eq!(survivors(shown), 0, "{}: {}", law.name, shown);
            }
        }
    }

    #[test]
    fn a_field_shows_no_more_than_the_number_of_its_mask(text in anything()) {
        for (law, key) in LAWS.iter().flat_map(|law| law.fields.iter().map(move |key| (law, *key))) {
            let shown = key.preview(&text);
            prop_assert!(survivors(shown.as_str()) <= law.survive, "{key}: {}", shown.as_str());
            prop_assert!(text.trim().is_empty() || shown.as_str() != text || survivors(&text) == 0, "{key}");
        }
    }

    #[test]
    fn a_mask_of_a_mask_shows_no_more(text in anything()) {
        for mask in LAWS.iter().map(|law| law.mask).chain([mask::free_text as fn(&str) -> Masked]) {
            let once = mask(&text);
            let twice = mask(once.as_str());
            prop_assert!(shows_no_more(twice.as_str(), once.as_str()), "{} {}", once.as_str(), twice.as_str());
        }
    }

    #[test]
    fn a_mask_is_not_accepted_as_a_value(text in value()) {
        for key in LAWS.iter().flat_map(|law| law.fields).filter(|key| key.check(&text).is_ok()) {
            let shown = key.preview(&text);
            prop_assert!(key.check(shown.as_str()).is_err(), "{key}: {}", shown.as_str());
        }
    }

    #[test]
    fn a_value_read_again_is_the_same_value(text in anything()) {
        prop_assert!(settles::<PersonName>(&text) && settles::<Phone>(&text) && settles::<IdCard>(&text) && settles::<Email>(&text));
        prop_assert!(settles::<WechatId>(&text) && settles::<Address>(&text) && settles::<SchoolName>(&text) && settles::<NoteText>(&text));
        prop_assert!(settles::<BirthDate>(&text) && settles::<Option<Phone>>(&text));
    }

    #[test]
    fn the_length_does_not_tell_how_much_is_hidden(short in han(1..3), long in han(5..30), handle in "[a-z][a-z0-9]{5,18}") {
        for frame in [["张", ""], ["欧阳", ""]] {
            prop_assert_eq!(mask::name(&frame.join(&short)), mask::name(&frame.join(&long)));
        }
        prop_assert_eq!(mask::organisation(&format!("海淀{short}实验小学")), mask::organisation(&format!("海淀{long}实验小学")));
        prop_assert_eq!(mask::hidden(&short), mask::hidden(&long));
        prop_assert_eq!(length(&mask::handle(&handle)), 6);
        prop_assert_eq!(length(&mask::email(&format!("{handle}@example.com"))), length(&mask::email("ab@example.com")));
    }

    #[test]
    fn what_is_hidden_does_not_change_the_mask(one in han(1..20), other in han(1..20), digits in "[0-9]{4}", more in "[0-9]{4}") {
        prop_assert_eq!(mask::phone(&format!("100{digits}5678")), mask::phone(&format!("100{more}5678")));
        prop_assert_eq!(mask::address(&format!("北京市海淀区{one}")), mask::address(&format!("北京市海淀区{other}")));
        prop_assert_eq!(mask::id_card(&format!("1101012016{digits}1234")), mask::id_card(&format!("1101012016{more}1234")));
        prop_assert_eq!(mask::birth_date(&format!("2016-{}-01", digits.get(..2).unwrap())), mask::birth_date("2016-05-12"));
    }

    #[test]
    fn one_value_in_two_spellings_has_one_mask(text in value()) {
        let widened = |c: char| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c };
        let wide: String = text.chars().map(widened).collect();
        for key in LAWS.iter().flat_map(|law| law.fields).filter(|key| key.check(&text).is_ok()) {
            for other in [format!(" {text}\u{3000}"), wide.clone()] {
                prop_assert_eq!(key.preview(&other), key.preview(&text), "{}: {}", key, other);
            }
        }
    }

    #[test]
    fn a_number_is_masked_alike_however_it_is_set(a in "1[0-9]{2}", b in "[0-9]{4}", c in "[0-9]{4}") {
        let plain = format!("{a}{b}{c}");
        for typed in [format!("+86 {a}-{b}-{c}"), format!("0086{plain}"), format!("{a} {b} {c}"), format!("（{a}）{b}－{c}")] {
            prop_assert_eq!(FieldKey::GuardianPhone.preview(&typed), mask::phone(&plain));
        }
    }

    #[test]
    fn findings_lie_in_order_on_character_boundaries(text in anything()) {
        let mut done = 0;
        for (range, _) in mask::found(&text) {
            prop_assert!(range.start >= done && range.end > range.start && text.get(range.clone()).is_some());
            done = range.end;
        }
        prop_assert_eq!(mask::found(&text).is_empty(), mask::free_text(&text).as_str() == text);
    }

    #[test]
    fn free_text_keeps_its_words_and_no_number(
        before in "[一-龥,。 ]{0,12}",
        number in prop_oneof!["1[0-9]{10}", "1[0-9]{2}-[0-9]{4}-[0-9]{4}", "1[0-9]{2} [0-9]{4} [0-9]{4}", id_number(), "[a-z]{3,9}@example\\.com"],
        after in "[一-龥,。]{1,12}",
    ) {
        let shown = mask::free_text(&format!("{before}{number}{after}"));
        let shown = shown.as_str();
        prop_assert!(!shown.contains(&number) && shown.contains("**"), "{shown}");
        prop_assert!(shown.starts_with(&before) && shown.ends_with(&after), "{shown}");
    }
}

#[test]
fn every_field_but_free_text_has_a_law() {
    let ruled = |key: &&FieldKey| !LAWS.iter().any(|law| law.fields.contains(key));
    assert_eq!(
        FieldKey::ALL.iter().filter(ruled).collect::<Vec<_>>(),
        [&K::NoteBody, &K::CorrectionWords, &K::CorrectionAnswer, &K::QuestionWords, &K::QuestionAnswer]
    );
}

#[test]
fn the_empty_value_has_the_empty_mask_unless_its_presence_is_hidden() {
    for key in FieldKey::ALL {
        let expected = match key {
            K::StudentHealthNote => "[已隐藏]",
            K::StudentName | K::GuardianName | K::NoteBody => "****",
            _ => "",
        };
        assert_eq!(key.preview("").as_str(), expected, "{key}");
    }
}

#[test]
#[rustfmt::skip]
fn every_format_of_the_table_is_kept() {
    for (key, text, shown) in [
        (K::StudentName, "张三丰", "张**"),
        (K::StudentName, "张三", "张**"),
        (K::StudentName, "欧阳修文", "欧阳**"),
        (K::StudentName, "李", "*"),
        (K::GuardianName, "小明妈", "小**"),
        (K::GuardianName, "Alice Wang", "A**** W****"),
        (K::GuardianPhone, "10012345678", "100****5678"),
        (K::GuardianPhone, "+86 100-1234-5678", "100****5678"),
        (K::StaffPhone, "010-62345678", "010-****5678"),
        (K::GuardianSecondPhone, "91234567", "91****67"),
        (K::StudentIdCard, "11010519491231002X", "1****************X"),
        (K::StudentAddress, "北京市海淀区马连洼街道289号", "北京市海淀区****"),
        (K::GuardianAddress, "幸福里3号", "****"),
        (K::GuardianEmail, "duandazhi-jack@gmail.com.cn", "d****@gmail.com.cn"),
        (K::StaffEmail, "a@b.com", "*@b.com"),
        (K::StudentBirthDate, "2016年5月12日", "2016年"),
        (K::GuardianWechat, "wxid_ab12cd34", "w****4"),
        (K::GuardianWechat, "123456789", "12****89"),
        (K::StudentSchool, "海淀实验小学", "海淀**小学"),
        (K::StudentHealthNote, "花生过敏", "[已隐藏]"),
        (K::CorrectionWords, "旧号 10012345678 停用", "旧号 100****5678 停用"),
        (K::CorrectionAnswer, "已改，请打 10012345678", "已改，请打 100****5678"),
        (K::QuestionWords, "谁让打 10012345678 的", "谁让打 100****5678 的"),
        (K::QuestionAnswer, "误点了，请打 10012345678", "误点了，请打 100****5678"),
        (K::NoteBody, "妈妈 10012345678 周六来", "妈妈 100****5678 周六来"),
    ] {
        assert_eq!(key.preview(text).as_str(), shown, "{key} {text}");
    }
}
