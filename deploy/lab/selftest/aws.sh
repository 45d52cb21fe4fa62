# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

fake_moto() { # DIR
  mkdir -p "$1/bin"
  echo program >"$1/bin/moto_server"
  chmod +x "$1/bin/moto_server"
}

test_given_moto_that_is_no_program_is_refused() {
  FAIRWAY_MOTO=$T/nothing
  equal 1 "$(status moto_start_in_subshell)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "FAIRWAY_MOTO=$T/nothing is not an executable file"
}

moto_start_in_subshell() { (moto_start); }

test_missing_python_is_one_line() {
  moto_python_suffices() { false; }
  apt_install() { false; }
  equal 1 "$(status moto_start_in_subshell)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "please install: python3 python3-venv"
}

test_key_of_moto_depends_on_the_pinned_packages_and_on_python() {
  local before
  mkdir "$T/source"
  cp "$MOTO_SOURCE/requirements.txt" "$T/source"
  MOTO_SOURCE=$T/source
  before=$(moto_key)
  echo "more==1" >>"$T/source/requirements.txt"
  [ "$before" != "$(moto_key)" ] || fail "the packages do not count"
  before=$(moto_key)
  python3() { echo "Python 3.99"; }
  [ "$before" != "$(moto_key)" ] || fail "Python does not count"
}

test_every_python_package_is_pinned() {
  equal "" "$(grep -v -e '^#' -e '^[A-Za-z0-9_.-]*\(\[server\]\)\?==[0-9][0-9a-z.]*$' "$MOTO_SOURCE/requirements.txt" || true)"
}

test_two_runs_at_once_install_moto_once() {
  MOTO_CACHE=$T/cache
  mkdir "$MOTO_CACHE"
  moto_install() {
    echo made >>"$T/made"
    sleep 0.5
    fake_moto "$1"
  }
  moto_obtain "$MOTO_CACHE/key" >"$T/first" &
  moto_obtain "$MOTO_CACHE/key" >"$T/second" &
  wait
  equal 1 "$(wc -l <"$T/made")"
  contains "$(cat "$T/first" "$T/second")" "waiting for another run"
  [ -x "$MOTO_CACHE/key/bin/moto_server" ] || fail "not there"
}

test_moto_that_does_not_install_leaves_nothing_under_the_key() {
  MOTO_CACHE=$T/cache
  mkdir "$MOTO_CACHE"
  moto_install() { mkdir "$1/bin" && return 1; }
  ! moto_obtain "$MOTO_CACHE/key" >/dev/null || fail "claims success"
  equal "" "$(find "$MOTO_CACHE" -mindepth 1 -not -name lock)"
}
