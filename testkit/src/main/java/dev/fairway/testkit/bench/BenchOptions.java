// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.List;

/// The command line of the benchmark.
///
/// @param json the last line on standard output is the JSON object only; otherwise a table comes
///   before it
/// @param sides which controllers are measured, in this order
/// @param sizes how much of everything
/// @param workers how many Services the reference works on at a time; 1 is its own default
record BenchOptions(boolean json, List<SideName> sides, Sizes sizes, int workers) {
  private static final List<String> KNOWN =
      List.of(
          "--json",
          "--services",
          "--nodes",
          "--others",
          "--churn",
          "--only",
          "--reference-workers");

  /// Who is measured.
  enum SideName {
    FAIRWAY,
    REFERENCE
  }

  /// @param services that exist at the same time
  /// @param nodes at the beginning; 100 more join later
  /// @param others beside a load balancer that hangs
  /// @param churned Services that are made and deleted
  record Sizes(int services, int nodes, int others, int churned) {}

  BenchOptions {
    sides = List.copyOf(sides);
  }

  /// @throws IllegalArgumentException for an option that is not known, with those that are, or a
  ///   number that is none
  static BenchOptions parse(List<String> arguments) {
    var given = new Arguments(arguments);
    var options =
        new BenchOptions(
            given.flag("--json"),
            sides(given.value("--only", "")),
            new Sizes(
                given.number("--services", 100),
                given.number("--nodes", 50),
                given.number("--others", 100),
                given.number("--churn", 1_000)),
            given.number("--reference-workers", 1));
    given.requireNoMore();
    return options;
  }

  private static List<SideName> sides(String only) {
    return switch (only) {
      case "" -> List.of(SideName.values());
      case "fairway" -> List.of(SideName.FAIRWAY);
      case "reference" -> List.of(SideName.REFERENCE);
      default ->
          throw new IllegalArgumentException(
              "--only: '%s' is not one of fairway, reference".formatted(only));
    };
  }

  /// Words of the command line, taken one after the other.
  private static final class Arguments {
    private final List<String> words;
    private final boolean[] taken;

    Arguments(List<String> words) {
      this.words = words;
      this.taken = new boolean[words.size()];
    }

    boolean flag(String name) {
      var at = words.indexOf(name);
      if (at >= 0) {
        taken[at] = true;
      }
      return at >= 0;
    }

    String value(String name, String otherwise) {
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

    int number(String name, int otherwise) {
      var text = value(name, Integer.toString(otherwise));
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

    void requireNoMore() {
      for (var at = 0; at < taken.length; at++) {
        if (!taken[at]) {
          throw new IllegalArgumentException(
              "unknown option %s; there are %s".formatted(words.get(at), String.join(" ", KNOWN)));
        }
      }
    }
  }
}
