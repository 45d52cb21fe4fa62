// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.cloud.AddressPoolResource.PoolStatus;
import dev.fairway.metal.pool.PoolState;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the status of the AddressPools: valid or not and why, and how many addresses are in use.
/// At most one write a pool and interval, and none when nothing changed.
final class PoolStatusWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PoolStatusWriter.class);
  private static final long INTERVAL_MILLIS = 500;
  private static final String VALID = "Valid";
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final Ledger ledger;
  private final BooleanSupplier mayWrite;
  private final InstantSource clock;
  private final AtomicBoolean dirty = new AtomicBoolean();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pool-status").daemon().factory());

  PoolStatusWriter(
      KubernetesClient client, Ledger ledger, BooleanSupplier mayWrite, InstantSource clock) {
    this.client = client;
    this.ledger = ledger;
    this.mayWrite = mayWrite;
    this.clock = clock;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::write, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// A pool, or the use of one, changed.
  void changed() {
    dirty.set(true);
  }

  private void write() {
    if (!mayWrite.getAsBoolean() || !dirty.getAndSet(false)) {
      return;
    }
    try {
      ledger.usage().forEach(this::write);
    } catch (KubernetesClientException e) {
      dirty.set(true);
      LOG.warn("could not write the status of a pool: {}", e.getMessage());
    }
  }

  private void write(String name, Ledger.Usage usage) {
    var present = client.resources(AddressPoolResource.class).withName(name).get();
    if (present == null) {
      return;
    }
    var wanted = status(present, usage, clock.instant());
    if (!wanted.equals(present.getStatus())) {
      client
          .resources(AddressPoolResource.class)
          .withName(name)
          .subresource("status")
          .patch(MERGE, client.getKubernetesSerialization().asJson(Map.of("status", wanted)));
    }
  }

  private static PoolStatus status(AddressPoolResource pool, Ledger.Usage usage, Instant now) {
    return new PoolStatus(
        List.of(condition(pool, usage.state(), now)),
        usage.total().toString(),
        usage.assigned().toString(),
        usage.available().toString());
  }

  private static Condition condition(AddressPoolResource pool, PoolState state, Instant now) {
    var valid = state instanceof PoolState.Usable ? "True" : "False";
    var before =
        Optional.ofNullable(pool.getStatus())
            .flatMap(status ->
                Resources.list(status.conditions()).stream()
                    .filter(condition -> VALID.equals(condition.getType()))
                    .findFirst());
    var since =
        before
            .filter(condition -> Objects.equals(condition.getStatus(), valid))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(VALID)
        .withStatus(valid)
        .withReason(state.reason())
        .withMessage(state.message())
        .withObservedGeneration(pool.getMetadata().getGeneration())
        .withLastTransitionTime(since)
        .build();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
