# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The OpenStack control plane: given, cached or made, in this order. Exports FAIRWAY_OPENSTACK, a directory with `openstack-lab`, which
# starts it, `bin` with the command line client, `venv`, the Python packages, and `template`, a seeded cloud that each start gets a copy of;
# where OVN is asked for also `ovn`, its programs, and `template-ovn`.

OPENSTACK_SOURCE=$ROOT/deploy/lab/openstack
OPENSTACK_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/fairway/openstack
OPENSTACK_LOG=$OPENSTACK_CACHE/build.$$.log
OPENSTACK_RABBIT=/usr/lib/rabbitmq/bin/rabbitmq-server
OPENSTACK_POLICY=/usr/sbin/policy-rc.d # what Debian asks whether it may start a service
OPENSTACK_OVN_PACKAGES=(ovn-central ovn-host openvswitch-switch ethtool)
OPENSTACK_OVN_PROGRAMS=(ovsdb-server ovsdb-tool ovsdb-client ovs-vsctl ovs-vswitchd ovn-northd ovn-controller ovn-nbctl ovn-sbctl ethtool)
OPENSTACK_WITH_OVN="" # yes: with OVN, through which packets go

# Tested with mariadb-server 10.11.19 and, only where they are asked for, rabbitmq-server 3.10.8, ovn 23.03.1 and openvswitch 3.1.0, all of
# Debian 12.
openstack_start() {
  if [ -n "${FAIRWAY_OPENSTACK:-}" ]; then
    openstack_complete "$FAIRWAY_OPENSTACK" ||
      die "FAIRWAY_OPENSTACK=$FAIRWAY_OPENSTACK has no openstack-lab with its venv and template${OPENSTACK_WITH_OVN:+, or no OVN}"
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

openstack_complete() { openstack_plain_complete "$1" && { [ -z "$OPENSTACK_WITH_OVN" ] || [ -f "$1/template-ovn/seed.json" ]; }; }

openstack_plain_complete() { [ -x "$1/openstack-lab" ] && [ -x "$1/venv/bin/python" ] && [ -f "$1/template/seed.json" ]; }

# Under a lock, and published by a rename: two runs make it once, and a killed one leaves nothing half made under the key.
openstack_obtain() {
  local target=$1
  exec 7>"$OPENSTACK_CACHE/lock"
  flock -n 7 || { echo "fairway: waiting for another run" && flock 7; }
  openstack_plain_complete "$target" || openstack_publish "$target" || return 1
  openstack_complete "$target" || openstack_add_ovn "$target" 7>&-
}

openstack_publish() {
  local target=$1 new
  find "$OPENSTACK_CACHE" -maxdepth 1 -name 'build.*.log' -mmin +600 -delete
  rm -rf "$OPENSTACK_CACHE"/new.* # of a run that was killed: only the holder of the lock makes them
  new=$(mktemp -d "$OPENSTACK_CACHE/new.XXXXXX")
  chmod 755 "$new"
  if openstack_packages && openstack_make "$new" 7>&- && openstack_plain_complete "$new"; then
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
  printf '#!/bin/sh\nhome=$(dirname "$(readlink -f "$0")")\nPYTHONPATH=$home/lib FAIRWAY_OVN=$home/ovn exec "$home/venv/bin/python" -m fairwaylab "$@"\n' >"$dir/openstack-lab"
  mkdir "$dir/bin" || return 1
  # shellcheck disable=SC2016
  printf '#!/bin/sh\nvenv=$(dirname "$(readlink -f "$0")")/../venv\nexec "$venv/bin/python" "$venv/bin/openstack" "$@"\n' >"$dir/bin/openstack"
  chmod 755 "$dir/openstack-lab" "$dir/bin/openstack"
  openstack_template "$dir" template
}

# openstack_template DIR NAME FLAG...
openstack_template() {
  local dir=$1 new=$1/$2.new
  rm -rf "$new"
  "$dir/openstack-lab" template "$new" "${@:3}" || return 1
  (cd "$new" && rm -rf log etc cache tmp) || return 1
  mv -T "$new" "$dir/$2"
}

openstack_add_ovn() {
  local dir=$1 programs
  programs=$OPENSTACK_CACHE/$(openstack_ovn_key)
  [ -d "$programs" ] || openstack_ovn_unpack "$programs" || return 1
  ln -sfnr "$programs" "$dir/ovn" || return 1
  openstack_template "$dir" template-ovn --ovn
}

# The packages that this system lacks are unpacked, not installed: nothing of OVN is to run here but in the lab. Not by their pinned versions,
# of which Debian keeps only the latest.
openstack_ovn_unpack() {
  local target=$1 new=$1.new missing
  rm -rf "$new"
  mkdir -p "$new/packages" || return 1
  echo "fairway: programs of OVN"
  missing=$(openstack_ovn_packages) || return 1
  # shellcheck disable=SC2086 # one word per package
  [ -z "$missing" ] || (cd "$new/packages" && apt-get download -q $missing) || return 1
  find "$new/packages" -name '*.deb' -exec dpkg-deb -x {} "$new" \; || return 1
  rm -rf "$new/packages"
  mv -T "$new" "$target"
}

# With all that they need. Nothing where the system has them, or is no Debian.
openstack_ovn_packages() {
  if openstack_ovn_installed; then return 0; fi
  apt-get -s install --no-install-recommends "${OPENSTACK_OVN_PACKAGES[@]}" | sed -n 's/^Inst \([^ ]*\) .*/\1/p'
}

openstack_ovn_installed() {
  local name
  for name in "${OPENSTACK_OVN_PROGRAMS[@]}"; do
    PATH=$PATH:/usr/sbin:/sbin command -v "$name" >/dev/null || return 1
  done
}

# Before anything long.
openstack_ovn_ensure() {
  OPENSTACK_WITH_OVN=yes
  openstack_ovn_installed || [ -d "$OPENSTACK_CACHE/$(openstack_ovn_key)" ] || openstack_ovn_available ||
    die "OVN is needed, please install: ${OPENSTACK_OVN_PACKAGES[*]} (their services need not run)"
}

openstack_ovn_available() {
  local package
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  for package in "${OPENSTACK_OVN_PACKAGES[@]}"; do
    apt_has "$package" || { [ "$(id -u)" = 0 ] && apt_update_once && apt_has "$package"; } || return 1
  done
}

openstack_ovn_key() {
  printf 'ovn-%s' "$({ uname -m && grep -s '^VERSION_ID' /etc/os-release && echo "${OPENSTACK_OVN_PACKAGES[@]}"; } | sha256sum | cut -c1-12)"
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
