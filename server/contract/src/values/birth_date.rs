//! Dates of birth.
//!
//! The rule: a date that exists, from 1900 to 2100. Deliberately absent: a clock; whether the date lies in the future is
//! for whoever knows what day it is.

use super::clean::{compact, is_masked};
use crate::{error::ValueError, field::FieldValue};
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;

/// A date of birth; its text is ISO 8601, `2016-05-12`.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = "date"))]
pub struct BirthDate(NaiveDate);

impl BirthDate {
    /// The date.
    #[must_use]
    pub const fn date(&self) -> NaiveDate {
        self.0
    }
}

impl TryFrom<NaiveDate> for BirthDate {
    type Error = ValueError;
    fn try_from(date: NaiveDate) -> Result<Self, ValueError> {
        if (1900..=2100).contains(&date.year()) { Ok(Self(date)) } else { Err(ValueError::DateRange) }
    }
}

impl FieldValue for BirthDate {
    fn parse(text: &str) -> Result<Self, ValueError> {
        let clean: String = compact(text, 40)?.chars().filter(|c| *c != ' ').collect();
        // the mask of a date is its year
        let year_only = clean.strip_suffix('年').is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()));
        if is_masked(&clean) || year_only {
            return Err(ValueError::LooksMasked);
        }
        let (year, month, day) = split(&clean).ok_or(ValueError::Malformed)?;
        let number = |digits: &str, longest| {
            let sane = (1..=longest).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            sane.then(|| digits.parse::<u16>().ok()).flatten().ok_or(ValueError::Malformed)
        };
        if year.len() != 4 {
            return Err(ValueError::Malformed);
        }
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).ok_or(ValueError::DateRange)?.try_into()
    }
    fn from_stored(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        if parts.next().is_some() { None } else { NaiveDate::from_ymd_opt(year, month, day).map(Self) }
    }
    fn text(&self) -> Cow<'_, str> {
        // By hand: a list has as many dates as children, and what formats anything takes several times as long.
        let mut text = String::with_capacity(10);
        for (number, places) in [(self.0.year().unsigned_abs(), 4), (self.0.month(), 2), (self.0.day(), 2)] {
            if !text.is_empty() {
                text.push('-');
            }
            text.extend((0..places).rev().filter_map(|place| char::from_digit(number / 10_u32.pow(place) % 10, 10)));
        }
        Cow::Owned(text)
    }
}

super::opaque!(BirthDate);

fn split(text: &str) -> Option<(&str, &str, &str)> {
    let triple = |separator| {
        let (year, rest) = text.split_once(separator)?;
        rest.split_once(separator).map(|(month, day)| (year, month, day))
    };
    let words = || {
        let (year, rest) = text.strip_suffix('日')?.split_once('年')?;
        rest.split_once('月').map(|(month, day)| (year, month, day))
    };
    triple('-').or_else(|| triple('/')).or_else(words)
}

#[cfg(test)]
mod tests {
    use super::BirthDate;
    use crate::{error::ValueError, field::FieldValue};

    #[test]
    fn a_date_has_one_text() {
        for typed in ["2016-05-12", "2016/5/12", "2016年5月12日", " ２０１６ 年 5 月 12 日 "] {
            let date = BirthDate::parse(typed).unwrap();
            assert_eq!(date.text(), "2016-05-12", "{typed}");
            assert_eq!(BirthDate::from_stored(&date.text()), Some(date));
        }
    }

    #[test]
    fn a_wrong_date_says_what_is_wrong() {
        for text in ["2016-02-30", "1899-12-31", "2101-01-01", "2016-13-01", "2016-00-10"] {
            assert_eq!(BirthDate::parse(text), Err(ValueError::DateRange), "{text}");
        }
        for text in ["2016", "16-5-12", "2016-5", "2016-5-12-1", "yesterday", "2016-+5-12", "2016年5月12"] {
            assert_eq!(BirthDate::parse(text), Err(ValueError::Malformed), "{text}");
        }
        assert_eq!(BirthDate::parse("2016年"), Err(ValueError::LooksMasked));
    }
}
