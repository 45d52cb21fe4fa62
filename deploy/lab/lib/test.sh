# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# `test`: unit tests outside, integration tests and the launcher's own tests with the lab; the last line counts all of them.

TESTS_APART=$ROOT/deploy/lab/lib/apart/bin/java # gives each of the JVMs of the integration tests a network of its own
TESTS_SIDE_BY_SIDE=1 # with two, tests that count calls or seconds were starved on two cores
TESTS_BROKEN=0 # parts that failed without a failed test, such as a compile error
LAUNCHER_TESTS="0 0"

run_tests() {
  local part=${1:-all}
  [ $# -le 1 ] || unknown "argument of test" "$2" "none"
  case $part in all | unit | it) ;; *) unknown "part of the tests" "$part" unit it ;; esac
  cd "$ROOT" || exit
  rm -f ./*/target/surefire-reports/TEST-*.xml ./*/target/failsafe-reports/TEST-*.xml
  jdk_ensure
  [ "$part" = unit ] || tests_prepare_lab
  [ "$part" = it ] || tests_unit
  [ "$part" = unit ] || tests_with_lab "$part"
  tests_total
}

# Components are obtained, and the launcher tested, while the unit tests run.
tests_prepare_lab() {
  tools_ensure
  sandbox_possible
  openstack_tools_ensure
  openstack_ovn_ensure
  kube_start
  moto_start
  openstack_start
  mkdir -p "$BUILD_DIR"
  job_start launcher "$BUILD_DIR/launcher.out" tests_launcher
}

tests_unit() {
  local stamp
  mkdir -p "$BUILD_DIR"
  stamp=$(build_stamp)
  rm -f "$BUILD_DIR/stamp"
  tests_part unit surefire ./mvnw -B -ntp verify || return 0
  printf '%s\n' "$stamp" >"$BUILD_DIR/stamp" # what it has packaged is what demo needs
}

# The sandbox has no network: what Maven needs in it must be in the local repository before.
# A failure does not keep the modules behind it from being tested: the reports tell what failed, see tests_part.
tests_with_lab() {
  jobs_await || "${JOB_FAILED[0]}_explain"
  tests_launcher_told
  [ "$1" = all ] || tests_resolve
  run_create
  export FAIRWAY_JDK=$JAVA_HOME
  [ "$SANDBOX_USER" = 0 ] || export MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.home=$HOME" # the JVM takes uid 0's otherwise
  tests_part integration failsafe sandbox_run ./mvnw -B -ntp -o verify -Dmaven.test.failure.ignore=true \
    -DskipUnitTests=true -DskipITs=false -Dspotless.check.skip=true -Denforcer.skip=true \
    -DforkCount="$TESTS_SIDE_BY_SIDE" -Djvm="$TESTS_APART" -Dfailsafe.rerunFailingTestsCount=1 \
    -Dfailsafe.runOrder=reversealphabetical || true # the longest are not the last
  run_end "$((TESTS_FAILED + TESTS_BROKEN > 0))"
}

# Without the unit tests before: all plugins through a build; the JUnit provider, which is resolved only when tests run, by some tests.
tests_resolve() {
  local goal=(verify -DskipUnitTests)
  [ -d "$HOME/.m2/repository/org/apache/maven/surefire/surefire-junit-platform" ] || goal=(verify)
  job_start build "$BUILD_LOG" ./mvnw -B "${goal[@]}" -Dspotless.check.skip=true
  jobs_await || build_explain
}

# Never fails: what it has printed tells.
tests_launcher() { deploy/lab/selftest.sh >"$BUILD_DIR/launcher.log" 2>&1 || true; }

tests_launcher_told() {
  local log=$BUILD_DIR/launcher.log
  cat "$log"
  LAUNCHER_TESTS=$(sed -n 's/^launcher: \([0-9]*\) run, \([0-9]*\) failed$/\1 \2/p' "$log")
  [ -n "$LAUNCHER_TESTS" ] || LAUNCHER_TESTS="1 1"
}

# tests_part NAME PLUGIN COMMAND...: a part that fails although none of its tests did counts as one failure, and so do
# tests that died with their JVM, of which only the summary tells.
tests_part() {
  local name=$1 plugin=$2 status=0
  shift 2
  rm -f ./*/target/"$plugin"-reports/failsafe-summary.xml
  if [ "$1" = sandbox_run ]; then "$@" || status=$?; else job_shown "$name" "$@" || status=$?; fi
  TESTS_FAILED=$(tests_count "$plugin" | cut -d' ' -f2)
  tests_died "$plugin" && status=1
  if [ "$status" != 0 ] && { [ "$TESTS_FAILED" = 0 ] || tests_died "$plugin"; }; then
    TESTS_BROKEN=$((TESTS_BROKEN + 1))
    say "the $name tests did not run to their end (exit status $status)"
  fi
  [ "$TESTS_FAILED" = 0 ] || status=1
  return "$status"
}

# tests_died PLUGIN: whether a summary tells of an end that is no test's.
tests_died() {
  grep -qsE '<failureMessage>|timeout="true"' ./*/target/"$1"-reports/failsafe-summary.xml
}

# tests_count PLUGIN...: "run failed skipped" from the XML reports.
tests_count() {
  local plugin
  for plugin in "$@"; do
    find . -path "./*/target/$plugin-reports/TEST-*.xml" -exec grep -ho '<testsuite [^>]*>' {} +
  done | awk '
    function number(name) { return match($0, " " name "=\"[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0 }
    { run += number("tests"); failed += number("failures") + number("errors"); skipped += number("skipped") }
    END { print run + 0, failed + 0, skipped + 0 }'
}

# tests_unsteady: a line for each integration test that failed and then passed when it was run again.
tests_unsteady() {
  find . -path "./*/target/failsafe-reports/TEST-*.xml" -exec cat {} + | awk '
    function attribute(name) { match($0, " " name "=\"[^\"]*"); return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) }
    /<testcase / { test = attribute("classname") "." attribute("name") }
    /<flaky(Failure|Error)[ >]/ && test != told { print test; told = test }'
}

tests_total() {
  local run failed skipped launcher_run launcher_failed passed unsteady
  read -r run failed skipped < <(tests_count surefire failsafe)
  read -r launcher_run launcher_failed <<<"$LAUNCHER_TESTS"
  passed=$((run - failed - skipped + launcher_run - launcher_failed))
  failed=$((failed + launcher_failed + TESTS_BROKEN))
  if [ "$skipped" -gt 0 ]; then
    say "$skipped tests were skipped"
    [ "${CI:-}" != true ] || failed=$((failed + skipped)) # there everything has to run
  fi
  unsteady=$(tests_unsteady)
  [ -z "$unsteady" ] || say "passed only when run again, which is a defect of the test or of Fairway:"$'\n'"$unsteady"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
