#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build.sh DIR: compiles etcd, kube-apiserver, kube-controller-manager, kube-proxy and kubectl into DIR.
# Prints "packages N" once the number of packages is known, then each package as it is compiled.
set -eu
out=$1
cd "$(dirname "$0")"
export CGO_ENABLED=0 GOTOOLCHAIN=local # static binaries, and the compiler that is there rather than a download

version=$(sed -n 's/^[[:space:]]*k8s.io\/kubernetes \(v[0-9.]*\).*/\1/p' go.mod)
minor=$(echo "$version" | cut -d. -f2)
component=k8s.io/component-base/version
# What a release build sets: without it `kubectl version` and /version say v0.0.0-master.
stamp="-X $component.gitVersion=$version -X $component.gitMajor=1 -X $component.gitMinor=$minor
  -X $component.gitTreeState=clean -X $component.gitCommit=0000000000000000000000000000000000000000
  -X k8s.io/client-go/pkg/version.gitVersion=$version"

echo "packages $(go list -deps tool | wc -l)"
nice -n 10 go build -v -trimpath -ldflags "-s -w $(echo "$stamp" | tr '\n' ' ')" -o "$out/" tool
mv "$out/server" "$out/etcd" # named by go after .../server/v3
