// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.election;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Competes for a Lease for as long as the process lives: leads, loses, competes again.
///
/// [#check] is the fence: it lets writes pass only while this process renewed the Lease so recently
/// that nobody else can have taken it. That holds after a pause of any length too, because it is
/// asked before each write.
public final class LeaderElection implements Fence, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

  private final KubernetesClient client;
  private final Settings settings;
  private final InstantSource wallClock;
  private final LongSupplier nanoClock;
  private final Listener listener;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean leading;
  private volatile long renewedNanos;
  private volatile Candidacy candidacy;

  /// @param identity unique among the candidates
  /// @param lease how long the others wait after the last sign of life
  /// @param renewDeadline how long a leader goes on without being able to renew; less than `lease`
  /// @param retry how often the Lease is looked at
  public record Settings(
      String namespace,
      String name,
      String identity,
      Duration lease,
      Duration renewDeadline,
      Duration retry) {
    public Settings {
      if (renewDeadline.compareTo(lease) >= 0 || retry.compareTo(renewDeadline) >= 0) {
        throw new IllegalArgumentException(
            "leader election: retry %s < renewDeadline %s < lease %s must hold"
                .formatted(retry, renewDeadline, lease));
      }
    }
  }

  /// Both are called on the election's thread and must return at once.
  public record Listener(Runnable startLeading, Runnable stopLeading) {}

  public LeaderElection(
      KubernetesClient client,
      Settings settings,
      InstantSource wallClock,
      LongSupplier nanoClock,
      Listener listener) {
    this.client = client;
    this.settings = settings;
    this.wallClock = wallClock;
    this.nanoClock = nanoClock;
    this.listener = listener;
    this.candidacy = Candidacy.of(settings.identity());
    // A platform thread: busy virtual threads must not delay a renewal.
    this.thread = Thread.ofPlatform().name("leader-election").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  public boolean isLeader() {
    return leading && fresh();
  }

  /// Who held the Lease when it was last looked at; empty when nobody did.
  public Optional<String> holder() {
    return candidacy.seen().map(Candidacy.Seen::holder).filter(holder -> !holder.isEmpty());
  }

  @Override
  public void check() {
    if (!isLeader()) {
      throw new Lost("%s does not hold the Lease %s".formatted(settings.identity(), describe()));
    }
  }

  private boolean fresh() {
    return nanoClock.getAsLong() - renewedNanos < settings.renewDeadline().toNanos();
  }

  private void run() {
    while (!closing) {
      try {
        turn();
      } catch (KubernetesClientException e) {
        LOG.warn("Lease {} cannot be reached: {}", describe(), e.getMessage());
      } catch (RuntimeException e) {
        // The thread must live: without it, a lost Lease would not be noticed.
        LOG.error("Lease {} cannot be judged", describe(), e);
      }
      if (leading && !fresh()) {
        lose("it could not be renewed within " + settings.renewDeadline());
      }
      LockSupport.parkNanos(settings.retry().toNanos());
    }
  }

  private void turn() {
    var before = nanoClock.getAsLong();
    var present = Optional.ofNullable(leases().withName(settings.name()).get());
    if (present.isEmpty()) {
      renewed(leases().resource(lease(present)).create(), before);
      return;
    }
    var lease = present.get();
    // Dated after the answer: the holder may have written it while the question was under way.
    candidacy =
        candidacy.sees(holder(lease), version(lease), duration(lease), nanoClock.getAsLong());
    if (leading && !candidacy.holds()) {
      lose("%s took it".formatted(holder(lease)));
    }
    if (candidacy.mayTake(nanoClock.getAsLong())) {
      try {
        renewed(leases().resource(lease(present)).update(), before);
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
        LOG.debug("somebody else wrote the Lease first");
      }
    }
  }

  private void renewed(Lease written, long sentNanos) {
    candidacy = candidacy.sees(holder(written), version(written), duration(written), sentNanos);
    // Counted from before the request was sent: the others count from when they see it, which is
    // later.
    renewedNanos = sentNanos;
    if (!leading) {
      leading = true;
      LOG.info("{} leads: it holds the Lease {}", settings.identity(), describe());
      listener.startLeading().run();
    }
  }

  private void lose(String why) {
    leading = false;
    LOG.warn("{} leads no longer: lost the Lease {}, {}", settings.identity(), describe(), why);
    listener.stopLeading().run();
  }

  private Lease lease(Optional<Lease> present) {
    var now = ZonedDateTime.ofInstant(wallClock.instant(), ZoneOffset.UTC);
    var mine = candidacy.holds();
    var transitions =
        present
            .map(Lease::getSpec)
            .map(spec -> Objects.requireNonNullElse(spec.getLeaseTransitions(), 0))
            .orElse(0);
    return present
        .map(LeaseBuilder::new)
        .orElseGet(() ->
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(settings.namespace())
                .withName(settings.name())
                .endMetadata())
        .editOrNewSpec()
        .withHolderIdentity(settings.identity())
        .withLeaseDurationSeconds((int) settings.lease().toSeconds())
        .withAcquireTime(mine ? present.map(l -> l.getSpec().getAcquireTime()).orElse(now) : now)
        .withRenewTime(now)
        .withLeaseTransitions(mine || present.isEmpty() ? transitions : transitions + 1)
        .endSpec()
        .build();
  }

  /// Stops competing and gives the Lease back, so that the next one need not wait. Whoever calls it
  /// has stopped writing before.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(settings.renewDeadline());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (leading) {
      leading = false;
      release();
    }
  }

  private void release() {
    try {
      var lease = leases().withName(settings.name()).get();
      if (lease != null && holder(lease).equals(settings.identity())) {
        leases()
            .resource(new LeaseBuilder(lease).editSpec().withHolderIdentity("").endSpec().build())
            .update();
        LOG.info("gave back the Lease {}", describe());
      }
    } catch (KubernetesClientException e) {
      LOG.warn("could not give back the Lease {}: {}", describe(), e.getMessage());
    }
  }

  private NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases() {
    return client.leases().inNamespace(settings.namespace());
  }

  private String describe() {
    return settings.namespace() + "/" + settings.name();
  }

  private static String holder(Lease lease) {
    return Optional.ofNullable(lease.getSpec().getHolderIdentity()).orElse("");
  }

  private static String version(Lease lease) {
    return lease.getMetadata().getResourceVersion();
  }

  private Duration duration(Lease lease) {
    return Optional.ofNullable(lease.getSpec().getLeaseDurationSeconds())
        .map(seconds -> Duration.ofSeconds(seconds.longValue()))
        .orElse(settings.lease());
  }
}
