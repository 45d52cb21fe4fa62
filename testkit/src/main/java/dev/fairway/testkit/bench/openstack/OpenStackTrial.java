// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.ClusterNodes;
import dev.fairway.testkit.bench.CrashStage;
import dev.fairway.testkit.bench.Inventory;
import dev.fairway.testkit.bench.Keyed;
import dev.fairway.testkit.bench.Outcome;
import dev.fairway.testkit.bench.Processes;
import dev.fairway.testkit.bench.Processes.Started;
import dev.fairway.testkit.bench.Progress;
import dev.fairway.testkit.bench.Quiet;
import dev.fairway.testkit.bench.Stage;
import dev.fairway.testkit.bench.openstack.OpenStackSubject.Pace;
import dev.fairway.testkit.openstack.Calls;
import dev.fairway.testkit.openstack.OpenStackProxy;
import dev.fairway.testkit.openstack.fault.CrashPoint;
import dev.fairway.testkit.openstack.lab.MachineNodes;
import dev.fairway.testkit.process.Until;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One controller at one OpenStack: its processes, which come and go, the proxy that counts, and
/// what was found out.
///
/// @param <F> what there is to be measured
final class OpenStackTrial<F extends Enum<F> & Keyed>
    implements Stage<F>, CrashStage<CloudKind>, AutoCloseable {
  private static final int NODES = 5;

  private final OpenStackSite site;
  private final OpenStackProxy proxy;
  private final CloudView view;
  private final OpenStackSubject subject;
  private final OpenStackOptions options;
  private final Progress progress;
  private final BenchServices services;
  private final ClusterNodes nodes;
  private final Outcome<F> outcome;
  private final Processes processes = new Processes();

  /// @param client of an administrator
  OpenStackTrial(
      OpenStackSite site,
      KubernetesClient client,
      OpenStackSubject subject,
      OpenStackOptions options,
      Progress progress,
      Class<F> figures) {
    this.site = site;
    this.proxy = OpenStackProxy.start(site.tenancy().authUrl());
    this.view = new CloudView(site.tenancy());
    this.subject = subject;
    this.options = options;
    this.progress = progress;
    this.services = new BenchServices(client, Map.of());
    this.nodes = new ClusterNodes(client);
    this.outcome = new Outcome<>(figures);
  }

  OpenStackSite site() {
    return site;
  }

  OpenStackProxy proxy() {
    return proxy;
  }

  CloudView view() {
    return view;
  }

  OpenStackSubject subject() {
    return subject;
  }

  OpenStackOptions options() {
    return options;
  }

  @Override
  public BenchServices services() {
    return services;
  }

  ClusterNodes nodes() {
    return nodes;
  }

  @Override
  public Outcome<F> outcome() {
    return outcome;
  }

  @Override
  public void say(String text) {
    progress.say(text);
  }

  @Override
  public void beginAnew() {
    kill();
    services.wipe();
    nodes.wipe();
    proxy.faults().clear();
    site.takes(Duration.ZERO);
    view.wipe();
    proxy.clear();
    addNodes(1, NODES);
  }

  /// @param from the number of the first one, from 1
  void addNodes(int from, int count) {
    var now = Instant.now();
    nodes.create(
        site.tenancy().machines(from, count).stream()
            .map(machine -> MachineNodes.node(machine, now))
            .toList());
  }

  /// Starts a process beside those there are, and waits until it has looked around.
  Started startAndSettle(Pace pace) {
    var started = processes.await(subject.start(pace, site.tenancy().words(proxy.authUrl())));
    settle();
    return started;
  }

  @Override
  public void startInHurry() {
    var _ = startAndSettle(Pace.PLAIN.inHurry());
  }

  /// Ends all processes as a crash does.
  void kill() {
    processes.kill();
  }

  @Override
  public boolean isAlive() {
    return processes.isAlive();
  }

  @Override
  public void settle() {
    Quiet.await(() -> proxy.calls().count(), options.rest(), patience(options.sizes().services()));
  }

  /// The calls that something led to, until the controller was at rest again.
  Calls callsOf(Runnable change) {
    var mark = proxy.calls().mark();
    change.run();
    settle();
    return proxy.calls().since(mark);
  }

  @Override
  public int mutatingCallsOf(Runnable change) {
    return callsOf(change).writes().count();
  }

  @Override
  public ArmedCrash crashAfter(int step) {
    var point = proxy.faults().add(new CrashPoint(step, this::kill));
    return new ArmedCrash(
        point::reached,
        () -> {
          point.mend();
          proxy.faults().remove(point);
        });
  }

  @Override
  public Inventory<CloudKind> stock() {
    return view.take();
  }

  /// Makes Services and waits until all have an address.
  void createAndAwait(List<String> names) {
    services.createAll(names);
    services.awaitAddresses(names, patience(names.size()));
  }

  /// Deletes a Service and waits until it is gone.
  void deleteAndAwait(String name) {
    services.delete(name);
    services.awaitGone(List.of(name), patience(1));
  }

  /// Waits until every pool has every node; returns how many pools there are.
  int awaitMembers(Duration limit) {
    var all = nodes.count();
    var pools = view.pools();
    Until.isTrue(
        "%d pools with %d members".formatted(pools.size(), all),
        limit,
        () -> {
          Until.pause(options.rest());
          return pools.stream().allMatch(pool -> view.members(pool) == all);
        });
    return pools.size();
  }

  /// Long enough for so many Services one after the other.
  Duration patience(int count) {
    return Duration.ofMinutes(2)
        .plus(options.boot().multipliedBy(3))
        .plus(options.boot().plusSeconds(5).multipliedBy(count));
  }

  @Override
  public void close() {
    kill();
    services.close();
    proxy.close();
  }
}
