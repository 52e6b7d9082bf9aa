#!/usr/bin/env bash
# boundaries.sh: proves the edges between the crates, `contract ← guard ← store ← server` and `contract ← app`, and
# that nothing banned came in by a default feature.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

# absent crate package args…: fails when the crate reaches the package, whatever the path. The whole tree is read and
# searched: `cargo tree -i` answers alike for "absent", "not on this target" and "no such crate".
absent() {
  local crate=$1 package=$2 tree
  shift 2
  tree=$(cargo tree --locked --offline -p "$crate" --prefix none --format '{p}' "$@") || die "cargo tree -p $crate did not answer"
  if grep -q "^$package v" <<<"$tree"; then die "$crate reaches $package"; fi
}

contract_is_wasm() { server/tools/with_client.sh cargo check --locked --quiet -p contract --target wasm32-unknown-unknown; }

edges() { cargo metadata --locked --offline --format-version 1 | node server/tools/edges.mjs; }

trees() {
  absent app tokio --target wasm32-unknown-unknown -e normal
  absent app ring --target wasm32-unknown-unknown -e normal
  absent app sea-orm --target wasm32-unknown-unknown -e normal
  absent contract leptos --target all -e normal
  absent contract tokio --target all -e normal
  absent guard sea-orm --target all -e normal
  absent guard sqlx --target all -e normal
  absent guard axum --target all -e normal
  absent store axum --target all -e normal
  absent server leptos --target all -e normal
}

# What follows asks the lock file alone, so everything in it must be here first.
step "cargo fetch" cargo fetch --locked --quiet
step "contract builds for the browser" contract_is_wasm
step "direct edges, banned packages, one version each" edges
step "no crate reaches what it must not" trees
