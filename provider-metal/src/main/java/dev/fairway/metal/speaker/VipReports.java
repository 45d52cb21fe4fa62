// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.speaker;

import dev.fairway.metal.l2.Claim;
import dev.fairway.metal.l2.Claims;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.speaker.VipReport.VipClaimed;
import dev.fairway.metal.speaker.VipReport.VipNotAnnounced;
import dev.fairway.metal.speaker.VipReport.VipWithdrawn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The difference between two moments, one report per VIP that changed.
final class VipReports {

  private VipReports() {}

  /// Withdrawals first, then by address.
  static List<VipReport> between(Claims before, Claims after) {
    Map<IpAddress, VipReport> old = reports(before);
    Map<IpAddress, VipReport> now = reports(after);
    List<VipReport> changes = new ArrayList<>();
    old.keySet().stream()
        .filter(address -> !now.containsKey(address))
        .forEach(address -> changes.add(new VipWithdrawn(address)));
    now.forEach((address, report) -> {
      if (!report.equals(old.get(address))) {
        changes.add(report);
      }
    });
    return changes;
  }

  private static Map<IpAddress, VipReport> reports(Claims claims) {
    Map<IpAddress, VipReport> reports = new TreeMap<>();
    claims
        .unclaimed()
        .forEach((address, why) -> reports.put(address, new VipNotAnnounced(address, why)));
    claims
        .claimed()
        .forEach((address, where) -> {
          Claim first = where.getFirst();
          reports.put(address, new VipClaimed(address, first.interfaceName(), first.mac()));
        });
    return reports;
  }
}
