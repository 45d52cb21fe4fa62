// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Asks the LAN once for each of many addresses, and notes all who answer.
final class ArpSweep {
  // A question or an answer may be lost: who got no answer is asked for again.
  private static final int TURNS = 3;
  private static final int BETWEEN_MILLIS = 1;
  private static final long LAST_NANOS = 500_000_000;
  private static final int REPLY = 2;
  private static final int ARP_LENGTH = 42;

  private final Map<String, Set<MacAddress>> answers = new TreeMap<>();

  private ArpSweep() {}

  static Map<String, Set<MacAddress>> of(Host host, Collection<String> ips) {
    var sweep = new ArpSweep();
    var wire = Wire.of(host);
    try (var socket = wire.open()) {
      for (var turn = 0; turn < TURNS; turn++) {
        sweep.ask(socket, wire.mac(), sweep.unanswered(ips));
      }
    }
    sweep.answers.keySet().retainAll(Set.copyOf(ips));
    return sweep.answers;
  }

  private List<String> unanswered(Collection<String> ips) {
    return ips.stream().filter(ip -> !answers.containsKey(ip)).toList();
  }

  private void ask(ArpSocket socket, MacAddress own, List<String> ips) {
    for (var ip : ips) {
      socket.send(ArpPulse.question(own, ArpPulse.bytes(ip)));
      note(socket.receive(BETWEEN_MILLIS));
    }
    var end = System.nanoTime() + LAST_NANOS;
    while (!ips.isEmpty() && System.nanoTime() < end) {
      note(socket.receive(BETWEEN_MILLIS));
    }
  }

  private void note(byte[] frame) {
    if (frame.length < ARP_LENGTH || frame[21] != REPLY) {
      return;
    }
    var ip = ArpPulse.claimed(frame);
    var _ = answers.computeIfAbsent(ip, _ -> new HashSet<>()).add(ArpPulse.sender(frame));
  }
}
