//! When a role counts in full: hours of the school's week, networks, or both.
//!
//! The rule: what is read from a text or a wire is valid; hours that never come and a network that is everywhere are refused.
//! Deliberately absent: holidays, more than one span a day, and the decision, which is `guard`'s.

use crate::named::names;
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
    str::FromStr,
};

/// How many networks a condition names at the most.
pub const NETWORKS_MOST: usize = 16;

/// What is wrong with a condition, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// Not a time of day such as `07:00`.
    #[error("not a time of day")]
    Time,
    /// No day is named.
    #[error("no day is named")]
    NoDay,
    /// The end is not after the beginning.
    #[error("the hours end before they begin")]
    Order,
    /// Neither an address nor a network.
    #[error("not a network")]
    Network,
    /// The network is everywhere, so that it would be no condition.
    #[error("the network is everywhere")]
    Everywhere,
    /// More networks than a condition may name.
    #[error("too many networks")]
    TooMany,
    /// The role counts in full whatever is wished.
    #[error("the role takes no condition")]
    Role,
}

names! {
    /// A day of the week.
    Day {
        /// 周一
        Monday = "monday",
        /// 周二
        Tuesday = "tuesday",
        /// 周三
        Wednesday = "wednesday",
        /// 周四
        Thursday = "thursday",
        /// 周五
        Friday = "friday",
        /// 周六
        Saturday = "saturday",
        /// 周日
        Sunday = "sunday",
    }
}

/// A minute of the day at the school, `00:00` to `24:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "07:00"))]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The end of the day, `24:00`.
    pub const MIDNIGHT: Self = Self(24 * 60);

    /// The time so many minutes after the day began; nothing beyond its end.
    #[must_use]
    pub fn after(minutes: u32) -> Option<Self> {
        u16::try_from(minutes).ok().filter(|minutes| *minutes <= Self::MIDNIGHT.0).map(Self)
    }
}

impl FromStr for TimeOfDay {
    type Err = ConditionError;
    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let (hour, minute) = text.split_once(':').filter(|(hour, minute)| digits(hour) && digits(minute)).ok_or(ConditionError::Time)?;
        let number = |text: &str| text.parse::<u32>().map_err(|_| ConditionError::Time);
        let (hour, minute) = (number(hour)?, number(minute)?);
        if minute > 59 { Err(ConditionError::Time) } else { Self::after(hour * 60 + minute).ok_or(ConditionError::Time) }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = ConditionError;
    fn try_from(text: String) -> Result<Self, ConditionError> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

/// Hours of the school's week (+08:00): the same span on each of the days, its end not included.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "WrittenHours", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hours {
    days: Vec<Day>,
    from: TimeOfDay,
    to: TimeOfDay,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenHours {
    days: Vec<Day>,
    from: TimeOfDay,
    to: TimeOfDay,
}

impl TryFrom<WrittenHours> for Hours {
    type Error = ConditionError;
    fn try_from(WrittenHours { days, from, to }: WrittenHours) -> Result<Self, ConditionError> {
        Self::new(days, from, to)
    }
}

impl Hours {
    /// A span on some days.
    ///
    /// # Errors
    /// [`ConditionError::NoDay`], or [`ConditionError::Order`] where it would end before it begins.
    pub fn new(mut days: Vec<Day>, from: TimeOfDay, to: TimeOfDay) -> Result<Self, ConditionError> {
        days.sort_unstable();
        days.dedup();
        match (days.is_empty(), from < to) {
            (true, _) => Err(ConditionError::NoDay),
            (_, false) => Err(ConditionError::Order),
            (false, true) => Ok(Self { days, from, to }),
        }
    }
    /// The days, in the order of the week.
    #[must_use]
    pub fn days(&self) -> &[Day] {
        &self.days
    }
    /// When it begins.
    #[must_use]
    pub const fn begins(&self) -> TimeOfDay {
        self.from
    }
    /// When it ends.
    #[must_use]
    pub const fn ends(&self) -> TimeOfDay {
        self.to
    }
    /// Whether this moment of the week is among them.
    #[must_use]
    pub fn has(&self, day: Day, at: TimeOfDay) -> bool {
        self.days.contains(&day) && self.from <= at && at < self.to
    }
    /// Whether each moment of `other` is among them.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to && other.days.iter().all(|day| self.days.contains(day))
    }
    /// Whether they are the whole week.
    #[must_use]
    pub fn is_week(&self) -> bool {
        self.days.len() == Day::ALL.len() && (self.from, self.to) == (TimeOfDay(0), TimeOfDay::MIDNIGHT)
    }
}

/// A network: an address and how many of its first bits count (CIDR). An IPv4 address stands at its place among those of IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network {
    bits: u128,
    prefix: u32,
}

/// Where the addresses of IPv4 stand (RFC 4291, 2.5.5.2), and how many bits that takes.
const V4: (u128, u32) = (0xffff_0000_0000, 96);

/// The bits of an address among those of IPv6.
const fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

impl Network {
    /// Whether an address is in it.
    #[must_use]
    pub const fn has(self, address: IpAddr) -> bool {
        (bits(address) ^ self.bits) & self.mask() == 0
    }
    /// Whether each address of `other` is in it.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        self.prefix <= other.prefix && (other.bits ^ self.bits) & self.mask() == 0
    }
    const fn mask(self) -> u128 {
        match u128::MAX.checked_shl(128 - self.prefix) {
            Some(mask) => mask,
            None => 0,
        }
    }
}

impl FromStr for Network {
    type Err = ConditionError;
    /// `203.0.113.0/24`, `2001:db8::/32`, or one address. Bits beyond the prefix are dropped, as whoever writes their own address with
    /// the prefix of its network means.
    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let (address, prefix) = text.trim().split_once('/').map_or((text.trim(), None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| ConditionError::Network)?;
        let (most, before) = if address.is_ipv4() { (32, V4.1) } else { (128, 0) };
        let prefix = match prefix {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().map_err(|_| ConditionError::Network)?,
            Some(_) => return Err(ConditionError::Network),
            None => most,
        };
        if prefix > most {
            return Err(ConditionError::Network);
        }
        let whole = Self { bits: bits(address), prefix: before + prefix };
        let network = Self { bits: whole.bits & whole.mask(), ..whole };
        if network.holds(Self { bits: V4.0, prefix: V4.1 }) { Err(ConditionError::Everywhere) } else { Ok(network) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = Ipv6Addr::from_bits(self.bits).to_canonical();
        let prefix = if address.is_ipv4() { self.prefix.saturating_sub(V4.1) } else { self.prefix };
        write!(f, "{address}/{prefix}")
    }
}

impl TryFrom<String> for Network {
    type Error = ConditionError;
    fn try_from(text: String) -> Result<Self, ConditionError> {
        text.parse()
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.to_string()
    }
}

/// When a role counts in full: within the hours, and from one of the networks; what is not named is met. Otherwise it is narrowed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "WrittenCondition", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Condition {
    hours: Option<Hours>,
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>, example = json!(["203.0.113.0/24"])))]
    networks: Vec<Network>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCondition {
    #[serde(default)]
    hours: Option<Hours>,
    #[serde(default)]
    networks: Vec<Network>,
}

impl TryFrom<WrittenCondition> for Condition {
    type Error = ConditionError;
    fn try_from(WrittenCondition { hours, networks }: WrittenCondition) -> Result<Self, ConditionError> {
        Self::new(hours, networks)
    }
}

impl Condition {
    /// No condition: met always and everywhere.
    pub const ALWAYS: Self = Self { hours: None, networks: Vec::new() };

    /// Hours, networks, both; or neither, which is always met. The whole week is no hours.
    ///
    /// # Errors
    /// [`ConditionError::TooMany`].
    pub fn new(hours: Option<Hours>, networks: Vec<Network>) -> Result<Self, ConditionError> {
        if networks.len() > NETWORKS_MOST {
            return Err(ConditionError::TooMany);
        }
        Ok(Self { hours: hours.filter(|hours| !hours.is_week()), networks })
    }
    /// The hours.
    #[must_use]
    pub const fn hours(&self) -> Option<&Hours> {
        self.hours.as_ref()
    }
    /// The networks.
    #[must_use]
    pub fn networks(&self) -> &[Network] {
        &self.networks
    }
    /// Whether it is met always.
    #[must_use]
    pub const fn is_always(&self) -> bool {
        self.hours.is_none() && self.networks.is_empty()
    }
    /// Whether it is met whenever and wherever `other` is. Networks that hold another only together are not seen to.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        let hours = self.hours.as_ref().is_none_or(|hours| other.hours.as_ref().is_some_and(|other| hours.holds(other)));
        let within = |one: &Network| self.networks.iter().any(|network| network.holds(*one));
        let networks = self.networks.is_empty() || (!other.networks.is_empty() && other.networks.iter().all(within));
        hours && networks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn network(text: &str) -> Network {
        text.parse().unwrap()
    }

    fn time(text: &str) -> TimeOfDay {
        text.parse().unwrap()
    }

    #[test]
    fn a_network_is_read_as_it_is_written() {
        for (text, written) in [
            ("203.0.113.0/24", "203.0.113.0/24"),
            (" 203.0.113.9/24 ", "203.0.113.0/24"),
            ("203.0.113.9", "203.0.113.9/32"),
            ("::ffff:203.0.113.9", "203.0.113.9/32"),
            ("2001:DB8:0::1/32", "2001:db8::/32"),
            ("2001:db8::1", "2001:db8::1/128"),
        ] {
            assert_eq!(network(text).to_string(), written);
        }
    }

    #[test]
    fn what_is_no_network_is_refused_and_so_is_everywhere() {
        for text in ["", "/24", "203.0.113.0/", "203.0.113.0/33", "203.0.113.0/-1", "203.0.113.0/+8", "2001:db8::/129", "203.0.113", "校内"]
        {
            assert_eq!(text.parse::<Network>(), Err(ConditionError::Network), "{text}");
        }
        for text in ["0.0.0.0/0", "203.0.113.0/0", "::/0", "::/8", "::ffff:0:0/96", "::ffff:0:0/95"] {
            assert_eq!(text.parse::<Network>(), Err(ConditionError::Everywhere), "{text}");
        }
    }

    #[test]
    fn an_address_of_ipv4_is_the_same_however_it_comes() {
        let school = network("203.0.113.0/24");
        for inside in ["203.0.113.7", "::ffff:203.0.113.7"] {
            assert!(school.has(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["203.0.114.7", "::203.0.113.7", "2001:db8::1"] {
            assert!(!school.has(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn a_time_has_four_digits_and_hours_end_after_they_begin() {
        for text in ["7:00", "07:60", "24:01", "99:00", "07:00:00", "+7:00", ""] {
            assert_eq!(text.parse::<TimeOfDay>(), Err(ConditionError::Time), "{text}");
        }
        let hours = |days: &[Day], from, to| Hours::new(days.to_vec(), time(from), time(to));
        assert_eq!(hours(&[], "07:00", "20:00"), Err(ConditionError::NoDay));
        assert_eq!(hours(&[Day::Monday], "20:00", "20:00"), Err(ConditionError::Order));
        let week = hours(Day::ALL, "00:00", "24:00").unwrap();
        assert!(Condition::new(Some(week), Vec::new()).unwrap().is_always());
        let days = [Day::Friday, Day::Monday, Day::Friday];
        assert_eq!(hours(&days, "07:00", "20:00").unwrap().days(), [Day::Monday, Day::Friday]);
    }

    #[test]
    fn what_is_read_from_the_wire_is_valid() {
        let read = |text: &str| serde_json::from_str::<Condition>(text).ok();
        assert_eq!(read("{}"), Some(Condition::default()));
        let whole = r#"{"hours":{"days":["monday"],"from":"07:00","to":"24:00"},"networks":["203.0.113.0/24"]}"#;
        assert_eq!(serde_json::to_string(&read(whole).unwrap()).unwrap(), whole);
        for wrong in [
            r#"{"hours":{"days":[],"from":"07:00","to":"20:00"}}"#,
            r#"{"hours":{"days":["monday"],"from":"20:00","to":"07:00"}}"#,
            r#"{"hours":{"days":["monday"],"from":"07:00","to":"20:00","zone":"UTC"}}"#,
            r#"{"networks":["0.0.0.0/0"]}"#,
            r#"{"network":[]}"#,
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        let many = |n: usize| serde_json::json!({ "networks": vec!["203.0.113.0/24"; n] }).to_string();
        assert!(read(&many(NETWORKS_MOST)).is_some() && read(&many(NETWORKS_MOST + 1)).is_none());
    }

    fn some_network() -> impl Strategy<Value = Network> {
        (0..4_u32, 28..=32_u32).prop_map(|(last, prefix)| network(&format!("203.0.113.{}/{prefix}", last * 4)))
    }

    fn some_hours() -> impl Strategy<Value = Hours> {
        (prop::collection::vec(prop::sample::select(&Day::ALL[..3]), 1..3), 0..4_u32, 1..4_u32).prop_map(|(days, from, long)| {
            Hours::new(days, TimeOfDay::after(from * 60).unwrap(), TimeOfDay::after((from + long) * 60).unwrap()).unwrap()
        })
    }

    fn some_condition() -> impl Strategy<Value = Condition> {
        (prop::option::of(some_hours()), prop::collection::vec(some_network(), 0..3))
            .prop_map(|(hours, networks)| Condition::new(hours, networks).unwrap())
    }

    proptest! {
        /// What holds another is met whenever and wherever the other is.
        #[test]
        fn what_holds_another_is_met_with_it(
            (wide, narrow) in (some_condition(), some_condition()),
            (day, hour, last) in (prop::sample::select(&Day::ALL[..4]), 0..8_u32, 0..20_u8),
        ) {
            let (at, address) = (TimeOfDay::after(hour * 60).unwrap(), IpAddr::from([203, 0, 113, last]));
            let met = |one: &Condition| {
                one.hours().is_none_or(|hours| hours.has(day, at))
                    && (one.networks().is_empty() || one.networks().iter().any(|network| network.has(address)))
            };
            prop_assert!(wide.holds(&wide));
            prop_assert!(!wide.holds(&narrow) || !met(&narrow) || met(&wide));
        }

        #[test]
        fn a_network_is_written_as_it_is_read(bits in any::<u128>(), prefix in 1..=128_u32) {
            let written = format!("{}/{prefix}", Ipv6Addr::from_bits(bits));
            if let Ok(network) = written.parse::<Network>() {
                prop_assert_eq!(network.to_string().parse::<Network>(), Ok(network));
                prop_assert!(network.has(IpAddr::V6(Ipv6Addr::from_bits(bits))));
            }
        }
    }
}
