// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/// The program that runs in a pod: a server that says who it is and whom it sees, by HTTP and, on
/// the UDP port of the same number, by datagrams. It needs the JDK only and starts in a few hundred
/// milliseconds.
public final class PodProcess {
  private static final int BACKLOG = 256;
  private static final int MAX_QUESTION = 1024;

  private PodProcess() {}

  /// @param arguments name of the pod, name of the node, port
  public static void main(String[] arguments) throws IOException {
    serve(arguments[0], arguments[1], Integer.parseInt(arguments[2]));
  }

  /// The command line of a pod.
  static List<String> command(String pod, String node, int port) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx16m",
        "-Xshare:auto",
        "-cp",
        classPath(),
        PodProcess.class.getName(),
        pod,
        node,
        Integer.toString(port));
  }

  private static void serve(String pod, String node, int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(port), BACKLOG);
    server.createContext("/", exchange -> answer(exchange, pod, node));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    answerDatagrams(new DatagramSocket(port), pod, node);
  }

  private static void answerDatagrams(DatagramSocket socket, String pod, String node)
      throws IOException {
    while (true) {
      DatagramPacket packet = new DatagramPacket(new byte[MAX_QUESTION], MAX_QUESTION);
      socket.receive(packet);
      String client = packet.getAddress().getHostAddress();
      packet.setData(new PodAnswer(pod, node, client).text().getBytes(StandardCharsets.UTF_8));
      try {
        socket.send(packet);
      } catch (IOException _) {
        // The asker is gone: the next one must be answered all the same.
      }
    }
  }

  private static void answer(HttpExchange exchange, String pod, String node) throws IOException {
    String client = exchange.getRemoteAddress().getAddress().getHostAddress();
    byte[] body = new PodAnswer(pod, node, client).text().getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  // Only the jar or directory with this class, not all that a test has on its class path.
  private static String classPath() {
    try {
      return Path.of(PodProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where " + PodProcess.class + " comes from is unclear", e);
    }
  }
}
