// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Asks the LAN every few milliseconds who has an address, as a neighbour does that remembers
/// nothing, and notes who answers when. It asks with an ARP probe (RFC 5227), so nobody's memory is
/// changed by it.
public final class ArpPulse implements AutoCloseable {
  private static final int REPLY = 2;
  private static final int ARP_LENGTH = 42;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final ArpSocket socket;
  private final byte[] question;
  private final byte[] address;
  private final long intervalNanos;
  private final List<Answer> answers = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("arp-pulse").daemon().unstarted(this::run);
  private volatile boolean closed;

  /// @param atNanos as [System#nanoTime] counts
  public record Answer(long atNanos, MacAddress mac) {}

  private ArpPulse(ArpSocket socket, MacAddress own, String ip, Duration interval) {
    this.socket = socket;
    this.address = bytes(ip);
    this.question = question(own, address);
    this.intervalNanos = interval.toNanos();
  }

  /// Begins to ask from a host's `eth0`.
  static ArpPulse start(Host host, String ip, Duration interval) {
    var own = Wire.of(host);
    var pulse = new ArpPulse(own.open(), own.mac(), ip, interval);
    pulse.thread.start();
    return pulse;
  }

  static byte[] bytes(String ip) {
    var octets = ip.split("\\.", -1);
    var bytes = new byte[4];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(octets[i]);
    }
    return bytes;
  }

  // RFC 826, in an Ethernet frame
  static byte[] question(MacAddress own, byte[] target) {
    var station = new byte[6];
    var parts = own.text().split(":", -1);
    for (var i = 0; i < station.length; i++) {
      station[i] = (byte) Integer.parseInt(parts[i], 16);
    }
    return ByteBuffer.allocate(ARP_LENGTH)
        .putLong(0xFFFF_FFFF_FFFF_0000L)
        .position(6)
        .put(station)
        .putShort((short) 0x0806)
        .putShort((short) 1)
        .putShort((short) 0x0800)
        .put((byte) 6)
        .put((byte) 4)
        .putShort((short) 1)
        .put(station)
        .putInt(0)
        .position(38)
        .put(target)
        .array();
  }

  private void run() {
    var next = System.nanoTime();
    while (!closed) {
      var now = System.nanoTime();
      if (now >= next) {
        socket.send(question);
        // Behind its time, it goes on from here: questions in a bunch would tell nothing.
        next = Math.max(next + intervalNanos, now);
      }
      var wait = Math.max(0, (next - System.nanoTime()) / NANOS_PER_MILLI);
      note(socket.receive((int) wait));
    }
  }

  private void note(byte[] frame) {
    if (frame.length < ARP_LENGTH
        || frame[21] != REPLY
        || !Arrays.equals(frame, 28, 32, address, 0, 4)) {
      return;
    }
    synchronized (answers) {
      answers.add(new Answer(System.nanoTime(), sender(frame)));
    }
  }

  /// The sender's IPv4 address in an ARP frame.
  static String claimed(byte[] frame) {
    return "%d.%d.%d.%d"
        .formatted(
            Byte.toUnsignedInt(frame[28]),
            Byte.toUnsignedInt(frame[29]),
            Byte.toUnsignedInt(frame[30]),
            Byte.toUnsignedInt(frame[31]));
  }

  /// The sender's hardware address in an ARP frame.
  static MacAddress sender(byte[] frame) {
    var text = new StringBuilder();
    for (var i = 22; i < 28; i++) {
      text.append(text.isEmpty() ? "" : ":").append("%02x".formatted(frame[i]));
    }
    return new MacAddress(text.toString());
  }

  /// All answers so far, in order.
  public List<Answer> answers() {
    synchronized (answers) {
      return List.copyOf(answers);
    }
  }

  /// Who answered first of those that are not `mac`, since then.
  public Optional<Answer> firstOther(MacAddress mac, long sinceNanos) {
    return answers().stream()
        .filter(answer -> answer.atNanos() - sinceNanos >= 0 && !answer.mac().equals(mac))
        .findFirst();
  }

  /// For how long at most two stations answered side by side, to within four questions.
  public Duration longestTogether() {
    return together(answers(), 4 * intervalNanos);
  }

  // Time in pieces: two owners answer each question both, so both are in each piece.
  static Duration together(List<Answer> answers, long pieceNanos) {
    var stations = new TreeMap<Long, Set<MacAddress>>();
    answers.forEach(answer ->
        stations
            .computeIfAbsent(Math.floorDiv(answer.atNanos(), pieceNanos), _ -> new HashSet<>())
            .add(answer.mac()));
    var longest = 0L;
    var running = 0L;
    var last = Long.MIN_VALUE;
    for (var piece : stations.entrySet()) {
      if (piece.getValue().size() < 2) {
        continue;
      }
      // One piece without both may be a lost frame.
      running =
          last != Long.MIN_VALUE && piece.getKey() - last <= 2
              ? running + piece.getKey() - last
              : 1;
      last = piece.getKey();
      longest = Math.max(longest, running);
    }
    return Duration.ofNanos(longest * pieceNanos);
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
