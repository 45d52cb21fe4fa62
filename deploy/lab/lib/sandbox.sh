# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# A private set of namespaces in which everything of one run lives, and with which everything of it ends.

SANDBOX_PID=""

# unshare stays the parent of the sandbox's init; --kill-child makes the kernel kill init, and so all of it, with unshare.
SANDBOX_UNSHARE=(unshare --net --mount --pid --fork --kill-child --mount-proc)
SANDBOX_USER=0 # 1: in a user namespace

# Chooses root or a user namespace, before any long step.
sandbox_possible() {
  local error
  [ "$(id -u)" != 0 ] || ! "${SANDBOX_UNSHARE[@]}" true 2>/dev/null || return 0
  SANDBOX_USER=1
  SANDBOX_UNSHARE+=(--user --map-root-user)
  error=$("${SANDBOX_UNSHARE[@]}" true 2>&1) ||
    die "the lab needs root, or user namespaces that ordinary users may make (${error##*: };" \
      "see the sysctls user.max_user_namespaces, kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns)"
}

# sandbox_start COMMAND...: starts it in the sandbox of this run. The lifeline is a pipe whose other end only the launcher
# holds: a word on it is an order to init, its end means that the launcher is dead, kill -9 included.
sandbox_start() {
  local lifeline=$FAIRWAY_RUN_DIR/lifeline
  mkfifo "$lifeline"
  exec {LIFELINE}<>"$lifeline"
  export FAIRWAY_SANDBOX=1 FAIRWAY_HOME=$ROOT FAIRWAY_RUN_DIR FAIRWAY_APP FAIRWAY_KUBE_BIN
  setsid "${SANDBOX_UNSHARE[@]}" bash "$ROOT/deploy/lab/lib/init.sh" "$@" </dev/null 9<"$lifeline" {LIFELINE}>&- &
  SANDBOX_PID=$!
  printf '%s %s %s\n' "$SANDBOX_PID" "$(process_start "$SANDBOX_PID")" "$SANDBOX_USER" >"$FAIRWAY_RUN_DIR/sandbox"
}

# sandbox_run COMMAND...: in the sandbox, until it ends; its exit status.
sandbox_run() {
  local status=0
  sandbox_start "$@"
  wait "$SANDBOX_PID" || status=$?
  SANDBOX_PID=""
  return "$status"
}

sandbox_alive() { kill -0 "$SANDBOX_PID" 2>/dev/null; }

# Asks the payload to end, and after 5 s no longer asks.
sandbox_stop() {
  local tries
  [ -n "$SANDBOX_PID" ] || return 0
  echo stop >&"$LIFELINE"
  for ((tries = 0; tries < 50; tries++)); do
    sandbox_alive || break
    sleep 0.1
  done
  kill -KILL "$SANDBOX_PID" 2>/dev/null || true
  wait "$SANDBOX_PID" 2>/dev/null || true
  SANDBOX_PID=""
}

# From here on the sandbox outlives the launcher.
sandbox_let_go() {
  echo keep >&"$LIFELINE"
  SANDBOX_PID=""
}

# process_start PID: its start time in clock ticks, with which a PID names a process for ever.
process_start() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  stat=${stat##*) } # the command's name may hold anything
  # shellcheck disable=SC2086 # split into fields
  set -- $stat
  echo "${20}"
}
