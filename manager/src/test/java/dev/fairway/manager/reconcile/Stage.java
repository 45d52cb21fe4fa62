// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Target;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ShareKey;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedObserved;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/// A cluster, a cloud and a clock that outlive processes, and the process that runs now.
final class Stage {
  private static final List<Duration> STRIDES =
      List.of(
          Duration.ofMillis(300),
          Duration.ofSeconds(2),
          Duration.ofSeconds(40),
          Duration.ofMinutes(6));

  static final ServiceScope SCOPE = new ServiceScope(Set.of("fairway.dev/simulated"), true);

  final MovedClock clock = new MovedClock();
  final SimulatedCloud cloud;
  final FakeCluster cluster = new FakeCluster(clock);
  private final boolean lastFirst;
  private final UnaryOperator<ControllerProcess.Parts> change;
  ControllerProcess process;

  Stage() {
    this(SimulatedCloud.Options.ideal(), false, parts -> parts);
  }

  Stage(
      SimulatedCloud.Options options,
      boolean lastFirst,
      UnaryOperator<ControllerProcess.Parts> change) {
    this.cloud = new SimulatedCloud(clock, options);
    this.lastFirst = lastFirst;
    this.change = change;
    this.process = newProcess();
  }

  private ControllerProcess newProcess() {
    var next =
        new ControllerProcess(change.apply(ControllerProcess.Parts.of(cloud, cluster, clock)));
    process = next;
    while (true) {
      try {
        next.begin();
        return next;
      } catch (CloudException _) {
        // The real one tries again too.
      }
    }
  }

  /// The process that ran is no more, a new one runs.
  Stage restart() {
    process.death().now();
    newProcess();
    return this;
  }

  /// Lets the process work until nothing happens any more, not even later.
  Stage quiet() {
    for (var round = 0; round < 200; round++) {
      if (!workOnce() && !anythingLater()) {
        return this;
      }
    }
    throw new AssertionError("it does not come to rest: " + process.results);
  }

  boolean workOnce() {
    process.watch.tellAll();
    return process.workOnAll(lastFirst) || !cluster.allTold();
  }

  private boolean anythingLater() {
    for (var stride : STRIDES) {
      clock.advance(stride);
      if (cluster.readNodes()) {
        process.triggers.targetsChanged(_ -> {});
      }
      if (workOnce()) {
        return true;
      }
    }
    return false;
  }

  SimulatedObserved truth(LoadBalancerKey key) {
    return cloud.truth().stream()
        .filter(seen -> seen.key().equals(key))
        .findFirst()
        .orElse(SimulatedObserved.nothing(key));
  }

  /// The cloud holds what the Services ask for and nothing else, and each Service says so. Judged
  /// by what users would see, not by the planner.
  void assertAsItShouldBe(String because) {
    var serving =
        cluster.services().stream()
            .filter(service -> SCOPE.duty(service) == ServiceScope.Duty.SERVE)
            .toList();
    var byGroup = serving.stream().collect(Collectors.groupingBy(ShareKey::groupOf));
    for (var seen : cloud.truth()) {
      assertThat(byGroup.keySet()).as("%s: who wants %s?", because, seen).contains(seen.key());
      assertWanted(because, seen, byGroup.getOrDefault(seen.key(), List.of()));
    }
    serving.forEach(service -> assertServedOrTold(because, service));
    cluster.services().stream()
        .filter(service -> SCOPE.duty(service) == ServiceScope.Duty.CLEAN_UP)
        .forEach(service ->
            Assertions.fail("%s: still waits to be cleaned up: %s", because, brief(service)));
    assertThat(cloud.overlaps()).as("%s: overlapping calls", because).isZero();
  }

  private void assertWanted(String because, SimulatedObserved seen, List<ServiceView> members) {
    var nodes = cluster.backends().targets().stream().map(Target::node).collect(Collectors.toSet());
    var wanted =
        members.stream()
            .flatMap(service -> service.spec().ports().stream())
            .collect(
                Collectors.groupingBy(
                    ServiceView.Port::id,
                    Collectors.mapping(
                        port -> port.id() + "@" + port.nodePort().orElse(0), Collectors.toSet())));
    if (members.stream().anyMatch(Stage::frozen)) {
      return;
    }
    seen.listeners()
        .forEach((id, group) ->
            assertThat(wanted.getOrDefault(id, Set.of()))
                .as("%s: listener %s of %s", because, id, seen)
                .contains(group));
    assertThat(seen.groups().keySet())
        .as("%s: target groups of %s", because, seen)
        .containsExactlyInAnyOrderElementsOf(Set.copyOf(seen.listeners().values()));
    seen.groups()
        .forEach((group, registered) ->
            assertThat(registered)
                .as("%s: targets in %s of %s", because, group, seen)
                .isEqualTo(nodes));
    assertThat(seen.draining()).as("%s: nothing drains any more", because).isEmpty();
  }

  // Nothing is touched until the user mends what cannot be read. In a group, the others go on.
  private static boolean frozen(ServiceView service) {
    return ShareKey.groupOf(service).kind() == LoadBalancerKey.Kind.SERVICE
        && condition(service, ServiceView.Condition.PROVISIONING)
            .reason()
            .equals("InvalidAnnotation");
  }

  private void assertServedOrTold(String because, ServiceView service) {
    var seen = truth(ShareKey.groupOf(service));
    var serving = condition(service, ServiceView.Condition.SERVING);
    var what = "%s: %s, where there is %s".formatted(because, brief(service), seen);
    assertThat(serving.observedGeneration()).as(what).isEqualTo(service.generation());
    if (service.status().ingress().isEmpty()) {
      assertThat(serving.status()).as(what).isFalse();
      assertThat(serving.reason()).as(what).isNotIn("Provisioning", "NoAddress");
      return;
    }
    assertThat(service.hasFinalizer()).as(what).isTrue();
    assertThat(service.status().ingress()).as(what).isEqualTo(seen.ingress());
    if (frozen(service)) {
      return;
    }
    for (var port : service.spec().ports()) {
      var told =
          service.status().ports().stream()
              .anyMatch(status -> status.id().equals(port.id()) && status.error().isPresent());
      var served =
          (port.id() + "@" + port.nodePort().orElse(0)).equals(seen.listeners().get(port.id()));
      assertThat(told != served).as("%s, port %s", what, port).isTrue();
    }
  }

  static String brief(ServiceView service) {
    return "%s of %s, ports %s, %s%s%s%s"
        .formatted(
            service.ref(),
            ShareKey.groupOf(service),
            service.spec().ports().stream()
                .map(port -> port.id() + "@" + port.nodePort().orElse(0))
                .toList(),
            service.loadBalancer() ? "" : "of another type, ",
            service.deleting() ? "deleting, " : "",
            service.hasFinalizer() ? "with finalizer, " : "",
            service.status());
  }

  static ServiceView.Condition condition(ServiceView service, String type) {
    return service.status().conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst()
        .orElse(new ServiceView.Condition(type, false, "Missing", "", -1));
  }

  /// What is not ours is let go by whoever it belongs to.
  void deleteAll() {
    for (var name : cluster.names()) {
      cluster.delete(name);
      cluster
          .service(name)
          .filter(service -> SCOPE.duty(service) == ServiceScope.Duty.LEAVE)
          .ifPresent(_ -> cluster.takeFinalizerOff(name));
    }
  }

  /// Everything is deleted, and after that nothing is left anywhere.
  void deleteAllAndAssertNothingLeft(String because) {
    deleteAll();
    quiet();
    assertThat(cloud.truth()).as("%s: left in the cloud", because).isEmpty();
    assertThat(cluster.names()).as("%s: left in the cluster", because).isEmpty();
    assertThat(process.orphans.count()).as("%s: orphans", because).isZero();
    assertThat(process.workers.unserved()).as("%s: unserved", because).isZero();
  }
}
