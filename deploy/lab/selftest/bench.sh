# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

test_unknown_bench_is_one_line_with_the_nearest_one() {
  equal 2 "$(status "$ROOT/fairway" bench controler)"
  one_line "$T/err"
  contains "$(cat "$T/err")" "did you mean 'controller'?"
}

test_wrong_words_of_the_bench_are_refused_before_anything_is_built() {
  local wrong
  for wrong in "--servces 5" "--services" "--services 0" "--services many" "--only referenz"; do
    # shellcheck disable=SC2086 # two words
    equal 2 "$(status "$ROOT/fairway" bench controller $wrong)"
    one_line "$T/err"
  done
}

test_wrong_words_of_the_aws_bench_are_refused_before_anything_is_built() {
  local wrong
  for wrong in "--nodes 5" "--services" "--services 0" "--services 5," "--services 5,many" "--latency-millis x" "--only referenz"; do
    # shellcheck disable=SC2086 # two words
    equal 2 "$(status "$ROOT/fairway" bench aws $wrong)"
    one_line "$T/err"
  done
}

test_wrong_words_of_the_openstack_bench_are_refused_before_anything_is_built() {
  local wrong
  for wrong in "--nodes 5" "--services" "--services 0" "--services 5,6" "--boot-millis x" "--wide-nodes 0" "--only referenz"; do
    # shellcheck disable=SC2086 # two words
    equal 2 "$(status "$ROOT/fairway" bench openstack $wrong)"
    one_line "$T/err"
  done
}

test_key_of_the_openstack_reference_depends_on_every_file_that_decides_its_build() {
  local file before
  cp -r "$OPENSTACKREF_SOURCE" "$T/openstackref"
  OPENSTACKREF_SOURCE=$T/openstackref
  for file in go.mod go.sum build.sh; do
    before=$(openstackref_key)
    echo "// more" >>"$T/openstackref/$file"
    [ "$before" != "$(openstackref_key)" ] || fail "$file does not count"
  done
}

test_reference_does_not_decide_what_the_openstack_control_plane_is() {
  local before
  cp -r "$OPENSTACK_SOURCE" "$T/openstack"
  OPENSTACK_SOURCE=$T/openstack
  before=$(openstack_key)
  echo "// more" >>"$T/openstack/reference/go.mod"
  equal "$before" "$(openstack_key)"
}

test_key_of_the_aws_reference_depends_on_every_file_that_decides_its_build() {
  local file before
  cp -r "$AWSREF_SOURCE" "$T/awsref"
  AWSREF_SOURCE=$T/awsref
  for file in go.mod go.sum build.sh; do
    before=$(awsref_key)
    echo "// more" >>"$T/awsref/$file"
    [ "$before" != "$(awsref_key)" ] || fail "$file does not count"
  done
}

test_key_of_the_reference_depends_on_every_file_that_decides_its_build() {
  local file before
  cp -r "$REFERENCE_SOURCE" "$T/reference"
  REFERENCE_SOURCE=$T/reference
  for file in go.mod go.sum main.go provider.go build.sh; do
    before=$(reference_key)
    echo "// more" >>"$T/reference/$file"
    [ "$before" != "$(reference_key)" ] || fail "$file does not count"
  done
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
