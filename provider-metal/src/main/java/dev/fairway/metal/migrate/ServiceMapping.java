// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.PoolAddresses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Pins the addresses that Services have, so that no Service gets another one, and says what
/// becomes of their annotations.
final class ServiceMapping {
  static final String LEFTOVER = "metallb-leftover";

  private final PoolMapping pools;
  private final AnnouncementMapping announcements;
  private final Findings findings;
  private final Map<IpAddress, String> usedByNodes;
  private final Map<IpAddress, Balanced> holders = new LinkedHashMap<>();
  private final Map<String, Balanced> groups = new LinkedHashMap<>();
  private final Map<String, Pin> pins = new LinkedHashMap<>();
  private final TreeSet<IpAddress> outside = new TreeSet<>();

  /// @param usedByNodes addresses of nodes, with their names
  ServiceMapping(
      List<Balanced> services,
      PoolMapping pools,
      AnnouncementMapping announcements,
      Map<IpAddress, String> usedByNodes,
      Findings findings) {
    this.pools = pools;
    this.announcements = announcements;
    this.usedByNodes = usedByNodes;
    this.findings = findings;
    services.stream().sorted(Balanced.OLDEST_FIRST).forEach(this::map);
  }

  private record Pin(Manifest service, List<String> addresses) {}

  /// Pools for addresses that are in none, if there are any, and the reservations.
  List<Map<String, Object>> objects() {
    var objects = new ArrayList<>(leftovers());
    pins.values()
        .forEach(pin ->
            objects.add(
                Ours.reservation(
                    pin.service().namespace(), pin.service().name(), pin.addresses())));
    return objects;
  }

  private List<Map<String, Object>> leftovers() {
    var addresses = outside.stream().map(IpAddress::toString).toList();
    var objects = new ArrayList<Map<String, Object>>();
    for (var from = 0; from < addresses.size(); from += PoolAddresses.MAX_ENTRIES) {
      var to = Math.min(addresses.size(), from + PoolAddresses.MAX_ENTRIES);
      objects.add(
          PoolMapping.closed(
              from == 0 ? LEFTOVER : LEFTOVER + "." + (from / PoolAddresses.MAX_ENTRIES + 1),
              addresses.subList(from, to)));
    }
    return objects;
  }

  /// How many addresses are kept.
  int count() {
    return pins.values().stream().mapToInt(pin -> pin.addresses().size()).sum();
  }

  private void map(Balanced service) {
    ServiceWishes.report(service, pools, findings);
    service
        .hostNames()
        .forEach(name ->
            findings.refused(
                service.service(),
                "status.loadBalancer",
                "the name %s is not from MetalLB: if another controller serves this Service, leave it to that one by its class or by serveClassless"
                    .formatted(name)));
    service.addresses().forEach(address -> keep(service, address));
    if (service.dualStack() && service.families().size() > 1 && service.addresses().size() == 1) {
      findings.differs(
          service.service(),
          "spec.ipFamilyPolicy",
          "has one address of two families: it gets the other one as soon as any pool has one, not only the same");
    }
  }

  private void keep(Balanced service, IpAddress address) {
    var field = "status.loadBalancer " + address;
    var of = service.service();
    if (!service.families().isEmpty() && !service.families().contains(address.family())) {
      findings.refused(
          of, field, "is no address of spec.ipFamilies, so Fairway gives it up: extend them");
      return;
    }
    var node = usedByNodes.get(address);
    if (node != null) {
      findings.refused(
          of,
          field,
          "is the address of node %s, which Fairway gives to nobody: reach the Service at another address, or by its node port"
              .formatted(node));
      return;
    }
    var holder = holders.putIfAbsent(address, service);
    if (holder != null) {
      shared(service, holder, field);
      return;
    }
    var head = groups.putIfAbsent(service.group() + " " + address.family(), service);
    if (head != null) {
      findings.refused(
          of,
          field,
          "Services with the same %s have one address with Fairway, and %s has another one: annotate this one with %s: %s before"
              .formatted(Balanced.SHARE, head.key(), Balanced.OUR_SHARE, of.name()));
    }
    pin(service, address, field);
  }

  private void pin(Balanced service, IpAddress address, String field) {
    var of = service.service();
    pins.computeIfAbsent(service.key(), _ -> new Pin(of, new ArrayList<>()))
        .addresses()
        .add(address.toString());
    var kept = "kept by AddressReservation %s.%s".formatted(of.namespace(), of.name());
    var pool = pools.poolOf(address);
    if (pool.isEmpty()) {
      outside.add(address);
      findings.differs(
          of,
          field,
          kept + "; it is in no IPAddressPool, so AddressPool %s holds it".formatted(LEFTOVER));
    } else if (announcements.announces(pool.get())) {
      findings.maps(of, field, kept);
    } else {
      findings.refused(
          of,
          field,
          kept
              + "; but no L2Advertisement announces pool %s, so nobody would answer for it"
                  .formatted(pool.get()));
    }
  }

  private void shared(Balanced service, Balanced holder, String field) {
    if (service.group().equals(holder.group())) {
      findings.maps(
          service.service(), field, "shared with %s, which keeps it".formatted(holder.key()));
      return;
    }
    var abroad = !service.service().namespace().equals(holder.service().namespace());
    var name = abroad ? holder.service().namespace() + "/" + shareName(holder) : shareName(holder);
    findings.refused(
        service.service(),
        field,
        "%s has it too, and Fairway would not have them share it: annotate %s with %s: %s%s, and this one with %s: %s, before"
            .formatted(
                holder.key(),
                holder.key(),
                Balanced.OUR_SHARE,
                shareName(holder),
                abroad ? " and fairway.dev/share-with: " + service.service().namespace() : "",
                Balanced.OUR_SHARE,
                name));
  }

  // The one there is, if it can be read.
  private static String shareName(Balanced service) {
    return service
        .share()
        .filter(_ -> service.shareIsReadable())
        .map(name -> name.substring(name.indexOf('/') + 1))
        .orElse(service.service().name());
  }
}
