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

reference_label() { printf 'reference controller %s' "$(reference_version)"; }

reference_detail() {
  local all
  all=$(sed -n 's/^packages //p' "$1")
  if [ -n "$all" ]; then
    printf '%s of %s packages compiled (once)' "$(sed '1,/^packages /d' "$1" | grep -c -v ':')" "$all"
  elif grep -q '^fairway: waiting' "$1"; then
    printf 'another run is at it, waiting'
  else
    printf 'fetching Go modules, %s so far' "$(grep -c '^go: downloading' "$1")"
  fi
}

reference_explain() {
  tail -n 5 "$REFERENCE_LOG" >&2
  die "no reference controller: set FAIRWAY_REFERENCE to its binary, leave it out with --only fairway, or see $REFERENCE_LOG"
}

# Under a lock, and published by a rename: two runs compile once, and a killed one leaves nothing half made under the key.
reference_obtain() {
  local target=$1 cache=${FAIRWAY_GO_CACHE:-$REFERENCE_CACHE/go-build}
  PATH=$PATH:/usr/local/go/bin
  exec 7>"$REFERENCE_CACHE/lock"
  flock -n 7 || { echo "fairway: waiting for another run" && flock 7; }
  [ ! -x "$target" ] || return 0
  find "$REFERENCE_CACHE" -maxdepth 1 -name 'build.*.log' -mmin +600 -delete
  go_suffices "$REFERENCE_SOURCE/go.mod" || return 1
  mkdir -p "$cache"
  reference_compile "$cache" "$target.new" || return 1
  mv -T "$target.new" "$target"
  [ -n "${FAIRWAY_GO_CACHE:-}" ] || [ -n "${FAIRWAY_KEEP_GO_CACHE:-}" ] || rm -rf "$cache"
}

reference_compile() { GOCACHE=$1 "$REFERENCE_SOURCE/build.sh" "$2"; }

# The version, the machine and the files that decide what comes out.
reference_key() {
  printf '%s-%s-%s' "$(reference_version)" "$(uname -m)" \
    "$(cat "$REFERENCE_SOURCE"/go.mod "$REFERENCE_SOURCE"/go.sum "$REFERENCE_SOURCE"/*.go "$REFERENCE_SOURCE"/build.sh |
      sha256sum | cut -c1-12)"
}

reference_version() { sed -n 's|^[[:space:]]*k8s.io/cloud-provider \(v[0-9.]*\).*|\1|p' "$REFERENCE_SOURCE/go.mod"; }
