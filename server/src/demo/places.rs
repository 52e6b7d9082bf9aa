//! Campuses, addresses, day schools and employers.
//!
//! The rule: districts are real, so that masks and lists look as they will; streets, estates, schools and firms are
//! invented. Deliberately absent: any real address.

use super::dice::Dice;

/// Where a campus lies: the word for its name, the city as addresses write it, the district.
const SITES: &[(&str, &str, &str)] = &[
    ("海淀", "北京市", "海淀区"),
    ("朝阳", "北京市", "朝阳区"),
    ("东城", "北京市", "东城区"),
    ("西城", "北京市", "西城区"),
    ("丰台", "北京市", "丰台区"),
    ("石景山", "北京市", "石景山区"),
    ("通州", "北京市", "通州区"),
    ("昌平", "北京市", "昌平区"),
    ("大兴", "北京市", "大兴区"),
    ("顺义", "北京市", "顺义区"),
    ("房山", "北京市", "房山区"),
    ("门头沟", "北京市", "门头沟区"),
    ("怀柔", "北京市", "怀柔区"),
    ("平谷", "北京市", "平谷区"),
    ("密云", "北京市", "密云区"),
    ("延庆", "北京市", "延庆区"),
    ("南开", "天津市", "南开区"),
    ("河西", "天津市", "河西区"),
    ("和平", "天津市", "和平区"),
    ("徐汇", "上海市", "徐汇区"),
    ("静安", "上海市", "静安区"),
    ("浦东", "上海市", "浦东新区"),
    ("西湖", "浙江省杭州市", "西湖区"),
    ("拱墅", "浙江省杭州市", "拱墅区"),
    ("玄武", "江苏省南京市", "玄武区"),
    ("鼓楼", "江苏省南京市", "鼓楼区"),
    ("姑苏", "江苏省苏州市", "姑苏区"),
    ("武侯", "四川省成都市", "武侯区"),
    ("青羊", "四川省成都市", "青羊区"),
    ("碑林", "陕西省西安市", "碑林区"),
];
const STREETS: &[&str] = &[
    "拂云路",
    "听松街",
    "澄怀里",
    "墨池巷",
    "采薇路",
    "鹿鸣街",
    "栖霞弄",
    "枕流路",
    "漱石街",
    "问津路",
    "沐风大街",
    "观澜北路",
    "弘毅西街",
    "见贤路",
    "思齐巷",
    "三省街",
];
const ESTATES: &[&str] = &["澹园", "竹里小区", "云栖家园", "松风苑", "静水庭", "半亩塘社区", "兰皋花园", "望舒里", "知行公寓", "桐荫小区"];
const SCHOOLS: &[&str] = &["启元", "明禾", "望岳", "松竹", "鹿鸣", "清河湾", "澄心", "思齐", "朝晖里", "映雪", "见山", "沐阳"];
const FIRMS: &[&str] = &["拂云", "远岫", "砺锋", "澄海云帆", "青禾", "鼎岳", "木心", "星野", "同尘", "泊舟"];
const TRADES: &[&str] = &[
    "科技有限公司",
    "建筑设计事务所",
    "律师事务所",
    "医院",
    "信息技术股份有限公司",
    "文化传媒有限公司",
    "会计师事务所",
    "物流有限公司",
    "出版社",
    "餐饮管理有限公司",
];

/// The most campuses that a school gets.
pub(super) fn most_campuses() -> usize {
    SITES.len()
}

/// The name of a campus.
pub(super) fn campus_name(campus: usize) -> String {
    format!("{}校区", site(campus).0)
}

fn site(campus: usize) -> (&'static str, &'static str, &'static str) {
    SITES.get(campus).copied().unwrap_or_default()
}

/// A home near a campus; one in ten is in the next district.
pub(super) fn address(dice: &mut Dice, campus: usize) -> String {
    let near = if dice.chance(100) { (campus + 1) % SITES.len() } else { campus };
    let (_, city, district) = site(near);
    let (street, number) = (dice.word(STREETS), dice.between(1, 289));
    let room = format!("{}{:02}", dice.between(1, 24), dice.between(1, 6));
    match dice.below(4) {
        0 => format!("{city}{district}{street}{number}号院{}号楼{room}", dice.between(1, 20)),
        1 => format!("{city}{district}{}{}号楼{}单元{room}室", dice.word(ESTATES), dice.between(1, 40), dice.between(1, 5)),
        2 => format!("{city}{district}{street}{number}号{}{}栋{room}", dice.word(ESTATES), dice.between(1, 30)),
        _ => format!("{district}{}{}-{}-{room}", dice.word(ESTATES), dice.between(1, 30), dice.between(1, 4)),
    }
}

/// The day school of a child of `age` years.
pub(super) fn day_school(dice: &mut Dice, campus: usize, age: u32) -> String {
    let name = dice.word(SCHOOLS);
    let district = site(campus).0;
    match age {
        0..=5 => format!("{district}{name}幼儿园"),
        6..=11 if dice.chance(300) => format!("{district}区{name}实验小学"),
        6..=11 => format!("{name}小学"),
        _ => format!("{name}中学"),
    }
}

/// Where a guardian works.
pub(super) fn employer(dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => "自由职业".to_owned(),
        1 => "个体经营".to_owned(),
        2 => format!("{}中学", dice.word(SCHOOLS)),
        _ => format!("{}{}", dice.word(FIRMS), dice.word(TRADES)),
    }
}
