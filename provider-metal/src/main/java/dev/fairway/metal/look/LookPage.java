// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import dev.fairway.cloud.NodeAgent;
import dev.fairway.metal.pool.IpAddress;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/// `/vip/ADDRESS`: how a VIP looks from this node.
///
/// Whoever reaches the port may ask, and a look sends frames. So only for addresses that are VIPs,
/// at most once a second for each, with one result for all who ask meanwhile, and for few at a
/// time: a flood of questions makes no more than a dozen frames a second.
public final class LookPage implements NodeAgent.Page {
  public static final String PREFIX = "/vip/";

  private static final Duration SHARED = Duration.ofSeconds(1);
  private static final int MOST_AT_A_TIME = 4;
  private static final int TOO_MANY_REQUESTS = 429;

  private final Predicate<IpAddress> known;
  private final Look look;
  private final InstantSource clock;
  private final Map<IpAddress, Shared> looks = new HashMap<>();

  private record Shared(CompletableFuture<NodeLook> look, Instant begun) {}

  /// Looks at a VIP; may block.
  @FunctionalInterface
  interface Look {
    NodeLook at(IpAddress address) throws Exception;
  }

  /// @param clock runs evenly
  public LookPage(Lookout lookout, InstantSource clock) {
    this(lookout::knows, lookout::look, clock);
  }

  LookPage(Predicate<IpAddress> known, Look look, InstantSource clock) {
    this.known = known;
    this.look = look;
    this.clock = clock;
  }

  @Override
  public NodeAgent.Answer get(String rest) {
    var address = IpAddress.parse(rest).filter(known);
    if (address.isEmpty()) {
      return failure(HttpURLConnection.HTTP_NOT_FOUND, "this speaker knows no such Vip");
    }
    var shared = shared(address.get());
    if (shared.isEmpty()) {
      return failure(
          TOO_MANY_REQUESTS,
          "%d looks are under way already; try again soon".formatted(MOST_AT_A_TIME));
    }
    try {
      return new NodeAgent.Answer(HttpURLConnection.HTTP_OK, LookJson.of(shared.get().join()));
    } catch (CompletionException e) {
      return failure(HttpURLConnection.HTTP_INTERNAL_ERROR, String.valueOf(e.getCause()));
    }
  }

  private synchronized Optional<CompletableFuture<NodeLook>> shared(IpAddress address) {
    var now = clock.instant();
    looks.values().removeIf(one -> one.look().isDone() && !one.begun().plus(SHARED).isAfter(now));
    var present = Optional.ofNullable(looks.get(address)).map(Shared::look);
    if (present.isPresent()) {
      return present;
    }
    if (looks.size() >= MOST_AT_A_TIME) {
      return Optional.empty();
    }
    var begun = new CompletableFuture<NodeLook>();
    looks.put(address, new Shared(begun, now));
    // A platform thread: it blocks in native code.
    Thread.ofPlatform().name("look").daemon().start(() -> run(address, begun));
    return Optional.of(begun);
  }

  private void run(IpAddress address, CompletableFuture<NodeLook> into) {
    try {
      into.complete(look.at(address));
    } catch (Exception | Error e) {
      into.completeExceptionally(e);
    }
  }

  private static NodeAgent.Answer failure(int code, String message) {
    return new NodeAgent.Answer(code, LookJson.failure(message));
  }
}
