// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// The keys of an object that have to change, and what to: named and written as the API has them.
/// What is not among them is not sent, so that what others set stays.
///
/// @param values texts, numbers, lists and maps of these; an empty [Optional] for null
public record Changes(SortedMap<String, Object> values) {
  public Changes {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public String toString() {
    return values.toString();
  }

  /// Collects what differs.
  static final class Comparison {
    private final SortedMap<String, Object> values = new TreeMap<>();
    private final boolean everything;

    /// @param everything whether also what is as it should be is written again
    Comparison(boolean everything) {
      this.everything = everything;
    }

    Comparison differs(String key, Object now, Object wanted) {
      return differs(key, now, wanted, wanted);
    }

    /// @param sent how the wanted value is written in a request
    Comparison differs(String key, Object now, Object wanted, Object sent) {
      if (everything || !Objects.equals(now, wanted)) {
        values.put(key, sent);
      }
      return this;
    }

    Changes changes() {
      return new Changes(values);
    }
  }
}
