# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

# A launcher of its own, in the background, whose run does COMMAND in a sandbox; LAUNCHER is its process.
launch() {
  # shellcheck disable=SC2016 # expanded in there
  bash -c '
    set -eu
    for part in say progress tools jdk build release kube sandbox runs demo test; do . "$ROOT/deploy/lab/lib/$part.sh"; done
    trap "run_end \$?" EXIT
    trap "exit 143" TERM
    FAIRWAY_KUBE_BIN=/nowhere
    sandbox_possible
    run_create
    sandbox_run "$@"' - "$@" >"$T/out" 2>"$T/err" &
  LAUNCHER=$!
}

the_run() { find "$RUNS" -mindepth 1 -maxdepth 1 -type d -name '[a-z][0-9][a-z][0-9]'; }
# The PIDs of `sleep SECONDS`, with the seconds as the mark by which a test knows its own.
processes() {
  local file words
  for file in /proc/[0-9]*/cmdline; do
    { mapfile -d '' -t words <"$file"; } 2>/dev/null || continue
    [ "${words[*]}" != "sleep $1" ] || cut -d/ -f3 <<<"$file"
  done
}
both_run() { [ "$(processes "$1" | wc -l)" = 2 ]; }
no_process() { [ -z "$(processes "$1")" ]; }
no_namespace() { ! readlink /proc/[0-9]*/ns/net | grep -qF "$1"; }
none_alive() { [ -z "$(runs_alive)" ]; }

# A payload that resists: it ignores SIGTERM, and so does a process in a namespace in the sandbox. $MARK names both.
start_stubborn() {
  MARK=1000$$$RANDOM
  # shellcheck disable=SC2016 # expanded in there
  launch bash -c 'trap "" TERM; ip netns add inner; ip netns exec inner sleep "$1" & sleep "$1"; true' - "$MARK"
  eventually both_run "$MARK"
  local pid
  pid=$(processes "$MARK" | head -n 1)
  NAMESPACE=$(readlink "/proc/$pid/ns/net")
}

all_is_gone() {
  eventually no_process "$MARK"
  eventually no_namespace "$NAMESPACE"
  eventually none_alive
}

test_payload_status_is_the_runs_status() {
  local status=0
  launch bash -c 'exit 7'
  wait "$LAUNCHER" || status=$?
  equal 7 "$status"
}

test_sandbox_has_loopback_and_its_own_names() {
  mkdir -p "$T/names"
  # shellcheck disable=SC2016 # expanded in there
  launch bash -c 'ip netns add client && ip netns list && cat /sys/class/net/lo/operstate >/dev/null && ip -br link show up'
  wait "$LAUNCHER" || fail "$(cat "$T/err")"
  equal client "$(head -n 1 "$T/out")"
  equal lo "$(tail -n 1 "$T/out" | cut -d' ' -f1)"
  equal "" "$(the_run)"
}

test_nothing_is_left_after_the_launcher_is_killed() {
  start_stubborn
  kill -KILL "$LAUNCHER"
  all_is_gone
}

test_nothing_is_left_after_the_parent_of_init_is_killed() {
  start_stubborn
  kill -KILL "$(cut -d' ' -f1 "$(the_run)/sandbox")"
  all_is_gone
  equal "" "$(the_run)"
}

test_nothing_is_left_after_a_signal_to_the_launcher() {
  start_stubborn
  kill -TERM "$LAUNCHER"
  wait "$LAUNCHER" || true
  all_is_gone
  equal "" "$(the_run)"
}

test_dead_runs_are_swept_and_live_ones_kept() {
  local dead live
  start_stubborn
  dead=$(the_run)
  kill -KILL "$LAUNCHER"
  all_is_gone
  [ -d "$dead" ] || fail "nobody was there to remove it"
  launch sleep 60
  eventually test ! -d "$dead"
  live=$(the_run)
  runs_sweep
  [ -d "$live" ] || fail "swept a live run"
  equal "${live##*/}" "$(runs_alive)"
  kill -TERM "$LAUNCHER"
}

test_logs_of_a_failed_run_are_kept_for_a_while() {
  # shellcheck disable=SC2016 # expanded in there
  launch bash -c 'echo why >"$FAIRWAY_RUN_DIR/etcd.log"; exit 1'
  wait "$LAUNCHER" || true
  equal why "$(cat "$RUNS"/failed/*/etcd.log)"
}

test_kept_world_outlives_its_launcher_until_it_is_taken_down() {
  local run
  MARK=1000$$$RANDOM
  sandbox_possible
  # shellcheck disable=SC2016 # expanded in there
  DEMO_COMMAND=(bash -c 'echo shown; echo 9 >&2; touch "$FAIRWAY_RUN_DIR/kept"; sleep "$1"' - "$MARK")
  (
    FAIRWAY_KUBE_BIN=$T/nowhere
    run_create
    demo_keep >"$T/out" 2>"$T/err"
  ) || fail "$(cat "$T/err")"
  run=$(runs_alive)
  equal shown "$(cat "$T/out")"
  contains "$(cat "$T/err")" "./fairway down $run"
  [ -n "$(processes "$MARK")" ] || fail "the world went with its launcher"
  equal lo "$("$ROOT/fairway" exec "$run" lan ip -br link show up | cut -d' ' -f1)"
  "$ROOT/fairway" down all 2>/dev/null
  eventually no_process "$MARK"
  equal "" "$(the_run)"
}
