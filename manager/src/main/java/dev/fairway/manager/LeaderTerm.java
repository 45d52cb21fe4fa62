// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.CloudProviderFactory;
import dev.fairway.cloud.Observed;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.ProviderEvents;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.config.Config;
import dev.fairway.manager.desired.ServiceScope.Duty;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.inspect.Fleet;
import dev.fairway.manager.queue.WorkQueue;
import dev.fairway.manager.reconcile.Orphans;
import dev.fairway.manager.reconcile.PassHistory;
import dev.fairway.manager.reconcile.Reconciler;
import dev.fairway.manager.reconcile.Triggers;
import dev.fairway.manager.reconcile.Workers;
import dev.fairway.manager.report.StatusChange.EventText;
import dev.fairway.manager.telemetry.MeasuredProvider;
import dev.fairway.manager.telemetry.Metrics;
import dev.fairway.manager.telemetry.NodeSyncs;
import dev.fairway.manager.telemetry.PassMeter;
import dev.fairway.manager.telemetry.PhaseMeter;
import dev.fairway.manager.telemetry.Phases;
import dev.fairway.manager.telemetry.QueueMeter;
import dev.fairway.manager.telemetry.TermMeters;
import dev.fairway.manager.telemetry.TracedPublisher;
import dev.fairway.manager.telemetry.Traces;
import dev.fairway.manager.watch.ClusterWatch;
import dev.fairway.manager.watch.EventLog;
import dev.fairway.manager.watch.ServicePublisher;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that works while this process leads: made when it begins to, thrown away when it
/// ends. Nothing is carried from one term to the next, so what was believed before a pause cannot
/// do harm after it.
///
/// @param <O> what the provider observes
/// @param <A> its actions
final class LeaderTerm<O extends Observed, A extends Action> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderTerm.class);
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final AtomicBoolean ended;
  private final Config config;
  private final WorkQueue<LoadBalancerKey> queue;
  private final CloudProvider<O, A> provider;
  private final ClusterWatch watch;
  private final EventLog events;
  private final Reconciler<O, A> reconciler;
  private final Orphans orphans;
  private final Workers workers;
  private final Triggers triggers;
  private final Audit audit;
  private final Fleet fleet;
  private final TermMeters meters;
  private final NodeSyncs nodeSyncs;
  private final Phases phases;

  /// What a term is made of.
  record Parts(
      KubernetesClient client,
      Config config,
      Map<String, String> settings,
      CloudProviderFactory factory,
      Fence fence,
      Metrics metrics,
      Traces traces,
      InstantSource clock,
      RandomGenerator random) {

    // A pass that outlives its term must not write, not even when this process leads again.
    Parts fencedBy(AtomicBoolean ended) {
      Fence own =
          () -> {
            if (ended.get()) {
              throw new Fence.Lost("the term has ended");
            }
            fence.check();
          };
      return new Parts(client, config, settings, factory, own, metrics, traces, clock, random);
    }
  }

  /// Connects, reads everything once, and begins to work.
  static LeaderTerm<?, ?> begin(Parts process) {
    var ended = new AtomicBoolean();
    var parts = process.fencedBy(ended);
    var queue =
        new WorkQueue<LoadBalancerKey>(
            parts.clock(), parts.random(), new QueueMeter(parts.metrics()));
    var news = new News();
    var meters = new TermMeters(parts.metrics());
    try {
      var context =
          new ProviderContext(
              parts.config().cluster(),
              parts.settings(),
              news,
              parts.fence()::isOpen,
              meters,
              parts.clock());
      return begin(parts, ended, queue, news, meters, parts.factory().create(context));
    } catch (RuntimeException e) {
      meters.close();
      throw e;
    }
  }

  private static <O extends Observed, A extends Action> LeaderTerm<O, A> begin(
      Parts parts,
      AtomicBoolean ended,
      WorkQueue<LoadBalancerKey> queue,
      News news,
      TermMeters meters,
      CloudProvider<O, A> unmeasured) {
    var provider =
        new MeasuredProvider<>(unmeasured, parts.metrics(), parts.traces(), System::nanoTime);
    try {
      var term = new LeaderTerm<>(parts, ended, queue, provider, meters);
      news.receiver = Optional.of(term.triggers);
      news.teller = term::tell;
      try {
        term.start();
        return term;
      } catch (RuntimeException e) {
        term.stop();
        throw e;
      }
    } catch (RuntimeException e) {
      provider.close();
      throw e;
    }
  }

  private LeaderTerm(
      Parts parts,
      AtomicBoolean ended,
      WorkQueue<LoadBalancerKey> queue,
      CloudProvider<O, A> provider,
      TermMeters meters) {
    this.ended = ended;
    this.config = parts.config();
    this.queue = queue;
    this.provider = provider;
    this.meters = meters;
    this.nodeSyncs = new NodeSyncs(parts.metrics(), parts.clock());
    this.phases = PhaseMeter.phases(config.scope(), parts.clock(), parts.metrics());
    this.watch =
        new ClusterWatch(
            parts.client(),
            parts.clock(),
            config.upkeep().drain(),
            provider.capabilities(),
            new ClusterWatch.Listener(
                this::serviceChanged, this::endpointsChanged, this::targetsChanged));
    this.events = new EventLog(parts.client(), parts.fence(), parts.clock());
    this.orphans =
        new Orphans(
            parts.clock(),
            new Orphans.Settings(config.upkeep().deleteOrphans(), config.upkeep().orphanGrace()));
    this.reconciler =
        new Reconciler<>(
            provider,
            config.scope(),
            config.policy(),
            watch,
            new TracedPublisher(
                new ServicePublisher(parts.client(), watch, events, parts.fence(), parts.clock()),
                parts.traces()),
            parts.fence(),
            orphans,
            parts.metrics());
    var history = new PassHistory(parts.clock());
    var passes = new PassMeter(parts.metrics(), parts.traces(), nodeSyncs, System::nanoTime);
    this.workers = new Workers(queue, reconciler, passes, history, config.workers());
    this.triggers = new Triggers(config.scope(), watch, queue, reconciler, workers);
    this.fleet =
        new LiveFleet<>(
            config, provider, reconciler, watch, queue, history, orphans, parts.clock());
    this.audit = new Audit(config.upkeep().audit(), parts.random(), this::lookAtEverything);
    passes.register(meters);
    register();
  }

  private void start() {
    var owned = reconciler.warmUp(config.cluster());
    watch.start(READ_TIMEOUT);
    triggers.lookAtUnclaimed();
    workers.start();
    audit.start();
    LOG.info(
        "working: provider {}, {} load balancers found, {} workers",
        config.provider(),
        owned.size(),
        config.workers());
  }

  private void tell(LoadBalancerKey key, Note note) {
    var text = new EventText(note.severity() != Note.Severity.INFO, note.code(), note.text());
    watch.services(key).stream()
        .filter(service -> config.scope().duty(service) == Duty.SERVE)
        .forEach(service -> events.tell(service.ref(), text));
  }

  private void lookAtEverything() {
    LOG.debug("audit: {} load balancers to look at", triggers.lookAtEverything(config.cluster()));
  }

  /// For people who ask.
  Fleet fleet() {
    return fleet;
  }

  // The watch is made before what listens to it.
  private void serviceChanged(Optional<ServiceView> before, Optional<ServiceView> after) {
    phases.changed(before, after);
    triggers.serviceChanged(before, after);
  }

  private void endpointsChanged(LoadBalancerKey key) {
    triggers.endpointsChanged(key);
  }

  private void targetsChanged() {
    triggers.targetsChanged(nodeSyncs::begin);
  }

  private void register() {
    QueueMeter.register(meters, queue);
    PhaseMeter.register(meters, phases);
    meters.gauge(
        "fairway_unserved", "Load balancers that cannot be served now.", workers::unserved);
    meters.gauge(
        "fairway_passes_stuck",
        "Passes that take so long that others took over their places.",
        workers::stuck);
    meters.gauge(
        "fairway_orphans",
        "Load balancers of this cluster that no Service claims.",
        orphans::count);
    meters.counter(
        "fairway_events_lost", "Events that were not written.", () -> (double) events.lost());
  }

  /// Lets the passes under way end, then lets go of everything.
  @Override
  public void close() {
    audit.close();
    queue.shutDown();
    try {
      if (!workers.awaitEnd(GRACE)) {
        LOG.warn("some load balancers were still being worked on after {}", GRACE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    events.close();
    ended.set(true);
    stop();
    provider.close();
  }

  private void stop() {
    audit.close();
    queue.shutDown();
    events.close();
    watch.close();
    meters.close();
  }

  /// Passes on what the provider tells, from when there is somebody to listen.
  private static final class News implements ProviderEvents {
    private volatile Optional<ProviderEvents> receiver = Optional.empty();
    private volatile BiConsumer<LoadBalancerKey, Note> teller = (_, _) -> {};

    @Override
    public void changed(LoadBalancerKey key) {
      receiver.ifPresent(listener -> listener.changed(key));
    }

    @Override
    public void everythingChanged() {
      receiver.ifPresent(ProviderEvents::everythingChanged);
    }

    @Override
    public void resourcesFreed() {
      receiver.ifPresent(ProviderEvents::resourcesFreed);
    }

    @Override
    public void happened(LoadBalancerKey key, Note note) {
      teller.accept(key, note);
    }
  }
}
