#!/usr/bin/env bash
# counts.sh [--keep]: counts the instructions of the hot steps under valgrind and compares them with those of counts.json.
# A count that differs by more than 5 %, either way, fails: a busy machine changes a time, but no count. --keep writes what
# was counted into counts.json, to be committed with the change that explains it.
# Each test of `server/guard/src/counts.rs` runs with two numbers of repetitions; the difference, divided, is the count, so
# that start and end cancel out. The counts depend on the compiler and on the processor features that valgrind shows: after
# a new toolchain, or on another kind of processor, they are kept anew.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

# Multiples of the block in which nonces are drawn.
few=2048
many=4096

keep=
case ${1:-} in
  "") ;;
  --keep) keep=--keep ;;
  *) die "usage: counts.sh [--keep]" ;;
esac
has valgrind || die "valgrind is needed; run server/tools/setup.sh test"

folder=$(mktemp -d "${TMPDIR:-/tmp}/shendu-counts.XXXXXX")
trap 'rm -rf "$folder"' EXIT

# In one unit: how the compiler parts a crate depends on all that is in it, and moved a count by a fifth when a module was added
# that the step never calls.
build() {
  cargo test --config profile.release.package.guard.codegen-units=1 --config profile.release.package.contract.codegen-units=1 --locked --release --quiet -p guard --lib --no-run --message-format json-render-diagnostics >"$folder/build"
}

# instructions test times: what one run of the test took in all.
instructions() {
  COUNTS_TIMES=$2 valgrind --quiet --tool=callgrind --callgrind-out-file="$folder/out" \
    "$tests" --exact "$1" --ignored --test-threads 1 >"$folder/log" 2>&1 || { cat "$folder/log" >&2; die "$1 did not run"; }
  sed -n 's/^totals: //p' "$folder/out"
}

count() {
  local test least most
  for test in "${names[@]}"; do
    least=$(instructions "$test" "$few") || return
    most=$(instructions "$test" "$many") || return
    printf '%s %s\n' "${test#counts::}" "$(((most - least + (many - few) / 2) / (many - few)))"
  done
}

step "building what is counted" build
tests=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' "$folder/build" | tail -n 1)
[[ -x $tests ]] || die "cargo names no test program"
mapfile -t names < <("$tests" --list --ignored | sed -n 's/^\(counts::.*\): test$/\1/p')
((${#names[@]} > 0)) || die "there is nothing to count"
step "counting instructions" count >"$folder/counts"
node server/tools/counts.mjs $keep <"$folder/counts"
