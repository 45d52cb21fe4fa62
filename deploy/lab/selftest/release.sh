# shellcheck shell=bash disable=SC2034,SC2317 # stands in for variables and functions of the launcher
# SPDX-License-Identifier: Apache-2.0

# A place with release files, served on loopback; URL tells where.
serve_releases() {
  local arch name dir
  arch=$(release_arch)
  dir=$T/www/v1/bin/linux/$arch
  fake_components "$dir"
  for name in "$dir"/kube*; do sha256sum "$name" | cut -d' ' -f1 >"$name.sha256"; done
  mkdir -p "$T/www/v2" "$T/etcd-v2-linux-$arch"
  echo etcd >"$T/etcd-v2-linux-$arch/etcd"
  chmod +x "$T/etcd-v2-linux-$arch/etcd"
  (cd "$T" && tar -czf "www/v2/etcd-v2-linux-$arch.tar.gz" "etcd-v2-linux-$arch")
  (cd "$T/www/v2" && sha256sum ./*.gz | sed 's/\.\///' >SHA256SUMS)
  jdk_ensure
  "$JAVA_HOME/bin/java" -m jdk.httpserver -b 127.0.0.1 -p 0 -d "$T/www" >"$T/server" 2>&1 &
  SERVER=$!
  trap 'kill $SERVER' EXIT
  eventually grep -q '^URL' "$T/server"
  KUBE_RELEASE_URL=$(sed -n 's/^URL \(.*[^/]\)\/*$/\1/p' "$T/server")
  ETCD_RELEASE_URL=$KUBE_RELEASE_URL
  mkdir "$T/got"
}

test_release_files_are_fetched_and_verified() {
  serve_releases
  release_fetch "$T/got" v1 v2
  equal "" "$(kube_missing "$T/got")"
  equal 5 "$(find "$T/got" -type f | wc -l)"
}

test_release_file_with_a_wrong_checksum_is_refused() {
  serve_releases
  echo tampered >>"$T/www/v1/bin/linux/$(release_arch)/kube-proxy"
  equal 1 "$(status release_fetch "$T/got" v1 v2)"
  contains "$(cat "$T/out")" "refused kube-proxy"
  [ ! -e "$T/got/kube-proxy" ] || fail "kept the refused file"
}

test_etcd_archive_that_is_not_listed_is_refused() {
  serve_releases
  : >"$T/www/v2/SHA256SUMS"
  equal 1 "$(status release_fetch "$T/got" v1 v2)"
  contains "$(cat "$T/out")" "published is none"
}

test_release_place_that_does_not_answer_is_given_up() {
  KUBE_RELEASE_URL=http://127.0.0.1:1
  mkdir "$T/got"
  equal 1 "$(status release_fetch "$T/got" v1 v2)"
  contains "$(cat "$T/out")" "not to be had"
}
