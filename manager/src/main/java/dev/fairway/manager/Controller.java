// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import dev.fairway.cloud.CloudProviderFactory;
import dev.fairway.manager.config.Config;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.election.LeaderElection;
import dev.fairway.manager.inspect.Standing;
import dev.fairway.manager.telemetry.Metrics;
import dev.fairway.manager.telemetry.Traces;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The controller process: leads when it can, works while it leads, and stands by otherwise.
public final class Controller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
  private static final Duration RESTART_DELAY = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final Config config;
  private final Map<String, String> settings;
  private final CloudProviderFactory factory;
  private final Metrics metrics;
  private final Traces traces;
  private final Optional<LeaderElection> election;
  private final Fence fence;

  // Terms begin and end here, one after the other, so that a new one never overlaps with the one
  // before.
  private final ExecutorService terms =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("term").factory());
  private volatile Optional<LeaderTerm<?, ?>> term = Optional.empty();
  private volatile boolean wanted;

  /// @param electionClient used for nothing but the Lease, so that nothing can delay a renewal
  /// @param identity unique among the replicas
  /// @param settings the provider's, completed by flags
  public Controller(
      KubernetesClient client,
      KubernetesClient electionClient,
      String identity,
      Config config,
      Map<String, String> settings,
      Metrics metrics,
      Traces traces) {
    this.client = client;
    this.config = config;
    this.settings = Map.copyOf(settings);
    this.factory = Providers.named(config.provider());
    this.metrics = metrics;
    this.traces = traces;
    this.election =
        config
            .election()
            .map(election ->
                new LeaderElection(
                    electionClient,
                    new LeaderElection.Settings(
                        election.namespace(),
                        election.name(),
                        identity,
                        election.lease(),
                        election.renewDeadline(),
                        election.retry()),
                    InstantSource.system(),
                    System::nanoTime,
                    new LeaderElection.Listener(this::startTerm, this::endTerm)));
    this.fence = election.<Fence>map(e -> e).orElseGet(Fence::none);
    metrics.gauge("fairway_leader", "1 while this process leads.", () -> leads() ? 1 : 0);
  }

  public void start() {
    election.ifPresentOrElse(LeaderElection::start, this::startTerm);
  }

  private boolean leads() {
    return election.map(LeaderElection::isLeader).orElse(true);
  }

  /// Whether it does its duty: works if it leads, and otherwise stands by.
  public boolean ready() {
    return !leads() || term.isPresent();
  }

  /// Whether it can be asked about load balancers.
  public Standing standing() {
    if (!leads()) {
      return new Standing.StandsBy(election.flatMap(LeaderElection::holder));
    }
    return term.<Standing>map(now -> new Standing.Leads(now.fleet()))
        .orElseGet(Standing.Begins::new);
  }

  private void startTerm() {
    wanted = true;
    terms.execute(this::beginTerm);
  }

  private void beginTerm() {
    while (wanted && term.isEmpty()) {
      try {
        term =
            Optional.of(
                LeaderTerm.begin(
                    new LeaderTerm.Parts(
                        client,
                        config,
                        settings,
                        factory,
                        fence,
                        metrics,
                        traces,
                        InstantSource.system(),
                        RandomGenerator.getDefault())));
      } catch (RuntimeException e) {
        LOG.warn("cannot begin to work, trying again in {}: {}", RESTART_DELAY, e.getMessage(), e);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RESTART_DELAY);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void endTerm() {
    wanted = false;
    terms.execute(this::closeTerm);
  }

  private void closeTerm() {
    try {
      term.ifPresent(LeaderTerm::close);
    } finally {
      term = Optional.empty();
    }
  }

  /// Finishes what is under way, then gives the Lease back.
  @Override
  public void close() {
    endTerm();
    terms.close();
    election.ifPresent(LeaderElection::close);
  }
}
