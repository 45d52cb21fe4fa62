#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build.sh FILE: compiles openstack-cloud-controller-manager, unchanged, into FILE.
# Prints "packages N" once the number of packages is known, then each package as it is compiled.
set -eu
out=$1
cd "$(dirname "$0")"
export CGO_ENABLED=0 GOTOOLCHAIN=local # a static binary, and the compiler that is there rather than a download

echo "packages $(go list -deps tool | wc -l)"
nice -n 10 go build -v -trimpath -ldflags '-s -w' -o "$out" k8s.io/cloud-provider-openstack/cmd/openstack-cloud-controller-manager
