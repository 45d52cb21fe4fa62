# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

fake_jdk() { # DIR VERSION
  mkdir -p "$1/bin"
  printf 'JAVA_VERSION="%s"\n' "$2" >"$1/release"
  printf '#!/bin/sh\n' | tee "$1/bin/java" >"$1/bin/javac"
  chmod +x "$1/bin/java" "$1/bin/javac"
}

test_jdk_25_is_found_behind_an_older_one() {
  fake_jdk "$T/17" 17.0.1
  fake_jdk "$T/jdk 25" 25.0.3
  equal "$T/jdk 25" "$(jdk_first "" "$T/none" "$T/17" "$T/jdk 25")"
}

test_jdk_without_compiler_is_passed_over() {
  fake_jdk "$T/jre" 25
  rm "$T/jre/bin/javac"
  equal "" "$(jdk_first "$T/jre" || true)"
}

test_jdk_named_by_the_user_is_refused_if_it_is_too_old() {
  fake_jdk "$T/17" 17.0.1
  equal 1 "$(FAIRWAY_JAVA_HOME=$T/17 status "$ROOT/fairway" build)"
  one_line "$T/err"
}
