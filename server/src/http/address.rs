//! Where a request comes from, for the rate limits of those who are not signed in, for the conditions of roles, and as a place.
//!
//! The rule: what a proxy says is believed of as many proxies as the operator runs, counted from the right, since everything
//! further left was written by whoever asks (RFC 7239, 8.1); it is cut as bytes, so that nothing further left spoils it. Where the
//! proxies said nothing that is an address, nobody knows where a request comes from: it is not the proxy that asks. IPv6 counts by
//! its /64, which is what one connection is given.
//! Deliberately absent: the header `Forwarded`, and an address that
//! is kept: whoever asks for more than a limit gets the country and the network (`places`).

use crate::state::Shared;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use guard::{Location, Whence};
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

/// How many proxies of the operator's own stand before the server.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TrustedProxies(pub(crate) usize);

/// Where a request comes from.
pub(crate) struct Address(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(address(parts).map_or_else(|| "unknown".into(), written)))
    }
}

/// Where a request comes from, as a place; nothing where that is not known, or nobody asks.
pub(crate) struct Here(pub(crate) Option<Location>);

impl FromRequestParts<Shared> for Here {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Infallible> {
        Ok(Self(app.places.as_ref().and_then(|places| places.of(address(parts)?))))
    }
}

/// Where a request comes from that has no session yet, for the conditions of roles.
pub(crate) struct CameFrom(pub(crate) Whence);

impl<S: Send + Sync> FromRequestParts<S> for CameFrom {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(whence(parts)))
    }
}

/// The same of one that has.
pub(super) fn whence(parts: &Parts) -> Whence {
    address(parts).map_or(Whence::Unknown, Whence::Address)
}

fn address(parts: &Parts) -> Option<IpAddr> {
    let TrustedProxies(proxies) = parts.extensions.get().copied().unwrap_or_default();
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    peer.and_then(|peer| client(peer, &parts.headers, proxies))
}

/// The address that the outermost trusted proxy saw; nothing where the proxies did not say so.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    let Some(before) = proxies.checked_sub(1) else { return Some(peer) };
    let lines = headers.get_all("x-forwarded-for").iter();
    let told: Vec<&[u8]> = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b',')).collect();
    told.into_iter().rev().nth(before).and_then(read)
}

/// With or without a port.
fn read(piece: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(piece).ok()?.trim();
    text.parse().ok().or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()))
}

fn written(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    const PEER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    fn seen(told: &[&str], proxies: usize) -> String {
        seen_in(&told.iter().map(|line| line.as_bytes()).collect::<Vec<_>>(), proxies)
    }

    fn seen_in(told: &[&[u8]], proxies: usize) -> String {
        let mut headers = HeaderMap::new();
        for line in told {
            headers.append("x-forwarded-for", HeaderValue::from_bytes(line).unwrap());
        }
        client(PEER, &headers, proxies).map_or_else(|| "nobody knows".into(), written)
    }

    #[test]
    fn nobody_is_believed_unless_the_operator_says_so() {
        assert_eq!(seen(&["192.0.2.7"], 0), "10.0.0.1");
        assert_eq!(seen(&["192.0.2.7"], 1), "192.0.2.7");
        assert_eq!(seen(&["192.0.2.7, 10.0.0.9"], 2), "192.0.2.7");
    }

    #[test]
    fn what_the_proxies_did_not_say_is_known_to_nobody() {
        for (told, proxies) in [(vec![], 1), (vec!["192.0.2.7"], 2), (vec!["nobody"], 1), (vec!["192.0.2.7", ""], 1)] {
            assert_eq!(seen(&told, proxies), "nobody knows", "{told:?}");
        }
        assert_eq!(seen_in(&[b"192.0.2.7, \xff"], 1), "nobody knows");
    }

    #[test]
    fn bytes_that_are_no_text_hide_nothing_of_the_proxys_word() {
        assert_eq!(seen_in(&[b"\xff, 192.0.2.7"], 1), "192.0.2.7");
        assert_eq!(seen_in(&[b"\x80", b"192.0.2.7"], 1), "192.0.2.7");
    }

    #[test]
    fn ipv6_counts_by_its_network_and_a_mapped_address_as_what_it_is() {
        assert_eq!(seen(&["2001:db8:1:2:3:4:5:6"], 1), seen(&["[2001:db8:1:2:ffff::1]:443"], 1));
        assert_eq!(seen(&["::ffff:192.0.2.7"], 1), "192.0.2.7");
        assert_eq!(seen(&["192.0.2.7:5060"], 1), "192.0.2.7");
    }

    /// Whatever a header can hold, which is more than text.
    fn line() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(any::<u8>(), 0..30).prop_filter("no header", |bytes| HeaderValue::from_bytes(bytes).is_ok())
    }

    proptest! {
        /// Whatever somebody writes before it, in one header or several: the proxy's own word counts.
        #[test]
        fn nobody_chooses_their_own_address(forged in prop::collection::vec(line(), 0..4), joined in any::<bool>()) {
            let real: &[u8] = b"192.0.2.7";
            let lines: Vec<&[u8]> = forged.iter().map(Vec::as_slice).chain([real]).collect();
            let joint = lines.join(&b","[..]);
            prop_assert_eq!(seen_in(&if joined { vec![joint.as_slice()] } else { lines }, 1), "192.0.2.7");
        }
    }
}
