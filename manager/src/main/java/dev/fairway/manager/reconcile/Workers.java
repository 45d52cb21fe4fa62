// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.queue.Priority;
import dev.fairway.manager.queue.WorkQueue;
import dev.fairway.manager.report.Outcome.Phase;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Takes keys from the queue, reconciles them, and carries out the [Verdict] when that fails.
public final class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int REPLANS = 3;

  private final WorkQueue<LoadBalancerKey> queue;
  private final Reconciler<?, ?> reconciler;
  private final Passes passes;
  private final PassHistory history;
  private final Crew crew;
  private final Set<LoadBalancerKey> unserved = ConcurrentHashMap.newKeySet();
  private final AtomicLong ids = new AtomicLong();

  /// How a pass ends that did what it should.
  public static final String WELL = "ok";

  /// Is told of each pass.
  @FunctionalInterface
  public interface Passes {
    /// A pass begins in this thread. Whoever is returned is told of its end, in the same thread.
    ///
    /// @param id of this pass; log lines carry it
    Pass begun(LoadBalancerKey key, String id);
  }

  /// A pass under way.
  @FunctionalInterface
  public interface Pass {
    /// @param result [#WELL], or the kind of the error
    void ended(String result);
  }

  public Workers(
      WorkQueue<LoadBalancerKey> queue,
      Reconciler<?, ?> reconciler,
      Passes passes,
      PassHistory history,
      int count) {
    this.queue = queue;
    this.reconciler = reconciler;
    this.passes = passes;
    this.history = history;
    this.crew = new Crew(count, this::workOnce, Crew.STUCK);
  }

  public void start() {
    crew.start();
  }

  /// Lets the passes under way end. The queue must have been shut down.
  ///
  /// @return whether all ended in time
  public boolean awaitEnd(Duration most) throws InterruptedException {
    return crew.awaitEnd(most);
  }

  /// Something became free: those that could not be served are tried again.
  public void resourcesFreed() {
    unserved.forEach(key -> {
      reconciler.outdated(key);
      queue.add(key, Priority.URGENT);
    });
  }

  /// A Service of this load balancer is not there any more.
  public void serviceGone(LoadBalancerKey key) {
    history.keepOnlyIf(this::lookedAfter, key);
  }

  private boolean lookedAfter(LoadBalancerKey key) {
    return reconciler.claimed(key) || reconciler.mayExist(key);
  }

  /// How many load balancers cannot be served now.
  public int unserved() {
    return unserved.size();
  }

  /// How many passes take so long that others took over their places.
  public int stuck() {
    return crew.stuck();
  }

  private boolean workOnce() {
    try {
      var key = queue.take();
      return key.isPresent() && crew.during(() -> process(key.get()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// One pass over a key that was taken from the queue.
  void process(LoadBalancerKey key) {
    var id = Long.toString(ids.incrementAndGet());
    MDC.put("key", key.toString());
    MDC.put("pass", id);
    var pass = passes.begun(key, id);
    var result = WELL;
    try {
      reconcile(key);
    } catch (Fence.Lost _) {
      result = "fenced";
      LOG.info("not carried out: this process is not the leader any more");
    } catch (RuntimeException | Error e) {
      // An Error too: a worker that dies of one would never be replaced.
      result = e.getClass().getSimpleName();
      history.failed(key, e);
      failed(key, e);
    } finally {
      trim(key);
      queue.done(key);
      pass.ended(result);
      MDC.clear();
    }
  }

  private void trim(LoadBalancerKey key) {
    try {
      history.keepOnlyIf(this::lookedAfter, key);
    } catch (RuntimeException e) {
      LOG.debug("kept the record of a pass", e);
    }
  }

  private void reconcile(LoadBalancerKey key) {
    // Marked before the pass: what becomes free while it runs must not be missed.
    unserved.add(key);
    for (var attempt = 0; ; attempt++) {
      try {
        var next = reconciler.reconcile(key);
        queue.forget(key);
        next.after().ifPresent(after -> queue.addAfter(key, after));
        if (!next.unserved()) {
          unserved.remove(key);
        }
        history.succeeded(key, next.unserved());
        return;
      } catch (CloudException.Conflict e) {
        reconciler.outdated(key);
        if (attempt == REPLANS) {
          throw e;
        }
        LOG.debug("planning again: {}", e.getMessage());
      }
    }
  }

  private void failed(LoadBalancerKey key, Throwable error) {
    var verdict = Verdict.of(error);
    switch (verdict.retry()) {
      case Verdict.Retry.After(var delay) -> queue.retryAfter(key, delay);
      case Verdict.Retry.Replan(), Verdict.Retry.WithBackoff() -> queue.retry(key);
      case Verdict.Retry.Parked() -> queue.forget(key);
    }
    switch (verdict.tell()) {
      case Verdict.Tell.Nothing() -> LOG.debug("{}", error.getMessage());
      case Verdict.Tell.Progress(var message) -> {
        LOG.info("{}", message);
        report(key, new Phase.InProgress(message));
      }
      case Verdict.Tell.Problem problem -> {
        if (error instanceof CloudException) {
          LOG.warn("{}: {}", problem.reason(), problem.message());
        } else {
          LOG.error("{}", problem.message(), error);
        }
        if (queue.failures(key) >= problem.fromFailure()) {
          report(key, new Phase.Failed(problem.reason(), problem.message()));
        }
      }
    }
  }

  private void report(LoadBalancerKey key, Phase phase) {
    try {
      reconciler.reportFailure(key, phase);
    } catch (RuntimeException e) {
      // The next pass reports again; a key that was parked would have none.
      LOG.warn("could not write the status: {}", e.getMessage());
      if (!(e instanceof Fence.Lost)) {
        queue.retry(key);
      }
    }
  }
}
