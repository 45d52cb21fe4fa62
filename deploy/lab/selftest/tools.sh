# shellcheck shell=bash disable=SC2016,SC2317 # called by name
# SPDX-License-Identifier: Apache-2.0

# An apt-cache that goes on talking after the line that matters, as the real one does.
fake_apt_cache() {
  mkdir -p "$T/bin"
  printf '%s\n' '#!/bin/sh' 'echo "$2:"' "echo '  Candidate: $1'" 'sleep 0.1' 'seq 1 20000' >"$T/bin/apt-cache"
  chmod +x "$T/bin/apt-cache"
  PATH=$T/bin:$PATH
}

test_a_package_that_can_be_installed_is_seen() {
  fake_apt_cache 1.0.6-2
  apt_has nftables || fail "not seen"
}

test_a_package_without_candidate_is_not_installable() {
  fake_apt_cache '(none)'
  ! apt_has nftables || fail "seen"
}
