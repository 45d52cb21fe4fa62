// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.BenchNodes;
import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.Memory;
import dev.fairway.testkit.bench.Part;
import dev.fairway.testkit.bench.Processes;
import dev.fairway.testkit.bench.Quiet;
import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A controller gives addresses to very many Services, beside an API server alone: Leases say that
/// there are speakers.
final class WideController implements Part<L2Stage, L2Figure> {
  private static final int NODES = 3;
  private static final Duration REST = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Override
  public String title() {
    return "a controller with very many Services";
  }

  @Override
  public Set<L2Figure> figures() {
    return Set.of(L2Figure.CONTROLLER_RSS);
  }

  @Override
  public void run(L2Stage stage) {
    stage.close();
    var site = stage.site().below("wide");
    var controllers = new Processes();
    try (var cluster =
        ControlPlane.start(
            KubeBinaries.fromEnvironment(),
            site.directory(),
            ControlPlaneOptions.PLAIN
                .withUser(Site.CONTROLLER)
                .withApiServerFlags(site.apiServerFlags()))) {
      cluster.applyYaml(site.manifests());
      new BenchNodes(cluster.client()).create(1, NODES, Duration.ZERO);
      var vips = new Vips(cluster.client());
      vips.apply("AddressPool", L2World.MANY_POOL, Map.of("addresses", List.of("10.14.0.0/16")));
      vips.apply("Announcement", "all", Map.of("l2", Map.of("interfaces", List.of("eth0"))));
      try (var _ = LeasePulse.start(cluster.client(), NODES)) {
        var controller =
            controllers.await(
                site.startController(cluster.kubeconfig(Site.CONTROLLER), Profile.DEFAULT));
        fill(stage, site, cluster);
        stage
            .outcome()
            .put(L2Figure.CONTROLLER_RSS, Memory.peakMebibytes(controller.process().pid()));
      }
    } finally {
      controllers.kill();
    }
  }

  private static void fill(L2Stage stage, Site site, ControlPlane cluster) {
    var names = BenchServices.names("wide", stage.options().wide());
    var audit = site.audit();
    try (var services = new BenchServices(cluster.client(), Map.of())) {
      services.createAll(names);
      stage.say("all Services are created");
      services.awaitAddresses(names, LIMIT);
      stage.outcome().detail("wideServices", names.size());
      stage.outcome().detail("wideSeconds", Math.round(services.secondsForAll(names)));
      Quiet.await(() -> audit.by(Site.CONTROLLER.name()).size(), REST, LIMIT);
    }
  }
}
