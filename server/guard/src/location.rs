//! Where a session is used, as coarse as it is any use: the country, and the network where it is known.
//!
//! The rule: this is all that is ever kept of where somebody is, and it is kept of sessions and sign-ins alone. Deliberately absent:
//! an address, a city, coordinates.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A country or region, by its two letters (ISO 3166-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// By two capital letters; nothing for anything else.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }
    /// The letters.
    #[must_use]
    pub const fn letters(self) -> [u8; 2] {
        self.0
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.0;
        write!(f, "{}{}", char::from(first), char::from(second))
    }
}

/// A network of the internet, by the number of its autonomous system; one over IPv6 is another than the same over IPv4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// The number.
    pub number: u32,
    /// Whether it was reached over IPv6.
    pub v6: bool,
}

/// Where a session is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Location {
    /// In which country.
    pub country: Country,
    /// In which network.
    pub network: Option<Network>,
}

/// How far one location is from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// In another country.
    Country,
    /// In another network of the same country.
    Network,
}

impl Location {
    /// Whether `other` is elsewhere. What is not known of both is no difference, nor is a network over the other protocol.
    #[must_use]
    pub fn elsewhere(self, other: Self) -> Option<Elsewhere> {
        if self.country != other.country {
            return Some(Elsewhere::Country);
        }
        let (one, another) = (self.network?, other.network?);
        (one.v6 == another.v6 && one.number != another.number).then_some(Elsewhere::Network)
    }
}

/// Such as `CN`, `CN 4134` or, over IPv6, `CN 4134 6`: in the database and in the trail.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.country.fmt(f)?;
        match self.network {
            None => Ok(()),
            Some(Network { number, v6: false }) => write!(f, " {number}"),
            Some(Network { number, v6: true }) => write!(f, " {number} 6"),
        }
    }
}

/// No location.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no location")]
pub struct NoLocation;

impl FromStr for Location {
    type Err = NoLocation;
    fn from_str(text: &str) -> Result<Self, NoLocation> {
        let mut parts = text.split(' ');
        let country = parts.next().and_then(Country::new).ok_or(NoLocation)?;
        let number = parts.next().map(|number| number.parse().map_err(|_| NoLocation)).transpose()?;
        let v6 = match parts.next() {
            None => false,
            Some("6") if parts.next().is_none() => true,
            Some(_) => return Err(NoLocation),
        };
        Ok(Self { country, network: number.map(|number| Network { number, v6 }) })
    }
}

impl From<Location> for String {
    fn from(location: Location) -> Self {
        location.to_string()
    }
}

impl TryFrom<String> for Location {
    type Error = NoLocation;
    fn try_from(text: String) -> Result<Self, NoLocation> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Location {
        text.parse().unwrap()
    }

    #[test]
    fn a_location_is_read_as_it_is_written_and_nothing_else_is_one() {
        for text in ["CN", "CN 4134", "JP 2516 6"] {
            assert_eq!(at(text).to_string(), text);
        }
        for text in ["", "C", "cn", "CHN", "CN ", "CN x", "CN 4134 4", "CN 4134 6 6", "CN -1", "203.0.113.7", "中"] {
            assert_eq!(text.parse::<Location>(), Err(NoLocation), "{text}");
        }
    }

    #[test]
    fn another_country_is_elsewhere_and_another_network_where_both_are_known_over_one_protocol() {
        assert_eq!(at("CN 4134").elsewhere(at("JP 4134")), Some(Elsewhere::Country));
        assert_eq!(at("CN 4134").elsewhere(at("CN 9808")), Some(Elsewhere::Network));
        for (one, same) in [("CN", "CN"), ("CN 4134", "CN"), ("CN", "CN 4134"), ("CN 4134", "CN 4134"), ("CN 4134", "CN 9808 6")] {
            assert_eq!(at(one).elsewhere(at(same)), None, "{one} {same}");
        }
    }
}
