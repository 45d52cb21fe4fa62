// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.election;

/// Stands between this process and everything outside that it could change.
@FunctionalInterface
public interface Fence {
  /// Returns when this process may write now.
  ///
  /// @throws Lost when it holds the Lease no longer, or cannot know
  void check();

  /// Whether [#check] would return.
  default boolean isOpen() {
    try {
      check();
      return true;
    } catch (Lost _) {
      return false;
    }
  }

  /// For processes that nobody competes with.
  static Fence none() {
    return () -> {};
  }

  /// The Lease is lost: another process may be writing already.
  final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Lost(String message) {
      super(message);
    }
  }
}
