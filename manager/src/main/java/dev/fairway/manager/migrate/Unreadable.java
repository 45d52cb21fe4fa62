// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.migrate;

/// What was to be read cannot be; the message says why and what to do.
public final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unreadable(String message) {
    super(message);
  }
}
