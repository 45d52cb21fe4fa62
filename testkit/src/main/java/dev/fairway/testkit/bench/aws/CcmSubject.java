// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.kube.FreePorts;
import dev.fairway.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// aws-cloud-controller-manager of `k8s.io/cloud-provider-aws` with nothing but its service
/// controller, see `deploy/lab/aws/reference`.
///
/// @param program the binary
/// @param templates the directory with `cloud.conf` and `flags`
/// @param directory for its files
record CcmSubject(Path program, Path templates, Path directory, Path kubeconfig)
    implements AwsSubject {
  /// Names the binary.
  static final String VARIABLE = "FAIRWAY_AWS_REFERENCE";

  private static final int CONNECT_MILLIS = 1_000;
  private static final List<String> NO_LIMITS =
      List.of("--kube-api-qps=500", "--kube-api-burst=500", "--concurrent-service-syncs=10");

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
  public Running start(Launch launch, AwsPlace place) {
    var port = FreePorts.next(InetAddress.getLoopbackAddress());
    var process =
        ChildProcess.start(
            name() + "-" + launch.id(),
            directory.resolve("reference-" + launch.id() + ".log"),
            command(launch, place, port));
    return new Running(process, () -> listens(port));
  }

  private List<String> command(Launch launch, AwsPlace place, int port) {
    var command = new ArrayList<>(place.environment());
    command.add(program.toString());
    new Template(read("flags"))
        .with(
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
                directory.resolve("reference-certificates-" + launch.id()).toString(),
                "elects",
                Boolean.toString(launch.elects())))
        .lines()
        .filter(line -> line.startsWith("--"))
        .forEach(command::add);
    if (launch.hurried()) {
      command.addAll(NO_LIMITS);
    }
    return command;
  }

  private Path cloudConfig(Launch launch, AwsPlace place) {
    var values = new HashMap<>(place.words());
    values.put("closedNodes", Boolean.toString(launch.crowded()));
    try {
      return Files.writeString(
          directory.resolve("cloud.conf"), new Template(read("cloud.conf")).with(values));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String name) {
    try {
      return Files.readString(templates.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // It answers over TLS only, with a certificate of its own making.
  private static boolean listens(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
