// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

/// A way to the controller that leads.
interface Link extends AutoCloseable {
  /// @param path with its query, from the first slash on
  /// @throws Unanswered when there is no answer
  Reply get(String path);

  /// The namespace of Services that are named without one.
  String namespace();

  @Override
  default void close() {}
}
