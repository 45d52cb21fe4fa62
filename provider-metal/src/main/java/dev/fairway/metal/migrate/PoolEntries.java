// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import dev.fairway.metal.pool.PoolAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The addresses of a pool of MetalLB's as we write them.
///
/// @param addresses what can be written
/// @param remarks on entries that are not written as they stand
record PoolEntries(List<String> addresses, List<Remark> remarks) {
  /// @param index of the entry, from 0; -1 for the list
  /// @param lost whether its addresses are left out
  record Remark(int index, boolean lost, String text) {}

  static PoolEntries of(List<String> entries) {
    var addresses = new ArrayList<String>();
    var remarks = new ArrayList<Remark>();
    for (var i = 0; i < entries.size(); i++) {
      read(i, entries.get(i).strip(), addresses, remarks);
    }
    return addresses.size() <= PoolAddresses.MAX_ENTRIES
        ? new PoolEntries(addresses, remarks)
        : joined(addresses, remarks);
  }

  private static void read(int i, String entry, List<String> addresses, List<Remark> remarks) {
    var problem = problem(entry);
    if (problem.isEmpty()) {
      addresses.add(entry);
      return;
    }
    var masked = masked(entry).filter(network -> problem(network).isEmpty());
    var single = single(entry).filter(network -> problem(network).isEmpty());
    if (masked.isPresent()) {
      addresses.add(masked.get());
      remarks.add(
          new Remark(
              i,
              false,
              "'%s' has host bits set, which MetalLB drops: written as %s"
                  .formatted(entry, masked.get())));
    } else if (single.isPresent()) {
      addresses.add(single.get());
      remarks.add(
          new Remark(
              i, false, "'%s' is a single address: written as %s".formatted(entry, single.get())));
    } else {
      remarks.add(
          new Remark(
              i, true, "'%s' %s; %s".formatted(entry, problem.get().why(), problem.get().fix())));
    }
  }

  private static Optional<PoolAddresses.Problem> problem(String entry) {
    return PoolAddresses.parse(List.of(entry)) instanceof PoolAddresses.Invalid(var problems)
        ? Optional.of(problems.getFirst())
        : Optional.empty();
  }

  private static Optional<String> masked(String entry) {
    var slash = entry.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    var length = entry.substring(slash + 1);
    return IpAddress.parse(entry.substring(0, slash))
        .filter(member ->
            length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= member.family().bits())
        .map(member -> IpRange.ofPrefix(member, Integer.parseInt(length)).first() + "/" + length);
  }

  private static Optional<String> single(String entry) {
    return IpAddress.parse(entry).map(address -> address + "/" + address.family().bits());
  }

  private static PoolEntries joined(List<String> addresses, List<Remark> remarks) {
    var ranges = addresses.stream().flatMap(entry -> ranges(List.of(entry)).stream()).toList();
    var merged = IpRange.merge(ranges);
    var kept = merged.stream().limit(PoolAddresses.MAX_ENTRIES).map(PoolEntries::text).toList();
    var lost = merged.size() > kept.size();
    var more = new ArrayList<>(remarks);
    more.add(
        new Remark(
            -1,
            lost,
            lost
                ? "has %d ranges that are not neighbours, of which a pool may have %d: the others are left out; put them into a second AddressPool"
                    .formatted(merged.size(), PoolAddresses.MAX_ENTRIES)
                : "has %d entries, of which a pool may have %d: neighbours are joined"
                    .formatted(addresses.size(), PoolAddresses.MAX_ENTRIES)));
    return new PoolEntries(kept, more);
  }

  static List<IpRange> ranges(List<String> addresses) {
    return PoolAddresses.parse(addresses) instanceof PoolAddresses.Valid(var ranges)
        ? ranges
        : List.of();
  }

  private static String text(IpRange range) {
    return range.first() + "-" + range.last();
  }
}
