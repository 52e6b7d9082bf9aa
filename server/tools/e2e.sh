#!/usr/bin/env bash
# e2e.sh [arguments for playwright]: drives the release server with a real browser. The tests start the server:
# SHENDU_BIN is the program, SHENDU_CHROMIUM the browser, SHENDU_E2E_DATABASE the database (absent: SQLite).
# Under with_postgres.sh that database is handed on.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
[[ -f $root/e2e/package.json ]] || die "e2e/package.json is missing"
cd "$root/e2e"
export SHENDU_BIN=${SHENDU_BIN:-$native_dir/release/shendu}
[[ -x $SHENDU_BIN ]] || die "no server at $SHENDU_BIN; run make build"
SHENDU_CHROMIUM=$(chromium_path) || die "Chromium is needed; run server/tools/setup.sh test"
export SHENDU_CHROMIUM PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
unset SHENDU_E2E_DATABASE
if [[ -n ${SHENDU_TEST_POSTGRES:-} ]]; then export SHENDU_E2E_DATABASE=$SHENDU_TEST_POSTGRES; fi
exec npx --no-install playwright test "$@"
