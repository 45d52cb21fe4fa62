// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.metal.pool.PoolSpec;
import dev.fairway.metal.pool.PoolState;
import dev.fairway.metal.pool.Pools;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// IPAddressPools become AddressPools of the same names.
final class PoolMapping {
  private static final int MOST_NAMESPACES = 256;
  private static final int LAST_PRIORITY = 1_000_000;

  private final Findings findings;
  private final Map<String, Map<String, Object>> pools = new LinkedHashMap<>();
  private final Map<String, List<IpRange>> ranges = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> labels = new TreeMap<>();

  PoolMapping(List<Manifest> theirs, Findings findings) {
    this.findings = findings;
    theirs.forEach(this::map);
    overlaps(theirs);
  }

  /// Our objects.
  List<Map<String, Object>> objects() {
    return pools.entrySet().stream()
        .map(pool -> Ours.object("AddressPool", pool.getKey(), pool.getValue()))
        .toList();
  }

  boolean knows(String pool) {
    return pools.containsKey(pool);
  }

  /// The name of the pool that holds the address.
  Optional<String> poolOf(IpAddress address) {
    return ranges.entrySet().stream()
        .filter(pool -> pool.getValue().stream().anyMatch(range -> range.contains(address)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// Names of the pools whose labels a selector matches.
  List<String> selectedBy(Manifest selector) {
    return labels.entrySet().stream()
        .filter(pool -> Selectors.matches(selector, pool.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void map(Manifest pool) {
    var spec = new LinkedHashMap<String, Object>();
    pool.spec()
        .json()
        .keySet()
        .forEach(field -> {
          switch (field) {
            case "addresses" -> addresses(pool, spec);
            case "autoAssign" -> copy(pool, field, spec);
            case "avoidBuggyIPs" -> copy(pool, field, spec);
            case "serviceAllocation" -> allocation(pool, spec);
            default -> findings.refused(pool, "spec." + field, Texts.UNKNOWN_FIELD);
          }
        });
    if (!spec.containsKey("addresses")) {
      findings.refused(
          pool, "", "has no address that Fairway can give: there is no AddressPool for it");
      return;
    }
    pools.put(pool.name(), spec);
    labels.put(pool.name(), pool.labels());
  }

  private void copy(Manifest pool, String field, Map<String, Object> spec) {
    spec.put(field, pool.spec().flag(field, field.equals("autoAssign")));
    findings.maps(pool, "spec." + field, "AddressPool %s".formatted(pool.name()));
  }

  private void addresses(Manifest pool, Map<String, Object> spec) {
    var entries = PoolEntries.of(pool.spec().list("addresses"));
    for (var remark : entries.remarks()) {
      var field =
          remark.index() < 0 ? "spec.addresses" : "spec.addresses[%d]".formatted(remark.index());
      if (remark.lost()) {
        findings.refused(pool, field, remark.text());
      } else {
        findings.differs(pool, field, remark.text());
      }
    }
    if (!entries.addresses().isEmpty()) {
      spec.put("addresses", entries.addresses());
      ranges.put(pool.name(), PoolEntries.ranges(entries.addresses()));
      findings.maps(pool, "spec.addresses", "AddressPool %s".formatted(pool.name()));
    }
  }

  private void allocation(Manifest pool, Map<String, Object> spec) {
    var allocation = pool.spec().part("serviceAllocation");
    allocation
        .json()
        .keySet()
        .forEach(field -> {
          var path = "spec.serviceAllocation." + field;
          switch (field) {
            case "priority" -> priority(pool, path, allocation.number(field).orElse(0L), spec);
            case "namespaces" -> {
              var names = allocation.list(field).stream().distinct().toList();
              put(pool, path, field, names, names.size() <= MOST_NAMESPACES, spec);
            }
            case "namespaceSelectors", "serviceSelectors" -> {
              var selectors = Selectors.copy(allocation.parts(field));
              put(pool, path, field, selectors, selectors.size() <= Selectors.MOST, spec);
            }
            default -> findings.refused(pool, path, Texts.UNKNOWN_FIELD);
          }
        });
  }

  private void priority(Manifest pool, String path, long priority, Map<String, Object> spec) {
    if (priority < 0 || priority > LAST_PRIORITY) {
      findings.refused(
          pool,
          path,
          "%d is left out, so that the pool is asked last: write a number from 1 to %d into spec.priority of the AddressPool"
              .formatted(priority, LAST_PRIORITY));
      return;
    }
    spec.put("priority", (int) priority);
    findings.maps(pool, path, "spec.priority of the AddressPool");
  }

  // Also what is too long is written: left out, it would open the pool to everybody.
  private void put(
      Manifest pool,
      String path,
      String field,
      List<?> list,
      boolean fits,
      Map<String, Object> spec) {
    spec.put(field, list);
    if (fits) {
      findings.maps(pool, path, "spec.%s of the AddressPool".formatted(field));
    } else {
      findings.refused(
          pool,
          path,
          "has %d entries, more than the API server takes in spec.%s: use labels that they have in common"
              .formatted(list.size(), field));
    }
  }

  private void overlaps(List<Manifest> theirs) {
    var specs =
        ranges.keySet().stream()
            .map(name ->
                new PoolSpec(
                    name,
                    Instant.EPOCH,
                    addresses(pools.getOrDefault(name, Map.of())),
                    List.of(),
                    false))
            .toList();
    var states = Pools.judge(specs);
    for (var pool : theirs) {
      if (states.get(pool.name()) instanceof PoolState.Overlapping overlapping) {
        findings.refused(
            pool,
            "spec.addresses",
            "%s is in pool %s too: take it out of one of the two"
                .formatted(overlapping.overlap(), overlapping.otherPool()));
      }
    }
  }

  private static List<String> addresses(Map<String, Object> spec) {
    return new Manifest(spec).list("addresses");
  }

  /// A pool of single addresses that gives to nobody but those who have one.
  static Map<String, Object> closed(String name, List<String> addresses) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("addresses", PoolEntries.of(addresses).addresses());
    spec.put("autoAssign", false);
    return Ours.object("AddressPool", name, spec);
  }
}
