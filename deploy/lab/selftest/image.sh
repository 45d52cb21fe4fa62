# shellcheck shell=bash disable=SC2317 # called by name
# SPDX-License-Identifier: Apache-2.0

# Unpacks the layers of an image into a directory, as a container runtime does.
unpack_image() {
  local layer
  mkdir -p "$T/tar" "$2"
  tar -xf "$1" -C "$T/tar"
  for layer in $(grep -o '"[^"]*\.tar\.gz"' "$T/tar/manifest.json" | tr -d '"'); do
    tar -xzf "$T/tar/$layer" -C "$2"
  done
}

test_the_image_holds_all_that_the_program_needs() {
  local root=$T/root
  HOME=$REAL_HOME "$ROOT/deploy/image/build.sh" -q -Pquick >"$T/build.log" 2>&1 || fail "$(tail -n 5 "$T/build.log")"
  unpack_image "$ROOT/manager/target/fairway-image.tar" "$root"
  mkdir -p "$root/proc"
  # In a user namespace of its own, chroot needs no further right.
  unshare --mount --pid --fork --map-root-user bash -c \
    'mount -t proc proc "$0/proc" && exec chroot "$0" /opt/java/bin/java -cp "/app/classpath/*:/app/libs/*" dev.fairway.manager.cli.Fairway version' \
    "$root" >"$T/out" 2>&1 || fail "$(cat "$T/out")"
  contains "$(cat "$T/out")" "fairway "
}
