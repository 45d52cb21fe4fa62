// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.sim.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Kills the process before and after each write to the cloud and to the API server, at every
/// single one of them, and lets another process go on.
class CrashPointsTest {
  private static final Consumer<FakeCluster> ONE =
      cluster -> cluster.create("default/a", service -> service.port(80));
  private static final Consumer<FakeCluster> TWO_SHARE =
      cluster -> {
        cluster.create("default/a", service -> service.port(80).share("x"));
        cluster.create("default/b", service -> service.port(443).share("x"));
      };

  /// @param before what is there, and has come to rest
  /// @param change during which the process is killed
  /// @param least how many points there are at least, so that none gets lost unnoticed
  private record Scenario(
      String name, Consumer<FakeCluster> before, Consumer<FakeCluster> change, int least) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Scenario> SCENARIOS =
      List.of(
          new Scenario("create", _ -> {}, ONE, 12),
          new Scenario(
              "create with two ports",
              _ -> {},
              cluster -> cluster.create("default/a", service -> service.port(80).port(443)),
              18),
          new Scenario("create two that share", _ -> {}, TWO_SHARE, 20),
          new Scenario("add a port", ONE, edit("default/a", service -> service.port(443)), 6),
          new Scenario(
              "remove a port",
              cluster -> cluster.create("default/a", service -> service.port(80).port(443)),
              edit("default/a", service -> service.withoutPort(80)),
              4),
          new Scenario(
              "another node port",
              ONE,
              edit("default/a", service -> service.nodePortOf.put(80, 31000)),
              8),
          new Scenario("a node joins", ONE, cluster -> cluster.nodes(4), 2),
          new Scenario("a node leaves", ONE, cluster -> cluster.nodes(2), 2),
          new Scenario("another policy", ONE, edit("default/a", StoredService::local), 0),
          new Scenario(
              "join a group that is there",
              cluster -> {
                ONE.accept(cluster);
                cluster.create("default/b", service -> service.port(443).share("x"));
              },
              edit("default/a", service -> service.share("x")),
              14),
          new Scenario("found a group", ONE, edit("default/a", service -> service.share("x")), 16),
          new Scenario("leave a group", TWO_SHARE, edit("default/b", StoredService::alone), 14),
          new Scenario(
              "the founder leaves its group",
              TWO_SHARE,
              edit("default/a", StoredService::alone),
              14),
          new Scenario(
              "leave a group that is empty then",
              cluster -> cluster.create("default/a", service -> service.port(80).share("x")),
              edit("default/a", StoredService::alone),
              16),
          new Scenario(
              "move to another group",
              TWO_SHARE,
              edit("default/a", service -> service.share("y")),
              14),
          new Scenario(
              "move on from a group that is empty then",
              cluster -> cluster.create("default/a", service -> service.port(80).share("x")),
              edit("default/a", service -> service.share("y")),
              16),
          new Scenario(
              "move on to a group that is there",
              cluster -> {
                cluster.create("default/a", service -> service.port(80).share("x"));
                cluster.create("default/b", service -> service.port(443).share("y"));
              },
              edit("default/a", service -> service.share("y")),
              14),
          new Scenario(
              "all move on",
              TWO_SHARE,
              cluster -> {
                cluster.edit("default/a", service -> service.share("y"));
                cluster.edit("default/b", service -> service.share("y"));
              },
              26),
          new Scenario(
              "move and go",
              cluster -> cluster.create("default/a", service -> service.port(80).share("x")),
              cluster -> {
                cluster.edit("default/a", service -> service.share("y"));
                cluster.delete("default/a");
              },
              8),
          new Scenario(
              "the founder is deleted", TWO_SHARE, cluster -> cluster.delete("default/a"), 6),
          new Scenario(
              "a port is freed for one who waits",
              cluster -> {
                cluster.create("default/a", service -> service.port(80).share("x"));
                cluster.create("default/b", service -> service.port(80).share("x"));
              },
              cluster -> cluster.delete("default/a"),
              6),
          new Scenario("delete", ONE, cluster -> cluster.delete("default/a"), 8),
          new Scenario("another type", ONE, edit("default/a", StoredService::clusterIp), 8),
          new Scenario(
              "another type and back",
              ONE,
              cluster -> {
                cluster.edit("default/a", StoredService::clusterIp);
                cluster.edit("default/a", service -> service.loadBalancer = true);
              },
              2),
          new Scenario(
              "another class",
              ONE,
              cluster -> {
                cluster.edit("default/a", StoredService::clusterIp);
                cluster.edit(
                    "default/a",
                    service -> {
                      service.loadBalancer = true;
                      service.loadBalancerClass = java.util.Optional.of("example.com/other");
                    });
              },
              6));

  /// What happens to the Services while no process runs.
  private enum Meanwhile {
    NOTHING,
    ALL_ARE_DELETED
  }

  private record Run(
      Scenario scenario, boolean lastFirst, Duration provisioning, Meanwhile meanwhile) {}

  @Test
  void atEveryCrashPointNothingIsLostAndNothingIsLeft() {
    var failures = new ArrayList<String>();
    var total = 0;
    for (var run : runs()) {
      var points = 0;
      while (crashAt(run, points + 1, failures)) {
        points++;
      }
      if (points < run.scenario().least()) {
        failures.add("%s has %d points only".formatted(run.scenario().name(), points));
      }
      total += points;
    }
    System.out.printf("crash points: %d in %d scenarios%n", total, SCENARIOS.size());

    assertThat(failures).isEmpty();
    assertThat(total).isGreaterThanOrEqualTo(1_400);
  }

  private static List<Run> runs() {
    var runs = new ArrayList<Run>();
    for (var scenario : SCENARIOS) {
      for (var lastFirst : List.of(false, true)) {
        for (var provisioning : List.of(Duration.ZERO, Duration.ofSeconds(1))) {
          runs.add(new Run(scenario, lastFirst, provisioning, Meanwhile.NOTHING));
        }
      }
      runs.add(new Run(scenario, false, Duration.ZERO, Meanwhile.ALL_ARE_DELETED));
    }
    return runs;
  }

  // Returns whether there is such a point.
  private static boolean crashAt(Run run, int point, List<String> failures) {
    var scenario = run.scenario();
    var stage =
        new Stage(
            new SimulatedCloud.Options(Duration.ZERO, run.provisioning(), 0),
            run.lastFirst(),
            parts -> parts);
    scenario.before().accept(stage.cluster);
    stage.quiet();
    stage.process.death().at(point);
    var died = false;
    try {
      scenario.change().accept(stage.cluster);
      stage.process.triggers.targetsChanged(_ -> {});
      stage.quiet();
    } catch (ControllerProcess.Died _) {
      died = true;
      // Whoever has the other class would take the finalizer off, and leave us an orphan.
      if (run.meanwhile() == Meanwhile.ALL_ARE_DELETED
          && !scenario.name().equals("another class")) {
        stage.deleteAll();
      }
      stage.restart();
    }
    stage.process.death().at(Integer.MAX_VALUE);
    var because = "%s, killed at point %d".formatted(run, point);
    try {
      stage.quiet();
      stage.assertAsItShouldBe(because);
      stage.deleteAllAndAssertNothingLeft(because);
    } catch (AssertionError e) {
      failures.add(e.getMessage());
    }
    return died;
  }

  private static Consumer<FakeCluster> edit(String name, Consumer<StoredService> edit) {
    return cluster -> cluster.edit(name, edit);
  }
}
