//! Students and guardians with their fields.
//!
//! The rule: every text is accepted by the catalogue, and none of them can belong to somebody. Deliberately absent:
//! numbers of Hong Kong, since no range of them is certain to be free.

use super::{
    dice::{Dice, before},
    names::{Bearer, Lineage},
    places, texts,
};
use chrono::{Datelike, NaiveDate};
use contract::wire::{guardians::NewGuardian, school::Relation, students::NewStudent};

/// A region that no edition of GB/T 2260 has: provinces end at 82. Permanent residence cards begin with 9 too, but put
/// the code of a province and of a country behind it, and neither 99 nor 999 is one.
const REGION: &str = "999999";
/// The weights and check characters of GB 11643-1999.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &str = "10X98765432";
/// The domains of RFC 2606.
const DOMAINS: &[&str] = &["example.com", "example.org", "example.net"];
const LOCALS: &[&str] = &["yunfan", "qinghe", "songfeng", "mochi", "luming", "wangshu", "lanting", "zhuli", "caiwei", "tingyu"];

/// A mobile number that was never assigned: 100 to 109, then eight digits.
pub(super) fn mobile(dice: &mut Dice) -> String {
    format!("10{}", dice.digits(9))
}

/// A landline of Beijing whose local part begins with 0, as none does.
fn landline(dice: &mut Dice) -> String {
    format!("010-0{}", dice.digits(7))
}

/// An identity number with the right check character.
fn id_card(dice: &mut Dice, born: NaiveDate, female: bool) -> String {
    // the seventeenth digit is even for women
    let order = dice.below(500) * 2 + u32::from(!female);
    let mut number = format!("{REGION}{:04}{:02}{:02}{order:03}", born.year(), born.month(), born.day());
    let sum: u32 = number.chars().filter_map(|digit| digit.to_digit(10)).zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    number.extend(usize::try_from(sum % 11).ok().and_then(|at| CHECKS.chars().nth(at)));
    number
}

fn email(dice: &mut Dice) -> String {
    let (local, number) = (dice.word(LOCALS), dice.between(1, 99_999));
    match dice.below(3) {
        0 => format!("{local}{number}@{}", dice.word(DOMAINS)),
        1 => format!("{local}.{}@{}", dice.word(LOCALS), dice.word(DOMAINS)),
        _ => format!("{local}_{number}@{}", dice.word(DOMAINS)),
    }
}

/// A WeChat id that says of itself that it is none, or the phone number.
fn wechat(dice: &mut Dice, phone: &str) -> String {
    match dice.below(4) {
        0 if phone.starts_with("10") => phone.to_owned(),
        1 => format!("demo-{}{}", dice.word(LOCALS), dice.below(10_000)),
        _ => format!("wxid_demo{}", dice.digits(8)),
    }
}

/// What the students of one family share.
pub(super) struct Home {
    /// The line of the father.
    pub(super) lineage: Lineage,
    /// The campus near which they live.
    pub(super) campus: usize,
    /// Where they live.
    pub(super) address: String,
}

impl Home {
    /// A home near `campus`.
    pub(super) fn draw(dice: &mut Dice, campus: usize) -> Self {
        Self { lineage: Lineage::draw(dice), campus, address: places::address(dice, campus) }
    }

    /// A student of `age` full years on the day `today`. The earlier a family is on its way, the less is known of it.
    pub(super) fn student(&self, dice: &mut Dice, today: NaiveDate, age: u32, known: bool) -> NewStudent {
        // 366 days a year and 340 more are never a birthday too many up to the age of sixteen
        let born = before(today, age * 366 + dice.below(340));
        let girl = dice.chance(500);
        let name = self.lineage.child(dice, if girl { Bearer::Girl } else { Bearer::Boy });
        let filled = |dice: &mut Dice, enrolled, asking| dice.chance(if known { enrolled } else { asking });
        NewStudent {
            name,
            birth_date: if filled(dice, 980, 700) { born.format("%Y-%m-%d").to_string() } else { String::new() },
            id_card: if filled(dice, 550, 0) { id_card(dice, born, girl) } else { String::new() },
            school: if filled(dice, 850, 400) { places::day_school(dice, self.campus, age) } else { String::new() },
            address: if filled(dice, 900, 300) { self.address.clone() } else { String::new() },
            health_note: if filled(dice, 140, 30) { texts::health(dice) } else { String::new() },
        }
    }

    /// A guardian who is `relation` to the students.
    pub(super) fn guardian(&self, dice: &mut Dice, today: NaiveDate, relation: Relation, known: bool) -> NewGuardian {
        let own_line = match relation {
            Relation::Father => dice.chance(940),
            Relation::Grandparent => dice.chance(400),
            Relation::Mother => dice.chance(40),
            Relation::Other => dice.chance(300),
        };
        let age = if relation == Relation::Grandparent { dice.between(54, 74) } else { dice.between(34, 50) };
        let born = before(today, age * 365 + dice.below(365));
        let female = match relation {
            Relation::Mother => true,
            Relation::Father => false,
            Relation::Grandparent | Relation::Other => dice.chance(600),
        };
        let bearer = if female { Bearer::Woman } else { Bearer::Man };
        let lineage = if own_line { self.lineage.clone() } else { self.lineage.by_marriage(dice) };
        let name = lineage.elder(dice, bearer);
        let phone = match dice.below(100) {
            0..=1 => landline(dice),
            2 => String::new(),
            _ => mobile(dice),
        };
        let second_phone = match dice.below(100) {
            0..=3 => landline(dice),
            4..=14 => mobile(dice),
            _ => String::new(),
        };
        let filled = |dice: &mut Dice, enrolled, asking| dice.chance(if known { enrolled } else { asking });
        NewGuardian {
            relation,
            name,
            second_phone,
            wechat: if filled(dice, 800, 550) { wechat(dice, &phone) } else { String::new() },
            email: if filled(dice, 350, 150) { email(dice) } else { String::new() },
            id_card: if filled(dice, 300, 0) { id_card(dice, born, female) } else { String::new() },
            address: if filled(dice, 700, 200) { self.address.clone() } else { String::new() },
            employer: match relation {
                Relation::Grandparent => {
                    if filled(dice, 300, 100) {
                        "退休".to_owned()
                    } else {
                        String::new()
                    }
                }
                _ => {
                    if filled(dice, 600, 150) {
                        places::employer(dice)
                    } else {
                        String::new()
                    }
                }
            },
            phone,
        }
    }
}
