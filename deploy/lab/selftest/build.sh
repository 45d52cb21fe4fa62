# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

# A checkout with a stand-in for Maven, which counts its calls, below a directory with a space.
fake_checkout() {
  local dir="$T/a checkout"
  mkdir -p "$dir/deploy" "$dir/manager/src/main"
  cp "$ROOT/fairway" "$dir/"
  cp -r "$ROOT/deploy/lab" "$dir/deploy/"
  echo '<project/>' | tee "$dir/pom.xml" >"$dir/manager/pom.xml"
  printf '%s\n' '#!/bin/sh' 'echo call >>calls' 'mkdir -p manager/target/app/lib testkit/target/app/lib' \
    'if [ -e broken ]; then echo "[INFO] much"; echo "[ERROR] Pool.java:[3,1] a reason"; exit 1; fi' >"$dir/mvnw"
  chmod +x "$dir/mvnw"
  fake_jdk "$T/25" 25
  echo "$dir"
}

test_build_is_skipped_until_a_source_changes() {
  local dir
  dir=$(fake_checkout)
  cd /
  export FAIRWAY_JAVA_HOME=$T/25
  equal 0 "$(status "$dir/fairway" build)"
  equal 0 "$(status "$dir/fairway" build)"
  equal 1 "$(wc -l <"$dir/calls")"
  echo 'class A {}' >"$dir/manager/src/main/A.java"
  equal 0 "$(status "$dir/fairway" build)"
  equal 2 "$(wc -l <"$dir/calls")"
}

test_build_that_fails_shows_the_reason_and_the_log() {
  local dir
  dir=$(fake_checkout)
  touch "$dir/broken"
  equal 1 "$(FAIRWAY_JAVA_HOME=$T/25 status "$dir/fairway" build)"
  contains "$(cat "$T/err")" "Pool.java:[3,1] a reason"
  contains "$(cat "$T/err")" "$dir/target/fairway/build."
}
