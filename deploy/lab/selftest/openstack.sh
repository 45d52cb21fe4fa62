# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

fake_openstack() { # DIR
  mkdir -p "$1/venv/bin" "$1/template"
  echo program >"$1/openstack-lab"
  echo program >"$1/venv/bin/python"
  chmod +x "$1/openstack-lab" "$1/venv/bin/python"
  echo '{}' >"$1/template/seed.json"
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
