#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# init.sh COMMAND...: the first process of a sandbox. When it ends, the kernel ends every other one, and the namespaces with them.
# It reads orders from descriptor 9, see sandbox_start.
set -eu

# A network of its own has no proxy to the outside, and kubectl would send even local requests there.
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY

# Names given by `ip netns add` are files in /run/netns: on a file system of our own they are private and vanish with us.
# Who may not make that directory gets an empty /run.
private_namespace_names() {
  mkdir -p /run/netns 2>/dev/null || {
    mount -t tmpfs tmpfs /run
    mkdir /run/netns
  }
  mount -t tmpfs tmpfs /run/netns
}

# JVMs publish themselves under their PID in this directory; our PIDs begin at 1 again and would meet those of the host.
private_jvm_names() {
  mkdir -p /tmp/hsperfdata_root # in here everybody is called root
  mount -t tmpfs -o mode=755 tmpfs /tmp/hsperfdata_root
}

obey() {
  local payload=$1 word
  while read -r word <&9; do
    case $word in
      stop) kill -TERM "$payload" 2>/dev/null || true ;;
      keep) exec sleep infinity ;;
    esac
  done
  kill -KILL -- -1 # the launcher is dead; init then sees its payload end, and follows
}

ip link set lo up
private_namespace_names
private_jvm_names
"$@" 8>&- 9<&- &
payload=$!
obey "$payload" 8>&- &
wait "$payload" || exit
