# Sourced by every script here: where things are kept, how a step is reported, what the client build needs.
# Nothing here installs; that is setup.sh.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/shendu
# Two target folders: the client's flags would otherwise rebuild what the server has built.
native_dir=${CARGO_TARGET_DIR:-$cache/native}
client_dir=${SHENDU_CLIENT_TARGET_DIR:-$cache/client}
wasm=wasm32-unknown-unknown
# The programs of the client, and those among them that a phone opens, without the stylesheet of the staff.
programs=(entry account password staff family desk matrix admin watch audit reports portal held help)
phone_programs=(entry account password portal held help)
export CARGO_TARGET_DIR=$native_dir

export PATH="$cache/npm/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# step "words" command…: prints what is done and the seconds it took, passes the exit code on.
# Inside a function run by step, `set -e` is off (bash's own rule): such functions return on failure by hand.
step() {
  local words=$1 start=$SECONDS code=0
  shift
  say "▶ $words"
  "$@" || code=$?
  if ((code == 0)); then say "✓ $words ($((SECONDS - start)) s)"; else say "✗ $words (exit $code after $((SECONDS - start)) s)"; fi
  return "$code"
}

# The version of a package in Cargo.lock.
locked() { awk -v p="$1" '$1 == "name" && $3 == "\"" p "\"" { getline; gsub(/"/, "", $3); print $3; exit }' "$root/Cargo.lock"; }

has_rustup_wasm() { has rustup && rustup target list --installed 2>/dev/null | grep -qx "$wasm"; }
has_debian_web() { has rustup && rustup toolchain list 2>/dev/null | grep -q '^debian-web'; }

# Exports what a client build needs. Call it in a process that builds the client and nothing else:
# the bootstrap flag of the second way must never reach the server's build.
client_env() {
  export CARGO_TARGET_DIR=$client_dir
  if has_rustup_wasm; then return 0; fi
  has_debian_web || die "no standard library for $wasm; run server/tools/setup.sh"
  local sysroot host
  sysroot=$(rustc --print sysroot)
  host=$(rustc -vV | sed -n 's/^host: //p')
  export RUSTUP_TOOLCHAIN=debian-web RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort
  export PATH="$sysroot/lib/rustlib/$host/bin:$PATH"
}

# The browser the tests use.
chromium_path() {
  local name
  for name in "${SHENDU_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [[ -n $name ]] && has "$name"; then command -v "$name"; return 0; fi
  done
  return 1
}

# The folder of PostgreSQL's server programs; Debian keeps them off PATH.
postgres_bin() {
  local found
  found=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
  found=${found:-$(command -v initdb)} || return 1
  dirname "$(readlink -f "$found")"
}
