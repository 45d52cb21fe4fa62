# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

test_unknown_command_is_one_line_with_the_nearest_one() {
  equal 2 "$(status "$ROOT/fairway" dmeo)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "'dmeo', did you mean 'demo'?"
}

test_unknown_flag_is_one_line_with_the_known_ones() {
  equal 2 "$(status "$ROOT/fairway" demo --jsno)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "--json --keep"
}

test_unknown_run_is_refused() {
  equal 2 "$(status "$ROOT/fairway" kubectl nope get nodes)"
  one_line "$T/err"
}


test_totals_come_from_the_reports() {
  mkdir -p "$T/a/target/surefire-reports" "$T/b/target/failsafe-reports"
  echo '<testsuite name="tests" time="1" tests="5" errors="1" skipped="1" failures="1">' >"$T/a/target/surefire-reports/TEST-a.xml"
  echo '<testsuite name="b" tests="2" errors="0" skipped="0" failures="0">' >"$T/b/target/failsafe-reports/TEST-b.xml"
  cd "$T" || exit
  LAUNCHER_TESTS="10 1"
  CI=false
  equal "13 passed, 3 failed" "$(tests_total 2>/dev/null)"
  CI=true
  equal "13 passed, 4 failed" "$(tests_total 2>/dev/null)"
}

test_a_test_that_passed_only_when_run_again_is_named() {
  mkdir -p "$T/a/target/failsafe-reports"
  cat >"$T/a/target/failsafe-reports/TEST-a.xml" <<'EOF'
<testsuite name="a" tests="3" errors="0" skipped="0" failures="1" flakes="1">
  <testcase name="steady" classname="a.OneIT" time="1"/>
  <testcase name="unsteady" classname="a.OneIT" time="1">
    <flakyFailure message="expected" type="java.lang.AssertionError">
    </flakyFailure>
  </testcase>
  <testcase name="broken" classname="a.OneIT" time="1">
    <failure message="expected" type="java.lang.AssertionError"></failure>
    <rerunFailure message="expected" type="java.lang.AssertionError"></rerunFailure>
  </testcase>
EOF
  cd "$T" || exit
  LAUNCHER_TESTS="0 0"
  equal "2 passed, 1 failed" "$(tests_total 2>"$T/said")"
  contains "$(cat "$T/said")" "a.OneIT.unsteady"
  equal 0 "$(grep -c 'OneIT.broken' "$T/said")"
}

test_tests_that_died_with_their_jvm_are_no_success() {
  local status=0
  mkdir -p "$T/a/target/failsafe-reports"
  cd "$T" || exit
  job_shown() { echo "<failureMessage>crashed</failureMessage>" >a/target/failsafe-reports/failsafe-summary.xml; }
  TESTS_BROKEN=0
  tests_part integration failsafe true >/dev/null 2>&1 || status=$?
  equal "1 1" "$status $TESTS_BROKEN"
}
