# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Builds with the Maven wrapper, and not at all when nothing has changed since the last build.

FAIRWAY_APP=$ROOT/manager/target/app
TESTKIT_APP=$ROOT/testkit/target/app
BUILD_DIR=$ROOT/target/fairway
BUILD_LOG=$BUILD_DIR/build.$$.log # one per launcher: several may wait for each other

build_command() {
  [ $# -eq 0 ] || unknown "argument of build" "$1" "none"
  build_ensure
  say "built: $FAIRWAY_APP"
}

# The application itself, in the caller's directory, so that file names on the command line mean what they say.
app() {
  build_ensure
  exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "$FAIRWAY_APP/lib/*" dev.fairway.manager.cli.Fairway "$@"
}

build_ensure() {
  jdk_ensure
  build_start
  jobs_await || build_explain
}

build_start() {
  build_is_current || job_start build "$BUILD_LOG" build_once
}

# Under a lock: a second launcher in the same checkout waits, and then finds the work done.
build_once() {
  local stamp
  exec 7>"$BUILD_DIR/lock"
  flock -n 7 || { echo "waiting for another build" && flock 7; }
  ! build_is_current || return 0
  find "$BUILD_DIR" -name 'build.*.log' -mmin +600 -delete
  stamp=$(build_stamp)
  (cd "$ROOT" && ./mvnw -B package -Pquick -Dmaven.test.skip=true -Dspotless.check.skip=true -pl testkit,manager -am 7>&-) || return 1
  printf '%s\n' "$stamp" >"$BUILD_DIR/stamp"
}

build_label() { printf 'building'; }

build_detail() {
  local fetched module
  module=$(sed -n 's/^\[INFO\] Building \([^ ]*\) .*\[\([0-9]*\)\/\([0-9]*\)\]$/module \2 of \3 (\1)/p' "$1" | tail -n 1)
  printf '%s' "$module"
  fetched=$(grep -c '^\(\[INFO\] \)\?Downloaded from' "$1") || return 0
  printf '%s%s files fetched' "${module:+, }" "$fetched"
}

build_explain() {
  grep -e '^\[ERROR\]' -e '^\[WARNING\] .*[.]java:' "$BUILD_LOG" | grep -v -e 'Re-run Maven' -e '^\[ERROR\] *$' | head -n 15 >&2 ||
    tail -n 5 "$BUILD_LOG" >&2
  die "the build failed, all of it is in $BUILD_LOG"
}

build_is_current() {
  [ -f "$BUILD_DIR/stamp" ] && [ -d "$FAIRWAY_APP/lib" ] && [ -d "$TESTKIT_APP/lib" ] &&
    [ "$(cat "$BUILD_DIR/stamp")" = "$(build_stamp)" ]
}

# A checksum of all that the artifacts are made of: sources, poms, resources under deploy/, and the JDK. Not the unit tests.
build_stamp() {
  (
    cd "$ROOT" || exit
    cat "$JAVA_HOME/release" 2>/dev/null || true
    find . \( -name target -o -name .git -o -path '*/src/test' -o -path ./deploy/lab \) -prune -o -type f \
      \( -name pom.xml -o -path '*/src/*' -o -path './.mvn/*' -o -path './deploy/*' \) -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum
  ) | sha256sum
}
