// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.query;

/// Who answers calls: an endpoint, or an endpoint behind rules.
@FunctionalInterface
public interface Backend {
  /// @throws java.io.UncheckedIOException when there is no answer
  Answer send(QueryCall call);
}
