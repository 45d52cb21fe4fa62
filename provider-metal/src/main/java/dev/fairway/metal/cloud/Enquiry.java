// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.look.LookJson;
import dev.fairway.metal.look.LookPage;
import dev.fairway.metal.look.NodeLook;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/// Asks speakers how a VIP looks from their nodes, all at the same time.
final class Enquiry implements AutoCloseable {
  // A look takes a second.
  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final long MOST_BYTES = 1 << 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final int port;

  /// What came back.
  ///
  /// @param silent those that could not be asked, and why
  record Answers(List<NodeLook> looks, Map<String, String> silent) {
    Answers plus(Answers others) {
      var allLooks = new ArrayList<>(looks);
      allLooks.addAll(others.looks);
      var allSilent = new HashMap<>(silent);
      allSilent.putAll(others.silent);
      return new Answers(allLooks, allSilent);
    }
  }

  Enquiry(int port) {
    this.port = port;
  }

  /// @param nodes where they are reached
  Answers ask(IpAddress vip, Map<String, IpAddress> nodes) {
    var asked =
        nodes.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, node -> send(vip, node.getValue())));
    var looks = new ArrayList<NodeLook>();
    var silent = new HashMap<String, String>();
    asked.forEach((node, answer) -> {
      try {
        looks.add(read(node, vip, answer.join()));
      } catch (CompletionException e) {
        silent.put(node, reason(e));
      } catch (Unreadable e) {
        silent.put(node, String.valueOf(e.getMessage()));
      }
    });
    looks.sort((one, other) -> one.node().compareTo(other.node()));
    return new Answers(looks, silent);
  }

  private CompletableFuture<HttpResponse<String>> send(IpAddress vip, IpAddress node) {
    var host = node.family() == Family.IPV6 ? "[" + node + "]" : node.toString();
    var uri = URI.create("http://%s:%d%s%s".formatted(host, port, LookPage.PREFIX, vip));
    return http.sendAsync(
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(),
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MOST_BYTES));
  }

  private static NodeLook read(String node, IpAddress vip, HttpResponse<String> answer)
      throws Unreadable {
    if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
      throw new Unreadable(
          "it answers %d%s"
              .formatted(
                  answer.statusCode(),
                  LookJson.message(answer.body()).map(": "::concat).orElse("")));
    }
    return LookJson.parse(answer.body())
        .filter(look -> look.node().equals(node) && look.address().equals(vip.toString()))
        .orElseThrow(() -> new Unreadable("its answer cannot be read; is it of this version?"));
  }

  private String reason(CompletionException error) {
    var cause = Optional.ofNullable(error.getCause()).orElse(error);
    return "no answer from its port %d (%s)"
        .formatted(
            port, Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName()));
  }

  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
