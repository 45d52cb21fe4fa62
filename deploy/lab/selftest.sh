#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The launcher's own tests: selftest.sh [NAME...]. Each test is a function test_NAME in selftest/, run in a shell of its own with a fresh directory T.
# The last line is "launcher: N run, N failed".
set -euo pipefail

ROOT=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
export ROOT
REAL_HOME=${HOME:-} # each test has a home of its own; the local Maven repository is in the real one
export REAL_HOME
unset FAIRWAY_KUBE_BIN FAIRWAY_MOTO FAIRWAY_OPENSTACK FAIRWAY_JAVA_HOME FAIRWAY_RUN_DIR FAIRWAY_SANDBOX XDG_CACHE_HOME
# shellcheck source=/dev/null
for part in say progress tools jdk build release kube aws openstack lab goprogram reference awsref openstackref sandbox runs demo bench test; do . "$ROOT/deploy/lab/lib/$part.sh"; done
# shellcheck source=/dev/null
for part in "$ROOT"/deploy/lab/selftest/*.sh; do . "$part"; done

fail() {
  echo "  $*"
  exit 1
}

equal() { [ "$1" = "$2" ] || fail "expected '$1', got '$2'"; }
contains() { [[ $1 == *"$2"* ]] || fail "expected '$2' in '$1'"; }
one_line() { equal 1 "$(wc -l <"$1")"; }

eventually() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    ! "$@" || return 0
    sleep 0.05
  done
  fail "not within 5 s: $*"
}

# status COMMAND...: its exit status, its output in $T/out and $T/err.
status() {
  local status=0
  "$@" >"$T/out" 2>"$T/err" || status=$?
  echo "$status"
}

run_all() {
  local name title run=0 failed=0 base=${TMPDIR:-/tmp}
  tools_ensure
  for name in "$@"; do
    T=$(mktemp -d "$base/fairway-selftest.XXXXXX")
    title=${name#test_}
    run=$((run + 1))
    # Not in a condition, where set -e would be off.
    set +e
    (
      set -e
      export T TMPDIR=$T HOME=$T RUNS
      RUNS=$T/fairway-$(id -u)
      "$name"
    ) >"$T.log" 2>&1
    # shellcheck disable=SC2181
    if [ $? = 0 ]; then
      echo "ok      ${title//_/ }"
    else
      echo "FAILED  ${title//_/ }"
      cat "$T.log"
      failed=$((failed + 1))
    fi
    set -e
    rm -rf "$T" "$T.log"
  done
  echo "launcher: $run run, $failed failed"
  [ "$failed" -eq 0 ]
}

tests() { declare -F | awk '$3 ~ /^test_/ { print $3 }'; }

if [ $# -gt 0 ]; then
  run_all "${@/#/test_}"
else
  # shellcheck disable=SC2046 # one word per test
  run_all $(tests)
fi
