#!/usr/bin/env bash
# with_postgres.sh command…: runs the command beside a PostgreSQL of its own and passes its exit code on.
# The server lives in a temporary folder, on a free port of the loopback, without durability; it ends with the command.
# The command finds it in SHENDU_TEST_POSTGRES; its user may create databases.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

(($# > 0)) || die "usage: with_postgres.sh command…"
bin=$(postgres_bin) || die "PostgreSQL is needed; run server/tools/setup.sh test"

folder=$(mktemp -d "${TMPDIR:-/tmp}/shendu-pg.XXXXXX")
pid=
finish() {
  if [[ -n $pid ]]; then
    # SIGINT is PostgreSQL's fast shutdown.
    kill -INT "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# PostgreSQL refuses to run as root.
as=()
if [[ $(id -u) == 0 ]]; then
  user=nobody
  if id -u postgres >/dev/null 2>&1; then user=postgres; fi
  chown "$user" "$folder"
  as=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups)
fi

port=$(node -e 'const s = require("net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
# The other user may not be allowed into the current folder.
pushd "$folder" >/dev/null
"${as[@]}" "$bin/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync \
  >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; die "initdb failed"; }
# No shell between: $! must be the server itself, or the signal that ends it would not reach it.
"${as[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 >"$folder/server.log" 2>&1 &
pid=$!
popd >/dev/null

# Its own log says when it is ready (in English: the cluster's locale is C); the client programs may be absent.
for _ in $(seq 1 150); do
  if grep -q 'ready to accept connections' "$folder/server.log"; then ready=yes; break; fi
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.1
done
[[ ${ready:-} == yes ]] || { cat "$folder/server.log" >&2; die "PostgreSQL did not start"; }

export SHENDU_TEST_POSTGRES=postgres://postgres@127.0.0.1:$port/postgres
code=0
"$@" || code=$?
exit "$code"
