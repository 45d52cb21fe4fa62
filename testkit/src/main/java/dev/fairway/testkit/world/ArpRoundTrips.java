// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Questions by ARP, one after the other, and how long the answers take.
final class ArpRoundTrips {
  private static final long LIMIT_NANOS = 1_000_000_000;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int REPLY = 2;

  private ArpRoundTrips() {}

  static long[] measure(Host host, String ip, int questions, Duration pause) {
    var wire = Wire.of(host);
    var address = ArpPulse.bytes(ip);
    var question = ArpPulse.question(wire.mac(), address);
    List<Long> times = new ArrayList<>();
    try (var socket = wire.open()) {
      for (var i = 0; i < questions; i++) {
        LockSupport.parkNanos(pause.toNanos());
        // An answer that came late must not count for the next question.
        while (socket.receive(0).length > 0) {}
        var asked = System.nanoTime();
        socket.send(question);
        while (System.nanoTime() - asked < LIMIT_NANOS) {
          var left = (LIMIT_NANOS - (System.nanoTime() - asked)) / NANOS_PER_MILLI;
          if (isAnswer(socket.receive((int) Math.max(1, left)), address)) {
            times.add(System.nanoTime() - asked);
            break;
          }
        }
      }
    }
    return times.stream().mapToLong(Long::longValue).toArray();
  }

  private static boolean isAnswer(byte[] frame, byte[] address) {
    return frame.length >= 42
        && frame[21] == REPLY
        && Arrays.equals(frame, 28, 32, address, 0, address.length);
  }
}
