// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// One datagram and the answer to it, from a socket of its own.
///
/// @param sourcePort 0: any; otherwise requests one after the other are one flow to the network
/// @param timeout until the answer must be there
record UdpRequest(String ip, int port, int sourcePort, Duration timeout) {
  private static final byte[] QUESTION = "hostname\n".getBytes(StandardCharsets.UTF_8);
  private static final int BUFFER = 1024;

  /// The answer; empty when there was none in time, or an ICMP error in place of it.
  Optional<String> send() {
    try (DatagramSocket socket = new DatagramSocket(sourcePort)) {
      // Connected: the kernel takes answers from that address alone, and tells of ICMP errors.
      socket.connect(new InetSocketAddress(ip, port));
      socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
      socket.send(new DatagramPacket(QUESTION, QUESTION.length));
      DatagramPacket answer = new DatagramPacket(new byte[BUFFER], BUFFER);
      socket.receive(answer);
      return Optional.of(
          new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
