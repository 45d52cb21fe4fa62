# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Long steps run as jobs, side by side, each with a log; while they run, one line says what, how much and how long.

declare -A JOB_PID=() JOB_LOG=() JOB_SINCE=()
JOB_FAILED=()
JOB_QUIET_SECONDS=${JOB_QUIET_SECONDS:-10} # between two lines when stderr is no terminal

# job_start NAME LOG COMMAND...: a function `NAME_detail LOG`, if there is one, prints how far the job is.
# In a process group of its own, so that one signal ends all of it.
job_start() {
  local name=$1 log=$2
  shift 2
  mkdir -p "$(dirname "$log")"
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  set +m
  JOB_PID[$name]=$!
  JOB_LOG[$name]=$log
  JOB_SINCE[$name]=$SECONDS
}

# Waits for every job; JOB_FAILED then names those that failed.
jobs_await() {
  local name due=$((SECONDS + JOB_QUIET_SECONDS))
  JOB_FAILED=()
  while [ ${#JOB_PID[@]} -gt 0 ]; do
    for name in "${!JOB_PID[@]}"; do
      kill -0 "${JOB_PID[$name]}" 2>/dev/null || job_end "$name"
    done
    if [ -t 2 ]; then
      progress_line
    elif [ "$SECONDS" -ge "$due" ] && [ ${#JOB_PID[@]} -gt 0 ]; then
      due=$((SECONDS + JOB_QUIET_SECONDS))
      say "$(jobs_text)"
    fi
    sleep 0.2
  done
  [ ${#JOB_FAILED[@]} -eq 0 ]
}

job_end() {
  local name=$1 took
  took="$((SECONDS - JOB_SINCE[$name])) s"
  [ ! -t 2 ] || printf '\r\033[K' >&2
  if wait "${JOB_PID[$name]}"; then
    say "$(job_label "$name"): done in $took"
    rm -f "${JOB_LOG[$name]}"
  else
    say "$(job_label "$name"): failed after $took"
    JOB_FAILED+=("$name")
  fi
  unset "JOB_PID[$name]"
}

job_label() {
  if declare -F "$1_label" >/dev/null; then "$1_label"; else printf '%s' "$1"; fi
}

jobs_text() {
  local name detail text=""
  for name in "${!JOB_PID[@]}"; do
    detail=""
    ! declare -F "${name}_detail" >/dev/null || detail=$("${name}_detail" "${JOB_LOG[$name]}" 2>/dev/null) || detail=""
    text+="${text:+; }$(job_label "$name")... $((SECONDS - JOB_SINCE[$name])) s${detail:+, $detail}"
  done
  printf '%s' "$text"
}

progress_line() {
  local text
  [ ${#JOB_PID[@]} -gt 0 ] || return 0
  text="fairway: $(jobs_text)"
  printf '\r\033[K%s' "${text:0:$((${COLUMNS:-$(tput cols 2>/dev/null || echo 80)} - 1))}" >&2
}

# job_shown NAME COMMAND...: one command whose output is for the user to see; interruptible, which a plain command is not.
job_shown() {
  local name=$1 status=0
  shift
  set -m
  "$@" </dev/null &
  set +m
  JOB_PID[$name]=$!
  wait "${JOB_PID[$name]}" || status=$?
  unset "JOB_PID[$name]"
  return "$status"
}

jobs_stop() {
  local pid
  [ ! -t 2 ] || [ ${#JOB_PID[@]} = 0 ] || echo >&2 # leaves the progress line
  for pid in "${JOB_PID[@]}"; do
    kill -TERM -- "-$pid" 2>/dev/null || true
  done
}
