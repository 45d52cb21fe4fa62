# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

fake_openstack() { # DIR
  mkdir -p "$1/venv/bin" "$1/template"
  echo program >"$1/openstack-lab"
  echo program >"$1/venv/bin/python"
  chmod +x "$1/openstack-lab" "$1/venv/bin/python"
  echo '{}' >"$1/template/seed.json"
}

fake_openstack_with_ovn() { # DIR
  fake_openstack "$1"
  mkdir "$1/template-ovn"
  echo '{}' >"$1/template-ovn/seed.json"
}

openstack_start_in_subshell() { (openstack_start); }

openstack_tools_in_subshell() { (openstack_tools_ensure); }

test_given_openstack_without_its_template_is_refused() {
  fake_openstack "$T/given"
  rm "$T/given/template/seed.json"
  FAIRWAY_OPENSTACK=$T/given
  equal 1 "$(status openstack_start_in_subshell)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "FAIRWAY_OPENSTACK=$T/given has no openstack-lab"
}

test_given_openstack_is_taken() {
  fake_openstack "$T/given"
  FAIRWAY_OPENSTACK=$T/given
  equal 0 "$(status openstack_start_in_subshell)"
}

test_given_openstack_without_ovn_is_refused_where_ovn_is_wanted() {
  fake_openstack "$T/given"
  FAIRWAY_OPENSTACK=$T/given
  OPENSTACK_WITH_OVN=yes
  equal 1 "$(status openstack_start_in_subshell)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "no OVN"
  fake_openstack_with_ovn "$T/other"
  FAIRWAY_OPENSTACK=$T/other
  equal 0 "$(status openstack_start_in_subshell)"
}

test_missing_ovn_is_one_line() {
  OPENSTACK_CACHE=$T/cache
  openstack_ovn_installed() { false; }
  openstack_ovn_available() { false; }
  equal 1 "$(status openstack_ovn_in_subshell)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "please install: ovn-central ovn-host openvswitch-switch ethtool"
}

openstack_ovn_in_subshell() { (openstack_ovn_ensure); }

test_ovn_that_the_system_has_is_not_fetched() {
  openstack_ovn_installed() { true; }
  apt-get() { fail "fetches"; }
  openstack_ovn_unpack "$T/ovn" >/dev/null || fail "refused"
  [ -d "$T/ovn" ] || fail "not there"
}

test_packages_of_ovn_are_unpacked_and_not_installed() {
  openstack_ovn_installed() { false; }
  apt-get() {
    case $1 in
      -s) printf 'Inst ovn-common (23.03)\nInst ovn-central (23.03)\nConf ovn-common\n' ;;
      download) shift 2 && for package in "$@"; do echo "$package" >"$package.deb"; done ;;
      *) fail "apt-get $*" ;;
    esac
  }
  mkdir "$T/bin"
  # shellcheck disable=SC2016 # for later
  printf '#!/bin/sh\nmkdir -p "$3/usr/bin" && cp "$2" "$3/usr/bin/"\n' >"$T/bin/dpkg-deb"
  chmod +x "$T/bin/dpkg-deb"
  PATH=$T/bin:$PATH
  openstack_ovn_unpack "$T/ovn" >/dev/null || fail "refused"
  equal "ovn-central.deb ovn-common.deb" "$(cd "$T/ovn/usr/bin" && echo *)"
  [ ! -e "$T/ovn/packages" ] || fail "left the packages behind"
}

test_ovn_is_added_to_what_was_made_without() {
  OPENSTACK_CACHE=$T/cache
  OPENSTACK_WITH_OVN=yes
  mkdir "$OPENSTACK_CACHE"
  fake_openstack "$OPENSTACK_CACHE/key"
  openstack_make() { fail "makes it again"; }
  openstack_add_ovn() { fake_openstack_with_ovn "$1.more" && mv "$1.more/template-ovn" "$1/"; }
  openstack_obtain "$OPENSTACK_CACHE/key" >/dev/null || fail "refused"
  openstack_complete "$OPENSTACK_CACHE/key" || fail "not there"
}

test_missing_mariadb_is_one_line() {
  openstack_mariadb_suffices() { false; }
  openstack_apt_install() { false; }
  equal 1 "$(status openstack_tools_in_subshell)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "please install: mariadb-server"
}

test_python_that_is_too_old_for_openstack_is_one_line() {
  openstack_mariadb_suffices() { true; }
  openstack_python_suffices() { false; }
  apt_install() { false; }
  equal 1 "$(status openstack_tools_in_subshell)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "Python 3.11 or newer"
}

test_missing_rabbitmq_is_one_line() {
  openstack_apt_install() { false; }
  OPENSTACK_RABBIT=$T/nothing
  equal 1 "$(status openstack_rabbit_in_subshell)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "please install: rabbitmq-server"
}

openstack_rabbit_in_subshell() { (openstack_rabbit_ensure); }

test_key_of_openstack_depends_on_all_that_it_is_made_of() {
  local before file
  cp -r "$OPENSTACK_SOURCE" "$T/source"
  OPENSTACK_SOURCE=$T/source
  for file in requirements.txt fairwaylab/seed.py fairwaylab-1.dist-info/entry_points.txt; do
    before=$(openstack_key)
    echo "# more" >>"$T/source/$file"
    [ "$before" != "$(openstack_key)" ] || fail "$file does not count"
  done
  before=$(openstack_key)
  openstack_mariadb_version() { echo "mariadbd Ver 99"; }
  [ "$before" != "$(openstack_key)" ] || fail "MariaDB does not count"
}

test_packages_of_openstack_are_shared_when_only_its_seed_changes() {
  local before
  cp -r "$OPENSTACK_SOURCE" "$T/source"
  OPENSTACK_SOURCE=$T/source
  before=$(openstack_packages_key)
  echo "# more" >>"$T/source/fairwaylab/seed.py"
  equal "$before" "$(openstack_packages_key)"
  echo "more==1" >>"$T/source/requirements.txt"
  [ "$before" != "$(openstack_packages_key)" ] || fail "the packages do not count"
}

test_every_package_of_openstack_is_pinned() {
  equal "" "$(grep -v -e '^#' -e '^[A-Za-z0-9_.-]*==[0-9][0-9a-z.]*$' "$OPENSTACK_SOURCE/requirements.txt" || true)"
  contains "$(cat "$OPENSTACK_SOURCE/requirements.txt")" "$(openstack_pinned uv)"
}

test_two_runs_at_once_make_openstack_once() {
  OPENSTACK_CACHE=$T/cache
  mkdir "$OPENSTACK_CACHE"
  openstack_packages() { true; }
  openstack_make() {
    echo made >>"$T/made"
    sleep 0.5
    fake_openstack "$1"
  }
  openstack_obtain "$OPENSTACK_CACHE/key" >"$T/first" &
  openstack_obtain "$OPENSTACK_CACHE/key" >"$T/second" &
  wait
  equal 1 "$(wc -l <"$T/made")"
  contains "$(cat "$T/first" "$T/second")" "waiting for another run"
  openstack_complete "$OPENSTACK_CACHE/key" || fail "not there"
}

test_openstack_that_is_not_made_to_its_end_leaves_nothing_under_the_key() {
  OPENSTACK_CACHE=$T/cache
  mkdir -p "$OPENSTACK_CACHE/new.ofakilledrun"
  openstack_packages() { true; }
  openstack_make() { fake_openstack "$1" && return 1; }
  ! openstack_obtain "$OPENSTACK_CACHE/key" >/dev/null || fail "claims success"
  equal lock "$(ls "$OPENSTACK_CACHE")"
}

test_debian_is_kept_from_starting_what_it_installs() {
  OPENSTACK_POLICY=$T/policy
  id() { echo 0; }
  apt_install() { [ -x "$OPENSTACK_POLICY" ] && return 3; }
  equal 3 "$(status openstack_apt_install something)"
  [ ! -e "$OPENSTACK_POLICY" ] || fail "left the guard behind"
}

test_a_guard_that_was_there_before_stays() {
  OPENSTACK_POLICY=$T/policy
  echo theirs >"$OPENSTACK_POLICY"
  id() { echo 0; }
  apt_install() { true; }
  equal 0 "$(status openstack_apt_install something)"
  equal theirs "$(cat "$OPENSTACK_POLICY")"
}
