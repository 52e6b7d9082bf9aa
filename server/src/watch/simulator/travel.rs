//! Where people sign in from: at home, nearby with a telephone that keeps its own network, now and then far away for a week.
//!
//! The rule: where somebody is on a day is drawn by person and day alone, so that it changes nothing else of the day. Deliberately
//! absent: a tunnel (VPN) that comes out at the other end of the world, which nobody can tell from a journey.

use crate::watch::sighting::Sighting;
use chrono::{Datelike, NaiveDate};
use contract::wire::ledger::Action;
use guard::{Actor, Country};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use std::collections::HashMap;

/// Where the school is.
pub(super) const HOME: &str = "CN";
/// Where one goes for some days.
const NEARBY: [&str; 8] = ["HK", "MO", "JP", "KR", "TH", "VN", "MY", "SG"];
/// Where one flies for half a day.
pub(super) const FAR: [&str; 7] = ["US", "CA", "BR", "GB", "DE", "NG", "AU"];

/// What somebody does this week.
enum Week {
    Home,
    Nearby(&'static str),
    Far(&'static str),
}

fn chance(actor: Actor, number: i32) -> ChaCha8Rng {
    let (low, high) = actor.uuid().as_u64_pair();
    ChaCha8Rng::seed_from_u64(low ^ high.rotate_left(24) ^ u64::from(number.unsigned_abs()).rotate_left(32))
}

fn one_of(countries: &[&'static str], chance: &mut ChaCha8Rng) -> &'static str {
    countries.choose(chance).copied().unwrap_or(HOME)
}

fn week(actor: Actor, number: i32) -> Week {
    let mut chance = chance(actor, -number);
    match chance.random_range(0..1_000) {
        0..25 => Week::Nearby(one_of(&NEARBY, &mut chance)),
        25..30 => Week::Far(one_of(&FAR, &mut chance)),
        _ => Week::Home,
    }
}

/// Says of each sign-in of a day where it is from.
pub(super) fn travel(acts: &mut [Sighting], day: NaiveDate) {
    let number = day.num_days_from_ce();
    let mut drawn: HashMap<Actor, ChaCha8Rng> = HashMap::new();
    for act in acts.iter_mut().filter(|act| act.action == Action::SignedIn) {
        let Some(actor) = act.actor else { continue };
        let chance = drawn.entry(actor).or_insert_with(|| chance(actor, number));
        let country = match (week(actor, number / 7), number % 7) {
            (Week::Home, _) => HOME,
            (Week::Nearby(there), _) if chance.random_bool(0.7) => there,
            (Week::Nearby(_), _) => HOME,
            // In the air, or from a network that no file knows.
            (Week::Far(_), 0 | 6) => "",
            (Week::Far(there), _) => there,
        };
        act.country = Country::new(country);
    }
}
