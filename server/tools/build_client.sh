#!/usr/bin/env bash
# build_client.sh: bundles the stylesheet, builds the programs of the client into app/dist, compresses and weighs them.
# Does nothing but weigh when no source is newer than the last build.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

stamp=app/.style/built
sources=(app style public server/contract server/tools Cargo.toml Cargo.lock Trunk.toml)

# Folders count too: a deleted file shows only in the time of its folder. `app` itself changes with every build.
is_fresh() {
  [[ -f $stamp && -f app/dist/portal.html && -f app/dist/portal.html.br ]] || return 1
  [[ -z $(find "${sources[@]}" \( -path app/dist -o -path app/.style \) -prune -o ! -path app -newer "$stamp" -print -quit) ]]
}

build() {
  client_env
  cargo fetch --locked --quiet --target "$wasm" || return
  # Trunk builds one program a page: the same page again and again, each time with another program in it.
  local program built=app/.style/dist
  rm -rf "$built"
  # All at once, so that no core waits for the linking of one of them.
  cargo build --locked --offline --quiet -p app --bins --profile wasm-release --target "$wasm" || return
  for program in entry account staff admin portal; do
    sed "s/data-bin=\"staff\"/data-bin=\"$program\"/" app/index.html >"app/.$program.html" &&
      TRUNK_SKIP_VERSION_CHECK=true NO_COLOR=true \
        trunk build --release --offline --dist "$built/$program" --html-output "$program.html" "app/.$program.html" || return
    rm "app/.$program.html"
  done
  rm -rf app/dist
  mkdir app/dist
  cp -r "$built"/*/. app/dist/
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
