// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sends a datagram to a pod every few milliseconds, as one flow, and notes when answers come: what
/// a client sees of an outage.
public final class UdpPulse implements AutoCloseable {
  private static final byte[] QUESTION = "hostname\n".getBytes(StandardCharsets.UTF_8);
  private static final int ANSWER = 1024;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final DatagramSocket socket;
  private final long intervalNanos;
  private final List<Long> answers = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("udp-pulse").daemon().unstarted(this::run);
  private volatile boolean closed;

  private UdpPulse(DatagramSocket socket, Duration interval) {
    this.socket = socket;
    this.intervalNanos = interval.toNanos();
  }

  static UdpPulse start(Host host, String ip, int port, Duration interval) {
    var socket =
        host.namespace()
            .call(() -> {
              var opened = new DatagramSocket();
              opened.connect(new InetSocketAddress(ip, port));
              return opened;
            });
    var pulse = new UdpPulse(socket, interval);
    pulse.thread.start();
    return pulse;
  }

  private void run() {
    var next = System.nanoTime();
    while (!closed) {
      var now = System.nanoTime();
      if (now >= next) {
        send();
        // Behind its time, it goes on from here, as ArpPulse does.
        next = Math.max(next + intervalNanos, now);
      }
      receive((int) Math.max(1, (next - System.nanoTime()) / NANOS_PER_MILLI));
    }
  }

  private void send() {
    try {
      socket.send(new DatagramPacket(QUESTION, QUESTION.length));
    } catch (IOException _) {
      // An ICMP error to one of those before: no answer to that one.
    }
  }

  private void receive(int waitMillis) {
    try {
      socket.setSoTimeout(waitMillis);
      socket.receive(new DatagramPacket(new byte[ANSWER], ANSWER));
      synchronized (answers) {
        answers.add(System.nanoTime());
      }
    } catch (IOException _) {
      // No answer so far, or an ICMP error in place of it.
    }
  }

  /// When each answer so far came, as [System#nanoTime] counts, in order.
  public List<Long> answers() {
    synchronized (answers) {
      return List.copyOf(answers);
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
