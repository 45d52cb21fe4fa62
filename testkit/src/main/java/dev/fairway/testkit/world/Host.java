// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import dev.fairway.testkit.process.Command;
import dev.fairway.testkit.process.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// A machine of the world: a network namespace with one address on `eth0`.
public class Host {
  // The kernel asks three times, a second apart; an owner answers the first time.
  private static final Duration ARP_LIMIT = Duration.ofMillis(1200);
  // "Discard" (RFC 863): any datagram makes the kernel look up the neighbour.
  private static final int DISCARD_PORT = 9;
  // Of the thread, as /proc/net is that of the process.
  private static final Path ARP_TABLE = Path.of("/proc/thread-self/net/arp");

  private final NetworkNamespace namespace;
  private final String address;

  Host(NetworkNamespace namespace, String address) {
    this.namespace = namespace;
    this.address = address;
  }

  /// The name of the network namespace, for example `client`.
  public String name() {
    return namespace.name();
  }

  /// The IPv4 address of `eth0`, without prefix length.
  public String address() {
    return address;
  }

  public NetworkNamespace namespace() {
    return namespace;
  }

  /// Sends one HTTP GET for `/` on a new connection; a failure of any kind is an answer too.
  ///
  /// @param timeout of the whole exchange
  public HttpAnswer get(String ip, int port, Duration timeout) {
    return get(ip, port, "/", timeout);
  }

  /// As [#get(String,int,Duration)], for another path.
  public HttpAnswer get(String ip, int port, String path, Duration timeout) {
    return namespace.call(() -> new HttpRequest(ip, port, path, timeout).send());
  }

  /// As [#get(String,int,Duration)], without waiting for the answer.
  public CompletableFuture<HttpAnswer> getSoon(String ip, int port, Duration timeout) {
    return namespace.submit(() -> new HttpRequest(ip, port, "/", timeout).send());
  }

  /// Sends one datagram, and returns what a pod answers to it (see [PodAnswer]); empty when nothing
  /// comes back in time or an ICMP error does.
  public Optional<PodAnswer> askByUdp(String ip, int port, Duration timeout) {
    return askByUdp(ip, port, 0, timeout);
  }

  /// As [#askByUdp(String,int,Duration)], from a source port of the caller's choice.
  ///
  /// @param sourcePort to the network, all requests with the same one are a single flow
  public Optional<PodAnswer> askByUdp(String ip, int port, int sourcePort, Duration timeout) {
    return namespace
        .call(() -> new UdpRequest(ip, port, sourcePort, timeout).send())
        .map(PodAnswer::parse);
  }

  /// Asks the LAN afresh who has `ip`, by a real ARP request of the kernel, and returns who
  /// answered first; empty when nobody did within 1.2 seconds.
  public Optional<MacAddress> arp(String ip) {
    String _ = ip("neigh", "flush", "to", ip);
    return namespace.call(() -> {
      knock(ip);
      try {
        return Optional.of(
            Until.isPresent("an ARP answer of " + ip, ARP_LIMIT, () -> neighbour(ip)));
      } catch (IllegalStateException _) {
        return Optional.empty();
      }
    });
  }

  /// Begins to ask the LAN again and again who has `ip`. The caller closes it.
  ///
  /// @param interval between two questions
  public ArpPulse arpPulse(String ip, Duration interval) {
    return ArpPulse.start(this, ip, interval);
  }

  /// Asks the LAN who has `ip`, one question after the other, and returns how long each answer took
  /// to come, in nanoseconds. Questions without an answer are left out.
  ///
  /// @param pause between an answer and the next question
  public long[] arpRoundTrips(String ip, int questions, Duration pause) {
    return ArpRoundTrips.measure(this, ip, questions, pause);
  }

  /// Asks the LAN who has each of `ips`, and returns all who answered for each; without those for
  /// which nobody did in three turns. Takes some milliseconds for each.
  public Map<String, Set<MacAddress>> arpSweep(Collection<String> ips) {
    return ArpSweep.of(this, ips);
  }

  /// Begins to listen to what is said by ARP. The caller closes it.
  public ArpEar arpEar() {
    return ArpEar.start(this);
  }

  /// Begins to send datagrams to a pod at `ip` again and again. The caller closes it.
  ///
  /// @param interval between two datagrams
  public UdpPulse udpPulse(String ip, int port, Duration interval) {
    return UdpPulse.start(this, ip, port, interval);
  }

  /// Forgets all neighbours, so that the next packet to any address is preceded by an ARP request.
  public void flushNeighbours() {
    String _ = ip("neigh", "flush", "all");
  }

  /// Runs `ip` with these arguments inside, and returns what it prints.
  public String ip(String... arguments) {
    return Command.runWithInput("", namespace.ipCommand(arguments));
  }

  /// Starts a command inside. The caller ends it.
  public Process start(String... command) {
    try {
      return new ProcessBuilder(namespace.command(List.of(command))).start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command[0] + " in " + name(), e);
    }
  }

  /// Runs `work` inside; see [NetworkNamespace#call(Callable)].
  public <T> T call(Callable<T> work) {
    return namespace.call(work);
  }

  @Override
  public String toString() {
    return name();
  }

  private static void knock(String ip) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(new byte[0], 0, new InetSocketAddress(ip, DISCARD_PORT)));
    } catch (IOException _) {
      // What becomes of the datagram does not matter: the neighbour table tells who answered.
    }
  }

  private static Optional<MacAddress> neighbour(String ip) {
    try {
      return ArpTable.parse(Files.readString(ARP_TABLE)).find(ip);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + ARP_TABLE, e);
    }
  }
}
