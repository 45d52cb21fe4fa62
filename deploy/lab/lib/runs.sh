# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Every run has a directory, and a lock in it that its launcher and its sandbox hold: a run whose lock is free is dead.
# Not in XDG_RUNTIME_DIR: that is small, gone at log-out, and lies under /run, which a sandbox may hide.

RUNS=${TMPDIR:-/tmp}/fairway-$(id -u)
FAILED_RUNS_KEPT=5
OWN_RUN="" # set once this launcher has a run, which it must take away again

runs_directory() {
  [ -d "$RUNS" ] || mkdir -m 700 "$RUNS" || true # someone else may have been quicker
  { [ -O "$RUNS" ] && [ ! -L "$RUNS" ]; } || die "$RUNS belongs to someone else: set TMPDIR to another directory"
}

# Makes OWN_RUN and exports FAIRWAY_RUN_DIR. Under a lock, so that nobody sweeps a run that is about to take its own.
run_create() {
  local lock
  runs_directory
  exec {lock}>"$RUNS/lock"
  flock "$lock"
  runs_sweep
  OWN_RUN=$(run_name)
  export FAIRWAY_RUN_DIR=$RUNS/$OWN_RUN
  exec 8>"$FAIRWAY_RUN_DIR/alive"
  flock -n 8
  exec {lock}>&-
}

run_name() {
  local letters=abcdefghjkmnpqrstuvwxyz name
  while :; do
    name=${letters:RANDOM % 23:1}$((RANDOM % 10))${letters:RANDOM % 23:1}$((RANDOM % 10))
    ! mkdir "$RUNS/$name" 2>/dev/null || break
  done
  echo "$name"
}

# Removes what runs left behind that ended without cleaning up, as after kill -9.
runs_sweep() {
  local dir
  for dir in "$RUNS"/[a-z][0-9][a-z][0-9]; do
    [ ! -d "$dir" ] || run_is_alive "$dir" || rm -rf "$dir"
  done
}

run_is_alive() { [ -f "$1/alive" ] && ! flock -s -n "$1/alive" true; }

# run_end STATUS: the end of this launcher's own run, if it has one.
run_end() {
  [ -n "$OWN_RUN" ] || return 0
  sandbox_stop
  case $1 in
    0 | 129 | 130 | 143) ;;
    *) run_keep_logs ;;
  esac
  rm -rf "$FAIRWAY_RUN_DIR"
  # In a user namespace JVMs are called root and use root's directory; empty, it can only be ours.
  [ "$SANDBOX_USER" = 0 ] || rmdir /tmp/hsperfdata_root 2>/dev/null || true
  OWN_RUN=""
}

run_keep_logs() {
  local kept=$RUNS/failed/$OWN_RUN old
  [ -n "$(find "$FAIRWAY_RUN_DIR" -name '*.log' -size +0 -print -quit)" ] || return 0
  rm -rf "$kept"
  mkdir -p "$kept"
  (cd "$FAIRWAY_RUN_DIR" && find . -name '*.log' -size +0 -exec cp --parents -t "$kept" {} +)
  find "$RUNS/failed" -mindepth 1 -maxdepth 1 -printf '%T@ %p\n' | sort -rn | tail -n +$((FAILED_RUNS_KEPT + 1)) |
    while read -r _ old; do rm -rf "$old"; done
  say "the logs of this run are in $kept"
}

runs_alive() {
  local dir
  for dir in "$RUNS"/[a-z][0-9][a-z][0-9]; do
    ! run_is_alive "$dir" || echo "${dir##*/}"
  done
}

runs_list() {
  local run state
  [ $# -eq 0 ] || unknown "argument of runs" "$1" "none"
  printf '%-6s%-21s%s\n' RUN SINCE STATE
  for run in $(runs_alive); do
    state=running
    [ ! -e "$RUNS/$run/kept" ] || state="kept, down with: ./fairway down $run"
    printf '%-6s%-21s%s\n' "$run" "$(date -r "$RUNS/$run/sandbox" '+%F %T' 2>/dev/null)" "$state"
  done
}

run_kubectl() {
  run_enter "kubectl RUN ARGS..." 1 "$@"
}

run_exec() {
  run_enter "exec RUN HOST COMMAND..." 3 "$@"
}

# run_enter USAGE LEAST RUN WORD...: what kubectl and exec have in common; the caller's name decides what is run.
run_enter() {
  local usage=$1 least=$2 run pid start user dir enter
  shift 2
  [ $# -ge "$least" ] || usage_error "usage: ./fairway $usage"
  run=$1
  shift
  run_known "$run"
  dir=$RUNS/$run
  read -r pid start user <"$dir/sandbox"
  enter=(nsenter --target "$pid" --net --mount "--pid=/proc/$pid/ns/pid_for_children")
  [ "$user" = 0 ] || enter+=(--user --preserve-credentials)
  case $usage in
    kubectl*)
      [ -e "$dir/kubectl" ] || die "run $run is still busy with itself; kubectl is for worlds that are up, as after ./fairway demo --keep"
      set -- env "KUBECONFIG=$dir/kubeconfig" "$(cat "$dir/kubectl")" "$@"
      ;;
    *) if [ "$1" = lan ]; then shift; else set -- ip netns exec "$@"; fi ;;
  esac
  # nsenter leaves its caller's directory; file names on the command line are meant from there.
  # shellcheck disable=SC2016 # expanded in there
  exec env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY "${enter[@]}" -- \
    bash -c 'cd "$1" 2>/dev/null; shift; exec "$@"' - "$PWD" "$@"
}

run_known() {
  # shellcheck disable=SC2046 # one word per run
  run_is_alive "$RUNS/$1" || unknown run "$1" $(runs_alive)
}

run_down() {
  local run
  [ $# -eq 1 ] || usage_error "usage: ./fairway down RUN|all"
  if [ "$1" != all ]; then
    run_known "$1"
    run_kill "$1"
    return
  fi
  for run in $(runs_alive); do
    [ ! -e "$RUNS/$run/kept" ] || run_kill "$run" # not the others: their launchers are still at work
  done
}

run_kill() {
  local pid start tries dir=$RUNS/$1
  read -r pid start _ <"$dir/sandbox"
  [ "$(process_start "$pid")" != "$start" ] || kill -KILL "$pid"
  for ((tries = 0; tries < 100; tries++)); do
    run_is_alive "$dir" || break
    [ -e "$dir/kept" ] || break # its launcher holds the lock too, and cleans up
    sleep 0.05
  done
  [ ! -e "$dir/kept" ] || rm -rf "$dir"
  say "$1 is down"
}
