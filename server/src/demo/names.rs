//! Names of every kind that a school in China meets, put together from common parts.
//!
//! The rule: children carry the name of their father's line. Deliberately absent: lists of whole names, which would be
//! those of somebody.

use super::dice::Dice;

const COMMON: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗", "郑", "梁",
    "谢", "宋", "唐", "许", "韩", "邓", "冯", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程",
];
const RARE: &[&str] = &[
    "魏", "苏", "吕", "丁", "任", "卢", "姚", "沈", "钟", "姜", "崔", "谭", "陆", "范", "汪", "廖", "石", "金", "韦", "贾", "夏", "付",
    "方", "邹", "熊", "白", "孟", "秦", "邱", "侯", "江", "尹", "薛", "闫", "段", "雷", "龙", "史", "陶", "贺", "毛", "郝", "顾", "龚",
    "邵", "万", "单", "仇", "解", "查", "盖", "朴", "区", "逄", "亓", "麴", "禤", "佴",
];
const COMPOUND: &[&str] = &[
    "欧阳", "司马", "诸葛", "上官", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木", "轩辕", "长孙", "宇文", "南宫",
    "独孤", "澹台", "闻人",
];
const GIRL: &[&str] = &[
    "雅", "静", "婉", "清", "若", "思", "语", "梦", "芷", "涵", "诗", "琪", "怡", "欣", "妍", "嘉", "彤", "瑶", "宁", "蕊", "岚", "筠",
    "昕", "玥", "萱", "锦", "舒", "黛", "蓁", "汐", "纾", "珂",
];
const BOY: &[&str] = &[
    "浩", "宇", "轩", "子", "明", "泽", "文", "博", "俊", "辰", "睿", "远", "承", "安", "朗", "弘", "毅", "谦", "之", "衡", "墨", "书",
    "景", "行", "知", "恒", "骁", "屹", "煜", "珩", "翊", "霁",
];
const WOMAN: &[&str] = &[
    "秀", "英", "桂", "兰", "丽", "华", "淑", "珍", "春", "梅", "玉", "洁", "芳", "敏", "红", "娟", "燕", "萍", "慧", "琴", "霞", "云",
    "莉", "晓", "佩", "琳",
];
const MAN: &[&str] = &[
    "建", "国", "志", "强", "海", "峰", "军", "平", "永", "德", "伟", "勇", "涛", "辉", "斌", "刚", "鹏", "健", "振", "宏", "庆", "立",
    "东", "新", "学", "成",
];
/// Characters of planes 2 and 3 that parents choose; what counts length in bytes or UTF-16 breaks on them.
const BEYOND_BMP: &[&str] = &["𠮷", "𬀩", "𬭛", "𫘥", "𬱖", "𪨶", "𬬻", "𫖮", "𬍛", "𬘭", "𫍯", "𬸚"];
const ONE_CHARACTER: &[&str] = &["禾", "朵", "曦", "𬀩", "樾", "澈", "芃", "𠮷", "翎", "岑"];
const STEPPE: &[&str] = &[
    "阿依古丽",
    "买买提",
    "帕提古丽",
    "艾力",
    "吐尔逊",
    "热依娜",
    "古丽娜尔",
    "阿不都拉",
    "迪丽娜",
    "凯赛尔",
    "努尔兰",
    "木拉提",
    "阿米娜",
    "艾孜买提",
    "米热古丽",
    "玉素甫",
];
const PLATEAU_FIRST: &[&str] = &["扎西", "次仁", "丹增", "格桑", "洛桑", "白玛", "旺堆", "央金", "德吉", "平措"];
const PLATEAU_SECOND: &[&str] = &["卓玛", "罗布", "曲珍", "多吉", "拉姆", "顿珠", "旺姆", "桑珠", "群培", "措姆"];
const LATIN_GIVEN: &[&str] = &["Amelie", "Noah", "Lena", "Oscar", "Rémi", "Jean-Luc", "Sofia", "Elias", "Maya", "Anna Lee", "Theo", "Zoë"];
const LATIN_FAMILY: &[&str] =
    &["Lindgren", "O'Farrell", "Moreau", "Hartwell", "Castellan", "Wang", "Chen-Weber", "van Doorn", "Ferreira", "Müller"];

/// Whom a name is for; fashions of names differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearer {
    Girl,
    Boy,
    Woman,
    Man,
}

/// What the members of a family share in their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lineage {
    /// A surname of one or two characters.
    Surname(&'static str),
    /// The surnames of father and mother, both before the child's given name.
    Double(&'static str, &'static str),
    /// The father's own name follows the child's after a dot.
    Patronym(&'static str),
    /// Names of two words and no surname.
    Plateau,
    /// A family name in Latin letters, written last.
    Latin(&'static str),
}

impl Lineage {
    /// The line of a family as often as it is met at a school in a city; rare kinds are more frequent than in life.
    pub(super) fn draw(dice: &mut Dice) -> Self {
        match dice.below(100) {
            0..=5 => Self::Surname(dice.word(COMPOUND)),
            6..=8 => Self::Patronym(dice.word(STEPPE)),
            9..=10 => Self::Plateau,
            11..=12 => Self::Latin(dice.word(LATIN_FAMILY)),
            13..=15 => Self::Double(surname(dice), surname(dice)),
            _ => Self::Surname(surname(dice)),
        }
    }

    /// The line of somebody who married into the family.
    pub(super) fn by_marriage(&self, dice: &mut Dice) -> Self {
        match self {
            Self::Double(_, mother) => Self::Surname(mother),
            Self::Surname(_) => Self::Surname(surname(dice)),
            Self::Patronym(_) => Self::Patronym(dice.word(STEPPE)),
            Self::Plateau => Self::Plateau,
            Self::Latin(_) => Self::draw(dice),
        }
    }

    /// The name of a child of this line.
    pub(super) fn child(&self, dice: &mut Dice, bearer: Bearer) -> String {
        if dice.chance(6) {
            return dice.word(ONE_CHARACTER).to_owned();
        }
        match self {
            Self::Surname(surname) => format!("{surname}{}", given(dice, bearer)),
            Self::Double(father, mother) => format!("{father}{mother}{}{}", letter(dice, bearer), letter(dice, bearer)),
            Self::Patronym(father) => format!("{}·{father}", dice.word(STEPPE)),
            Self::Plateau => plateau(dice),
            Self::Latin(family) => format!("{} {family}", dice.word(LATIN_GIVEN)),
        }
    }

    /// The name of an adult of this line.
    pub(super) fn elder(&self, dice: &mut Dice, bearer: Bearer) -> String {
        match self {
            Self::Surname(surname) | Self::Double(surname, _) => format!("{surname}{}", given(dice, bearer)),
            Self::Patronym(own) => format!("{own}·{}", dice.word(STEPPE)),
            Self::Plateau => plateau(dice),
            Self::Latin(family) => format!("{} {family}", dice.word(LATIN_GIVEN)),
        }
    }
}

/// A surname; one in eight is of those that are seldom met or often misread.
fn surname(dice: &mut Dice) -> &'static str {
    if dice.chance(125) { dice.word(RARE) } else { dice.word(COMMON) }
}

fn plateau(dice: &mut Dice) -> String {
    format!("{}{}", dice.word(PLATEAU_FIRST), dice.word(PLATEAU_SECOND))
}

fn letter(dice: &mut Dice, bearer: Bearer) -> &'static str {
    dice.word(match bearer {
        Bearer::Girl => GIRL,
        Bearer::Boy => BOY,
        Bearer::Woman => WOMAN,
        Bearer::Man => MAN,
    })
}

/// A given name of one or two characters.
pub(super) fn given(dice: &mut Dice, bearer: Bearer) -> String {
    let first = letter(dice, bearer);
    match dice.below(100) {
        0..=1 => format!("{first}{}", dice.word(BEYOND_BMP)),
        2..=20 => first.to_owned(),
        _ => format!("{first}{}", letter(dice, bearer)),
    }
}
