#!/usr/bin/env bash
# build_client.sh: bundles the stylesheet, builds the programs of the client into app/dist, compresses and weighs them.
# Does nothing but weigh when no source is newer than the last build.
# SHENDU_CLIENT=quick builds in a tenth of the time what is ten times as heavy: to try something out, never to be shipped.
# SHENDU_CLIENT=gallery is the same with every component at /__ui.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

stamp=app/.style/built
mode=${SHENDU_CLIENT:-release}
case $mode in
  release) profile=wasm-release edits=() features=() ;;
  quick | gallery) profile=wasm-quick features=() edits=(-e 's/data-cargo-profile-release="wasm-release"/data-cargo-profile-release="wasm-quick"/' -e 's/data-wasm-opt="s"/data-wasm-opt="0"/') ;;
  *) die "SHENDU_CLIENT is release, quick or gallery" ;;
esac
if [[ $mode == gallery ]]; then
  features=(--features gallery)
  edits+=(-e 's/data-bin=/data-cargo-features="gallery" data-bin=/')
fi
sources=(app style public server/contract server/tools Cargo.toml Cargo.lock Trunk.toml)

# Folders count too: a deleted file shows only in the time of its folder. `app` itself changes with every build; the kept sizes
# are about the build and not in it.
is_fresh() {
  [[ -f $stamp && $(<"$stamp") == "$mode" && -f app/dist/portal.html && -f app/dist/portal.html.br ]] || return 1
  [[ -z $(find "${sources[@]}" \( -path app/dist -o -path app/.style -o -path server/tools/sizes.json \) -prune -o ! -path app -newer "$stamp" -print -quit) ]]
}

built=app/.style/dist

# Trunk builds one program a page: the same page again and again, each time with another program in it.
page() {
  local code=0
  local own=("${edits[@]}")
  # What guardians open, and the ways in, do without what only the pages of the staff need.
  if [[ " ${phone_programs[*]} " == *" $1 "* ]]; then own+=(-e '/\.style\/work\.css/d'); fi
  sed -e "s/data-bin=\"staff\"/data-bin=\"$1\"/" "${own[@]}" app/index.html >"app/.$1.html" || return
  TRUNK_SKIP_VERSION_CHECK=true NO_COLOR=true \
    trunk build --release --offline --dist "$built/$1" --html-output "$1.html" "app/.$1.html" || code=$?
  rm "app/.$1.html"
  return "$code"
}

build() {
  client_env
  # All of it: Trunk asks Cargo for the whole graph, which without a network wants the packages of every platform.
  cargo fetch --locked --quiet || return
  # Compiled all at once, then made pages of side by side, so that no core waits.
  cargo build --locked --offline --quiet -p app --bins "${features[@]}" --profile "$profile" --target "$wasm" || return
  local program failed=0
  local -A running
  rm -rf "$built" && mkdir -p "$built" || return
  for program in "${programs[@]}"; do
    page "$program" >"$built/$program.log" 2>&1 &
    running[$program]=$!
  done
  for program in "${programs[@]}"; do
    if ! wait "${running[$program]}"; then
      cat "$built/$program.log" >&2
      failed=1
    fi
    rm "$built/$program.log"
  done
  ((failed == 0)) || return
  rm -rf app/dist
  mkdir app/dist
  cp -r "$built"/*/. app/dist/
}

if is_fresh; then
  say "✓ the client is up to date"
else
  mkdir -p app/.style
  echo "$mode" >"$stamp.new"
  for sheet in main work; do
    step "bundling the stylesheet $sheet" node server/tools/bundle_css.mjs "style/$sheet.css" "app/.style/$sheet.css"
  done
  # In a process of its own, so that the client's flags end with it.
  (step "building the client" build)
  step "compressing the client" node server/tools/compress.mjs app/dist "--${mode/gallery/quick}"
  # The time is that of the start: what was edited meanwhile counts as newer.
  mv "$stamp.new" "$stamp"
fi
if [[ $mode != release ]]; then
  say "built without optimisation: not weighed, and not to be shipped"
else
  node server/tools/compress.mjs app/dist --check
fi
