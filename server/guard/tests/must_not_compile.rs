//! What must not compile: each case under `ui/` is one mistake, and the compiler's answer to it is kept beside it.
//!
//! The rule: a case fails for the reason that its first line names. Deliberately absent: cases that a lint would catch.

#[test]
fn the_law_is_kept_by_the_compiler() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
