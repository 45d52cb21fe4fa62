// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text forms of RFC 4291 section 2.2 when reading, the single one of RFC 5952 when writing.
final class Ipv6Text {

  private static final int GROUPS = 8;
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final long MAPPED_PREFIX = 0xFFFFL; // ::ffff:0:0/96, RFC 4291 section 2.5.5.2

  private Ipv6Text() {}

  static Optional<IpAddress> parse(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(all -> all.size() == GROUPS).map(Ipv6Text::join);
    }
    Optional<List<Integer>> head = groups(text.substring(0, gap));
    Optional<List<Integer>> tail = groups(text.substring(gap + 2));
    if (head.isEmpty() || tail.isEmpty() || text.substring(0, gap).indexOf('.') >= 0) {
      return Optional.empty();
    }
    int missing = GROUPS - head.get().size() - tail.get().size();
    if (missing < 1) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(head.get());
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(tail.get());
    return Optional.of(join(all));
  }

  private static Optional<List<Integer>> groups(String text) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        Optional<IpAddress> embedded = Ipv4Text.parse(parts[i]);
        if (embedded.isEmpty()) {
          return Optional.empty();
        }
        groups.add(embedded.get().ipv4Bits() >>> 16);
        groups.add(embedded.get().ipv4Bits() & 0xFFFF);
      } else if (GROUP.matcher(parts[i]).matches()) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static IpAddress join(List<Integer> groups) {
    return new IpAddress(Family.IPV6, join64(groups.subList(0, 4)), join64(groups.subList(4, 8)));
  }

  private static long join64(List<Integer> groups) {
    long bits = 0;
    for (int group : groups) {
      bits = bits << 16 | group;
    }
    return bits;
  }

  static String of(long high, long low) {
    if (high == 0 && low >>> 32 == MAPPED_PREFIX) {
      return "::ffff:" + Ipv4Text.of(low & 0xFFFF_FFFFL);
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (int) ((i < 4 ? high : low) >>> (16 * (3 - i % 4))) & 0xFFFF;
    }
    int start = 0;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      int run = zerosFrom(groups, i);
      if (run > length) {
        start = i;
        length = run;
      }
    }
    // RFC 5952 section 4.2.2: a single zero group is not shortened.
    return length < 2
        ? hex(groups, 0, GROUPS)
        : hex(groups, 0, start) + "::" + hex(groups, start + length, GROUPS);
  }

  private static int zerosFrom(int[] groups, int start) {
    int end = start;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - start;
  }

  private static String hex(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
