// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

/// Whether this JVM has network, mount and process namespaces of its own.
final class Sandbox {
  private static final String VARIABLE = "FAIRWAY_SANDBOX";

  private Sandbox() {}

  /// @throws IllegalStateException when it has not: bridges and namespaces would be made on the
  ///   user's machine
  static void require() {
    if (!"1".equals(System.getenv(VARIABLE))) {
      throw new IllegalStateException(
          VARIABLE + "=1 is not set: this needs a sandbox; run it by ./fairway test");
    }
  }
}
