# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The AWS emulator, moto: given, cached or installed into a virtual environment, in this order. Exports FAIRWAY_MOTO.

MOTO_SOURCE=$ROOT/deploy/lab/aws
MOTO_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/fairway/moto
MOTO_LOG=$MOTO_CACHE/build.$$.log

moto_start() {
  if [ -n "${FAIRWAY_MOTO:-}" ]; then
    [ -x "$FAIRWAY_MOTO" ] || die "FAIRWAY_MOTO=$FAIRWAY_MOTO is not an executable file"
  else
    moto_python_ensure
    FAIRWAY_MOTO=$MOTO_CACHE/$(moto_key)/bin/moto_server
    [ -x "$FAIRWAY_MOTO" ] || job_start moto "$MOTO_LOG" moto_obtain "$(dirname "$(dirname "$FAIRWAY_MOTO")")"
  fi
  export FAIRWAY_MOTO
}

moto_label() { printf 'moto %s' "$(moto_version)"; }

moto_detail() {
  if grep -q '^fairway: waiting' "$1"; then
    printf 'another run is at it, waiting'
  else
    printf '%s of %s Python packages (once)' "$(grep -c '^Collecting' "$1")" "$(grep -c '==' "$MOTO_SOURCE/requirements.txt")"
  fi
}

moto_explain() {
  tail -n 5 "$MOTO_LOG" >&2
  die "no AWS emulator: set FAIRWAY_MOTO to the moto_server of moto $(moto_version), or see $MOTO_LOG"
}

# Before anything long: whether there is a Python that can make virtual environments.
moto_python_ensure() {
  moto_python_suffices || { apt_install python3 python3-venv && moto_python_suffices; } ||
    die "the AWS emulator needs Python 3 with its venv module, please install: python3 python3-venv"
}

moto_python_suffices() { python3 -c 'import venv, ensurepip' 2>/dev/null; }

# Under a lock, and published by a rename: two runs install once, and a killed one leaves nothing half made under the key.
moto_obtain() {
  local target=$1 new
  exec 7>"$MOTO_CACHE/lock"
  flock -n 7 || { echo "fairway: waiting for another run" && flock 7; }
  [ ! -x "$target/bin/moto_server" ] || return 0
  find "$MOTO_CACHE" -maxdepth 1 -name 'build.*.log' -mmin +600 -delete
  rm -rf "$MOTO_CACHE"/new.* # of a run that was killed: only the holder of the lock makes them
  new=$(mktemp -d "$MOTO_CACHE/new.XXXXXX")
  chmod 755 "$new"
  if moto_install "$new" && [ -x "$new/bin/moto_server" ]; then
    rm -rf "$target"
    mv -T "$new" "$target"
  else
    rm -rf "$new"
    return 1
  fi
}

# The programs of a virtual environment name its directory in their first line, which the rename changes.
moto_install() {
  local dir=$1
  python3 -m venv "$dir" || return 1
  "$dir/bin/python" -m pip install --no-input --no-color --disable-pip-version-check --progress-bar off \
    -r "$MOTO_SOURCE/requirements.txt" || return 1
  # shellcheck disable=SC2016 # expanded in there
  printf '#!/bin/sh\nexec "$(dirname "$0")/python" -m moto.server "$@"\n' >"$dir/bin/moto_server"
  chmod 755 "$dir/bin/moto_server"
}

# The version, the machine, Python and the pinned packages decide what comes out.
moto_key() {
  printf '%s-%s-%s' "$(moto_version)" "$(uname -m)" \
    "$({ python3 --version && cat "$MOTO_SOURCE/requirements.txt"; } | sha256sum | cut -c1-12)"
}

moto_version() { sed -n 's/^moto\[server\]==//p' "$MOTO_SOURCE/requirements.txt"; }
