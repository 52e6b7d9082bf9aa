//! Whether somebody can have come from one country to another in a time.
//!
//! The rule: whoever can have been anywhere in a country is given the benefit of it; nothing is far that a telephone could be in both
//! of, by its own network and by that of its host. Deliberately absent: borders, and flights as they are.

use chrono::TimeDelta;
use guard::Country;

/// The longest journey there is; what was before it is no matter.
pub(super) const LONGEST: TimeDelta = TimeDelta::hours(24);
/// What is nearer, in kilometres, is never too far.
const NEAR: f64 = 2_000.0;
/// Kilometres in an hour, faster than airliners.
const SPEED: f64 = 1_000.0;
/// The earth's radius in kilometres.
const RADIUS: f64 = 6_371.0;

/// Whether nobody can come from `there` to `here` within `time`.
pub(super) fn is_impossible(there: Country, here: Country, time: TimeDelta) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "seconds of a day")]
    let hours = time.num_seconds() as f64 / 3_600.0;
    apart(there, here).is_some_and(|way| way > NEAR && hours * SPEED < way)
}

/// How far two countries are from each other at least, in kilometres; nothing where one is unknown.
fn apart(one: Country, other: Country) -> Option<f64> {
    if one == other {
        return Some(0.0);
    }
    let find = |country: Country| COUNTRIES.iter().find(|(letters, ..)| **letters == country.letters());
    let (&(_, lat, lon, reach), &(_, other_lat, other_lon, other_reach)) = (find(one)?, find(other)?);
    let [lat, lon, other_lat, other_lon] = [lat, lon, other_lat, other_lon].map(|degrees| f64::from(degrees).to_radians());
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let chord = half(other_lat - lat) + lat.cos() * other_lat.cos() * half(other_lon - lon);
    let way = 2.0 * RADIUS * chord.sqrt().min(1.0).asin();
    Some((way - f64::from(reach) - f64::from(other_reach)).max(0.0))
}

/// Letters, middle (latitude, longitude), and how far from it most of the country reaches, in kilometres. Middles and reaches are
/// those of the towns in the time zone database, and of the area where a country has one town in it; all are rough.
#[rustfmt::skip]
const COUNTRIES: &[(&[u8; 2], i16, i16, u16)] = &[
    (b"AD", 42, 2, 250), (b"AE", 25, 55, 250), (b"AF", 35, 69, 590), (b"AG", 17, -62, 250), (b"AI", 18, -63, 250),
    (b"AL", 41, 20, 250), (b"AM", 40, 45, 250), (b"AO", -9, 13, 820), (b"AQ", -83, 67, 2470), (b"AR", -34, -66, 1050),
    (b"AS", -14, -171, 250), (b"AT", 48, 16, 250), (b"AU", -33, 143, 2520), (b"AW", 13, -70, 250), (b"AX", 60, 20, 250),
    (b"AZ", 40, 50, 250), (b"BA", 44, 18, 250), (b"BB", 13, -60, 250), (b"BD", 24, 90, 250), (b"BE", 51, 4, 250),
    (b"BF", 12, -2, 250), (b"BG", 43, 23, 250), (b"BH", 26, 51, 250), (b"BI", -3, 29, 250), (b"BJ", 6, 3, 250),
    (b"BL", 18, -63, 250), (b"BM", 32, -65, 250), (b"BN", 5, 115, 250), (b"BO", -16, -68, 770), (b"BQ", 12, -68, 250),
    (b"BR", -9, -51, 1740), (b"BS", 25, -77, 250), (b"BT", 27, 90, 250), (b"BW", -25, 26, 570), (b"BY", 54, 28, 250),
    (b"BZ", 18, -88, 250), (b"CA", 58, -93, 2400), (b"CC", -12, 97, 250), (b"CD", -8, 21, 780), (b"CF", 4, 19, 580),
    (b"CG", -4, 15, 430), (b"CH", 47, 9, 250), (b"CI", 5, -4, 410), (b"CK", -21, -160, 250), (b"CL", -33, -71, 1500),
    (b"CM", 4, 10, 500), (b"CN", 35, 105, 2000), (b"CO", 5, -74, 780), (b"CR", 10, -84, 250), (b"CU", 23, -82, 250),
    (b"CV", 15, -24, 250), (b"CW", 12, -69, 250), (b"CX", -10, 106, 250), (b"CY", 35, 34, 250), (b"CZ", 50, 14, 250),
    (b"DE", 50, 11, 440), (b"DJ", 12, 43, 250), (b"DK", 56, 13, 250), (b"DM", 15, -61, 250), (b"DO", 18, -70, 250),
    (b"DZ", 28, 3, 1130), (b"EC", -2, -85, 550), (b"EE", 59, 25, 250), (b"EG", 27, 30, 730), (b"EH", 27, -13, 250),
    (b"ER", 15, 39, 250), (b"ES", 35, -8, 1000), (b"ET", 9, 39, 770), (b"FI", 60, 25, 460), (b"FJ", -18, 178, 250),
    (b"FK", -52, -58, 250), (b"FM", 7, 158, 660), (b"FO", 62, -7, 250), (b"FR", 49, 2, 540), (b"GA", 0, 9, 250),
    (b"GB", 52, 0, 460), (b"GD", 12, -62, 250), (b"GE", 42, 45, 250), (b"GF", 5, -52, 250), (b"GG", 49, -3, 250),
    (b"GH", 6, 0, 250), (b"GI", 36, -5, 250), (b"GL", 73, -41, 1070), (b"GM", 13, -17, 250), (b"GN", 10, -14, 250),
    (b"GP", 16, -62, 250), (b"GQ", 4, 9, 250), (b"GR", 38, 24, 250), (b"GS", -54, -37, 250), (b"GT", 15, -91, 250),
    (b"GU", 13, 145, 250), (b"GW", 12, -16, 250), (b"GY", 7, -58, 250), (b"HK", 22, 114, 250), (b"HN", 14, -87, 250),
    (b"HR", 46, 16, 250), (b"HT", 19, -72, 250), (b"HU", 48, 19, 250), (b"ID", -4, 119, 2410), (b"IE", 53, -6, 250),
    (b"IL", 32, 35, 250), (b"IM", 54, -4, 250), (b"IN", 22, 79, 1330), (b"IO", -7, 72, 250), (b"IQ", 33, 44, 490),
    (b"IR", 36, 51, 940), (b"IS", 64, -22, 250), (b"IT", 42, 12, 570), (b"JE", 49, -2, 250), (b"JM", 18, -77, 250),
    (b"JO", 32, 36, 250), (b"JP", 37, 138, 800), (b"KE", -1, 37, 560), (b"KG", 43, 75, 250), (b"KH", 12, 105, 330),
    (b"KI", 0, -172, 1670), (b"KM", -12, 43, 250), (b"KN", 17, -63, 250), (b"KP", 39, 126, 250), (b"KR", 38, 127, 250),
    (b"KW", 29, 48, 250), (b"KY", 19, -81, 250), (b"KZ", 48, 60, 830), (b"LA", 18, 103, 460), (b"LB", 34, 36, 250),
    (b"LC", 14, -61, 250), (b"LI", 47, 10, 250), (b"LK", 7, 80, 250), (b"LR", 6, -11, 250), (b"LS", -29, 28, 250),
    (b"LT", 55, 25, 250), (b"LU", 50, 6, 250), (b"LV", 57, 24, 250), (b"LY", 33, 13, 970), (b"MA", 34, -8, 250),
    (b"MC", 44, 7, 250), (b"MD", 47, 29, 250), (b"ME", 42, 19, 250), (b"MF", 18, -63, 250), (b"MG", -19, 48, 560),
    (b"MH", 8, 169, 250), (b"MK", 42, 21, 250), (b"ML", 13, -8, 820), (b"MM", 17, 96, 600), (b"MN", 48, 99, 570),
    (b"MO", 22, 114, 250), (b"MP", 15, 146, 250), (b"MQ", 15, -61, 250), (b"MR", 18, -16, 740), (b"MS", 17, -62, 250),
    (b"MT", 36, 15, 250), (b"MU", -20, 58, 250), (b"MV", 4, 74, 250), (b"MW", -16, 35, 250), (b"MX", 26, -102, 1410),
    (b"MY", 2, 106, 490), (b"MZ", -26, 33, 660), (b"NA", -23, 17, 660), (b"NC", -22, 166, 250), (b"NE", 14, 2, 830),
    (b"NF", -29, 168, 250), (b"NG", 6, 3, 700), (b"NI", 12, -86, 250), (b"NL", 52, 5, 250), (b"NO", 60, 11, 610),
    (b"NP", 28, 85, 400), (b"NR", -1, 167, 250), (b"NU", -19, -170, 250), (b"NZ", -40, 179, 540), (b"OM", 24, 59, 410),
    (b"PA", 9, -80, 250), (b"PE", -9, -75, 830), (b"PF", -17, -141, 990), (b"PG", -8, 151, 500), (b"PH", 15, 121, 700),
    (b"PK", 25, 67, 690), (b"PL", 52, 21, 410), (b"PM", 47, -56, 250), (b"PN", -25, -130, 250), (b"PR", 18, -66, 250),
    (b"PS", 32, 35, 250), (b"PT", 37, -17, 760), (b"PW", 7, 134, 250), (b"PY", -25, -58, 460), (b"QA", 25, 52, 250),
    (b"RE", -21, 55, 250), (b"RO", 44, 26, 250), (b"RS", 45, 20, 250), (b"RU", 63, 90, 3210), (b"RW", -2, 30, 250),
    (b"SA", 24, 45, 1080), (b"SB", -10, 160, 250), (b"SC", -5, 55, 250), (b"SD", 16, 33, 1010), (b"SE", 59, 18, 570),
    (b"SG", 1, 104, 250), (b"SH", -16, -6, 250), (b"SI", 46, 15, 250), (b"SJ", 78, 16, 250), (b"SK", 48, 17, 250),
    (b"SL", 8, -13, 250), (b"SM", 44, 12, 250), (b"SN", 15, -17, 250), (b"SO", 2, 45, 590), (b"SR", 6, -55, 250),
    (b"SS", 5, 32, 590), (b"ST", 0, 7, 250), (b"SV", 14, -89, 250), (b"SX", 18, -63, 250), (b"SY", 33, 36, 250),
    (b"SZ", -26, 31, 250), (b"TC", 21, -71, 250), (b"TD", 12, 15, 830), (b"TF", -49, 70, 250), (b"TG", 6, 1, 250),
    (b"TH", 15, 101, 570), (b"TJ", 39, 69, 250), (b"TK", -9, -171, 250), (b"TL", -9, 126, 250), (b"TM", 38, 58, 510),
    (b"TN", 37, 10, 250), (b"TO", -21, -175, 250), (b"TR", 41, 29, 650), (b"TT", 11, -62, 250), (b"TV", -9, 179, 250),
    (b"TW", 25, 122, 250), (b"TZ", -7, 39, 710), (b"UA", 48, 32, 570), (b"UG", 0, 32, 250), (b"UM", 24, 174, 950),
    (b"US", 47, -104, 2530), (b"UY", -35, -56, 250), (b"UZ", 41, 68, 250), (b"VA", 42, 12, 250), (b"VC", 13, -61, 250),
    (b"VE", 10, -67, 700), (b"VG", 18, -65, 250), (b"VI", 18, -65, 250), (b"VN", 16, 107, 660), (b"VU", -18, 168, 250),
    (b"WF", -13, -176, 250), (b"WS", -14, -172, 250), (b"YE", 13, 45, 530), (b"YT", -13, 45, 250), (b"ZA", -26, 28, 810),
    (b"ZM", -15, 28, 640), (b"ZW", -18, 31, 460),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn way(there: &str, here: &str) -> f64 {
        apart(Country::new(there).unwrap(), Country::new(here).unwrap()).unwrap()
    }

    fn impossible(there: &str, here: &str, minutes: i64) -> bool {
        is_impossible(Country::new(there).unwrap(), Country::new(here).unwrap(), TimeDelta::minutes(minutes))
    }

    #[test]
    fn an_ocean_in_an_hour_is_impossible_and_in_a_day_it_is_not() {
        for (there, here) in [("CN", "US"), ("US", "CN"), ("CN", "DE"), ("CN", "BR"), ("GB", "AU"), ("JP", "FR")] {
            assert!(impossible(there, here, 60), "{there} {here}");
            assert!(!impossible(there, here, 24 * 60), "{there} {here}");
        }
    }

    #[test]
    fn neighbours_the_same_country_and_one_that_nobody_knows_are_never_too_far() {
        for (there, here) in
            [("CN", "HK"), ("CN", "JP"), ("CN", "KR"), ("CN", "SG"), ("CN", "TH"), ("US", "CA"), ("CN", "CN"), ("CN", "ZZ")]
        {
            assert!(!impossible(there, here, 0), "{there} {here}");
        }
    }

    #[test]
    fn the_way_is_that_of_the_globe() {
        for (there, here) in [("CN", "US"), ("NZ", "ES"), ("FJ", "WS")] {
            assert!((way(there, here) - way(here, there)).abs() < 1e-6);
        }
        assert!((way("NZ", "ES") - 18_500.0).abs() < 1_500.0, "{}", way("NZ", "ES"));
        assert!(way("FJ", "WS") < 1_500.0, "over the date line: {}", way("FJ", "WS"));
    }

    #[test]
    fn the_table_is_in_order_and_on_the_globe() {
        assert!(COUNTRIES.is_sorted_by_key(|(letters, ..)| **letters));
        assert!(COUNTRIES.iter().all(|&(_, lat, lon, reach)| lat.abs() <= 90 && lon.abs() <= 180 && (200..4_000).contains(&reach)));
    }
}
