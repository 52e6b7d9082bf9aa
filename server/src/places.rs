//! Where an address is: its country, and its network, from files that the operator brings (MaxMind DB).
//!
//! The rule: an address goes in and is forgotten; what comes out is all that is ever kept. What the files do not say is not guessed.
//! Deliberately absent: files of our own (they age, and have their owners' terms), cities, and a service that is asked.

use chrono::{DateTime, Utc};
use guard::{Country, Location, location::Network};
use maxminddb::{PathElement, Reader};
use std::{fmt, net::IpAddr, path::PathBuf};

/// The files.
#[derive(Debug, Clone, clap::Args)]
pub struct PlacesConfig {
    /// A file that says in which country an address is, or in which network (MaxMind DB, such as GeoLite2-Country, GeoLite2-ASN,
    /// dbip-country-lite); several by commas. Without one nobody knows where a session is, and the rules about places are off.
    #[arg(long, env = "SHENDU_PLACES", value_name = "FILE", value_delimiter = ',')]
    pub places: Vec<PathBuf>,
}

/// How the country stands in the files that there are: by name, or as the whole.
const COUNTRY: [&[PathElement<'static>]; 3] =
    [&[PathElement::Key("country"), PathElement::Key("iso_code")], &[PathElement::Key("country_code")], &[PathElement::Key("country")]];
/// How the network does: a number, or a text such as AS4134.
const NETWORK: [&[PathElement<'static>]; 2] = [&[PathElement::Key("autonomous_system_number")], &[PathElement::Key("asn")]];

/// What the files say.
pub struct Places(Vec<Reader<Vec<u8>>>);

impl fmt::Debug for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Places")
    }
}

impl PlacesConfig {
    /// The places of a configuration, where there are any.
    ///
    /// # Errors
    /// Words for the operator when a file cannot be used.
    pub fn open(&self) -> Result<Option<Places>, String> {
        let reader = |path: &PathBuf| Reader::open_readfile(path).map_err(|error| format!("{} says no places: {error}", path.display()));
        let readers = self.places.iter().map(reader).collect::<Result<Vec<_>, _>>()?;
        Ok((!readers.is_empty()).then_some(Places(readers)))
    }
}

impl Places {
    /// Where an address is; nothing where no file knows the country.
    #[must_use]
    pub fn of(&self, address: IpAddr) -> Option<Location> {
        let address = address.to_canonical();
        let country = self.0.iter().find_map(|reader| country(reader, address))?;
        let number = self.0.iter().find_map(|reader| network(reader, address));
        Some(Location { country, network: number.map(|number| Network { number, v6: address.is_ipv6() }) })
    }

    /// When the oldest of the files was made.
    #[must_use]
    pub fn made(&self) -> Option<DateTime<Utc>> {
        let made = self.0.iter().map(|reader| reader.metadata().build_epoch).min()?;
        DateTime::from_timestamp(i64::try_from(made).ok()?, 0)
    }
}

fn country(reader: &Reader<Vec<u8>>, address: IpAddr) -> Option<Country> {
    let found = reader.lookup(address).ok()?;
    COUNTRY.into_iter().find_map(|path| Country::new(found.decode_path::<&str>(path).ok()??))
}

fn network(reader: &Reader<Vec<u8>>, address: IpAddr) -> Option<u32> {
    let found = reader.lookup(address).ok()?;
    NETWORK.into_iter().find_map(|path| {
        let number = found.decode_path::<u32>(path).ok().flatten();
        number.or_else(|| found.decode_path::<&str>(path).ok()??.trim_start_matches("AS").parse().ok())
    })
}
