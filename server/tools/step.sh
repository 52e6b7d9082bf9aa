#!/usr/bin/env bash
# step.sh "words" command…: runs the command, prints what it is and how long it took.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
step "$@"
