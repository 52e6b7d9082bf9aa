//! The lines that wait are those of the entries, whatever the order in which they become known.

use super::*;
use contract::{ids::FamilyId, wire::ledger::Action};
use guard::{Entry, trail::By};

fn family(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// The entry `seq` is in the ledgers of family 1 and of family `seq`.
fn body(seq: i64) -> Vec<u8> {
    let families = vec![FamilyId(family(1)), FamilyId(family(seq.unsigned_abs().into()))];
    Entry::event(chrono::DateTime::UNIX_EPOCH, By::nobody(), Action::Listed).in_families(families).to_bytes().unwrap()
}

/// Reads what is missing; says whether all is there then, and how much was read.
fn catch_up(tail: &Tail, folded: i64, head: i64) -> (bool, usize) {
    let mut read = 0;
    if let Some(missing) = tail.missing(folded, head) {
        let entries: Vec<_> = missing.clone().map(|seq| (seq, body(seq))).collect();
        read = entries.len();
        tail.learn(&missing, entries).unwrap();
    }
    (tail.has(folded, head), read)
}

#[test]
fn what_is_known_is_not_read_again() {
    let tail = Tail::default();
    assert_eq!(catch_up(&tail, 4, 10), (true, 6), "the entries 5 to 10");
    assert_eq!(catch_up(&tail, 4, 10), (true, 0));
    tail.extend(vec![(11, vec![family(1)]), (12, vec![family(1)])]);
    assert_eq!(catch_up(&tail, 4, 12), (true, 0));
    assert_eq!(tail.of_family(family(1), 5..=12, 3), [12, 11, 10]);
    assert_eq!(tail.of_family(family(1), 5..=7, 9), [7, 6, 5]);
    assert_eq!(tail.of_family(family(8), 5..=12, 9), [8]);
    assert!(tail.of_family(family(99), 5..=12, 9).is_empty());
}

#[test]
fn an_entry_after_a_gap_waits_until_the_gap_is_read() {
    let tail = Tail::default();
    tail.extend(vec![(1, vec![family(1)])]);
    assert_eq!(catch_up(&tail, 0, 3), (true, 3));
    // 4 was written by somebody else, and 3 is known.
    tail.extend(vec![(3, vec![family(7)]), (5, vec![family(1)])]);
    assert_eq!(tail.of_family(family(1), 1..=5, 9), [3, 2, 1]);
    assert!(tail.of_family(family(7), 1..=5, 9).is_empty());
    assert!(!tail.has(0, 5));
    assert_eq!(catch_up(&tail, 0, 5), (true, 2));
    assert_eq!(tail.of_family(family(1), 1..=5, 9), [5, 4, 3, 2, 1]);
}

#[test]
fn two_that_read_the_same_entries_add_them_once() {
    let tail = Tail::default();
    let (one, other) = (tail.missing(0, 3).unwrap(), tail.missing(0, 5).unwrap());
    for missing in [other, one] {
        tail.learn(&missing, missing.clone().map(|seq| (seq, body(seq))).collect()).unwrap();
    }
    assert!(tail.has(0, 5));
    assert_eq!(tail.of_family(family(1), 1..=5, 9), [5, 4, 3, 2, 1]);
}

#[test]
fn who_looks_at_a_moment_before_what_was_let_go_is_told() {
    let tail = Tail::default();
    assert_eq!(catch_up(&tail, 0, 8), (true, 8));
    tail.let_go(4);
    assert_eq!(catch_up(&tail, 4, 8), (true, 0));
    assert_eq!(catch_up(&tail, 0, 8), (false, 0));
    assert_eq!(tail.of_family(family(1), 1..=8, 9), [8, 7, 6, 5]);
    // Somebody else carried over all that is known here, and more.
    assert_eq!(catch_up(&tail, 20, 22), (true, 2));
    assert_eq!(tail.after(20), (vec![(family(1), 21), (family(1), 22), (family(21), 21), (family(22), 22)], 22));
}

#[test]
fn lines_come_in_the_order_of_the_table() {
    let tail = Tail::default();
    catch_up(&tail, 0, 3);
    let (lines, through) = tail.after(1);
    assert_eq!(through, 3);
    assert_eq!(lines, [(family(1), 2), (family(1), 3), (family(2), 2), (family(3), 3)]);
}

#[test]
fn an_entry_that_cannot_be_read_is_an_error_and_not_a_missing_line() {
    let tail = Tail::default();
    tail.learn(&tail.missing(0, 1).unwrap(), vec![(1, b"{}".to_vec())]).unwrap();
    assert!(tail.has(0, 1), "an entry may be in no ledger");
    let missing = tail.missing(0, 2).unwrap();
    assert_eq!(tail.learn(&missing, vec![(2, b"not an entry".to_vec())]), Err(StoreError::Malformed));
    assert_eq!(catch_up(&tail, 0, 2), (true, 1), "and it is tried again");
}
