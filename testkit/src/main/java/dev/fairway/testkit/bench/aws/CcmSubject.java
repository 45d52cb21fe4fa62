// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.bench.CloudControllerManager;
import dev.fairway.testkit.bench.Processes.Started;
import dev.fairway.testkit.kube.FreePorts;
import dev.fairway.testkit.process.ChildProcess;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// aws-cloud-controller-manager of `k8s.io/cloud-provider-aws` with nothing but its service
/// controller, see `deploy/lab/aws/reference`.
record CcmSubject(CloudControllerManager manager, Path kubeconfig) implements AwsSubject {
  /// Names the binary.
  static final String VARIABLE = "FAIRWAY_AWS_REFERENCE";

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public LeaseName lease() {
    return new LeaseName("kube-system", "cloud-controller-manager");
  }

  @Override
  public List<String> notes() {
    return List.of(
        "with 50 Services and more DisableSecurityGroupIngress is set: it writes rules for each into"
            + " the security group of the nodes, which holds 60; without them it makes fewer calls");
  }

  @Override
  public Started start(Launch launch, AwsPlace place) {
    var port = FreePorts.next(InetAddress.getLoopbackAddress());
    var process =
        ChildProcess.start(
            name() + "-" + launch.id(),
            manager.directory().resolve("reference-" + launch.id() + ".log"),
            command(launch, place, port));
    return new Started(process, () -> CloudControllerManager.listens(port));
  }

  private List<String> command(Launch launch, AwsPlace place, int port) {
    var command = new ArrayList<>(place.environment());
    command.add(manager.program().toString());
    command.addAll(
        manager.flags(
            Map.of(
                "cloudConfig",
                cloudConfig(launch, place).toString(),
                "kubeconfig",
                kubeconfig.toString(),
                "cluster",
                place.cluster(),
                "port",
                Integer.toString(port),
                "directory",
                manager.directory().resolve("reference-certificates-" + launch.id()).toString(),
                "elects",
                Boolean.toString(launch.elects()))));
    if (launch.hurried()) {
      command.addAll(CloudControllerManager.NO_LIMITS);
    }
    return command;
  }

  private Path cloudConfig(Launch launch, AwsPlace place) {
    var values = new HashMap<>(place.words());
    values.put("closedNodes", Boolean.toString(launch.crowded()));
    return manager.cloudConfig(values);
  }
}
