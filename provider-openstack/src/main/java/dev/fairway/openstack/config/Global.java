// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.util.Map;
import java.util.Optional;

/// How to authenticate, as one source has it. Values may be secret: none is ever shown.
///
/// @param source where the values come from, for messages: a file's name, or `the environment`
/// @param values by the keys of `[Global]` of cloud.conf, in lower case
public record Global(String source, Map<String, String> values) {
  public Global {
    values = Map.copyOf(values);
  }

  /// Nothing is said.
  public static Global empty() {
    return new Global("cloud.conf", Map.of());
  }

  /// The value of a key; a blank one counts as absent.
  public Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
  }

  @Override
  public String toString() {
    return "Global[%s, %s]".formatted(source, values.keySet());
  }
}
