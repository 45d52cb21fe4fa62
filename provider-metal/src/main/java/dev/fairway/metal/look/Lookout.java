// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import dev.fairway.metal.failover.Order;
import dev.fairway.metal.heartbeat.OwnedVip;
import dev.fairway.metal.heartbeat.Roster;
import dev.fairway.metal.l2.AnnouncedVip;
import dev.fairway.metal.l2.WhoHas;
import dev.fairway.metal.look.NodeLook.Heard;
import dev.fairway.metal.look.NodeLook.Place;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.Links;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.speaker.VipReport;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Looks at VIPs from this node. Is told of them what the speaker is told, and asks kernel and
/// network when somebody wants to know. Safe for use by several threads.
public final class Lookout {
  private final String node;
  private final InstantSource clock;
  private final Map<IpAddress, VipReport> reports = new ConcurrentHashMap<>();
  private final Map<IpAddress, String> lasts = new ConcurrentHashMap<>();
  private volatile Optional<Map<IpAddress, OwnedVip>> vips = Optional.empty();

  /// @param node its name
  /// @param clock runs evenly
  public Lookout(String node, InstantSource clock) {
    this.node = node;
    this.clock = clock;
  }

  /// All VIPs there are.
  public void roster(Roster now) {
    var all = now.vips().stream().collect(Collectors.toMap(vip -> vip.list().vip(), vip -> vip));
    vips = Optional.of(all);
    lasts.keySet().retainAll(all.keySet());
  }

  /// What came of one on this node.
  public void reported(VipReport report) {
    switch (report) {
      case VipReport.VipWithdrawn(var address) -> reports.remove(address);
      case VipReport.VipClaimed _, VipReport.VipNotAnnounced _ ->
          reports.put(report.address(), report);
    }
  }

  /// What happened to one on this node.
  public void happened(Order.Event event) {
    var what =
        switch (event) {
          case Order.Took(_, _, var why) -> "took it, as " + why;
          case Order.GaveUp(_, _, var why) -> "gave it up, as " + why;
          case Order.Conflict(_, var mac) -> "left it to the host " + mac + ", which has it";
          case Order.SplitPath(_, var owner, var why) ->
              "left it to %s, which is not heard here, as %s".formatted(owner, why);
        };
    lasts.put(
        event.vip(), "%s (%s)".formatted(what, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
  }

  boolean knows(IpAddress address) {
    return vips.filter(all -> all.containsKey(address)).isPresent();
  }

  /// How many this node announces.
  public long announced() {
    return reports.values().stream().filter(VipReport.VipClaimed.class::isInstance).count();
  }

  /// How many it should announce and cannot.
  public long unannounced() {
    return reports.values().stream().filter(VipReport.VipNotAnnounced.class::isInstance).count();
  }

  /// Looks at a VIP that is known. Asks the networks for a second. Blocks in native code: not for
  /// virtual threads.
  NodeLook look(IpAddress address) throws IOException {
    var vip = vips.map(all -> all.get(address)).orElseThrow();
    var all = Links.read();
    var links = WhoHas.links(all, new AnnouncedVip(address, vip.interfaces()));
    var heard = new ArrayList<Heard>();
    var problem = links.isEmpty() ? "none of its interfaces is in the network of the address" : "";
    for (var link : links) {
      try {
        WhoHas.ask(link, address, mac -> isOwn(all, mac), clock).stream()
            .map(answer ->
                new Heard(
                    answer.interfaceName(),
                    answer.mac().toString(),
                    answer.after().toNanos() / 1_000))
            .forEach(heard::add);
      } catch (IOException e) {
        problem = Optional.ofNullable(e.getMessage()).orElse("it could not be asked");
      }
    }
    var report = Optional.ofNullable(reports.get(address));
    return new NodeLook(
        node,
        address.toString(),
        vip.list().owners(),
        report.flatMap(Lookout::place).stream().toList(),
        report.map(Lookout::obstacle).orElse(""),
        lasts.getOrDefault(address, ""),
        Kernel.look(address, all, links),
        heard,
        problem);
  }

  private static boolean isOwn(List<Link> links, MacAddress mac) {
    return links.stream().anyMatch(link -> link.mac().equals(mac));
  }

  private static Optional<Place> place(VipReport report) {
    return report instanceof VipReport.VipClaimed(_, var name, var mac)
        ? Optional.of(new Place(name, mac.toString()))
        : Optional.empty();
  }

  private static String obstacle(VipReport report) {
    return report instanceof VipReport.VipNotAnnounced(_, var why) ? why : "";
  }
}
