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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Who announces an address, and on which interfaces: pure.
///
/// @param owners in order, the first announces; empty when nobody can
/// @param note why nobody can
record Announcers(List<String> owners, List<String> interfaces, Optional<Note> note) {
  // The same as in the custom resource's schema.
  private static final int MOST_INTERFACES = 64;

  static Announcers of(
      Present present,
      IpAddress address,
      String pool,
      List<String> current,
      Surroundings surroundings) {
    var able = able(present, address, pool, current, surroundings);
    // What else stands in the way is told first, so that it can be mended before the others go.
    return surroundings
        .terrain()
        .otherSpeakers()
        .map(where -> nobody(able.note().orElseGet(() -> AnnouncerNotes.others(address, where))))
        .orElse(able);
  }

  private static Announcers able(
      Present present,
      IpAddress address,
      String pool,
      List<String> current,
      Surroundings surroundings) {
    var announcements = announcements(present, pool, surroundings);
    if (announcements.isEmpty()) {
      return nobody(AnnouncerNotes.notAnnounced(address, pool, surroundings.announcements()));
    }
    var nodes = present.backends().targets();
    var selected = nodes.stream().filter(node -> any(announcements, node)).toList();
    // Not one speaker was ever heard of: that is a fault on this side. Whoever announces goes on.
    var speakers =
        surroundings.speakers().isEmpty() ? Set.copyOf(current) : surroundings.speakers();
    var alive = named(selected, speakers);
    if (alive.isEmpty()) {
      return nobody(AnnouncerNotes.noSpeaker(address, nodes.size(), selected.size()));
    }
    var reaching =
        alive.stream()
            .filter(node ->
                announcements.stream()
                    .anyMatch(one ->
                        one.selects(node) && one.reaches(node, address, surroundings.terrain())))
            .toList();
    if (reaching.isEmpty()) {
      // Their switch may be the fault. A list that were empty would be filled by the first one that
      // comes back, with everything.
      var owners = current.stream().filter(names(alive)::contains).toList();
      return new Announcers(
          owners,
          interfaces(announcements, nodes, owners, surroundings),
          Optional.of(AnnouncerNotes.noInterface(address, alive)));
    }
    var serving = present.localNodes().map(names -> named(reaching, names)).orElse(reaching);
    if (serving.isEmpty()) {
      return nobody(AnnouncerNotes.noEndpoint(address, reaching.size(), present));
    }
    var weights =
        healthy(serving, surroundings.terrain().unwilling()).stream()
            .collect(Collectors.toMap(Target::node, node -> weight(announcements, node)));
    var owners = OwnerPlanner.plan(address, current, weights, surroundings.load());
    return new Announcers(
        owners, interfaces(announcements, nodes, owners, surroundings), Optional.empty());
  }

  /// Whether any Announcement is for the addresses of a pool.
  static boolean areThere(Present present, String pool, Surroundings surroundings) {
    return !announcements(present, pool, surroundings).isEmpty();
  }

  private static List<AnnouncementView> announcements(
      Present present, String pool, Surroundings surroundings) {
    return surroundings.announcements().stream()
        .filter(one -> one.announces(pool) && one.serves(present.labels()))
        .toList();
  }

  private static Announcers nobody(Note note) {
    return new Announcers(List.of(), List.of(), Optional.of(note));
  }

  private static boolean any(List<AnnouncementView> announcements, Target node) {
    return announcements.stream().anyMatch(one -> one.selects(node));
  }

  private static int weight(List<AnnouncementView> announcements, Target node) {
    return announcements.stream()
        .filter(one -> one.selects(node))
        .mapToInt(one -> one.weight(node))
        .sum();
  }

  private static Set<String> names(List<Target> nodes) {
    return nodes.stream().map(Target::node).collect(Collectors.toSet());
  }

  private static List<Target> named(List<Target> nodes, Set<String> names) {
    return nodes.stream().filter(node -> names.contains(node.node())).toList();
  }

  // When not one node is ready, the fault is more likely in what reports readiness than in all
  // nodes: go on. When all are drained, somebody has to answer all the same.
  private static List<Target> healthy(List<Target> nodes, Set<String> unwilling) {
    return only(nodes, node -> node.ready() && !unwilling.contains(node.node()))
        .or(() -> only(nodes, Target::ready))
        .orElse(nodes);
  }

  private static Optional<List<Target>> only(List<Target> nodes, Predicate<Target> which) {
    return Optional.of(nodes.stream().filter(which).toList()).filter(some -> !some.isEmpty());
  }

  // There is one list for all owners; those that have no interface of a name pass over it.
  private static List<String> interfaces(
      List<AnnouncementView> announcements,
      List<Target> nodes,
      List<String> owners,
      Surroundings surroundings) {
    var byName = nodes.stream().collect(Collectors.toMap(Target::node, node -> node, (a, _) -> a));
    var counting =
        announcements.stream()
            .filter(one -> owners.stream().anyMatch(owner -> selects(one, byName, owner)))
            .toList();
    return counting.stream().anyMatch(one -> one.interfaces().bySubnet())
        ? List.of()
        : counting.stream()
            .flatMap(one -> one.interfaceNames(owners, surroundings.terrain()))
            .distinct()
            .sorted()
            .limit(MOST_INTERFACES)
            .toList();
  }

  private static boolean selects(
      AnnouncementView announcement, Map<String, Target> nodes, String owner) {
    return Optional.ofNullable(nodes.get(owner)).filter(announcement::selects).isPresent();
  }
}
