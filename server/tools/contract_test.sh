#!/usr/bin/env bash
# contract_test.sh: lets schemathesis hold the running server to its own OpenAPI document.
# The run itself is schemathesis.sh; it gets SHENDU_BIN and SHENDU_SCHEMATHESIS.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
export SHENDU_BIN=${SHENDU_BIN:-$native_dir/release/shendu}
export SHENDU_SCHEMATHESIS=${SHENDU_SCHEMATHESIS:-$cache/schemathesis/bin/schemathesis}
exec bash server/tools/schemathesis.sh
