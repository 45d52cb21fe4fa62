// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import dev.fairway.metal.l2.Rival;
import dev.fairway.metal.l2.Rivals;
import dev.fairway.metal.net.MacAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The stations of the other speakers, as they say themselves and as the API server has it. Safe
/// for use by several threads.
public final class Colleagues implements Rivals {
  private final Consumer<Rival> rivals;
  private final Map<String, List<MacAddress>> told = new HashMap<>();
  private Set<MacAddress> written = Set.of();
  private volatile Set<MacAddress> all = Set.of();

  /// @param rivals is told of others that claim a VIP of this node; must return soon
  public Colleagues(Consumer<Rival> rivals) {
    this.rivals = rivals;
  }

  synchronized void roster(Roster now) {
    written = now.macs();
    gather();
  }

  synchronized void heard(String node, List<MacAddress> stations) {
    if (!stations.equals(told.put(node, stations))) {
      gather();
    }
  }

  private void gather() {
    var both = new HashSet<>(written);
    told.values().forEach(both::addAll);
    all = Set.copyOf(both);
  }

  @Override
  public boolean isSpeaker(MacAddress mac) {
    return all.contains(mac);
  }

  @Override
  public void heard(Rival rival) {
    rivals.accept(rival);
  }
}
