//! For how long the trail is kept.
//!
//! The rule: never less than 180 days, whatever is chosen, stored or sent (网络安全法, in the text of 2016 第二十一条: logs for at least six months), three
//! years unless a school says otherwise (个人信息保护法 第五十六条 asks as much of records of processing), ten at most. Deliberately
//! absent: another way to make one than [`Retention::of_days`] and [`Retention::stored`], both of which hold the floor.

use chrono::TimeDelta;

/// For how many days the trail is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Retention(u32);

impl Retention {
    /// The fewest days.
    pub const LEAST: Self = Self(180);
    /// Three years, until a school says otherwise.
    pub const USUAL: Self = Self(1_095);
    /// The most: ten years.
    pub const MOST: Self = Self(3_653);

    /// So many days; nothing where they are too few or too many.
    #[must_use]
    pub const fn of_days(days: u32) -> Option<Self> {
        if Self::LEAST.0 <= days && days <= Self::MOST.0 { Some(Self(days)) } else { None }
    }
    /// What a row says. Where it says what nobody could have chosen, the longest: nothing is taken away by mistake.
    #[must_use]
    pub fn stored(days: i32) -> Self {
        u32::try_from(days).ok().and_then(Self::of_days).unwrap_or(Self::MOST)
    }
    /// In days.
    #[must_use]
    pub const fn days(self) -> u32 {
        self.0
    }
    /// As a stretch of time.
    #[must_use]
    pub fn time(self) -> TimeDelta {
        TimeDelta::days(self.0.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Retention;

    #[test]
    fn nothing_makes_it_shorter_than_180_days() {
        for days in 0..180 {
            assert_eq!(Retention::of_days(days), None);
        }
        for days in [i32::MIN, -1, 0, 1, 179, 3_654, i32::MAX] {
            assert_eq!(Retention::stored(days), Retention::MOST);
        }
        assert_eq!(Retention::of_days(180), Some(Retention::LEAST));
        assert_eq!(Retention::of_days(3_653), Some(Retention::MOST));
        assert_eq!(Retention::of_days(3_654), None);
        assert_eq!(Retention::stored(1_095), Retention::USUAL);
    }
}
