# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The few programs of the operating system that the lab needs.

# Debian's package for each command; other distributions call them the same or nearly so.
declare -A TOOL_PACKAGE=([ip]=iproute2 [nft]=nftables [unshare]=util-linux [nsenter]=util-linux [flock]=util-linux
  [setsid]=util-linux [mount]=mount)

tools_ensure() {
  local tool packages=()
  PATH=$PATH:/usr/sbin:/sbin # where an ordinary user's PATH lacks ip and nft
  for tool in "${!TOOL_PACKAGE[@]}"; do
    command -v "$tool" >/dev/null || packages+=("${TOOL_PACKAGE[$tool]}")
  done
  [ ${#packages[@]} -gt 0 ] || return 0
  apt_install "${packages[@]}" || die "the lab needs these packages, please install them: ${packages[*]}"
}

# apt_install PACKAGE...: false if this is not root on a Debian-like system that has the packages.
apt_install() {
  local package
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  for package in "$@"; do
    apt_has "$package" || apt_update_once && apt_has "$package" || return 1
  done
  say "installing $* with apt-get"
  job_start packages "${TMPDIR:-/tmp}/fairway-apt.$$.log" \
    env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
  jobs_await || {
    tail -n 3 "${JOB_LOG[packages]}" >&2
    return 1
  }
  rm -f "${JOB_LOG[packages]}"
}

# Not by a pipe: the end of grep -q would kill apt-cache, and pipefail take that for a failure.
apt_has() { [[ $(LC_ALL=C apt-cache policy "$1" 2>/dev/null) == *"Candidate: "[0-9]* ]]; }

# A fresh container image has no package lists; a machine that has them needs no second look.
apt_update_once() {
  ! ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 || return 1
  say "fetching the package lists with apt-get"
  apt-get update -q >/dev/null 2>&1
}
