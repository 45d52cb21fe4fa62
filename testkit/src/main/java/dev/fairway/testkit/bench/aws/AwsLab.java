// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.AwsProxy;
import dev.fairway.testkit.aws.AwsSeed;
import dev.fairway.testkit.aws.MotoServer;
import dev.fairway.testkit.aws.query.HttpBackend;
import dev.fairway.testkit.bench.Quiet;
import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.ControlPlaneOptions;
import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.process.Belongings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What is the same for all controllers that are measured: a real API server, and an AWS emulator
/// behind the proxy that counts.
final class AwsLab implements AutoCloseable {
  static final String CLUSTER = "bench";

  private final Belongings belongings = new Belongings();
  private final MotoServer moto;
  private final AwsProxy proxy;
  private final HttpBackend backend;
  private final ControlPlane controlPlane;

  private AwsLab(Path directory, KubeBinaries binaries) {
    moto = belongings.add(MotoServer.start());
    backend = belongings.add(new HttpBackend(moto.uri()));
    proxy = belongings.add(AwsProxy.start(moto.uri()));
    // With the default range of node ports: how many rules open it depends on its size.
    controlPlane =
        belongings.add(ControlPlane.start(binaries, directory, ControlPlaneOptions.PLAIN));
  }

  static AwsLab create(Path directory, KubeBinaries binaries) {
    try {
      return new AwsLab(Files.createDirectories(directory), binaries);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare a lab in " + directory, e);
    }
  }

  ControlPlane controlPlane() {
    return controlPlane;
  }

  AwsProxy proxy() {
    return proxy;
  }

  /// Looks into AWS without being counted.
  Stock stock() {
    return new Stock(backend, AwsSeed.REGION);
  }

  /// An account in which nothing was done yet, with the network and the machines of a cluster. The
  /// caller closes it.
  AwsSeed newAccount(int machines) {
    moto.reset();
    proxy.reset();
    return AwsSeed.plant(moto.uri(), CLUSTER, machines);
  }

  /// How controllers find it.
  AwsPlace place(AwsSeed seed) {
    var network = seed.network();
    return new AwsPlace(
        proxy.uri(),
        network.region(),
        network.vpcId(),
        network.privateSubnets().firstEntry().getValue(),
        network.cluster());
  }

  /// Waits until AWS has not been called for `quiet`.
  ///
  /// @throws IllegalStateException after `limit`
  void awaitQuiet(Duration quiet, Duration limit) {
    Quiet.await(() -> proxy.calls().count(), quiet, limit);
  }

  @Override
  public void close() {
    belongings.close();
  }
}
