// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;

/// The error in an answer's body. Each service has a form of its own.
///
/// @param kind Neutron's `type`; empty for none
/// @param said the sentence, without whatever looks like a token, brief; empty for none
/// @param ofService whether it has the form of a service's own errors, not of some proxy's
record Fault(String kind, String said, boolean ofService) {
  private static final int LONGEST = 500;
  // Fernet and JWS, the forms of Keystone's tokens.
  private static final Pattern TOKEN = Pattern.compile("gAAAA[-\\w=]{8,}|eyJ[-\\w]+\\.[-\\w.]+");
  private static final ObjectMapper JSON = new ObjectMapper();

  Fault {
    var brief = TOKEN.matcher(said.strip().replaceAll("\\s+", " ")).replaceAll("(token)");
    said = brief.length() > LONGEST ? brief.substring(0, LONGEST) + "…" : brief;
  }

  /// One of our own making.
  Fault(String kind, String said) {
    this(kind, said, false);
  }

  /// @param body JSON, or any text
  static Fault of(String body) {
    try {
      return of(JSON.readTree(body));
    } catch (JsonProcessingException _) {
      return new Fault("", "");
    }
  }

  private static Fault of(JsonNode root) {
    // Octavia: faultstring. Neutron: NeutronError. Keystone: error.message. Barbican: description.
    var ofService = root.has("faultstring") || root.has("NeutronError") || root.has("description");
    for (var holder : List.of(root.path("NeutronError"), root.path("error"), root)) {
      if (holder.isTextual()) {
        return new Fault("", holder.asText(), ofService);
      }
      for (var field : List.of("faultstring", "message", "description", "title")) {
        if (holder.path(field).isTextual()) {
          return new Fault(holder.path("type").asText(""), holder.path(field).asText(), ofService);
        }
      }
    }
    return new Fault("", "");
  }
}
