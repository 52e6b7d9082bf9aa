//! `海淀实验小学` → `海淀**小学`: schools and employers.
//!
//! The rule: what kind of place it is, and the two characters that usually say where. For anything but a school they are
//! shown only if they are the name of a province, since a firm begins with its own name (`腾讯…公司` would be no mask). At least
//! two characters stay hidden. Deliberately absent: a table of towns.

use super::masked;
use crate::{shown::Masked, values::script::is_han};

/// Kinds of schools; of two that fit the longer stands first.
const SCHOOLS: [&str; 12] = ["幼儿园", "小学部", "中学部", "小学", "中学", "初中", "高中", "学校", "大学", "学院", "附小", "附中"];
/// Legal forms, which stay hidden and do not count as hidden characters, with what is shown for them.
const FIRMS: [(&str, &str); 16] = [
    ("股份有限公司", "公司"),
    ("有限责任公司", "公司"),
    ("有限公司", "公司"),
    ("分公司", "公司"),
    ("公司", "公司"),
    ("集团", "集团"),
    ("医院", "医院"),
    ("银行", "银行"),
    ("研究院", "研究院"),
    ("研究所", "研究所"),
    ("设计院", "设计院"),
    ("事务所", "事务所"),
    ("工作室", "工作室"),
    ("出版社", "出版社"),
    ("委员会", "委员会"),
    ("派出所", "派出所"),
];
/// The first two characters of the provinces, regions and municipalities.
const PROVINCES: [&str; 34] = [
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北",
    "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙", "广西", "西藏", "宁夏", "新疆", "香港", "澳门",
];

/// The mask of the name of a school or an employer.
#[must_use]
pub fn organisation(text: &str) -> Masked {
    masked(text, |text| {
        let school = SCHOOLS.iter().find_map(|kind| text.strip_suffix(kind).map(|rest| (rest, *kind, true)));
        let firm = || FIRMS.iter().find_map(|(form, kind)| text.strip_suffix(form).map(|rest| (rest, *kind, false)));
        let (rest, kind, is_school) = school.or_else(firm)?;
        let mut inner = rest.char_indices();
        let (_, first) = inner.next()?;
        let (_, second) = inner.next()?;
        let (from, _) = inner.next()?;
        inner.next()?;
        if !is_han(first) || !is_han(second) {
            return None;
        }
        let place = rest.get(..from)?;
        let mut out = String::with_capacity(place.len() + 2 + kind.len());
        if is_school || PROVINCES.contains(&place) {
            out.push_str(place);
        }
        out.push_str("**");
        out.push_str(kind);
        Some(out)
    })
}

#[cfg(test)]
mod tests {
    use super::organisation;

    #[test]
    fn a_school_keeps_its_place_and_its_kind() {
        for (whole, shown) in [
            ("海淀实验小学", "海淀**小学"),
            ("北京市第一实验中学", "北京**中学"),
            ("朝阳区向日葵幼儿园", "朝阳**幼儿园"),
            ("北京明德科技有限公司", "北京**公司"),
            ("上海市第十二人民医院", "上海**医院"),
        ] {
            assert_eq!(organisation(whole).as_str(), shown, "{whole}");
        }
    }

    #[test]
    fn a_firm_does_not_show_its_own_name() {
        assert_eq!(organisation("明德科技有限公司").as_str(), "**公司");
    }

    #[test]
    fn a_short_or_unknown_name_is_masked_whole() {
        for other in [
            "北京大学",
            "明德小学",
            "小学",
            "海淀一小学",
            "北京明有限公司",
            "ABC International School",
            "海淀实验小学（东校区）",
            "AB实验小学",
            "海淀**小学",
        ] {
            let shown = organisation(other);
            assert!(matches!(shown.as_str(), "****" | "海淀**小学"), "{other}");
            assert_eq!(shown.as_str() == "海淀**小学", other == "海淀**小学", "{other}");
        }
    }
}
