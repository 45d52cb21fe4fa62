# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# A Go program of this repository, with pinned modules, compiled once for each user. Its directory has go.mod, go.sum and a build.sh FILE.

# go_program_obtain SOURCE TARGET COMPILE: under a lock, and published by a rename: two runs compile once, and a killed one leaves nothing
# half made under the key. The cache is the directory of TARGET; `COMPILE GOCACHE FILE` makes the program.
go_program_obtain() {
  local source=$1 target=$2 compile=$3 home cache
  home=$(dirname "$target")
  cache=${FAIRWAY_GO_CACHE:-$home/go-build}
  PATH=$PATH:/usr/local/go/bin
  exec 7>"$home/lock"
  flock -n 7 || { echo "fairway: waiting for another run" && flock 7; }
  [ ! -x "$target" ] || return 0
  find "$home" -maxdepth 1 -name 'build.*.log' -mmin +600 -delete
  go_suffices "$source/go.mod" || return 1
  mkdir -p "$cache"
  "$compile" "$cache" "$target.new" || return 1
  mv -T "$target.new" "$target"
  [ -n "${FAIRWAY_GO_CACHE:-}" ] || [ -n "${FAIRWAY_KEEP_GO_CACHE:-}" ] || rm -rf "$cache"
}

# go_program_detail LOG: how far it is.
go_program_detail() {
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

# go_program_key SOURCE MODULE: the version of the module, the machine and the files that decide what comes out.
go_program_key() {
  printf '%s-%s-%s' "$(go_program_version "$1" "$2")" "$(uname -m)" \
    "$({ cat "$1/go.mod" "$1/go.sum" && find "$1" -maxdepth 1 -name '*.go' -print0 | sort -z | xargs -0r cat && cat "$1/build.sh"; } |
      sha256sum | cut -c1-12)"
}

# go_program_version SOURCE MODULE
go_program_version() { sed -n "s|^[[:space:]]*$2 \(v[0-9.]*\).*|\1|p" "$1/go.mod"; }
