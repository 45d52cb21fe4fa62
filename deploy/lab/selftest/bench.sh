# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

test_unknown_bench_is_one_line_with_the_nearest_one() {
  equal 2 "$(status "$ROOT/fairway" bench controler)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "did you mean 'controller'?"
}

# refused BENCH WORDS...: each of the words is refused in one line.
refused() {
  local bench=$1 wrong
  shift
  for wrong in "$@"; do
    # shellcheck disable=SC2086 # several words
    equal 2 "$(status "$ROOT/fairway" bench "$bench" $wrong)"
    one_line "$T/err"
  done
}

test_wrong_words_of_the_bench_are_refused_before_anything_is_built() {
  refused controller "--servces 5" "--services" "--services 0" "--services many" "--only referenz"
}

test_wrong_words_of_the_aws_bench_are_refused_before_anything_is_built() {
  refused aws "--nodes 5" "--services" "--services 0" "--services 5," "--services 5,many" "--latency-millis x" "--only referenz"
}

test_wrong_words_of_the_openstack_bench_are_refused_before_anything_is_built() {
  refused openstack "--nodes 5" "--services" "--services 0" "--services 5,6" "--boot-millis x" "--audit-seconds 0" "--wide-nodes 0" "--only referenz"
}

test_wrong_words_of_the_l2_bench_are_refused_before_anything_is_built() {
  refused l2 "--nodes 5" "--rounds" "--rounds 0" "--services many" "--only fairway" "--only" "--wide-services 0" "--idle-seconds x"
}

# counts KEY SOURCE FILE...: the key depends on each of the files, of which SOURCE, a variable, names the directory.
counts() {
  local key=$1 source=$2 file before
  shift 2
  cp -r "${!source}" "$T/source"
  printf -v "$source" '%s' "$T/source"
  for file in "$@"; do
    before=$("$key")
    echo "// more" >>"$T/source/$file"
    [ "$before" != "$("$key")" ] || fail "$file does not count"
  done
}

test_key_of_the_openstack_reference_depends_on_every_file_that_decides_its_build() {
  counts openstackref_key OPENSTACKREF_SOURCE go.mod go.sum build.sh
}

test_key_of_the_aws_reference_depends_on_every_file_that_decides_its_build() {
  counts awsref_key AWSREF_SOURCE go.mod go.sum build.sh
}

test_key_of_the_reference_depends_on_every_file_that_decides_its_build() {
  counts reference_key REFERENCE_SOURCE go.mod go.sum main.go provider.go build.sh
}

test_reference_does_not_decide_what_the_openstack_control_plane_is() {
  local before
  cp -r "$OPENSTACK_SOURCE" "$T/openstack"
  OPENSTACK_SOURCE=$T/openstack
  before=$(openstack_key)
  echo "// more" >>"$T/openstack/reference/go.mod"
  equal "$before" "$(openstack_key)"
}

test_two_runs_at_once_make_the_reference_once() {
  REFERENCE_CACHE=$T/cache
  mkdir "$REFERENCE_CACHE"
  go_suffices() { true; }
  reference_compile() {
    echo made >>"$T/made"
    sleep 0.5
    echo program >"$2"
    chmod +x "$2"
  }
  reference_obtain "$REFERENCE_CACHE/key" >"$T/first" &
  reference_obtain "$REFERENCE_CACHE/key" >"$T/second" &
  wait
  equal 1 "$(wc -l <"$T/made")"
  contains "$(cat "$T/first" "$T/second")" "waiting for another run"
  [ -x "$REFERENCE_CACHE/key" ] || fail "not there"
}

test_reference_that_does_not_compile_leaves_nothing_under_the_key() {
  REFERENCE_CACHE=$T/cache
  mkdir "$REFERENCE_CACHE"
  go_suffices() { true; }
  reference_compile() { return 1; }
  ! reference_obtain "$REFERENCE_CACHE/key" >/dev/null || fail "claims success"
  [ ! -e "$REFERENCE_CACHE/key" ] || fail "left something under the key"
}
