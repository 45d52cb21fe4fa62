# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# `demo`: everything it needs, then the demonstration itself, which is a Java program, in a sandbox.

demo() {
  local flag keep=""
  for flag in "$@"; do
    case $flag in
      --json) ;;
      --keep) keep=1 ;;
      *) unknown "flag of demo" "$flag" --json --keep ;;
    esac
  done
  world_ensure
  run_create
  demo_command "$@"
  if [ -n "$keep" ]; then demo_keep; else sandbox_run "${DEMO_COMMAND[@]}"; fi
}

demo_command() {
  DEMO_COMMAND=("$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m --enable-native-access=ALL-UNNAMED "-Duser.home=$HOME"
    -cp "$TESTKIT_APP/lib/*" dev.fairway.testkit.demo.Demo "$@")
}

# What can fail fast comes first; the two long steps run side by side.
world_ensure() {
  tools_ensure
  sandbox_possible
  jdk_ensure
  build_start
  kube_start
  jobs_await || "${JOB_FAILED[0]}_explain"
}

# The output goes through files, for the world must not hold on to the launcher's terminal or pipe.
demo_keep() {
  local out err status=0
  : >"$FAIRWAY_RUN_DIR/demo.out"
  : >"$FAIRWAY_RUN_DIR/demo.log"
  sandbox_start "${DEMO_COMMAND[@]}" >"$FAIRWAY_RUN_DIR/demo.out" 2>"$FAIRWAY_RUN_DIR/demo.log"
  exec {out}<"$FAIRWAY_RUN_DIR/demo.out" {err}<"$FAIRWAY_RUN_DIR/demo.log"
  while sandbox_alive && [ ! -e "$FAIRWAY_RUN_DIR/kept" ]; do
    cat <&"$err" >&2
    cat <&"$out"
    sleep 0.2
  done
  cat <&"$err" >&2
  cat <&"$out"
  if [ -e "$FAIRWAY_RUN_DIR/kept" ] && sandbox_alive; then
    demo_kept
  else
    wait "$SANDBOX_PID" || status=$?
    SANDBOX_PID=""
    return "$status"
  fi
}

demo_kept() {
  local address status
  status=$(cat "$FAIRWAY_RUN_DIR/kept")
  echo "$FAIRWAY_KUBE_BIN/kubectl" >"$FAIRWAY_RUN_DIR/kubectl"
  address=$(run_kubectl "$OWN_RUN" get service example-service \
    -o 'jsonpath={.status.loadBalancer.ingress[0].ip}' 2>/dev/null) || address=ADDRESS
  sandbox_let_go
  cat >&2 <<TEXT

The world stays up as run $OWN_RUN.
  kubectl in it:         ./fairway kubectl $OWN_RUN get services
  a command on a host:   ./fairway exec $OWN_RUN client curl http://$address:8765/
  take it down:          ./fairway down $OWN_RUN
TEXT
  OWN_RUN=""
  return "${status:-0}"
}
