// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.AnnouncementView;
import dev.fairway.metal.model.Surroundings;
import dev.fairway.metal.owner.OwnerPlanner;
import dev.fairway.metal.pool.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Who announces an address, and on which interfaces: pure.
///
/// @param owners in order, the first announces; empty when nobody can
/// @param note why nobody can
record Announcers(List<String> owners, List<String> interfaces, Optional<Note> note) {

  static Announcers of(
      Present present,
      IpAddress address,
      String pool,
      List<String> current,
      Surroundings surroundings) {
    var announcements =
        surroundings.announcements().stream()
            .filter(announcement -> announcement.announces(pool))
            .toList();
    if (announcements.isEmpty()) {
      return nobody(
          Note.blocking(
              "NotAnnounced",
              "%s is reserved, but no Announcement selects pool %s".formatted(address, pool),
              "create an Announcement for it"));
    }
    var selected = select(present.backends().targets(), announcements);
    // Not one speaker was ever heard of: that is a fault on this side. Whoever announces goes on.
    var speakers =
        surroundings.speakers().isEmpty() ? Set.copyOf(current) : surroundings.speakers();
    var alive = named(selected, speakers);
    if (alive.isEmpty()) {
      return nobody(
          Note.blocking(
              "NoEligibleNode",
              "no node can announce %s: %d nodes, %d of them selected by an Announcement, none of"
                      .formatted(address, present.backends().targets().size(), selected.size())
                  + " these with a running speaker",
              "check the pods of the speaker, and the nodeSelector of the Announcement"));
    }
    var withEndpoints = present.localNodes().map(names -> named(alive, names)).orElse(alive);
    if (withEndpoints.isEmpty()) {
      return nobody(
          Note.blocking(
              "NoLocalEndpoint",
              "externalTrafficPolicy is Local and none of the %d nodes that can announce %s has a"
                      .formatted(alive.size(), address)
                  + " ready endpoint"
                  + (present.services().size() > 1 ? " of each Service that shares it" : ""),
              present.services().size() > 1
                  ? "run their pods on the same nodes, or share only where the policy is Cluster"
                  : "check the pods of the Service"));
    }
    var owners = OwnerPlanner.plan(address, current, healthy(withEndpoints), surroundings.load());
    return new Announcers(owners, interfaces(announcements), Optional.empty());
  }

  private static Announcers nobody(Note note) {
    return new Announcers(List.of(), List.of(), Optional.of(note));
  }

  private static List<Target> select(List<Target> nodes, List<AnnouncementView> announcements) {
    return nodes.stream()
        .filter(node -> announcements.stream().anyMatch(a -> a.selects(node)))
        .toList();
  }

  private static List<Target> named(List<Target> nodes, Set<String> names) {
    return nodes.stream().filter(node -> names.contains(node.node())).toList();
  }

  // When not one node is ready, the fault is more likely in what reports readiness than in all
  // nodes: go on.
  private static Set<String> healthy(List<Target> nodes) {
    var ready = nodes.stream().filter(Target::ready).toList();
    return (ready.isEmpty() ? nodes : ready).stream().map(Target::node).collect(Collectors.toSet());
  }

  private static List<String> interfaces(List<AnnouncementView> announcements) {
    if (announcements.stream().anyMatch(a -> a.interfaces().isEmpty())) {
      return List.of();
    }
    var all = new TreeSet<String>();
    announcements.forEach(a -> all.addAll(a.interfaces()));
    return List.copyOf(all);
  }
}
