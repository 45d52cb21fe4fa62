// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// `fairway controller` as in its container image, with the provider for AWS.
///
/// @param directory for its log and configuration
record AwsFairwaySubject(FairwayApp app, Path directory, Path kubeconfig) implements AwsSubject {
  // The audit looks for changes that others made, for as long as it runs, within a budget of its
  // own: what is counted is what an event costs.
  private static final Template CONFIGURATION =
      new Template(
          """
          provider: aws
          cluster: ${cluster}
          auditSeconds: 0
          drainSeconds: 1
          leaderElection: {enabled: ${elects}, namespace: kube-system, name: fairway}
          settings:
            region: ${region}
            vpcId: ${vpcId}
            endpoint: ${endpoint}
            auditDescribesPerSecond: 0
          """);

  @Override
  public String name() {
    return "fairway";
  }

  @Override
  public LeaseName lease() {
    return new LeaseName("kube-system", "fairway");
  }

  @Override
  public List<String> notes() {
    return List.of("the audit, which looks for changes made by others, is off");
  }

  @Override
  public Started start(Launch launch, AwsPlace place) {
    var port = FreePorts.next(InetAddress.getLoopbackAddress());
    var process =
        ChildProcess.start(
            name() + "-" + launch.id(),
            directory.resolve("controller-" + launch.id() + ".log"),
            command(launch, place, port));
    return new Started(process, () -> Http.get(port, readiness(launch)).isPresent());
  }

  // One that stands by is not ready: it serves nobody.
  private static String readiness(Launch launch) {
    return launch.elects() ? "/healthz" : "/readyz";
  }

  private List<String> command(Launch launch, AwsPlace place, int port) {
    var command = new ArrayList<>(place.environment());
    command.add("POD_NAME=fairway-" + launch.id());
    command.addAll(
        new FairwayCommand(app, kubeconfig, configuration(launch, place), port, launch.hurried())
            .with());
    return command;
  }

  private Path configuration(Launch launch, AwsPlace place) {
    var values = new HashMap<>(place.words());
    values.put("elects", Boolean.toString(launch.elects()));
    try {
      return Files.writeString(
          directory.resolve("fairway-" + launch.id() + ".yaml"), CONFIGURATION.with(values));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
