# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The reference controller of the benchmark: given, cached or compiled, in this order. Exports FAIRWAY_REFERENCE.

REFERENCE_SOURCE=$ROOT/deploy/lab/reference
REFERENCE_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/fairway/reference
REFERENCE_LOG=$REFERENCE_CACHE/build.$$.log

reference_start() {
  if [ -n "${FAIRWAY_REFERENCE:-}" ]; then
    [ -x "$FAIRWAY_REFERENCE" ] || die "FAIRWAY_REFERENCE=$FAIRWAY_REFERENCE is not an executable file"
  else
    FAIRWAY_REFERENCE=$REFERENCE_CACHE/$(reference_key)
    [ -x "$FAIRWAY_REFERENCE" ] || job_start reference "$REFERENCE_LOG" reference_obtain "$FAIRWAY_REFERENCE"
  fi
  export FAIRWAY_REFERENCE
}

reference_label() { printf 'reference controller %s' "$(go_program_version "$REFERENCE_SOURCE" k8s.io/cloud-provider)"; }

reference_detail() { go_program_detail "$1"; }

reference_explain() {
  tail -n 5 "$REFERENCE_LOG" >&2
  die "no reference controller: set FAIRWAY_REFERENCE to its binary, leave it out with --only fairway, or see $REFERENCE_LOG"
}

reference_obtain() { go_program_obtain "$REFERENCE_SOURCE" "$1" reference_compile; }

reference_compile() { GOCACHE=$1 "$REFERENCE_SOURCE/build.sh" "$2"; }

reference_key() { go_program_key "$REFERENCE_SOURCE" k8s.io/cloud-provider; }
