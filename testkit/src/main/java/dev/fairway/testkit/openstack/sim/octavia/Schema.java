// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The attributes that one kind of request may carry. Unknown ones and values out of range are
/// refused with 400, in the words of the framework that Octavia's API is made with.
record Schema(Map<String, Attribute> attributes) {
  /// @param mandatory whether it may not be left out
  record Attribute(Kind kind, boolean mandatory) {}

  static Schema of(Object... namesAndKinds) {
    var attributes = new LinkedHashMap<String, Attribute>();
    for (int i = 0; i < namesAndKinds.length; i += 2) {
      var name = (String) namesAndKinds[i];
      var mandatory = name.endsWith("!");
      attributes.put(
          mandatory ? name.substring(0, name.length() - 1) : name,
          new Attribute((Kind) namesAndKinds[i + 1], mandatory));
    }
    return new Schema(attributes);
  }

  /// @param argument what the framework calls the object, as in `listener_.listener`
  void check(String argument, JsonNode object) {
    var unknown =
        object.properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> !attributes.containsKey(name))
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      throw Refused.octavia(
          400,
          "Unknown attribute%s for argument %s: %s"
              .formatted(unknown.size() > 1 ? "s" : "", argument, String.join(", ", unknown)));
    }
    attributes.forEach((name, attribute) -> check(argument, object, name, attribute));
  }

  private static void check(String argument, JsonNode object, String name, Attribute attribute) {
    if (!object.has(name)) {
      if (attribute.mandatory()) {
        throw invalid(name, "None", "Mandatory field missing.");
      }
    } else if (!object.path(name).isNull()) {
      attribute.kind().check(argument + "." + name, name, object.path(name));
    }
  }

  static Refused invalid(String name, String value, String why) {
    return Refused.octavia(
        400, "Invalid input for field/attribute %s. Value: '%s'. %s".formatted(name, value, why));
  }

  /// What a value may be.
  @FunctionalInterface
  interface Kind {
    Set<String> BOOLEANS =
        Set.of("t", "true", "on", "1", "y", "yes", "f", "false", "off", "0", "n", "no");

    /// @throws Refused when it is not
    void check(String argument, String name, JsonNode value);

    static Kind text(int most) {
      return (_, name, value) -> {
        if (!value.isTextual()) {
          throw invalid(name, value.asText(), "Value should be string");
        }
        if (value.asText().length() > most) {
          throw invalid(
              name, value.asText(), "Value should have a maximum character requirement of " + most);
        }
      };
    }

    static Kind bool() {
      return (_, name, value) -> {
        if (!value.isBoolean() && !BOOLEANS.contains(value.asText().toLowerCase(Locale.ROOT))) {
          throw invalid(
              name, value.asText(), "Value not an unambiguous boolean: " + value.asText());
        }
      };
    }

    static Kind number(long least, long most) {
      return (_, name, value) -> {
        if (!value.isIntegralNumber() && !value.asText().matches("-?\\d{1,18}")) {
          throw invalid(name, value.asText(), "Wrong type. Expected an integer");
        }
        if (value.asLong() < least) {
          throw invalid(name, value.asText(), "Value should be greater or equal to " + least);
        }
        if (value.asLong() > most) {
          throw invalid(name, value.asText(), "Value should be lower or equal to " + most);
        }
      };
    }

    static Kind oneOf(List<String> values) {
      return (_, name, value) -> {
        if (!values.contains(value.asText())) {
          throw invalid(
              name, value.asText(), "Value should be one of: " + String.join(", ", values));
        }
      };
    }

    static Kind listOf(Kind kind) {
      return (argument, name, value) -> {
        if (!value.isArray()) {
          throw invalid(name, value.asText(), "Wrong type. Expected a list");
        }
        value.forEach(one -> kind.check(argument, name, one));
      };
    }

    static Kind object(Schema schema) {
      return (argument, _, value) -> schema.check(argument, value);
    }

    static Kind any() {
      return (_, _, _) -> {};
    }
  }
}
