// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import dev.fairway.metal.look.KernelLook.LinkLook;
import dev.fairway.metal.net.InterfaceAddress;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the kernel says in proc(5), in the network namespace of the calling thread. What cannot be
/// read counts as not there.
final class Kernel {
  // Of the thread: /proc/net is that of the process.
  private static final Path NET = Path.of("/proc/thread-self/net");
  private static final Path SETTINGS = Path.of("/proc/sys/net/ipv4/conf");

  // On which kube-proxy in IPVS mode puts the addresses of all Services.
  private static final String OF_IPVS = "kube-ipvs0";

  private Kernel() {}

  /// @param all the interfaces of the node
  /// @param announcing those on which the address would be announced
  static KernelLook look(IpAddress address, List<Link> all, List<Link> announcing) {
    var netstat = read(NET.resolve("netstat"));
    var holders = all.stream().filter(link -> has(link, address)).map(Link::name).toList();
    return new KernelLook(
        holders,
        holders.contains(OF_IPVS) || ProcText.servedByIpvs(read(NET.resolve("ip_vs")), address),
        address.family() == Family.IPV4
            ? ProcText.defaultRoutes4(read(NET.resolve("route")))
            : ProcText.defaultRoutes6(read(NET.resolve("ipv6_route"))),
        ProcText.counter(netstat, "TcpExt", "IPReversePathFilter"),
        ProcText.counter(netstat, "IpExt", "InNoRoutes"),
        announcing.stream().map(link -> link(link, address.family())).toList());
  }

  private static boolean has(Link link, IpAddress address) {
    return link.addresses().stream().anyMatch(own -> own.address().equals(address));
  }

  private static LinkLook link(Link link, Family family) {
    var ipv4 = family == Family.IPV4;
    return new LinkLook(
        link.name(),
        link.mac().toString(),
        link.addresses().stream()
            .filter(own -> own.address().family() == family)
            .map(Kernel::network)
            .distinct()
            .toList(),
        ipv4 ? setting(link, "arp_ignore") : 0,
        ipv4 ? setting(link, "arp_announce") : 0,
        ipv4 ? setting(link, "rp_filter") : 0);
  }

  private static String network(InterfaceAddress own) {
    return own.subnet().first() + "/" + own.prefixLength();
  }

  // The kernel takes the higher one (Documentation/networking/ip-sysctl.rst).
  private static int setting(Link link, String name) {
    return Math.max(value("all", name), value(link.name(), name));
  }

  private static int value(String of, String name) {
    var text = read(SETTINGS.resolve(of).resolve(name)).trim();
    return text.matches("[0-9]") ? Integer.parseInt(text) : 0;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException _) {
      return "";
    }
  }
}
