//! A file of places as an operator brings it (MaxMind DB, format 2.0), written by whoever tests or measures.
//!
//! The rule: IPv4 networks alone, each with a map of texts and numbers. Deliberately absent: everything that no test needs.

use std::{collections::BTreeMap, net::Ipv4Addr, path::Path};

/// What a network is said to have.
#[derive(Clone, Copy)]
pub enum Says {
    /// A text.
    Text(&'static str),
    /// A number.
    Number(u32),
    /// A map with one text, as of MaxMind's countries.
    Within(&'static str, &'static str),
}

/// A network and what is said of it, by name.
pub type Network = (&'static str, &'static [(&'static str, Says)]);

fn control(kind: u8, size: usize) -> Vec<u8> {
    let size = u8::try_from(size).unwrap();
    assert!(size < 29);
    if kind < 8 { vec![kind << 5 | size] } else { vec![size, kind - 7] }
}

fn text(text: &str) -> Vec<u8> {
    [control(2, text.len()), text.as_bytes().to_vec()].concat()
}

fn number(kind: u8, number: u64) -> Vec<u8> {
    let bytes: Vec<u8> = number.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    [control(kind, bytes.len()), bytes].concat()
}

fn map(pairs: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = control(7, pairs.len());
    for (name, value) in pairs {
        bytes.extend(text(name));
        bytes.extend(value);
    }
    bytes
}

fn said(says: Says) -> Vec<u8> {
    match says {
        Says::Text(word) => text(word),
        Says::Number(value) => number(6, value.into()),
        Says::Within(name, word) => map(&[(name, text(word))]),
    }
}

/// The way to a network: its bits.
fn bits(network: &str) -> Vec<usize> {
    let (address, length) = network.split_once('/').unwrap();
    let address = u32::from(address.parse::<Ipv4Addr>().unwrap());
    (0..length.parse::<usize>().unwrap()).map(|at| (address >> (31 - at) & 1) as usize).collect()
}

/// Writes the file.
pub fn write(path: &Path, networks: &[Network], made: u64) {
    #[derive(Clone, Copy)]
    enum Leads {
        Nowhere,
        Node(usize),
        Data(usize),
    }
    let mut nodes = vec![[Leads::Nowhere; 2]];
    let mut data = Vec::new();
    for (network, says) in networks {
        let place = data.len();
        data.extend(map(&says.iter().map(|(name, says)| (*name, said(*says))).collect::<Vec<_>>()));
        let way = bits(network);
        let mut node = 0;
        for (at, bit) in way.iter().enumerate() {
            if at + 1 == way.len() {
                nodes[node][*bit] = Leads::Data(place);
            } else if let Leads::Node(next) = nodes[node][*bit] {
                node = next;
            } else {
                nodes.push([Leads::Nowhere; 2]);
                let next = nodes.len() - 1;
                nodes[node][*bit] = Leads::Node(next);
                node = next;
            }
        }
    }
    let record = |leads| match leads {
        Leads::Nowhere => nodes.len(),
        Leads::Node(node) => node,
        Leads::Data(place) => nodes.len() + 16 + place,
    };
    let mut file: Vec<u8> =
        nodes.iter().flatten().flat_map(|leads| u32::try_from(record(*leads)).unwrap().to_be_bytes()[1..].to_vec()).collect();
    file.extend([0; 16]);
    file.extend(data);
    file.extend(b"\xab\xcd\xefMaxMind.com");
    let meta: BTreeMap<&str, Vec<u8>> = BTreeMap::from([
        ("binary_format_major_version", number(5, 2)),
        ("binary_format_minor_version", number(5, 0)),
        ("build_epoch", number(9, made)),
        ("database_type", text("Test-Country")),
        ("description", map(&[("en", text("of a test"))])),
        ("ip_version", number(5, 4)),
        ("languages", control(11, 0)),
        ("node_count", number(6, nodes.len() as u64)),
        ("record_size", number(5, 24)),
    ]);
    file.extend(map(&meta.into_iter().collect::<Vec<_>>()));
    std::fs::write(path, file).unwrap();
}
