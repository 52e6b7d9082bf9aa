//! What one person did in ninety days, beside those who hold one of their roles.
//!
//! The rule: a median of one or two names a person, so with fewer than three peers there is no comparison. Counts alone: which records
//! they were is the trail's. Deliberately absent: a judgement; the report says what is much, and a person asks why.

use crate::records::{ActivityRecord, Tally};
use chrono::{NaiveDate, TimeDelta};
use contract::{
    rights::Role,
    wire::{
        ledger::Action,
        reports::{Activity, ActivityWeek, Measure, Measured, PeerCounts},
    },
};

/// How many days a report looks back.
const DAYS: i64 = 90;
/// The fewest peers of a comparison.
const PEERS: usize = 3;
/// How many times the median is much.
const TIMES: u64 = 3;
/// What is never much, whatever the median is.
const HANDFUL: u32 = 5;

/// The actions that a measure counts.
#[must_use]
pub const fn counted(measure: Measure) -> &'static [Action] {
    match measure {
        Measure::Looks => &[Action::Shown, Action::Listed],
        Measure::Reveals => &[Action::Revealed],
        Measure::Searches => &[Action::Searched],
        Measure::Exports => &[Action::Exported, Action::TrailExported],
        Measure::Refusals => &[Action::Refused, Action::SignInRefused],
    }
}

/// The first day of a report.
#[must_use]
pub fn first_day(to: NaiveDate) -> NaiveDate {
    to - TimeDelta::days(DAYS - 1)
}

/// The report of one person.
pub(crate) fn activity(record: &ActivityRecord) -> Activity {
    let ActivityRecord { id, name, roles, left, to, peers, tallies, beyond } = record;
    let from = first_day(*to);
    let of = |who, measure| tallies.iter().filter(move |tally| tally.who == who && counted(measure).contains(&tally.action));
    let weeks = weeks(from, *to).enumerate().map(|(week, (from, to))| {
        let count = |measure: &Measure| sum(of(id.0, *measure).filter(|tally| tally.week == week).map(|tally| tally.count));
        ActivityWeek { from, to, counts: Measure::ALL.iter().map(count).collect() }
    });
    let measured = |measure: &Measure| {
        let total = sum(of(id.0, *measure).map(|tally| tally.count));
        let theirs: Vec<u32> = peers.iter().map(|peer| sum(of(peer.0, *measure).map(|tally| tally.count))).collect();
        let (peers, stands_out) = compared(total, theirs);
        Measured { measure: *measure, total, late: sum(of(id.0, *measure).map(|tally: &Tally| tally.late)), peers, stands_out }
    };
    // Whoever works for a campus or the school has no families of their own.
    let has_own = !roles.is_empty() && roles.iter().all(|role| matches!(role.base(), Role::Consultant | Role::Teacher));
    Activity {
        name: name.clone(),
        roles: (*roles).into(),
        left: *left,
        from,
        to: *to,
        weeks: weeks.collect(),
        measures: Measure::ALL.iter().map(measured).collect(),
        peers: u32::try_from(peers.len()).unwrap_or(u32::MAX),
        beyond: has_own.then_some(*beyond),
    }
}

/// The weeks, counted back from the last day; the oldest ends with the first one.
fn weeks(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
    let ends = std::iter::successors(Some(to), |end| end.checked_sub_signed(TimeDelta::weeks(1)));
    ends.take_while(move |end| *end >= from).map(move |end| (from.max(end - TimeDelta::days(6)), end))
}

pub(crate) fn sum(counts: impl Iterator<Item = u32>) -> u32 {
    counts.fold(0, u32::saturating_add)
}

/// Median and highest of the peers, and whether `total` is much beside them.
pub(crate) fn compared(total: u32, mut theirs: Vec<u32>) -> (Option<PeerCounts>, bool) {
    if theirs.len() < PEERS {
        return (None, false);
    }
    theirs.sort_unstable();
    // Twice the median, which is whole.
    let at = |place: usize| theirs.get(place).copied().map_or(0, u64::from);
    let twice = at((theirs.len() - 1) / 2) + at(theirs.len() / 2);
    let highest = theirs.last().copied().unwrap_or_default();
    let stands_out = total > HANDFUL && 2 * u64::from(total) > TIMES * twice;
    (Some(PeerCounts { median: u32::try_from(twice.div_ceil(2)).unwrap_or(u32::MAX), highest }), stands_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_three_are_no_comparison() {
        assert_eq!(compared(1000, vec![]), (None, false));
        assert_eq!(compared(1000, vec![1, 1]), (None, false));
        assert_eq!(compared(1000, vec![1, 1, 1]), (Some(PeerCounts { median: 1, highest: 1 }), true));
    }

    #[test]
    fn three_times_the_median_is_not_much_and_one_more_is() {
        assert!(!compared(12, vec![9, 4, 1]).1);
        assert!(compared(13, vec![9, 4, 1]).1);
        // The median of an even number lies between two: 4.5 here.
        assert_eq!(compared(13, vec![5, 4, 9, 1]), (Some(PeerCounts { median: 5, highest: 9 }), false));
        assert!(compared(14, vec![5, 4, 9, 1]).1);
    }

    #[test]
    fn a_handful_is_not_much_where_the_others_did_nothing() {
        assert!(!compared(5, vec![0; 4]).1);
        assert!(compared(6, vec![0; 4]).1);
    }

    #[test]
    fn ninety_days_are_twelve_weeks_and_six_days() {
        let to = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        let weeks: Vec<_> = weeks(first_day(to), to).collect();
        assert_eq!(weeks.len(), 13);
        assert_eq!(weeks[0], (NaiveDate::from_ymd_opt(2026, 3, 25).unwrap(), to));
        assert_eq!(weeks[12], (NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(), NaiveDate::from_ymd_opt(2026, 1, 6).unwrap()));
        assert!(weeks.windows(2).all(|pair| pair[1].1.succ_opt() == Some(pair[0].0)));
    }
}
