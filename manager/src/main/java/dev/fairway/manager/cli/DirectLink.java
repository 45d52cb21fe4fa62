// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.manager.config.InvalidConfig;
import dev.fairway.manager.inspect.Pages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Straight to a controller whose address is known.
record DirectLink(URI controller, Duration timeout) implements Link {

  /// @throws InvalidConfig when the text is not an address over HTTP
  static DirectLink to(String controller, Duration timeout) {
    try {
      var uri = URI.create(controller.replaceFirst("/+$", ""));
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return new DirectLink(uri, timeout);
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw new InvalidConfig(
        "--controller: '%s' is not an address; write for example http://10.0.0.7:10258"
            .formatted(controller));
  }

  @Override
  public Reply get(String path) {
    var request = HttpRequest.newBuilder(URI.create(controller + path)).timeout(timeout).build();
    try (var client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return Reply.of(
          response.statusCode(),
          response.body(),
          response.headers().firstValue(Pages.STEPS_HEADER));
    } catch (IOException e) {
      throw new Unanswered(
          "cannot reach the controller at %s: %s".formatted(controller, Fairway.reason(e)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Unanswered("interrupted");
    }
  }

  @Override
  public String namespace() {
    return "default";
  }
}
