// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.Arrays;
import java.util.List;

/// Words of the command line of a benchmark, taken one after the other.
public final class Arguments {
  private final List<String> words;
  private final List<String> known;
  private final boolean[] taken;

  /// @param known all options there are, for the message about one that is not
  public Arguments(List<String> words, List<String> known) {
    this.words = List.copyOf(words);
    this.known = List.copyOf(known);
    this.taken = new boolean[words.size()];
  }

  public boolean flag(String name) {
    var at = words.indexOf(name);
    if (at >= 0) {
      taken[at] = true;
    }
    return at >= 0;
  }

  /// @throws IllegalArgumentException when the option is there without a value
  public String value(String name, String otherwise) {
    if (!flag(name)) {
      return otherwise;
    }
    var at = words.indexOf(name) + 1;
    if (at == words.size()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    taken[at] = true;
    return words.get(at);
  }

  /// @throws IllegalArgumentException for what is not a number of 1 or more
  public int number(String name, int otherwise) {
    return number(name, value(name, Integer.toString(otherwise)));
  }

  /// Numbers with commas between them.
  ///
  /// @throws IllegalArgumentException when one of them is not a number of 1 or more
  public List<Integer> numbers(String name, List<Integer> otherwise) {
    var text = value(name, "");
    return text.isEmpty()
        ? List.copyOf(otherwise)
        : Arrays.stream(text.split(",", -1)).map(word -> number(name, word)).toList();
  }

  private static int number(String name, String text) {
    try {
      var number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new IllegalArgumentException(
        "%s: '%s' is not a number of 1 or more".formatted(name, text));
  }

  /// @throws IllegalArgumentException when a word is left that nobody took
  public void requireNoMore() {
    for (var at = 0; at < taken.length; at++) {
      if (!taken[at]) {
        throw new IllegalArgumentException(
            "unknown option %s; there are %s".formatted(words.get(at), String.join(" ", known)));
      }
    }
  }
}
