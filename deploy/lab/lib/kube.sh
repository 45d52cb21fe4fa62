# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The real Kubernetes components: given, cached, downloaded or compiled, in this order. Exports FAIRWAY_KUBE_BIN.

KUBE_BINARIES=(etcd kube-apiserver kube-controller-manager kube-proxy kubectl)
KUBE_SOURCE=$ROOT/deploy/lab/kube
KUBE_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/fairway/kube
KUBE_LOG=$KUBE_CACHE/build.$$.log
KUBE_BUILD_MEBIBYTES=7000 # Go's build cache of these packages, their sources and the binaries

kube_start() {
  local missing
  if [ -n "${FAIRWAY_KUBE_BIN:-}" ]; then
    missing=$(kube_missing "$FAIRWAY_KUBE_BIN")
    [ -z "$missing" ] || die "FAIRWAY_KUBE_BIN=$FAIRWAY_KUBE_BIN has no executable $missing"
  else
    FAIRWAY_KUBE_BIN=$KUBE_CACHE/$(kube_key)
    [ -z "$(kube_missing "$FAIRWAY_KUBE_BIN")" ] || job_start kube "$KUBE_LOG" kube_obtain "$FAIRWAY_KUBE_BIN"
  fi
  export FAIRWAY_KUBE_BIN
}

kube_label() { printf 'Kubernetes %s' "$(kube_version k8s.io/kubernetes)"; }

kube_detail() {
  local all compiled
  all=$(sed -n 's/^packages //p' "$1")
  if [ -n "$all" ]; then
    compiled=$(sed '1,/^packages /d' "$1" | grep -c -v ':')
    printf '%s of %s packages compiled (about 11 min on 2 cores, once)' "$compiled" "$all"
  elif grep -q '^fairway: from source' "$1"; then
    printf 'fetching Go modules, %s so far' "$(grep -c '^go: downloading' "$1")"
  elif grep -q '^fairway: waiting' "$1"; then
    printf 'another run is at it, waiting'
  else
    printf 'release files, %s MB so far' "$(du -sm "$KUBE_CACHE"/new.* | awk '{ sum += $1 } END { print sum + 0 }')"
  fi
}

kube_explain() {
  # Once it was compiling, the compiler's own last words tell the cause.
  if grep -q '^fairway: from source' "$KUBE_LOG"; then
    sed '1,/^fairway: from source/d' "$KUBE_LOG" | tail -n 5 >&2
  else
    grep '^fairway:' "$KUBE_LOG" | grep -v 'waiting' >&2 || tail -n 5 "$KUBE_LOG" >&2
  fi
  die "no Kubernetes components: set FAIRWAY_KUBE_BIN to a directory with ${KUBE_BINARIES[*]}, or see $KUBE_LOG"
}

# Under a lock, so that two runs do not compile the same at the same time.
kube_obtain() {
  local target=$1 new
  exec 7>"$KUBE_CACHE/lock"
  flock -n 7 || { echo "fairway: waiting for another run" && flock 7; }
  [ -n "$(kube_missing "$target")" ] || return 0
  find "$KUBE_CACHE" -maxdepth 1 -name 'build.*.log' -mmin +600 -delete
  rm -rf "$KUBE_CACHE"/new.* # of a run that was killed: only the holder of the lock makes them
  new=$(mktemp -d "$KUBE_CACHE/new.XXXXXX")
  chmod 755 "$new"
  if release_fetch "$new" "$(kube_version k8s.io/kubernetes)" "$(kube_version go.etcd.io/etcd/server/v3)" ||
    kube_compile "$new"; then
    kube_publish "$new" "$target"
  else
    rm -rf "$new"
    return 1
  fi
}

# All or nothing: a rename, so that a killed run leaves no half directory under the key.
kube_publish() {
  local new=$1 target=$2 missing
  missing=$(kube_missing "$new")
  [ -z "$missing" ] || { echo "fairway: the build made no $missing" && return 1; }
  rm -rf "$target"
  mv -T "$new" "$target"
}

# Go's build cache is big: private, kept after an interruption to go on from, and dropped after success.
kube_compile() {
  local new=$1 cache=${FAIRWAY_GO_CACHE:-$KUBE_CACHE/go-build}
  PATH=$PATH:/usr/local/go/bin
  rm -f "$new"/*
  kube_can_compile || return 1
  mkdir -p "$cache"
  echo "fairway: from source"
  GOCACHE=$cache "$KUBE_SOURCE/build.sh" "$new" || return 1
  [ -n "${FAIRWAY_GO_CACHE:-}" ] || [ -n "${FAIRWAY_KEEP_GO_CACHE:-}" ] || rm -rf "$cache"
}

kube_can_compile() {
  local free
  go_suffices "$KUBE_SOURCE/go.mod" || return 1
  free=$(df -m --output=avail "$KUBE_CACHE" | tail -n 1)
  if [ "$free" -lt "$KUBE_BUILD_MEBIBYTES" ] && [ -z "${FAIRWAY_GO_CACHE:-}" ]; then
    echo "fairway: compiling them needs $KUBE_BUILD_MEBIBYTES MB free in $KUBE_CACHE, there are $((free)) MB"
    return 1
  fi
}

# go_suffices GO_MOD: whether there is a Go that is new enough for this module; says so otherwise.
go_suffices() {
  local least have
  least=$(sed -n 's/^go //p' "$1")
  have=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null) || have=none
  if [ "$(printf '%s\n' "$least" "${have#go}" | sort -V | head -n 1)" != "$least" ]; then
    echo "fairway: no Go $least or newer to compile with (found: ${have#go})"
    return 1
  fi
}

# The version, the machine and the files that decide what comes out.
kube_key() {
  printf '%s-%s-%s' "$(kube_version k8s.io/kubernetes)" "$(uname -m)" \
    "$(cat "$KUBE_SOURCE"/go.mod "$KUBE_SOURCE"/go.sum "$KUBE_SOURCE"/build.sh | sha256sum | cut -c1-12)"
}

kube_version() { sed -n "s|^[[:space:]]*$1 \(v[0-9.]*\).*|\1|p" "$KUBE_SOURCE/go.mod"; }

# kube_missing DIR: prints the first component that DIR lacks.
kube_missing() {
  local name
  for name in "${KUBE_BINARIES[@]}"; do
    if [ ! -f "$1/$name" ] || [ ! -x "$1/$name" ]; then
      echo "$name"
      return 0
    fi
  done
}
