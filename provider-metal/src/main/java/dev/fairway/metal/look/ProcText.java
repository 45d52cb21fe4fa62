// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Reads the tables of proc(5) about the network: pure.
final class ProcText {
  private static final String NOTHING_6 = "0".repeat(32);

  private ProcText() {}

  /// The interfaces of default routes in `/proc/net/route`, which shows the main table.
  static List<String> defaultRoutes4(String table) {
    return table
        .lines()
        .skip(1)
        .map(line -> line.trim().split("\\s+"))
        .filter(
            words -> words.length > 7 && words[1].equals("00000000") && words[7].equals("00000000"))
        .map(words -> words[0])
        .distinct()
        .toList();
  }

  /// The same of `/proc/net/ipv6_route`; routes to `lo` refuse.
  static List<String> defaultRoutes6(String table) {
    return table
        .lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(words -> words.length > 9 && words[0].equals(NOTHING_6) && words[1].equals("00"))
        .map(words -> words[words.length - 1])
        .filter(name -> !name.equals("lo"))
        .distinct()
        .toList();
  }

  /// A counter of `/proc/net/netstat`, where a line of names precedes one of numbers; 0 if the
  /// kernel has no such counter.
  static long counter(String netstat, String group, String name) {
    var lines = netstat.lines().filter(line -> line.startsWith(group + ": ")).toList();
    if (lines.size() != 2) {
      return 0;
    }
    var names = List.of(lines.getFirst().split(" "));
    var numbers = List.of(lines.getLast().split(" "));
    return IntStream.range(1, Math.min(names.size(), numbers.size()))
        .filter(i -> names.get(i).equals(name))
        .mapToLong(i -> Long.parseLong(numbers.get(i)))
        .findFirst()
        .orElse(0);
  }

  /// Whether `/proc/net/ip_vs` has a service at the address.
  static boolean servedByIpvs(String table, IpAddress address) {
    var written = address.family() == Family.IPV4 ? ipvs4(address) : ipvs6(address);
    return table
        .lines()
        .map(line -> line.trim().split("\\s+"))
        .anyMatch(
            words -> words.length > 1 && !words[0].equals("->") && words[1].startsWith(written));
  }

  private static String ipvs4(IpAddress address) {
    return "%08X:".formatted(address.ipv4Bits());
  }

  private static String ipvs6(IpAddress address) {
    return "%016x%016x"
            .formatted(address.high(), address.low())
            .toLowerCase(Locale.ROOT)
            .replaceAll("(.{4})(?!$)", "$1:")
            .replaceAll("^", "[")
        + "]:";
  }
}
