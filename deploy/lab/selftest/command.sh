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
