// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.net.URI;
import java.util.Optional;

/// The address of Keystone. One with a user in it is refused: it would show in messages.
final class AuthUrl {
  static final String PATTERN = "https?://[^/\\s@]+(/[^\\s?#@]*)?";
  static final String FORM = "a URL such as https://keystone.example.com:5000/v3";

  private AuthUrl() {}

  static Optional<URI> parse(String text) {
    try {
      return text.matches(PATTERN) ? Optional.of(URI.create(text)) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
