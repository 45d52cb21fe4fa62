// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

/// A question could not be put to the controller, or it could not answer; the message says why and
/// what to do.
final class Unanswered extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unanswered(String message) {
    super(message);
  }
}
