# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# `bench`: measures Fairway beside others. What does the measuring is a Java program, in a sandbox.

BENCHES=(controller)

bench() {
  local what=${1:-}
  [ -n "$what" ] || usage_error "usage: ./fairway bench controller [--json] [--services N] [--nodes N] ..."
  shift
  case $what in
    controller) bench_controller "$@" ;;
    *) unknown bench "$what" "${BENCHES[@]}" ;;
  esac
}

BENCH_FLAGS=(--json --services --nodes --others --churn --only --reference-workers)

bench_controller() {
  bench_controller_check "$@"
  tools_ensure
  sandbox_possible
  jdk_ensure
  build_start
  kube_start
  case " $* " in
    *" --only fairway "*) ;;
    *) reference_start ;;
  esac
  jobs_await || "${JOB_FAILED[0]}_explain"
  run_create
  sandbox_run "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx2g "-Duser.home=$HOME" \
    -cp "$TESTKIT_APP/lib/*" dev.fairway.testkit.bench.ControllerBench "$@"
}

# Before anything is built: a word that is wrong must not cost minutes.
bench_controller_check() {
  while [ $# -gt 0 ]; do
    case $1 in
      --json) ;;
      --only)
        case ${2:-} in fairway | reference) shift ;; *) unknown "side" "${2:-}" fairway reference ;; esac
        ;;
      --services | --nodes | --others | --churn | --reference-workers)
        [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || usage_error "$1: '${2:-}' is not a number of 1 or more"
        shift
        ;;
      *) unknown "flag of bench controller" "$1" "${BENCH_FLAGS[@]}" ;;
    esac
    shift
  done
}
