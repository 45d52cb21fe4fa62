#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How go.mod and go.sum came about: gen-gomod.sh v1.37.0 && go mod tidy
# Kubernetes pins its staging modules by directory, which only works inside its own repository; here they are pinned by version.
set -eu
cd "$(dirname "$0")"
version=$1
staging=v0.${version#v1.}
kubernetes=$(go mod download -json "k8s.io/kubernetes@$version" | sed -n 's/.*"GoMod": "\(.*\)".*/\1/p')
{
  echo "module kubebin"
  echo
  sed -n '/^go /p; /^godebug /p' "$kubernetes"
  echo
  echo "tool ("
  printf '\tgo.etcd.io/etcd/server/v3\n' # itself a main package, in the version that Kubernetes is tested with
  for command in kube-apiserver kube-controller-manager kube-proxy kubectl; do
    printf '\tk8s.io/kubernetes/cmd/%s\n' "$command"
  done
  echo ")"
  echo
  printf 'require k8s.io/kubernetes %s\n\n' "$version"
  echo "replace ("
  sed -n 's/^[[:space:]]*\(k8s.io\/[a-z-]*\) => .\/staging.*/\1/p' "$kubernetes" |
    grep -v -e '/sample-cli-plugin$' -e '/sample-controller$' |
    while read -r module; do printf '\t%s => %s %s\n' "$module" "$module" "$staging"; done
  echo ")"
} >go.mod
