# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The OpenStack control plane: given, cached or made, in this order. Exports FAIRWAY_OPENSTACK, a directory with `openstack-lab`, which
# starts it, `bin` with the command line client, `venv`, the Python packages, and `template`, a seeded cloud that each start gets a copy of.

OPENSTACK_SOURCE=$ROOT/deploy/lab/openstack
OPENSTACK_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/fairway/openstack
OPENSTACK_LOG=$OPENSTACK_CACHE/build.$$.log
OPENSTACK_RABBIT=/usr/lib/rabbitmq/bin/rabbitmq-server
OPENSTACK_POLICY=/usr/sbin/policy-rc.d # what Debian asks whether it may start a service

# Tested with mariadb-server 10.11.19 and, only where it is asked for, rabbitmq-server 3.10.8, both of Debian 12.
openstack_start() {
  if [ -n "${FAIRWAY_OPENSTACK:-}" ]; then
    openstack_complete "$FAIRWAY_OPENSTACK" || die "FAIRWAY_OPENSTACK=$FAIRWAY_OPENSTACK has no openstack-lab with its venv and template"
  else
    FAIRWAY_OPENSTACK=$OPENSTACK_CACHE/$(openstack_key)
    openstack_complete "$FAIRWAY_OPENSTACK" || job_start openstack "$OPENSTACK_LOG" openstack_obtain "$FAIRWAY_OPENSTACK"
  fi
  export FAIRWAY_OPENSTACK
}

# Before anything long, and also for what is cached already: MariaDB is no Python package.
openstack_tools_ensure() {
  openstack_mariadb_suffices || { openstack_apt_install mariadb-server && openstack_mariadb_suffices; } ||
    die "the OpenStack control plane needs MariaDB, please install: mariadb-server (its service need not run)"
  openstack_python_suffices || { apt_install python3 python3-venv && openstack_python_suffices; } ||
    die "the OpenStack control plane needs Python 3.11 or newer with its venv module, please install: python3 python3-venv"
  command -v openssl >/dev/null || apt_install openssl || die "the OpenStack control plane needs openssl, please install it"
}

openstack_rabbit_ensure() {
  [ -x "$OPENSTACK_RABBIT" ] || { openstack_apt_install rabbitmq-server && [ -x "$OPENSTACK_RABBIT" ]; } ||
    die "--rabbit needs RabbitMQ, please install: rabbitmq-server (its service need not run)"
}

openstack_mariadb_suffices() { PATH=$PATH:/usr/sbin:/sbin command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null; }

openstack_python_suffices() { python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# Debian starts what it installs; policy-rc.d keeps it from doing so. One that is there already knows better.
openstack_apt_install() {
  local status=0
  [ "$(id -u)" = 0 ] || return 1
  if [ -e "$OPENSTACK_POLICY" ]; then
    apt_install "$@"
    return
  fi
  printf '#!/bin/sh\nexit 101\n' >"$OPENSTACK_POLICY"
  chmod 755 "$OPENSTACK_POLICY"
  apt_install "$@" || status=$?
  rm -f "$OPENSTACK_POLICY"
  return "$status"
}

openstack_label() { printf 'OpenStack (Octavia %s)' "$(openstack_version)"; }

openstack_detail() {
  if grep -q '^fairway: waiting' "$1"; then
    printf 'another run is at it, waiting'
  elif grep -q '^fairway: ' "$1"; then
    printf '%s (once)' "$(sed -n 's/^fairway: //p' "$1" | tail -n 1)"
  else
    printf '%s Python packages (once)' "$(grep -c '==' "$OPENSTACK_SOURCE/requirements.txt")"
  fi
}

openstack_explain() {
  tail -n 8 "$OPENSTACK_LOG" >&2
  die "no OpenStack control plane: set FAIRWAY_OPENSTACK to one that another checkout has made, or see $OPENSTACK_LOG"
}

openstack_complete() { [ -x "$1/openstack-lab" ] && [ -x "$1/venv/bin/python" ] && [ -f "$1/template/seed.json" ]; }

# Under a lock, and published by a rename: two runs make it once, and a killed one leaves nothing half made under the key.
openstack_obtain() {
  local target=$1 new
  exec 7>"$OPENSTACK_CACHE/lock"
  flock -n 7 || { echo "fairway: waiting for another run" && flock 7; }
  ! openstack_complete "$target" || return 0
  find "$OPENSTACK_CACHE" -maxdepth 1 -name 'build.*.log' -mmin +600 -delete
  rm -rf "$OPENSTACK_CACHE"/new.* # of a run that was killed: only the holder of the lock makes them
  new=$(mktemp -d "$OPENSTACK_CACHE/new.XXXXXX")
  chmod 755 "$new"
  if openstack_packages && openstack_make "$new" 7>&- && openstack_complete "$new"; then
    rm -rf "$target"
    mv -T "$new" "$target"
  else
    rm -rf "$new"
    return 1
  fi
}

# The packages are shared by all that differ only in what this repository adds to them.
openstack_packages() {
  local venv
  venv=$OPENSTACK_CACHE/$(openstack_packages_key)
  [ ! -x "$venv/bin/python" ] || return 0
  rm -rf "$venv.new"
  openstack_install "$venv.new" || return 1
  mv -T "$venv.new" "$venv"
}

# uv is a pinned package like the others; it installs the rest in a fifth of pip's time. It does not read pip's configuration: where it finds
# no way to the packages, pip does.
openstack_install() {
  local dir=$1
  python3 -m venv "$dir" || return 1
  "$dir/bin/python" -m pip install --no-input --no-color --disable-pip-version-check --progress-bar off -q "$(openstack_pinned uv)" || return 1
  UV_SYSTEM_CERTS=1 "$dir/bin/python" -m uv pip install --python "$dir/bin/python" --no-deps --compile-bytecode --no-progress --link-mode copy \
    -r "$OPENSTACK_SOURCE/requirements.txt" ||
    "$dir/bin/python" -m pip install --no-input --no-color --disable-pip-version-check --progress-bar off --no-deps \
      -r "$OPENSTACK_SOURCE/requirements.txt"
}

openstack_make() {
  local dir=$1
  ln -s "../$(openstack_packages_key)" "$dir/venv" || return 1
  mkdir "$dir/lib" || return 1
  cp -r "$OPENSTACK_SOURCE/fairwaylab" "$OPENSTACK_SOURCE"/fairwaylab-*.dist-info "$dir/lib/" || return 1
  rm -rf "$dir/lib/fairwaylab/__pycache__"
  # shellcheck disable=SC2016 # expanded in there
  printf '#!/bin/sh\nhome=$(dirname "$(readlink -f "$0")")\nPYTHONPATH=$home/lib exec "$home/venv/bin/python" -m fairwaylab "$@"\n' >"$dir/openstack-lab"
  mkdir "$dir/bin" || return 1
  # shellcheck disable=SC2016
  printf '#!/bin/sh\nvenv=$(dirname "$(readlink -f "$0")")/../venv\nexec "$venv/bin/python" "$venv/bin/openstack" "$@"\n' >"$dir/bin/openstack"
  chmod 755 "$dir/openstack-lab" "$dir/bin/openstack"
  "$dir/openstack-lab" template "$dir/template" || return 1
  rm -rf "$dir/template/log" "$dir/template/etc" "$dir/template/cache"
}

# All that decides what comes out; the reference of the benchmark does not.
openstack_key() {
  printf '%s-%s-%s' "$(openstack_version)" "$(uname -m)" \
    "$({ openstack_packages_key && openstack_mariadb_version &&
      find "$OPENSTACK_SOURCE" -type f -not -name '*.pyc' -not -path "$OPENSTACK_SOURCE/reference/*" -print0 | LC_ALL=C sort -z | xargs -0 cat; } | sha256sum | cut -c1-12)"
}

openstack_packages_key() {
  printf 'packages-%s' "$({ uname -m && python3 --version && cat "$OPENSTACK_SOURCE/requirements.txt"; } | sha256sum | cut -c1-12)"
}

openstack_mariadb_version() { PATH=$PATH:/usr/sbin:/sbin mariadbd --version 2>/dev/null; }

# openstack_pinned NAME: as requirements.txt has it.
openstack_pinned() { grep "^$1==" "$OPENSTACK_SOURCE/requirements.txt"; }

openstack_version() { sed -n 's/^octavia==//p' "$OPENSTACK_SOURCE/requirements.txt"; }
