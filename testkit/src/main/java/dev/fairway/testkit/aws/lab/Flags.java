// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A command line of flags, `--NAME VALUE` or `--NAME` alone.
public record Flags(Map<String, String> values) {
  /// @param switches flags without a value
  /// @param valued flags with one
  /// @throws IllegalArgumentException for one that is not known, or lacks its value
  public static Flags parse(List<String> arguments, Set<String> switches, Set<String> valued) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < arguments.size(); i++) {
      var flag = arguments.get(i);
      if (switches.contains(flag)) {
        values.put(flag, "");
      } else if (!valued.contains(flag)) {
        throw new IllegalArgumentException(
            "unknown flag '%s'; there are %s %s"
                .formatted(flag, String.join(" ", switches), String.join(" ", valued)));
      } else if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(flag + " needs a value");
      } else {
        values.put(flag, arguments.get(++i));
      }
    }
    return new Flags(Map.copyOf(values));
  }

  public boolean has(String flag) {
    return values.containsKey(flag);
  }

  public Optional<String> value(String flag) {
    return Optional.ofNullable(values.get(flag));
  }

  /// @throws IllegalArgumentException when it is no number of `least` or more
  public int number(String flag, int least, int otherwise) {
    var text = values.get(flag);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least) {
      throw new IllegalArgumentException(
          "%s: '%s' is not a number of %d or more".formatted(flag, text, least));
    }
    return Integer.parseInt(text);
  }
}
