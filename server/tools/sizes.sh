#!/usr/bin/env bash
# sizes.sh: what each program of the client is made of. Builds them as they are shipped but with the names kept, and writes
# the largest functions and what they alone keep alive to target/sizes. Sizes are those before brotli.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

out=$root/target/sizes
lines=${SIZES_LINES:-40}
# Of their own, or each build of the client after this one would begin anew.
built=$client_dir/sizes
# The very flags of the page, so that what is weighed is what is shipped.
read -ra flags < <(sed -n 's/.*data-wasm-opt-params="\([^"]*\)".*/\1/p' app/index.html)
level=$(sed -n 's/.*data-wasm-opt="\([^"]*\)".*/\1/p' app/index.html)

compile() {
  client_env
  export CARGO_TARGET_DIR=$built
  cargo build --locked --quiet -p app --bins --profile wasm-release --config 'profile.wasm-release.strip="none"' \
    --config 'profile.wasm-release.debug=false' --target "$wasm"
}

# describe PROGRAM: its wasm by the same tools as the shipped one, then the two reports.
describe() {
  local program=$1 named=$out/named/$1
  wasm-bindgen --target web --no-typescript --out-dir "$named" --out-name "$program" "$built/$wasm/wasm-release/$program.wasm" || return
  wasm-opt "-O$level" --debuginfo "${flags[@]}" "$named/${program}_bg.wasm" -o "$named/$program.wasm" || return
  {
    printf '%s: %s bytes before brotli, the names included\n\n' "$program" "$(stat -c %s "$named/$program.wasm")"
    printf 'the largest\n\n'
    twiggy top -n "$lines" "$named/$program.wasm" || return
    printf '\nwhat would go with each\n\n'
    twiggy dominators -d 4 -r "$lines" "$named/$program.wasm" || return
  } >"$out/$program.txt"
}

mkdir -p "$out"
(step "building the client with its names" compile)
for program in "${programs[@]}"; do
  step "weighing the functions of $program" describe "$program"
  head -n 14 "$out/$program.txt"
done
say "all of it: $out"
