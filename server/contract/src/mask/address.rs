//! `北京市海淀区马连洼街道289号` → `北京市海淀区****`: down to the district and no further.
//!
//! The rule: read from the left, province or city first, then city, then district, each by the character that ends it; what does
//! not begin so is masked whole. Words that only look like districts (小区, 校区, 超市) end nothing. Deliberately absent: a table
//! of places; an address that leaves out the endings (`北京海淀`) is masked whole.

use super::masked;
use crate::{shown::Masked, values::script::is_han};

/// No name of a district, and so of nothing that is shown, is longer (积石山保安族东乡族撒拉族自治县).
const LONGEST_NAME: usize = 15;

/// What kind of place an ending stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Province,
    City,
    District,
}

/// The mask of an address.
#[must_use]
pub fn address(text: &str) -> Masked {
    masked(text, |text| {
        let (first, top) = next_place(text)?;
        let rest = text.get(top..)?;
        let (second, below) = next_place(rest)?;
        let mut end = top + below;
        match (first, second) {
            (Level::Province, Level::City) => {
                if let Some((Level::District | Level::City, further)) = text.get(end..).and_then(next_place) {
                    end += further;
                }
            }
            (Level::Province, Level::District) | (Level::City, Level::District | Level::City) => {}
            _ => return None,
        }
        let mut out = String::with_capacity(end + 4);
        out.push_str(text.get(..end)?);
        out.push_str("****");
        Some(out)
    })
}

/// The place at the beginning of a text: its level and where it ends, in bytes.
fn next_place(text: &str) -> Option<(Level, usize)> {
    let (mut one_back, mut two_back) = ('\0', '\0');
    for (length, (at, c)) in text.char_indices().take(LONGEST_NAME + 1).enumerate() {
        match c {
            '省' | '区' | '州' | '盟' | '市' | '县' | '旗' => {
                let end = at + c.len_utf8();
                let after = text.get(end..).and_then(|rest| rest.chars().next());
                if let Some(level) = (Name { length, last: one_back, before: two_back, after }).level(c) {
                    return Some((level, end));
                }
                if length > 0 && is_false_ending(one_back, c) {
                    return None;
                }
            }
            _ if !is_han(c) || (length > 0 && ends_search(c)) => return None,
            _ => {}
        }
        (two_back, one_back) = (one_back, c);
    }
    None
}

/// What stands before an ending, and the character after it.
struct Name {
    length: usize,
    last: char,
    before: char,
    after: Option<char>,
}

impl Name {
    fn level(&self, ending: char) -> Option<Level> {
        let autonomous = (self.before, self.last) == ('自', '治');
        let level = match ending {
            '省' if (2..=3).contains(&self.length) => Level::Province,
            '区' if autonomous || (self.before, self.last) == ('行', '政') => Level::Province,
            '州' if autonomous => Level::City,
            '区' if self.last == '地' && self.length <= 5 => Level::City,
            '盟' if (2..=4).contains(&self.length) => Level::City,
            '市' if (2..=5).contains(&self.length) && !is_false_ending(self.last, ending) && self.after != Some('场') => Level::City,
            '县' | '旗' if autonomous => Level::District,
            '县' if (1..=4).contains(&self.length) => Level::District,
            '旗' if (2..=9).contains(&self.length) => Level::District,
            '区' if self.is_district() => Level::District,
            _ => return None,
        };
        Some(level)
    }

    fn is_district(&self) -> bool {
        let longest = if self.last == '族' { 7 } else { 4 };
        let shortest = if matches!(self.last, '城' | '郊' | '矿') { 1 } else { 2 };
        (shortest..=longest).contains(&self.length) && !is_false_ending(self.last, '区')
    }
}

/// Whether the two characters end a common word, so that no place ends here.
const fn is_false_ending(last: char, ending: char) -> bool {
    match ending {
        '区' => matches!(
            last,
            '小' | '社'
                | '园'
                | '片'
                | '校'
                | '院'
                | '厂'
                | '属'
                | '活'
                | '舍'
                | '宅'
                | '墅'
                | '街'
                | '景'
                | '业'
                | '住'
                | '库'
                | '苑'
                | '村'
        ),
        '市' => matches!(last, '超' | '夜' | '菜' | '股' | '楼'),
        _ => false,
    }
}

/// Characters that belong to streets and houses: a name that goes on past one is no district.
const fn ends_search(c: char) -> bool {
    matches!(c, '路' | '街' | '巷' | '弄' | '号' | '栋' | '幢' | '座' | '室' | '苑' | '村')
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_kept_down_to_its_district() {
        for (whole, shown) in [
            ("北京市海淀区马连洼街道289号", "北京市海淀区****"),
            ("北京市海淀区", "北京市海淀区****"),
            ("浙江省杭州市西湖区文三路1号", "浙江省杭州市西湖区****"),
            ("杭州市西湖区文三路1号", "杭州市西湖区****"),
            ("上海市浦东新区世纪大道100号", "上海市浦东新区****"),
            ("内蒙古自治区呼和浩特市新城区中山东路", "内蒙古自治区呼和浩特市新城区****"),
            ("新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放路", "新疆维吾尔自治区伊犁哈萨克自治州伊宁市****"),
            ("河北省沧州市沧县县前街", "河北省沧州市沧县****"),
            ("湖北省荆州市沙市区北京路", "湖北省荆州市沙市区****"),
            ("浙江省义乌市稠州北路", "浙江省义乌市****"),
            ("浙江省台州市路桥区路北街道", "浙江省台州市路桥区****"),
            ("黑龙江省哈尔滨市道里区中央大街", "黑龙江省哈尔滨市道里区****"),
            ("山西省晋城市城区凤台街", "山西省晋城市城区****"),
            ("重庆市酉阳土家族苗族自治县桃花源", "重庆市酉阳土家族苗族自治县****"),
            ("香港特别行政区沙田区正街", "香港特别行政区沙田区****"),
            ("四川省成都市锦绣小区3栋", "四川省成都市****"),
        ] {
            assert_eq!(address(whole).as_str(), shown, "{whole}");
        }
    }

    #[test]
    fn a_housing_estate_is_not_taken_for_a_district() {
        for other in [
            "北京市朝阳小区3号楼",
            "幸福里3号",
            "海淀区幸福里3号",
            "北京海淀马连洼",
            "北京市",
            "城市花园小区2栋",
            "幸福超市小区",
            "北京市中关村大街区",
            "北京市清华校区",
            "Haidian, Beijing",
            "北京市海淀1区",
            "北京市****",
        ] {
            assert_eq!(address(other).as_str(), "****", "{other}");
        }
    }
}
