//! The matrix that a school begins with, as a table under review: a changed right is a changed line here.
//!
//! Deliberately absent: a rule about the table other than the joint one; the laws are elsewhere.

use contract::{
    catalogue::FieldKey,
    rights::{Cell, Exposure, Reveal, Role, RowScope},
};
use guard::Policy;
use std::fmt::Write as _;

const fn scope(scope: RowScope) -> &'static str {
    match scope {
        RowScope::None => "no record",
        RowScope::Own => "own",
        RowScope::TeachesNow => "teaches now",
        RowScope::Campus => "campus",
        RowScope::All => "whole school",
    }
}

const fn exposure(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Withheld => "withheld",
        Exposure::Masked => "masked",
        Exposure::Clear => "clear",
    }
}

const fn reveal(reveal: Reveal) -> &'static str {
    match reveal {
        Reveal::No => "-",
        Reveal::WithApproval => "approval",
        Reveal::WithReason => "reason",
    }
}

#[test]
fn the_initial_matrix_is_as_reviewed() {
    let policy = Policy::initial();
    let mut table = format!("version {}\n", policy.version());
    for role in Role::ALL {
        let duties: Vec<String> = role.duties().iter().map(|duty| format!("{duty:?}")).collect();
        let duties = if duties.is_empty() { "none".to_owned() } else { duties.join(", ") };
        let _ = writeln!(table, "\n{} | reaches: {} | duties: {duties}", role.name(), scope(policy.scope(*role)));
        // A place for a role of the school's own is one line, as long as nothing is in it.
        if matches!(role, Role::Custom(_)) && FieldKey::ALL.iter().all(|field| policy.written(*role, *field) == Cell::WITHHELD) {
            table.push_str("  everything withheld\n");
            continue;
        }
        for field in FieldKey::ALL {
            let cell = policy.written(*role, *field);
            let mark = |on: bool, name: &'static str| if on { name } else { "-" };
            let _ = writeln!(
                table,
                "  {:<22} {:<9} {:<9} {:<5} {:<7} {}",
                field.name(),
                exposure(cell.exposure),
                reveal(cell.reveal),
                mark(cell.edit, "edit"),
                mark(cell.search, "search"),
                mark(cell.export, "export"),
            );
        }
    }
    insta::assert_snapshot!("initial_matrix", table);
}

#[test]
fn whoever_sees_a_birth_date_clear_sees_no_identity_number_clear_and_searches_by_none() {
    let policy = Policy::initial();
    for role in Role::ALL {
        if policy.written(*role, FieldKey::StudentBirthDate).exposure == Exposure::Clear {
            let number = policy.written(*role, FieldKey::StudentIdCard);
            assert!(number.exposure < Exposure::Clear && !number.search, "{}", role.name());
        }
    }
}

#[test]
fn who_keeps_the_system_or_the_trail_reaches_no_record() {
    let policy = Policy::initial();
    for role in [Role::Administrator, Role::PrivacyOfficer, Role::Auditor] {
        assert_eq!(policy.scope(role), RowScope::None, "{}", role.name());
    }
}
