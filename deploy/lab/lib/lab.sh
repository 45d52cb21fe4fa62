# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# `lab aws`, `lab openstack`: a cloud in the foreground for the controller under development. What serves it is a Java program.

LABS=(aws openstack)
LAB_AWS_FLAGS=(--localstack --kube --nodes --port)
LAB_OPENSTACK_FLAGS=(--ovn --rabbit --kube)
LAB_PATIENCE_SECONDS=10

lab() {
  local what=${1:-}
  [ -n "$what" ] || usage_error "usage: ./fairway lab aws [--localstack] [--kube] [--nodes N] [--port N] | lab openstack [--ovn] [--rabbit] [--kube]"
  shift
  case $what in
    aws) lab_aws "$@" ;;
    openstack) lab_openstack "$@" ;;
    *) unknown lab "$what" "${LABS[@]}" ;;
  esac
}

lab_aws() {
  lab_aws_check "$@"
  [[ " $* " != *" --localstack "* ]] || export FAIRWAY_AWS=localstack
  lab_localstack_possible
  jdk_ensure
  build_start
  [ "${FAIRWAY_AWS:-moto}" != moto ] || moto_start
  [[ " $* " != *" --kube "* ]] || kube_start
  lab_serve aws.lab.AwsLab "$@"
}

lab_openstack() {
  lab_openstack_check "$@"
  openstack_tools_ensure
  [[ " $* " != *" --rabbit "* ]] || openstack_rabbit_ensure
  [[ " $* " != *" --ovn "* ]] || openstack_ovn_ensure
  jdk_ensure
  build_start
  openstack_start
  [[ " $* " != *" --kube "* ]] || kube_start
  lab_serve openstack.lab.ServeOpenStack "$@"
}

# lab_serve CLASS ARG...: once everything that was started is there.
lab_serve() {
  local class=$1
  shift
  jobs_await || "${JOB_FAILED[0]}_explain"
  run_create
  job_shown lab "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m "-Duser.home=$HOME" \
    -cp "$TESTKIT_APP/lib/*" "dev.fairway.testkit.$class" "$@"
}

# Before anything is built: a word that is wrong must not cost minutes.
lab_aws_check() {
  while [ $# -gt 0 ]; do
    case $1 in
      --localstack | --kube) ;;
      --nodes | --port)
        [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || usage_error "$1: '${2:-}' is not a number of 1 or more"
        shift
        ;;
      *) unknown "flag of lab aws" "$1" "${LAB_AWS_FLAGS[@]}" ;;
    esac
    shift
  done
}

lab_openstack_check() {
  local flag
  for flag in "$@"; do
    case $flag in --ovn | --rabbit | --kube) ;; *) unknown "flag of lab openstack" "$flag" "${LAB_OPENSTACK_FLAGS[@]}" ;; esac
  done
}

# Nor must a token that is missing; whether there is a Docker daemon to talk to is asked later.
lab_localstack_possible() {
  [ "${FAIRWAY_AWS:-moto}" != localstack ] || [ -n "${LOCALSTACK_AUTH_TOKEN:-}" ] ||
    die "LocalStack needs LOCALSTACK_AUTH_TOKEN in the environment"
}

# The run's directory must not go before those who write in it.
lab_await() {
  local pid=${JOB_PID[lab]:-} tries
  [ -n "$pid" ] || return 0
  for ((tries = 0; tries < LAB_PATIENCE_SECONDS * 20; tries++)); do
    kill -0 -- "-$pid" 2>/dev/null || return 0
    sleep 0.05
  done
  kill -KILL -- "-$pid" 2>/dev/null || true
}
