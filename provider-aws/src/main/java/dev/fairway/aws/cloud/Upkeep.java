// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.Tags;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done in the background: looking for what others changed, closing what nobody needs, and
/// noting which targets are registered, for the next process.
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  // Long enough that a rollout of nodes is noted once.
  private static final Duration QUIET = Duration.ofSeconds(30);
  private static final Duration TIDY_AFTER = Duration.ofSeconds(10);

  private final Inventory inventory;
  private final Access access;
  private final Details details;
  private final ElbWrites writes;
  private final ProviderContext context;
  private final boolean audits;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aws-upkeep").factory());
  private final ScheduledExecutorService auditor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aws-audit").factory());
  private final AtomicBoolean tidyPlanned = new AtomicBoolean();
  private final AtomicBoolean auditPlanned = new AtomicBoolean();
  private final Map<LoadBalancerKey, Instant> changedAt = new ConcurrentHashMap<>();

  Upkeep(
      Inventory inventory,
      Access access,
      Details details,
      ElbWrites writes,
      ProviderContext context,
      boolean audits) {
    this.inventory = inventory;
    this.access = access;
    this.details = details;
    this.writes = writes;
    this.context = context;
    this.audits = audits;
    var _ =
        worker.scheduleWithFixedDelay(
            () -> safely("note targets", this::note), 5, 5, TimeUnit.SECONDS);
  }

  /// Something was written. When it was the last thing there was, what all share goes at once.
  void wrote(AwsObserved after) {
    if (after.exists()) {
      changedAt.put(after.key(), context.clock().instant());
    } else {
      changedAt.remove(after.key());
      if (inventory.isEmpty()) {
        safely("tidy up", () -> tidy(Lane.CHANGE));
      } else {
        tidySoon();
      }
    }
  }

  void tidySoon() {
    if (tidyPlanned.compareAndSet(false, true)) {
      var _ =
          worker.schedule(
              () -> {
                tidyPlanned.set(false);
                safely("tidy up", () -> tidy(Lane.REPAIR));
              },
              TIDY_AFTER.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  // The interfaces of a load balancer that went hold its security groups for a while.
  private void tidy(Lane lane) {
    try {
      access.tidy(lane, context.mayWrite());
    } catch (CloudException.NotReady | CloudException.Throttled | CloudException.Unavailable e) {
      tidySoon();
      throw e;
    }
  }

  /// Looks at everything that lists do not show, once, as slowly as it is allowed to.
  void auditSoon() {
    if (audits && auditPlanned.compareAndSet(false, true)) {
      auditor.execute(() -> {
        try {
          inventory.all().stream()
              .map(AwsObserved::key)
              .sorted()
              .forEach(key -> safely("audit " + key, () -> audit(key)));
        } finally {
          auditPlanned.set(false);
        }
      });
    }
  }

  private void audit(LoadBalancerKey key) {
    var stamp = inventory.stamp();
    var before = inventory.get(key);
    if (before.isEmpty() || inventory.inDoubt(key)) {
      return;
    }
    var read = details.read(before.get(), Lane.AUDIT);
    if (inventory.put(read, stamp) && !read.equals(before.get())) {
      context.events().changed(key);
    }
  }

  // The same tags go onto 20 target groups in one call.
  private void note() {
    var quietSince = context.clock().instant().minus(QUIET);
    var byDigest = new TreeMap<String, List<TargetGroup>>();
    for (var seen : inventory.all()) {
      var changed = Optional.ofNullable(changedAt.get(seen.key()));
      if (changed.isEmpty() || changed.get().isAfter(quietSince)) {
        continue;
      }
      changedAt.remove(seen.key(), changed.get());
      for (var group : seen.groups()) {
        group
            .targets()
            .known()
            .map(Tags::targetsDigest)
            .filter(digest -> !digest.equals(group.tags().get(Tags.TARGETS)))
            .ifPresent(
                digest -> byDigest.computeIfAbsent(digest, _ -> new ArrayList<>()).add(group));
      }
    }
    byDigest.forEach(this::note);
  }

  private void note(String digest, List<TargetGroup> groups) {
    var arns = groups.stream().map(TargetGroup::arn).toList();
    for (var some : Batches.of(arns, ElbReads.TAGS_AT_ONCE)) {
      writes.tag(some, Map.of(Tags.TARGETS, digest), Lane.REPAIR);
      inventory.noted(Set.copyOf(some), digest);
    }
  }

  private void safely(String what, Runnable task) {
    if (!context.mayWrite().getAsBoolean()) {
      return;
    }
    try {
      task.run();
    } catch (CloudException e) {
      LOG.debug("{}: {}", what, e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("{} failed", what, e);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    auditor.shutdownNow();
  }
}
