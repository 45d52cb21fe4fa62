// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import com.sun.net.httpserver.HttpExchange;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Exchanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The ways in which an answer can reach a client, or not.
final class Delivery {
  private static final int PIECES = 10;

  private Delivery() {}

  /// In ten pieces.
  static void slowly(HttpExchange exchange, Answer answer, Duration pause)
      throws IOException, InterruptedException {
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    Exchanges.begin(exchange, answer, bytes.length);
    var out = exchange.getResponseBody();
    for (int piece = 0; piece < PIECES; piece++) {
      Thread.sleep(pause);
      var from = bytes.length * piece / PIECES;
      out.write(bytes, from, bytes.length * (piece + 1) / PIECES - from);
      out.flush();
    }
  }

  /// Half of the body, which HTTP takes for the whole.
  static void truncated(HttpExchange exchange, Answer answer) throws IOException {
    Exchanges.send(exchange, answer.withBody(half(answer)));
  }

  /// Half of the body; then the connection ends.
  static void cut(HttpExchange exchange, Answer answer) throws IOException {
    var whole = answer.body().getBytes(StandardCharsets.UTF_8);
    Exchanges.begin(exchange, answer, whole.length);
    exchange.getResponseBody().write(whole, 0, whole.length / 2);
    exchange.getResponseBody().flush();
  }

  private static String half(Answer answer) {
    return answer.body().substring(0, answer.body().length() / 2);
  }
}
