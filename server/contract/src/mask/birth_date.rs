//! `2016-05-12` → `2016年`. The rule: the year and no more. Deliberately absent: age, which would need a clock.

use super::masked;
use crate::shown::Masked;

/// The mask of a date of birth in ISO 8601.
#[must_use]
pub fn birth_date(text: &str) -> Masked {
    masked(text, |text| {
        let bytes = text.as_bytes();
        let shaped = |(at, byte): (usize, &u8)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() };
        if bytes.len() != 10 || !bytes.iter().enumerate().all(shaped) {
            return None;
        }
        let mut out = String::with_capacity(7);
        out.push_str(text.get(..4)?);
        out.push('年');
        Some(out)
    })
}

#[cfg(test)]
mod tests {
    use super::birth_date;

    #[test]
    fn a_date_of_birth_keeps_its_year() {
        assert_eq!(birth_date("2016-05-12").as_str(), "2016年");
        for other in ["2016年", "2016/05/12", "2016-5-12", "２０１６-05-12", "张三"] {
            assert_eq!(birth_date(other).as_str(), "****", "{other}");
        }
        assert_eq!(birth_date("").as_str(), "");
    }
}
