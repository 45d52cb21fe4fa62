// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What `spec.addresses` of an AddressPool says: either all of it can be used, or none of it is.
public sealed interface PoolAddresses {

  /// The most entries of one pool, and the most characters of one entry; the same as in the custom
  /// resource's schema.
  int MAX_ENTRIES = 64;

  int MAX_ENTRY_LENGTH = 100;

  String ADDRESSES = "spec.addresses";

  /// @param ranges disjoint, not adjacent, ascending; at least one
  record Valid(List<IpRange> ranges) implements PoolAddresses {
    public Valid {
      ranges = List.copyOf(ranges);
    }
  }

  /// @param problems all of them, in the order of the entries; at least one
  record Invalid(List<Problem> problems) implements PoolAddresses {
    public Invalid {
      problems = List.copyOf(problems);
    }

    /// All problems in one line.
    public String message() {
      return String.join("; ", problems.stream().map(Problem::message).toList());
    }
  }

  /// One entry that cannot be used.
  ///
  /// @param field the list
  /// @param index the position in it, from 0; -1 for the list as a whole
  /// @param text the entry as written; empty for the list as a whole
  /// @param why what is wrong, to follow the text in a sentence
  /// @param fix what to write instead
  record Problem(String field, int index, String text, String why, String fix) {
    public Problem(int index, String text, String why, String fix) {
      this(ADDRESSES, index, text, why, fix);
    }

    /// For example `spec.addresses[0]: '10.0.0.5/24' has host bits set; write 10.0.0.0/24 for …`.
    public String message() {
      String place = index < 0 ? field : field + "[" + index + "]: '" + text + "'";
      return place + " " + why + "; " + fix;
    }
  }

  /// Reads entries of the form `10.0.0.0/24` or `10.0.0.10-10.0.0.20`, IPv4 or IPv6. Entries that
  /// overlap one another are merged.
  static PoolAddresses parse(List<String> entries) {
    return entries.isEmpty()
        ? listProblem(ADDRESSES, "is empty", "write at least one network or range, as 10.0.0.0/24")
        : parse(ADDRESSES, entries, PoolEntry::parse);
  }

  /// The same for a list in which single addresses may stand too.
  static PoolAddresses parseAny(String field, List<String> entries) {
    return entries.isEmpty()
        ? listProblem(field, "is empty", "write at least one address, as 10.0.0.7")
        : parse(field, entries, PoolEntry::parseAny);
  }

  private static PoolAddresses parse(
      String field, List<String> entries, Function<String, PoolEntry> parser) {
    if (entries.size() > MAX_ENTRIES) {
      return listProblem(
          field,
          "has " + entries.size() + " entries, at most " + MAX_ENTRIES + " are possible",
          "join neighbouring ranges or make a second object");
    }
    List<IpRange> ranges = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      switch (parser.apply(entries.get(i))) {
        case PoolEntry.Range(IpRange range) -> ranges.add(range);
        case PoolEntry.Wrong(String text, String why, String fix) ->
            problems.add(new Problem(field, i, text, why, fix));
      }
    }
    return problems.isEmpty() ? new Valid(IpRange.merge(ranges)) : new Invalid(problems);
  }

  private static Invalid listProblem(String field, String why, String fix) {
    return new Invalid(List.of(new Problem(field, -1, "", why, fix)));
  }
}
