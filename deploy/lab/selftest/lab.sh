# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

test_unknown_lab_is_one_line_with_the_nearest_one() {
  equal 2 "$(status "$ROOT/fairway" lab asw)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "did you mean 'aws'?"
}

test_wrong_words_of_the_lab_are_refused_before_anything_is_built() {
  local wrong
  for wrong in "aws --localstak" "aws --nodes" "aws --nodes 0" "aws --port http" "openstack --rabit" "openstack --ovm" "openstack --nodes"; do
    # shellcheck disable=SC2086 # two words
    equal 2 "$(status "$ROOT/fairway" lab $wrong)"
    one_line "$T/err"
  done
}

test_localstack_without_a_token_is_one_line_before_anything_is_built() {
  unset LOCALSTACK_AUTH_TOKEN
  equal 1 "$(status "$ROOT/fairway" lab aws --localstack)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "LOCALSTACK_AUTH_TOKEN"
}

test_end_of_the_launcher_waits_for_the_lab() {
  # shellcheck disable=SC2016 # expanded in there
  job_start lab "$T/lab.log" bash -c 'trap "sleep 0.5; touch $T/tidy; exit" TERM; touch $T/up; while :; do sleep 0.05; done'
  eventually [ -e "$T/up" ]
  jobs_stop
  lab_await
  [ -e "$T/tidy" ] || fail "did not wait"
}
