# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# `bench`: measures Fairway beside others. What does the measuring is a Java program, in a sandbox.

BENCHES=(controller aws openstack l2)

bench() {
  local what=${1:-}
  [ -n "$what" ] || usage_error "usage: ./fairway bench controller|aws|openstack|l2 [--json] [--services N] ..."
  shift
  case $what in
    controller) bench_controller "$@" ;;
    aws) bench_aws "$@" ;;
    openstack) bench_openstack "$@" ;;
    l2) bench_l2 "$@" ;;
    *) unknown bench "$what" "${BENCHES[@]}" ;;
  esac
}

BENCH_FLAGS=(--json --services --nodes --others --churn --only --reference-workers)
BENCH_AWS_FLAGS=(--json --services --only --storm-services --latency-millis)
BENCH_OPENSTACK_FLAGS=(--json --simulated --services --only --boot-millis --audit-seconds --token-services --wide-services --wide-nodes)
BENCH_L2_FLAGS=(--json --rounds --services --only --wide-services --idle-seconds)
BENCH_L2_PARTS=(alloc cut kill drain arp fast many wide)

bench_controller() {
  bench_controller_check "$@"
  bench_prepare
  ! bench_has_reference "$@" || reference_start
  bench_run ControllerBench "$@"
}

bench_aws() {
  bench_aws_check "$@"
  bench_prepare
  moto_start
  ! bench_has_reference "$@" || awsref_start
  bench_run aws.AwsBench "$@"
}

bench_openstack() {
  local simulated=
  [[ " $* " != *" --simulated "* ]] || simulated=1
  bench_openstack_check "$@"
  [ -n "$simulated" ] || openstack_tools_ensure
  bench_prepare
  [ -n "$simulated" ] || openstack_start
  ! bench_has_reference "$@" || openstackref_start
  bench_run openstack.OpenStackBench "$@"
}

bench_l2() {
  bench_l2_check "$@"
  bench_prepare
  bench_run l2.L2Bench "$@"
}

bench_prepare() {
  tools_ensure
  sandbox_possible
  jdk_ensure
  build_start
  kube_start
}

bench_has_reference() { [[ " $* " != *" --only fairway "* ]]; }

# bench_run CLASS ARG...: once everything that was started is there.
bench_run() {
  local class=$1
  shift
  jobs_await || "${JOB_FAILED[0]}_explain"
  run_create
  sandbox_run "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx2g --enable-native-access=ALL-UNNAMED \
    "-Duser.home=$HOME" -cp "$TESTKIT_APP/lib/*" "dev.fairway.testkit.bench.$class" "$@"
}

# Before anything is built: a word that is wrong must not cost minutes.
bench_controller_check() {
  while [ $# -gt 0 ]; do
    case $1 in
      --json) ;;
      --only) bench_check_side "${2:-}" && shift ;;
      --services | --nodes | --others | --churn | --reference-workers) bench_check_number "$1" "${2:-}" && shift ;;
      *) unknown "flag of bench controller" "$1" "${BENCH_FLAGS[@]}" ;;
    esac
    shift
  done
}

bench_aws_check() {
  while [ $# -gt 0 ]; do
    case $1 in
      --json) ;;
      --only) bench_check_side "${2:-}" && shift ;;
      --services) bench_check_numbers "$1" "${2:-}" && shift ;;
      --storm-services | --latency-millis) bench_check_number "$1" "${2:-}" && shift ;;
      *) unknown "flag of bench aws" "$1" "${BENCH_AWS_FLAGS[@]}" ;;
    esac
    shift
  done
}

bench_openstack_check() {
  while [ $# -gt 0 ]; do
    case $1 in
      --json | --simulated) ;;
      --only) bench_check_side "${2:-}" && shift ;;
      --services | --boot-millis | --audit-seconds | --token-services | --wide-services | --wide-nodes) bench_check_number "$1" "${2:-}" && shift ;;
      *) unknown "flag of bench openstack" "$1" "${BENCH_OPENSTACK_FLAGS[@]}" ;;
    esac
    shift
  done
}

bench_l2_check() {
  while [ $# -gt 0 ]; do
    case $1 in
      --json) ;;
      --only) bench_check_part "${2:-}" && shift ;;
      --rounds | --services | --wide-services | --idle-seconds) bench_check_number "$1" "${2:-}" && shift ;;
      *) unknown "flag of bench l2" "$1" "${BENCH_L2_FLAGS[@]}" ;;
    esac
    shift
  done
}

bench_check_part() { [[ " ${BENCH_L2_PARTS[*]} " == *" $1 "* ]] || unknown "part" "$1" "${BENCH_L2_PARTS[@]}"; }

bench_check_side() {
  case $1 in fairway | reference) ;; *) unknown "side" "$1" fairway reference ;; esac
}

bench_check_number() { [[ $2 =~ ^[1-9][0-9]*$ ]] || usage_error "$1: '$2' is not a number of 1 or more"; }

bench_check_numbers() {
  [[ $2 =~ ^[1-9][0-9]*(,[1-9][0-9]*)*$ ]] || usage_error "$1: '$2' is not a number of 1 or more, or several with commas between them"
}
