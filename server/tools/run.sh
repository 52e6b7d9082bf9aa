#!/usr/bin/env bash
# run.sh: builds what changed, makes a demo school when there is no data yet, and serves it.
# SHENDU_DATA (./data), SHENDU_LISTEN (127.0.0.1:8080), SHENDU_ORIGIN (http://localhost:8080).
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

data=${SHENDU_DATA:-./data}
listen=${SHENDU_LISTEN:-127.0.0.1:8080}
# A passkey belongs to a name, and browsers refuse an address: localhost, never 127.0.0.1.
origin=${SHENDU_ORIGIN:-http://localhost:8080}

server/tools/setup.sh build
server/tools/build_client.sh
step "building the server" cargo build --release --locked --quiet -p server
shendu=$native_dir/release/shendu

if [[ ! -e $data/master.key ]]; then
  step "making a demo school" "$shendu" demo --data "$data" --students 200 --seed 1 --no-links
fi
say "one-time links, good for 15 minutes (the guardian's for three days):"
"$shendu" invite --demo --data "$data" --origin "$origin"
say "serving $origin (Ctrl-C ends)"
exec "$shendu" serve --listen "$listen" --origin "$origin" --data "$data"
