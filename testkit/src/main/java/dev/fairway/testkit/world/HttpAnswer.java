// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

/// What came of one HTTP request.
public sealed interface HttpAnswer {
  /// A complete answer.
  ///
  /// @param status for example 200
  record Answered(int status, String body) implements HttpAnswer {}

  /// No connection, no complete answer in time, or not HTTP.
  record NoAnswer(String reason) implements HttpAnswer {}

  /// Whether it is an answer with status 200.
  default boolean isOk() {
    return switch (this) {
      case Answered(int status, String _) -> status == 200;
      case NoAnswer _ -> false;
    };
  }
}
