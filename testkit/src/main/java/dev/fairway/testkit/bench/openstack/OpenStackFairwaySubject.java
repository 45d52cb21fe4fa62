// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.CloudControllerManager;
import dev.fairway.testkit.bench.FairwayCommand;
import dev.fairway.testkit.bench.Http;
import dev.fairway.testkit.bench.Processes.Started;
import dev.fairway.testkit.bench.Template;
import dev.fairway.testkit.kube.FreePorts;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.world.FairwayApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// `fairway controller` as in its container image, with the provider for OpenStack and the
/// cloud.conf of the reference.
///
/// @param templates the directory with its `cloud.conf`
/// @param directory for its files
record OpenStackFairwaySubject(FairwayApp app, Path templates, Path directory, Path kubeconfig)
    implements OpenStackSubject {
  private static final Template CONFIGURATION =
      new Template(
          """
          provider: openstack
          cluster: ${cluster}
          auditSeconds: ${auditSeconds}
          drainSeconds: 1
          workers: ${workers}
          leaderElection: {enabled: false}
          settings:
            cloudConfig: ${cloudConfig}
            clusterName: ${cluster}
          """);
  private static final int WORKERS = 32;

  @Override
  public String name() {
    return "fairway";
  }

  @Override
  public boolean audits() {
    return true;
  }

  @Override
  public Started start(Pace pace, Map<String, String> words) {
    var port = FreePorts.next(InetAddress.getLoopbackAddress());
    var command =
        new FairwayCommand(app, kubeconfig, configuration(pace, words), port, pace.hurried());
    var process = ChildProcess.start(name(), directory.resolve("controller.log"), command.with());
    return new Started(process, () -> Http.get(port, "/readyz").isPresent());
  }

  private Path configuration(Pace pace, Map<String, String> words) {
    var text =
        CONFIGURATION.with(
            Map.of(
                "cluster",
                CLUSTER,
                "auditSeconds",
                Integer.toString(pace.auditSeconds()),
                "workers",
                Integer.toString(pace.workers().orElse(WORKERS)),
                "cloudConfig",
                CloudControllerManager.cloudConfig(templates, directory, words).toString()));
    try {
      return Files.writeString(directory.resolve("fairway.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
