// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Shorthand for the JSON of requests and answers.
final class Json {
  private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

  private Json() {}

  static ObjectNode object() {
    return FACTORY.objectNode();
  }

  /// `{"name": {…}}`.
  static ObjectNode wrapped(String name, ObjectNode inside) {
    var outside = object();
    outside.set(name, inside);
    return outside;
  }

  static ArrayNode texts(Collection<String> values) {
    var array = FACTORY.arrayNode();
    values.forEach(array::add);
    return array;
  }

  static ArrayNode array(Stream<ObjectNode> values) {
    var array = FACTORY.arrayNode();
    values.forEach(array::add);
    return array;
  }

  /// Values of a plan, as requests have them.
  static JsonNode value(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(Json::value).orElse(NullNode.getInstance());
      case String text -> FACTORY.textNode(text);
      case Integer number -> FACTORY.numberNode(number);
      case Boolean flag -> FACTORY.booleanNode(flag);
      case Collection<?> all -> {
        var array = FACTORY.arrayNode();
        all.forEach(one -> array.add(value(one)));
        yield array;
      }
      case Map<?, ?> map -> {
        var object = object();
        map.forEach((key, inner) -> object.set(key.toString(), value(inner)));
        yield object;
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    };
  }

  /// Empty for null and for nothing.
  static Optional<String> text(JsonNode node, String key) {
    var value = node.path(key);
    return value.isMissingNode() || value.isNull() || value.asText().isEmpty()
        ? Optional.empty()
        : Optional.of(value.asText());
  }

  static String textOr(JsonNode node, String key, String otherwise) {
    return text(node, key).orElse(otherwise);
  }

  static int intOr(JsonNode node, String key, int otherwise) {
    return node.path(key).asInt(otherwise);
  }

  static OptionalInt integer(JsonNode node, String key) {
    return node.path(key).isIntegralNumber()
        ? OptionalInt.of(node.path(key).asInt())
        : OptionalInt.empty();
  }

  static SortedSet<String> set(JsonNode node, String key) {
    var set = new TreeSet<String>();
    node.path(key).forEach(value -> set.add(value.asText()));
    return set;
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return array.valueStream();
  }
}
