// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// L2Advertisements become Announcements of the same names.
final class AnnouncementMapping {
  private static final int MOST_POOLS = 64;

  private final PoolMapping pools;
  private final Findings findings;
  private final List<Map<String, Object>> objects = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> announced = new TreeSet<>();
  private boolean everything;

  AnnouncementMapping(List<Manifest> theirs, PoolMapping pools, Findings findings) {
    this.pools = pools;
    this.findings = findings;
    theirs.forEach(advertisement -> names.add(advertisement.name()));
    theirs.forEach(this::map);
    interfacesOfSeveral(theirs);
  }

  List<Map<String, Object>> objects() {
    return List.copyOf(objects);
  }

  /// Whether somebody answers for addresses of this pool.
  boolean announces(String pool) {
    return everything || announced.contains(pool);
  }

  private void map(Manifest of) {
    var spec = new LinkedHashMap<String, Object>();
    var chosen = chosenPools(of);
    var selective = isSelective(of);
    if (selective && chosen.isEmpty()) {
      findings.refused(
          of,
          "",
          "selects no pool that is there, and an Announcement without pools would be for all: there is none for it");
      return;
    }
    if (selective) {
      spec.put("pools", chosen);
      announced.addAll(chosen);
    } else {
      everything = true;
    }
    var l2 = new LinkedHashMap<String, Object>();
    of.spec().json().keySet().forEach(field -> map(of, field, spec, l2));
    if (of.spec().list("interfaces").isEmpty()) {
      findings.differs(
          of,
          "spec.interfaces",
          "MetalLB answers on every interface, Fairway on those with a subnet that holds the address. If no node has such a subnet, write the interfaces into spec.l2.interfaces");
    }
    spec.put("l2", l2);
    add(of, spec);
  }

  private void map(Manifest of, String field, Map<String, Object> spec, Map<String, Object> l2) {
    var path = "spec." + field;
    switch (field) {
      case "ipAddressPools" -> named(of, path);
      case "ipAddressPoolSelectors" -> selected(of, path);
      case "nodeSelectors" -> nodes(of, path);
      case "interfaces" -> interfaces(of, path, l2);
      case "serviceSelectors" -> services(of, path, spec);
      case "preferredNodeSelectors" -> preferred(of, path, spec);
      default -> findings.refused(of, path, Texts.UNKNOWN_FIELD);
    }
  }

  private static boolean isSelective(Manifest of) {
    return !of.spec().list("ipAddressPools").isEmpty()
        || !of.spec().parts("ipAddressPoolSelectors").isEmpty();
  }

  private List<String> chosenPools(Manifest of) {
    var chosen = new TreeSet<String>();
    of.spec().list("ipAddressPools").stream().filter(pools::knows).forEach(chosen::add);
    of.spec().parts("ipAddressPoolSelectors").forEach(one -> chosen.addAll(pools.selectedBy(one)));
    return List.copyOf(chosen);
  }

  private void named(Manifest of, String path) {
    var unknown =
        of.spec().list("ipAddressPools").stream().filter(name -> !pools.knows(name)).toList();
    var all = chosenPools(of).size();
    if (all > MOST_POOLS) {
      findings.refused(
          of,
          path,
          "there are %d pools, of which an Announcement may name %d: leave spec.pools out for all, or write a second one"
              .formatted(all, MOST_POOLS));
    } else if (unknown.isEmpty()) {
      findings.maps(of, path, "spec.pools of the Announcement");
    } else {
      findings.differs(
          of, path, "left out, because there is no such pool: " + String.join(", ", unknown));
    }
  }

  private void selected(Manifest of, String path) {
    if (!of.spec().parts("ipAddressPoolSelectors").isEmpty()) {
      findings.differs(
          of,
          path,
          "Announcements name their pools: those with these labels are now %s. A pool that gets the labels later has to be added"
              .formatted(chosenPools(of)));
    }
  }

  private void nodes(Manifest of, String path) {
    var selectors = of.spec().parts("nodeSelectors");
    if (selectors.size() < 2) {
      findings.maps(of, path, "spec.nodeSelector of the Announcement");
      return;
    }
    findings.differs(
        of,
        path,
        "an Announcement has one selector, so there is one for each of the %d; a node counts if one of them selects it, as before%s"
            .formatted(
                selectors.size(),
                of.spec().parts("preferredNodeSelectors").isEmpty()
                    ? ""
                    : ". The weights of a node that several select count as often"));
  }

  private void interfaces(Manifest of, String path, Map<String, Object> l2) {
    var interfaces = of.spec().list("interfaces").stream().distinct().toList();
    if (interfaces.isEmpty()) {
      return;
    }
    l2.put("interfaces", interfaces);
    if (interfaces.size() > Selectors.MOST) {
      findings.refused(
          of,
          path,
          "has %d names, of which an Announcement may have %d: write what they have in common into spec.l2.interfacePatterns"
              .formatted(interfaces.size(), Selectors.MOST));
    } else {
      findings.maps(of, path, "spec.l2.interfaces of the Announcement");
    }
  }

  private void services(Manifest of, String path, Map<String, Object> spec) {
    var selectors = of.spec().parts("serviceSelectors");
    if (selectors.isEmpty()) {
      return;
    }
    spec.put("serviceSelectors", Selectors.copy(selectors));
    if (tooMany(of, path, selectors)) {
      return;
    }
    findings.differs(
        of,
        path,
        "spec.serviceSelectors of the Announcement. MetalLB announces no Service that shares its address by it; with Fairway the labels of the oldest of those that share count");
  }

  private void preferred(Manifest of, String path, Map<String, Object> spec) {
    var preferences = of.spec().parts("preferredNodeSelectors");
    if (preferences.isEmpty()) {
      return;
    }
    spec.put("preferredNodes", preferences.stream().map(AnnouncementMapping::preference).toList());
    if (tooMany(of, path, preferences)) {
      return;
    }
    findings.differs(
        of,
        path,
        "spec.preferredNodes of the Announcement. A node that has an address keeps it: one that is preferred takes nothing away when it comes back");
  }

  private boolean tooMany(Manifest of, String path, List<Manifest> list) {
    if (list.size() <= Selectors.MOST) {
      return false;
    }
    findings.refused(
        of,
        path,
        "has %d entries, of which an Announcement may have %d: write a second one"
            .formatted(list.size(), Selectors.MOST));
    return true;
  }

  private static Map<String, Object> preference(Manifest theirs) {
    var ours = new LinkedHashMap<String, Object>();
    ours.put("weight", theirs.number("weight").orElse(1L).intValue());
    ours.put("nodeSelector", Selectors.copy(theirs.part("preference")));
    return ours;
  }

  private void add(Manifest of, Map<String, Object> spec) {
    var selectors = of.spec().parts("nodeSelectors");
    if (selectors.isEmpty()) {
      objects.add(Ours.object("Announcement", of.name(), spec));
      return;
    }
    for (var i = 0; i < selectors.size(); i++) {
      var one = new LinkedHashMap<String, Object>();
      one.put("nodeSelector", Selectors.copy(selectors.get(i)));
      one.putAll(spec);
      objects.add(
          Ours.object(
              "Announcement", selectors.size() == 1 ? of.name() : free(of.name(), i + 1), one));
    }
  }

  private String free(String name, int number) {
    var candidate = name + "." + number;
    while (!names.add(candidate)) {
      candidate += ".1";
    }
    return candidate;
  }

  // One list of interfaces stands with an address, for all of its owners.
  private void interfacesOfSeveral(List<Manifest> theirs) {
    var lists =
        theirs.stream()
            .filter(one -> !one.spec().parts("nodeSelectors").isEmpty())
            .map(one -> Set.copyOf(one.spec().list("interfaces")))
            .filter(list -> !list.isEmpty())
            .distinct()
            .toList();
    if (lists.size() > 1) {
      findings.differs(
          theirs.getFirst(),
          "spec.interfaces",
          "L2Advertisements for different nodes name different interfaces. Of those that announce the same pool, the interfaces of all count on each node: where a node has one of another's that is not for it, see that its name is unlike");
    }
  }
}
