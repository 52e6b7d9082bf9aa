#!/usr/bin/env bash
# bench.sh [quick|scale|again [ONE OTHER]]: measures ours beside its peers and beside the machine, prints one table, writes
# JSON to target/bench; the run before lies in target/bench/before.
# Environment: BENCH_STUDENTS (100000), BENCH_ROUNDS (15), BENCH_SECONDS of a round (2), BENCH_VITALS_ROUNDS (5),
# BENCH_SIZES of `scale` (1000 10000 100000), BENCH_ONLY (compare,privacy,beside,ladder,steps,index,trail,cedar,criterion,vitals).
# `quick` is a small school and short rounds. `scale` measures list, get and mix R1 over the sizes and draws curves into
# target/bench/scale. `again` says which ratios of two runs differ, of this one and the one before unless told.
# The server runs on core 0, the load on core 1. A seeded school is kept in the cache for the day and copied for each run.
# `vitals` drives a browser over schools of its own, and that uses both cores.
# Peers are installed where they are missing; without a network for that, what is there is measured.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

students=${BENCH_STUDENTS:-100000}
rounds=${BENCH_ROUNDS:-15}
seconds=${BENCH_SECONDS:-2}
only=,${BENCH_ONLY:-compare,privacy,beside,ladder,steps,index,trail,cedar,criterion,vitals},
out=$root/target/bench
case ${1:-} in
  quick) students=2000 rounds=3 seconds=1 ;;
  "" | scale | again) ;;
  *) die "usage: bench.sh [quick|scale|again [ONE OTHER]]" ;;
esac

shendu=$native_dir/release/shendu
bench=$native_dir/release/bench
pocketbase=$cache/pocketbase/bin/pocketbase

wanted() { [[ $only == *,$1,* ]]; }
over_http() { [[ ${1:-} == scale ]] || wanted compare; }

if [[ ${1:-} == again ]]; then
  step "building the measurements" cargo build --locked --release -p bench
  exec "$bench" again "${2:-$out/before}" "${3:-$out}"
fi

has taskset || die "taskset is needed (util-linux)"
(($(nproc) >= 2)) || die "two cores are needed: one for the server, one for the load"
if over_http "${1:-}"; then
  for peer in pocketbase postgres; do
    "$root/server/tools/setup.sh" "$peer" || say "  $peer cannot be installed: measured without it"
  done
fi
# Apart, so that the server is built with its own features and no others: the one that is shipped.
step "building the server" cargo build --locked --release -p server
step "building the measurements" cargo build --locked --release -p bench

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

seed_postgres() {
  rm -rf "$cache/bench/new" &&
    "$bench" seed-postgres --shendu "$shendu" --postgres "$programs" --students "$students" --school "$cache/bench/new" &&
    mv "$cache/bench/new" "$school.postgres"
}

need_school() {
  school=$(seeded)
  if [[ ! -d $school ]]; then step "seeding $students students" seed; fi
}

compare() {
  local with=()
  if [[ -x $pocketbase ]]; then with+=(--pocketbase "$pocketbase"); fi
  if programs=$(postgres_bin); then
    if [[ ! -d $school.postgres ]]; then step "seeding $students students into PostgreSQL" seed_postgres; fi
    with+=(--postgres "$programs" --postgres-school "$school.postgres")
  fi
  step "over HTTP, $students students, $rounds rounds of $seconds s each" taskset -c 1 "$bench" compare --shendu "$shendu" "${with[@]}" \
    --school "$school" --students "$students" --rounds "$rounds" --seconds "$seconds" "$@"
}

if [[ ${1:-} == scale ]]; then
  rm -rf "$out/scale"
  for students in ${BENCH_SIZES:-1000 10000 100000}; do
    need_school
    compare --only list,get,mix --out "$out/scale/$students"
  done
  "$bench" curves --out "$out/scale"
  say "drawn: $out/scale/scale.svg, from scale.json beside it"
  exit
fi

measures() { [[ $only =~ ,(compare|privacy|beside|ladder|steps|index|trail), ]]; }

if measures; then need_school; fi
mkdir -p "$out"
# What lies here is of the run before. A ratio is worth as much as it comes back.
rm -rf "$out/before" && mkdir "$out/before"
find "$out" -mindepth 1 -maxdepth 1 \( -name '*.json' -o -name table.txt -o -name criterion \) -exec mv {} "$out/before/" \;

if wanted compare; then compare --out "$out"; fi
if wanted privacy; then
  step "what privacy costs, over HTTP" taskset -c 1 "$bench" privacy --shendu "$shendu" --school "$school" \
    --rounds "$rounds" --seconds "$seconds" --out "$out"
fi
if wanted beside; then
  step "what stands beside a list, over HTTP" taskset -c 1 "$bench" beside --shendu "$shendu" --school "$school" \
    --rounds "$rounds" --seconds "$seconds" --out "$out"
fi
if wanted ladder; then step "what the machine can do" taskset -c 1 "$bench" ladder --school "$school" --out "$out"; fi
if wanted steps; then step "the steps of a list" taskset -c 1 "$bench" steps --school "$school" --out "$out"; fi
if wanted index; then
  step "the blind index" taskset -c 1 "$bench" index --school "$school" --students "$students" --out "$out"
fi
if wanted trail; then step "the trail" taskset -c 1 "$bench" trail --school "$school" --out "$out"; fi
if wanted cedar; then step "the decision beside Cedar's" taskset -c 1 "$bench" cedar --out "$out"; fi
if wanted criterion; then
  # Inside the crate's own tests: what is measured there has no other door, and keeps none.
  step "inside the guard" env CRITERION_HOME="$out/criterion" \
    cargo test --locked --release --quiet -p guard --lib -- --ignored --nocapture --test-threads 1 speed
fi
if wanted vitals; then
  if "$root/server/tools/setup.sh" browser; then
    step "in a browser, on a slow device" env SHENDU_BENCH_OUT="$out" SHENDU_VITALS_ROUNDS="${BENCH_VITALS_ROUNDS:-5}" \
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
