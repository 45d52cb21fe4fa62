# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

fake_components() { # DIR
  local name
  mkdir -p "$1"
  for name in "${KUBE_BINARIES[@]}"; do
    echo "$name" >"$1/$name"
    chmod +x "$1/$name"
  done
}

test_given_components_with_one_missing_are_refused() {
  fake_components "$T/bin"
  chmod -x "$T/bin/kube-proxy"
  FAIRWAY_KUBE_BIN=$T/bin
  equal 1 "$(status kube_start_in_subshell)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "no executable kube-proxy"
}

kube_start_in_subshell() { (kube_start); }

test_cache_key_depends_on_every_file_that_decides_the_build() {
  local file before
  cp -r "$KUBE_SOURCE" "$T/kube"
  KUBE_SOURCE=$T/kube
  for file in go.mod go.sum build.sh; do
    before=$(kube_key)
    echo "// more" >>"$T/kube/$file"
    [ "$before" != "$(kube_key)" ] || fail "$file does not count"
  done
}

test_components_are_published_complete_or_not_at_all() {
  fake_components "$T/new"
  rm "$T/new/etcd"
  ! kube_publish "$T/new" "$T/key" >/dev/null || fail "published without etcd"
  [ ! -e "$T/key" ] || fail "left something under the key"
  fake_components "$T/new"
  kube_publish "$T/new" "$T/key"
  equal "" "$(kube_missing "$T/key")"
}

test_two_runs_at_once_make_the_components_once() {
  KUBE_CACHE=$T/cache
  mkdir "$KUBE_CACHE"
  release_fetch() { return 1; }
  kube_compile() {
    echo made >>"$T/made"
    sleep 0.5
    fake_components "$1"
  }
  kube_obtain "$KUBE_CACHE/key" >"$T/first" &
  kube_obtain "$KUBE_CACHE/key" >"$T/second" &
  wait
  equal 1 "$(wc -l <"$T/made")"
  contains "$(cat "$T/first" "$T/second")" "waiting for another run"
  equal "" "$(kube_missing "$KUBE_CACHE/key")"
}

test_nothing_half_made_stays_when_all_sources_fail() {
  KUBE_CACHE=$T/cache
  mkdir -p "$KUBE_CACHE/new.ofakilledrun"
  release_fetch() { touch "$1/kubectl" && return 1; }
  kube_compile() { return 1; }
  ! kube_obtain "$KUBE_CACHE/key" || fail "claims success"
  equal lock "$(ls "$KUBE_CACHE")"
}
