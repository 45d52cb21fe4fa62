// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.http;

/// Answers requests.
@FunctionalInterface
public interface Backend {
  /// @throws java.io.UncheckedIOException when there is no answer
  Answer send(Request request);
}
