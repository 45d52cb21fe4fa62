// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Listens to what is said by ARP on a LAN, and notes when a station was first heard to claim an
/// address: what a neighbour learns that asks nothing.
public final class ArpEar implements AutoCloseable {
  private static final int ARP_LENGTH = 42;
  private static final int WAIT_MILLIS = 50;

  private final ArpSocket socket;
  private final Map<Claim, Long> first = new HashMap<>();
  private final Thread thread = Thread.ofPlatform().name("arp-ear").daemon().unstarted(this::run);
  private volatile boolean closed;

  private record Claim(String ip, MacAddress mac) {}

  private ArpEar(ArpSocket socket) {
    this.socket = socket;
  }

  static ArpEar start(Host host) {
    var ear = new ArpEar(Wire.of(host).open());
    ear.thread.start();
    return ear;
  }

  private void run() {
    while (!closed) {
      var frame = socket.receive(WAIT_MILLIS);
      if (frame.length >= ARP_LENGTH) {
        var claim = new Claim(ArpPulse.claimed(frame), ArpPulse.sender(frame));
        synchronized (first) {
          var _ = first.putIfAbsent(claim, System.nanoTime());
        }
      }
    }
  }

  /// When somebody else than `mac` was first heard to claim an address, as [System#nanoTime]
  /// counts; empty when nobody was.
  public OptionalLong firstOther(String ip, MacAddress mac) {
    synchronized (first) {
      return first.entrySet().stream()
          .filter(heard -> heard.getKey().ip().equals(ip) && !heard.getKey().mac().equals(mac))
          .mapToLong(Map.Entry::getValue)
          .min();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    socket.close();
  }
}
