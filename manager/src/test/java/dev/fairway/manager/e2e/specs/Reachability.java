// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.specs;

import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.world.Host;
import dev.fairway.testkit.world.HttpAnswer;
import dev.fairway.testkit.world.PodAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// What a machine gets when it asks pods through an address.
record Reachability(Host from) {
  private static final Duration ONE_TRY = Duration.ofMillis(800);
  private static final Duration UNANSWERED = Duration.ofMillis(300);
  private static final int SURE = 3;

  static Reachability from(Host host) {
    return new Reachability(host);
  }

  /// The answer to one HTTP request on a new connection.
  Optional<PodAnswer> http(String ip, int port) {
    return podAnswer(from.get(ip, port, ONE_TRY));
  }

  /// The status of one HTTP request; 0 for no answer.
  int status(String ip, int port) {
    return switch (from.get(ip, port, "/healthz", ONE_TRY)) {
      case HttpAnswer.Answered(int status, String _) -> status;
      case HttpAnswer.NoAnswer _ -> 0;
    };
  }

  PodAnswer awaitHttp(String ip, int port) {
    return until("HTTP to answer at " + ip + ":" + port, () -> http(ip, port));
  }

  PodAnswer awaitUdp(String ip, int port) {
    return until("UDP to answer at " + ip + ":" + port, () -> from.askByUdp(ip, port, ONE_TRY));
  }

  void awaitNoHttp(String ip, int port) {
    await("HTTP to be silent at %s:%d for %s".formatted(ip, port, from))
        .atMost(SpecWorld.SOON)
        .until(() -> always(() -> from.get(ip, port, UNANSWERED) instanceof HttpAnswer.NoAnswer));
  }

  void awaitNoUdp(String ip, int port) {
    await("UDP to be silent at %s:%d for %s".formatted(ip, port, from))
        .atMost(SpecWorld.SOON)
        .until(() -> always(() -> from.askByUdp(ip, port, UNANSWERED).isEmpty()));
  }

  /// Waits until answers in a row have this status; 0 is no answer.
  void awaitStatus(String ip, int port, int status) {
    await("%s:%d to answer %s with status %d".formatted(ip, port, from, status))
        .atMost(SpecWorld.SOON)
        .until(() -> always(() -> status(ip, port) == status));
  }

  // Once could be by chance: rules of kube-proxies change one node after the other.
  private static boolean always(BooleanSupplier question) {
    return IntStream.range(0, SURE).allMatch(_ -> question.getAsBoolean());
  }

  private <T> T until(String what, Callable<Optional<T>> answer) {
    return await(what + " for " + from)
        .atMost(SpecWorld.SOON)
        .until(answer, Optional::isPresent)
        .orElseThrow();
  }

  private static Optional<PodAnswer> podAnswer(HttpAnswer answer) {
    return switch (answer) {
      case HttpAnswer.Answered(int status, String body) when status == 200 ->
          Optional.of(PodAnswer.parse(body));
      case HttpAnswer.Answered _, HttpAnswer.NoAnswer _ -> Optional.empty();
    };
  }
}
