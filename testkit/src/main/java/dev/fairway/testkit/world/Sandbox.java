// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.util.Map;

/// Whether this JVM has network, mount and process namespaces of its own.
final class Sandbox {
  private static final String VARIABLE = "FAIRWAY_SANDBOX";

  private Sandbox() {}

  /// @throws IllegalStateException when it has not: bridges and namespaces would be made on the
  ///   user's machine
  ///
  /// @param environment of this process
  static void require(Map<String, String> environment) {
    if (!"1".equals(environment.get(VARIABLE))) {
      throw new IllegalStateException(
          VARIABLE + "=1 is not set: this needs a sandbox; run it by ./fairway test");
    }
  }
}
