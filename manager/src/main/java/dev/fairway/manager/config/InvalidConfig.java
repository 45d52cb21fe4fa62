// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.config;

/// The configuration cannot be used. The message is one line that names the key and what to write.
public final class InvalidConfig extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvalidConfig(String message) {
    super(message);
  }
}
