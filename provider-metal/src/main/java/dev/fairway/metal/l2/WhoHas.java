// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.l2.NdpMessage.Solicitation;
import dev.fairway.metal.net.InterfaceAddress;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.LinuxException;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.net.PacketSocket;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Asks a network for an address as any neighbour does, under the node's own address, and gathers
/// all who answer. Unlike a probe it threatens nobody: owners do not take it for somebody who would
/// like to have the address.
public final class WhoHas {

  /// When it is asked: a frame may be lost.
  private static final List<Duration> QUESTIONS =
      List.of(Duration.ZERO, Duration.ofMillis(250), Duration.ofMillis(500));

  private static final Duration LISTEN = Duration.ofSeconds(1);

  private final Link link;
  private final IpAddress address;
  private final Predicate<MacAddress> own;
  private final InstantSource clock;
  private final Map<MacAddress, Answer> answers = new LinkedHashMap<>();

  /// A station that has the address.
  ///
  /// @param after from the last question before it to the answer
  public record Answer(String interfaceName, MacAddress mac, Duration after) {}

  private WhoHas(Link link, IpAddress address, Predicate<MacAddress> own, InstantSource clock) {
    this.link = link;
    this.address = address;
    this.own = own;
    this.clock = clock;
  }

  /// The interfaces on which a VIP would be announced now.
  public static List<Link> links(List<Link> all, AnnouncedVip vip) {
    return List.copyOf(AnnouncePlan.of(all, List.of(vip)).onLink().keySet());
  }

  /// Everybody who answers within a second, in the order of their first answers. Blocks in native
  /// code: not for virtual threads.
  ///
  /// @param own stations of this node, which do not count
  /// @param clock runs evenly
  /// @throws IOException if it cannot be asked; the message is for the user
  public static List<Answer> ask(
      Link link, IpAddress address, Predicate<MacAddress> own, InstantSource clock)
      throws IOException {
    var question = question(link, address).encode();
    try (PacketSocket socket = PacketSocket.openToAsk(link, address.family())) {
      return new WhoHas(link, address, own, clock).ask(socket, question);
    }
  }

  private List<Answer> ask(PacketSocket socket, byte[] question) throws IOException {
    Instant start = clock.instant();
    byte[] frame = new byte[PacketSocket.MAX_FRAME];
    for (int i = 0; i < QUESTIONS.size(); i++) {
      Instant until = start.plus(i + 1 < QUESTIONS.size() ? QUESTIONS.get(i + 1) : LISTEN);
      Instant asked = clock.instant();
      socket.send(question);
      listen(socket, frame, asked, until);
    }
    return new ArrayList<>(answers.values());
  }

  private void listen(PacketSocket socket, byte[] frame, Instant asked, Instant until)
      throws LinuxException {
    for (Instant now = clock.instant(); now.isBefore(until); now = clock.instant()) {
      int length = socket.receive(frame, Duration.between(now, until));
      if (length < 0) {
        return;
      }
      Frame.parse(frame, length)
          .flatMap(Sighting::in)
          .filter(seen -> seen.kind() == Sighting.Kind.CLAIM && seen.address().equals(address))
          .map(Sighting::mac)
          .filter(mac -> !own.test(mac))
          .ifPresent(mac ->
              answers.putIfAbsent(
                  mac, new Answer(link.name(), mac, Duration.between(asked, clock.instant()))));
    }
  }

  private static Frame question(Link link, IpAddress address) throws IOException {
    IpAddress sender =
        sender(link, address)
            .orElseThrow(() ->
                new IOException(
                    link.name()
                        + " has no "
                        + address.family()
                        + " address of its own to ask with"));
    if (address.family() == Family.IPV4) {
      return new ArpFrame(
          MacAddress.BROADCAST,
          link.mac(),
          new ArpPacket(Operation.REQUEST, link.mac(), sender, MacAddress.ZERO, address));
    }
    IpAddress group = Ipv6Groups.solicitedNode(address);
    return new NdpFrame(
        Ipv6Groups.mac(group),
        link.mac(),
        sender,
        group,
        new Solicitation(address, Optional.of(link.mac())));
  }

  // Its own, but never the one that is asked for: that would claim it.
  private static Optional<IpAddress> sender(Link link, IpAddress address) {
    return link.addresses().stream()
        .filter(own -> own.address().family() == address.family())
        .filter(own -> !own.address().equals(address))
        .min(Comparator.comparing((InterfaceAddress own) -> !own.subnet().contains(address)))
        .map(InterfaceAddress::address);
  }
}
