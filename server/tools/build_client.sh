#!/usr/bin/env bash
# build_client.sh: bundles the stylesheet, builds the client into app/dist, compresses and weighs it.
# Does nothing but weigh when no source is newer than the last build. SHENDU_BUNDLE_LIMIT (bytes) moves the limit.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

stamp=app/.style/built
sources=(app style public server/contract server/tools Cargo.toml Cargo.lock Trunk.toml)

# Folders count too: a deleted file shows only in the time of its folder. `app` itself changes with every build.
is_fresh() {
  [[ -f $stamp && -f app/dist/index.html && -f app/dist/index.html.br ]] || return 1
  [[ -z $(find "${sources[@]}" \( -path app/dist -o -path app/.style \) -prune -o ! -path app -newer "$stamp" -print -quit) ]]
}

build() {
  client_env
  cargo fetch --locked --quiet --target "$wasm" || return
  TRUNK_SKIP_VERSION_CHECK=true NO_COLOR=true trunk build --release --offline
}

if is_fresh; then
  say "✓ the client is up to date"
else
  mkdir -p app/.style
  touch "$stamp.new"
  step "bundling the stylesheet" node server/tools/bundle_css.mjs style/main.css app/.style/main.css
  # In a process of its own, so that the client's flags end with it.
  (step "building the client" build)
  step "compressing the client" node server/tools/compress.mjs app/dist
  # The time is that of the start: what was edited meanwhile counts as newer.
  mv "$stamp.new" "$stamp"
fi
node server/tools/compress.mjs app/dist --check
