// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.owner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts owners and first followers as lists of owners come and go. Not safe for use by several
/// threads; its snapshots are.
public final class OwnerTally implements OwnerLoads {
  private final Map<String, Integer> owned = new HashMap<>();
  private final Map<String, Map<String, Integer>> behind = new HashMap<>();
  private final Map<String, Map<String, Integer>> rows = new HashMap<>();
  private Optional<Counted> snapshot = Optional.empty();

  /// A VIP has these owners, the announcing one first.
  public void add(List<String> owners) {
    count(owners, 1);
  }

  /// A VIP that had these owners has others, or is gone.
  public void remove(List<String> owners) {
    count(owners, -1);
  }

  private void count(List<String> owners, int change) {
    if (owners.isEmpty()) {
      return;
    }
    var owner = owners.getFirst();
    count(owned, owner, change);
    if (owners.size() > 1) {
      var row = behind.computeIfAbsent(owner, _ -> new HashMap<>());
      count(row, owners.get(1), change);
      if (row.isEmpty()) {
        behind.remove(owner);
      }
      rows.remove(owner);
    }
    snapshot = Optional.empty();
  }

  private static void count(Map<String, Integer> counts, String node, int change) {
    counts.compute(
        node,
        (_, before) -> {
          var now = (before == null ? 0 : before) + change;
          return now == 0 ? null : now;
        });
  }

  @Override
  public int owned(String node) {
    return owned.getOrDefault(node, 0);
  }

  @Override
  public int behind(String owner, String follower) {
    return behind.getOrDefault(owner, Map.of()).getOrDefault(follower, 0);
  }

  /// The numbers as they are now; costs one step a node, and nothing while they stay.
  public OwnerLoads snapshot() {
    var now = snapshot.orElseGet(this::renewed);
    snapshot = Optional.of(now);
    return now;
  }

  // Only the rows that changed are copied anew.
  private Counted renewed() {
    behind.forEach((owner, row) -> rows.computeIfAbsent(owner, _ -> Map.copyOf(row)));
    rows.keySet().retainAll(behind.keySet());
    return new Counted(owned, rows);
  }
}
