// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;

/// What speakers tell, as JSON. Of a newer speaker, what is not known is skipped; what is missing
/// in that of an older one makes it unreadable.
public final class LookJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private LookJson() {}

  public static String of(NodeLook look) {
    return text(look);
  }

  /// Why there is none.
  static String failure(String message) {
    return text(Map.of("message", message));
  }

  /// Empty if it cannot be read.
  public static Optional<NodeLook> parse(String text) {
    try {
      return Optional.ofNullable(MAPPER.readValue(text, NodeLook.class));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /// The reason in a failure; empty if it is none.
  public static Optional<String> message(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text))
          .map(tree -> tree.path("message").asText())
          .filter(message -> !message.isEmpty());
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON", e);
    }
  }
}
