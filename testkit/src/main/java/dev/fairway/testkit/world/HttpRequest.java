// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import dev.fairway.testkit.world.HttpAnswer.Answered;
import dev.fairway.testkit.world.HttpAnswer.NoAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One HTTP/1.0 request on a connection of its own, by the calling thread alone.
///
/// The JDK's HTTP clients keep connections and hand work to other threads; here each request must
/// be a fresh connection out of the network namespace of the thread that asks.
record HttpRequest(String ip, int port, String path, Duration timeout) {
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})[^\n]*");
  private static final int BUFFER = 4096;

  HttpAnswer send() {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(ip, port), millisUntil(deadline));
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n"
                  .formatted(path, ip)
                  .getBytes(StandardCharsets.UTF_8));
      return parse(readAll(socket, deadline));
    } catch (IOException e) {
      return new NoAnswer(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  static HttpAnswer parse(String answer) {
    Matcher status = STATUS_LINE.matcher(answer);
    int blankLine = answer.indexOf("\r\n\r\n");
    return status.lookingAt() && blankLine >= 0
        ? new Answered(Integer.parseInt(status.group(1)), answer.substring(blankLine + 4))
        : new NoAnswer("not a complete HTTP answer: '" + answer + "'");
  }

  // HTTP/1.0: the server closes at the end.
  private static String readAll(Socket socket, long deadline) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    while (true) {
      socket.setSoTimeout(millisUntil(deadline));
      int length = socket.getInputStream().read(buffer);
      if (length < 0) {
        return all.toString(StandardCharsets.UTF_8);
      }
      all.write(buffer, 0, length);
    }
  }

  private static int millisUntil(long deadline) throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    // Zero would mean: wait for ever.
    if (millis <= 0) {
      throw new SocketTimeoutException("timed out");
    }
    return (int) millis;
  }
}
