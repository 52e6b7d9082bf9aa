#!/usr/bin/env bash
# wasm_test.sh: the tests of the client, in headless Chromium (app/webdriver.json). The driver is named here, so that
# none is looked for elsewhere.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
if [[ ! -d app/tests ]]; then
  say "the client has no tests of its own"
  exit 0
fi

CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver || true)}
[ -n "$CHROMEDRIVER" ] || die "no chromedriver; run make setup-test"
export CHROMEDRIVER
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
export WASM_BINDGEN_TEST_TIMEOUT=${WASM_BINDGEN_TEST_TIMEOUT:-120}
exec server/tools/with_client.sh cargo test --locked -p app --target wasm32-unknown-unknown "$@"
