#!/usr/bin/env bash
# with_client.sh command…: runs one command in the environment of the client build, and only that command.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
client_env
# Debian's toolchain has no clippy; checking the types is then the most that can be asked.
if [[ ${1:-} == cargo && ${2:-} == clippy && ${RUSTUP_TOOLCHAIN:-} == debian-web ]]; then
  say "clippy is absent from this toolchain: checking the client without it"
  exec cargo check -p app --target "$wasm"
fi
exec "$@"
