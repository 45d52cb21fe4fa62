// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on loopback that breaks HTTP as a test likes. It reads the head of each request, then
/// hands the connection over.
final class RawServer implements AutoCloseable {
  final AtomicInteger requests = new AtomicInteger();
  private final ServerSocket socket;

  interface Rudeness {
    void answer(Socket connection) throws IOException, InterruptedException;
  }

  RawServer(Rudeness rudeness) {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(() -> serve(rudeness));
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    connection.getOutputStream().flush();
  }

  private void serve(Rudeness rudeness) {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        Thread.startVirtualThread(() -> answer(connection, rudeness));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void answer(Socket connection, Rudeness rudeness) {
    try (connection) {
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        var next = connection.getInputStream().read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      requests.incrementAndGet();
      rudeness.answer(connection);
    } catch (IOException _) {
      // The client has gone: what it made of it is asserted there.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
