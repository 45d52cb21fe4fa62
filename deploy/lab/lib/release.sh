# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The official release files of Kubernetes and etcd, each verified against the checksum published beside it.

KUBE_RELEASE_URL=${FAIRWAY_KUBE_RELEASE_URL:-https://dl.k8s.io/release}
ETCD_RELEASE_URL=${FAIRWAY_ETCD_RELEASE_URL:-https://github.com/etcd-io/etcd/releases/download}

# release_fetch DIR KUBERNETES_VERSION ETCD_VERSION: false, with a line that says why, unless all five are there and verified.
release_fetch() {
  local dir=$1 kube=$2 etcd=$3 arch name
  arch=$(release_arch) || return 1
  command -v curl >/dev/null || { echo "fairway: no curl to fetch the release files with" && return 1; }
  # The smallest file first: it tells within seconds whether the place can be reached at all.
  for name in kubectl kube-proxy kube-controller-manager kube-apiserver; do
    release_kube "$dir" "$KUBE_RELEASE_URL/$kube/bin/linux/$arch/$name" "$name" || return 1
  done
  release_etcd "$dir" "$ETCD_RELEASE_URL/$etcd" "etcd-$etcd-linux-$arch"
}

release_arch() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) echo "fairway: no release files for $(uname -m)" && return 1 ;;
  esac
}

release_kube() {
  local dir=$1 url=$2 name=$3
  release_get "$url.sha256" "$dir/$name.sha256" && release_get "$url" "$dir/$name" &&
    release_verify "$dir/$name" "$(cat "$dir/$name.sha256")" && rm "$dir/$name.sha256" && chmod 755 "$dir/$name"
}

release_etcd() {
  local dir=$1 url=$2 name=$3 archive=$1/$3.tar.gz
  release_get "$url/SHA256SUMS" "$dir/SHA256SUMS" && release_get "$url/$name.tar.gz" "$archive" &&
    release_verify "$archive" "$(awk -v file="$name.tar.gz" '$2 == file { print $1 }' "$dir/SHA256SUMS")" &&
    tar -xzf "$archive" -C "$dir" --strip-components=1 --no-same-owner "$name/etcd" && rm "$archive" "$dir/SHA256SUMS"
}

# Gives up on a place that does not answer in 5 s or that has sent next to nothing for 30 s.
release_get() {
  curl -fsSL --connect-timeout 5 --speed-limit 1000 --speed-time 30 -o "$2" "$1" && return 0
  echo "fairway: release file not to be had: $1"
  return 1
}

release_verify() {
  local file=$1 published=$2 actual
  actual=$(sha256sum "$file" | cut -d' ' -f1)
  [ "$actual" != "$published" ] || return 0
  rm -f "$file"
  echo "fairway: refused ${file##*/}: its SHA-256 is $actual, published is ${published:-none}"
  return 1
}
