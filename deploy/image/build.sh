#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds manager/target/fairway-image.tar: a container image without Docker and without a base image. It holds a Java runtime
# of the modules needed, the C library of this machine, and the application. Load it with, for example,
# `ctr --namespace k8s.io images import` or `docker load`. Arguments go to Maven: `-o` for a build without a network.
#
# The same sources, JDK and C library give the same bytes.
set -eu

ROOT=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
PATH=$PATH:/usr/sbin:/sbin # ldconfig, for ordinary users
for part in say progress tools jdk; do
  # shellcheck source=/dev/null
  . "$ROOT/deploy/lab/lib/$part.sh"
done
IMAGE=$ROOT/manager/target/image
RUNTIME=$IMAGE/runtime
ROOTFS=$IMAGE/rootfs
MODULES=java.base,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.httpserver,jdk.management,jdk.unsupported

main() {
  jdk_ensure
  rm -rf "$IMAGE"
  mkdir -p "$IMAGE"
  java_runtime
  c_library
  accounts
  image "$@"
}

java_runtime() {
  "$JAVA_HOME/bin/jlink" --add-modules "$MODULES" --output "$RUNTIME" \
    --strip-debug --no-header-files --no-man-pages --compress zip-6
  rm -f "$RUNTIME/bin/keytool" "$RUNTIME/bin/rmiregistry"
}

# Whatever the runtime is linked to, at the paths at which it looks for it.
c_library() {
  local file
  find "$RUNTIME" -type f \( -name '*.so' -o -path '*/bin/java' \) -print0 |
    LD_LIBRARY_PATH=$RUNTIME/lib:$RUNTIME/lib/server xargs -0 ldd >"$IMAGE/links"
  ! grep 'not found' "$IMAGE/links" >&2 || die "the Java runtime needs libraries that this machine does not have"
  # "name => /path (address)" or, for the loader, "/path (address)".
  sed -n -e 's/^.* => \(\/.*\) (0x[0-9a-f]*)$/\1/p' -e 's/^[[:space:]]*\(\/.*ld-linux.*\) (0x[0-9a-f]*)$/\1/p' "$IMAGE/links" |
    awk -v own="$RUNTIME/" 'index($0, own) != 1' | sort -u >"$IMAGE/libraries"
  while read -r file; do copy "$file"; done <"$IMAGE/libraries"
  # Loaded by name, when a host name is looked up.
  for file in libnss_dns.so.2 libnss_files.so.2 libresolv.so.2; do
    copy "$(ldconfig -p | awk -v name="$file" '$1 == name { print $NF; exit }')"
  done
}

copy() {
  mkdir -p "$ROOTFS$(dirname "$1")"
  cp --dereference "$1" "$ROOTFS$1"
}

accounts() {
  mkdir -p "$ROOTFS/etc" "$ROOTFS/tmp"
  printf '%s\n' 'root:x:0:0:root:/:/sbin/nologin' 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >"$ROOTFS/etc/passwd"
  printf '%s\n' 'root:x:0:' 'nonroot:x:65532:' >"$ROOTFS/etc/group"
  printf '%s\n' 'hosts: files dns' >"$ROOTFS/etc/nsswitch.conf"
}

image() {
  cd "$ROOT"
  ./mvnw -B -ntp package -Pimage -DskipUnitTests -Dspotless.check.skip=true \
    -Dimage.architecture="$(architecture)" -Djib.console=plain -Djib.disableUpdateChecks=true -pl manager -am "$@"
  ls -l "$ROOT/manager/target/fairway-image.tar"
}

# As container images name it.
architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) die "no image for $(uname -m); Fairway is built for x86_64 and aarch64" ;;
  esac
}

main "$@"
