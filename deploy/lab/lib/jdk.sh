# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Finds a JDK that can build and run Fairway: the default `java` of a machine is often older.

JDK_LEAST=25

# jdk_ensure: exports JAVA_HOME.
jdk_ensure() {
  local home
  if [ -n "${FAIRWAY_JAVA_HOME:-}" ]; then
    jdk_fits "$FAIRWAY_JAVA_HOME" || die "FAIRWAY_JAVA_HOME=$FAIRWAY_JAVA_HOME is not a JDK $JDK_LEAST or newer (with javac)"
    home=$FAIRWAY_JAVA_HOME
  elif ! home=$(jdk_usual); then
    { apt_install "openjdk-$JDK_LEAST-jdk-headless" && home=$(jdk_usual); } ||
      die "no JDK $JDK_LEAST or newer found: install one (with javac) and set JAVA_HOME to it"
  fi
  export JAVA_HOME=$home
}

jdk_usual() {
  jdk_first "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* "$HOME"/.sdkman/candidates/java/* "$(jdk_on_path)"
}

jdk_on_path() {
  local java
  java=$(command -v java) || return 0
  dirname "$(dirname "$(readlink -f "$java")")"
}

# jdk_first DIR...: prints the first directory that holds a fitting JDK.
jdk_first() {
  local home
  for home in "$@"; do
    if [ -n "$home" ] && jdk_fits "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}

jdk_fits() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ "$(jdk_major "$1")" -ge "$JDK_LEAST" ]
}

# The `release` file answers without starting a JVM; 0 for what has none.
jdk_major() {
  local version=""
  [ ! -r "$1/release" ] || version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  printf '%s\n' "${version:-0}"
}
