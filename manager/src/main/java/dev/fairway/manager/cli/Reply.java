// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.HttpURLConnection;
import java.util.Optional;

/// What came back over HTTP, from a controller or from the API server on the way to it.
///
/// @param steps the header that counts the steps of a plan; 0 where there is none
record Reply(int code, String body, long steps) {
  static Reply of(int code, String body, Optional<String> steps) {
    return new Reply(code, body, steps.map(Long::parseLong).orElse(0L));
  }

  boolean ok() {
    return code == HttpURLConnection.HTTP_OK;
  }

  /// What an error says, whoever made it: both write it as `meta/v1 Status`.
  String message() {
    return status()
        .map(status -> status.path("message").asText())
        .filter(text -> !text.isEmpty())
        .orElseGet(() -> "HTTP %d: %s".formatted(code, Fairway.oneLine(body)));
  }

  /// The kind of thing that an error is about, as in `pods`.
  String about() {
    return status().map(status -> status.path("details").path("kind").asText()).orElse("");
  }

  private Optional<JsonNode> status() {
    try {
      return Optional.ofNullable(new ObjectMapper().readTree(body));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
