// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.ProviderEvents;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Target;
import dev.fairway.testkit.aws.AwsEmulator;
import dev.fairway.testkit.aws.AwsNetwork;
import dev.fairway.testkit.aws.AwsProxy;
import dev.fairway.testkit.aws.AwsSeed;
import dev.fairway.testkit.aws.MotoServer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// An AWS account with the network of a cluster, behind the proxy that counts and breaks.
final class AwsWorld implements AutoCloseable {
  static final ClusterId CLUSTER = new ClusterId("test");

  private final AwsEmulator emulator = MotoServer.start();
  private final AwsProxy proxy = AwsProxy.start(emulator.uri());
  private final AwsSeed seed = AwsSeed.plant(emulator.uri(), CLUSTER.value(), 3);
  private final List<AwsProvider> started = new ArrayList<>();
  private volatile int terms;
  private final Set<LoadBalancerKey> news = ConcurrentHashMap.newKeySet();

  AwsWorld() {
    // The SDK's default chain looks here first.
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  AwsProxy proxy() {
    return proxy;
  }

  AwsSeed seed() {
    return seed;
  }

  AwsNetwork network() {
    return seed.network();
  }

  /// Keys that a provider has told news of.
  Set<LoadBalancerKey> news() {
    return news;
  }

  /// A provider as a new process has it.
  AwsProvider provider(Map<String, String> settings) {
    return provider(settings, InstantSource.system());
  }

  /// The same, to which the time is told.
  AwsProvider provider(Map<String, String> settings, InstantSource clock) {
    var all = new HashMap<>(settings);
    all.put("region", network().region());
    all.put("vpcId", network().vpcId());
    all.put("endpoint", proxy.uri().toString());
    // Only one process leads, and the others write nothing in the background.
    var term = terms + 1;
    terms = term;
    var provider =
        new AwsProvider(
            new ProviderContext(
                CLUSTER, all, events(), () -> term == terms, new NoMeters(), clock));
    started.add(provider);
    return provider;
  }

  AwsProvider provider() {
    return provider(Map.of());
  }

  private ProviderEvents events() {
    return new ProviderEvents() {
      @Override
      public void changed(LoadBalancerKey key) {
        news.add(key);
      }

      @Override
      public void everythingChanged() {}

      @Override
      public void resourcesFreed() {}
    };
  }

  private static final class NoMeters implements Meters {
    @Override
    public void gauge(String name, String description, DoubleSupplier value) {}

    @Override
    public void counter(String name, String description, DoubleSupplier value) {}
  }

  /// The same with the machines of the account as nodes: `node-1` is the first.
  Present onMachines(Present present) {
    return new Present(
        present.key(),
        present.services(),
        present.frontends(),
        present.addresses(),
        new Backends(
            present.backends().targets().stream().map(this::onMachine).toList(),
            present.backends().draining().stream().map(this::onMachine).toList()),
        present.annotations());
  }

  private Target onMachine(Target target) {
    var number = Integer.parseInt(target.node().substring("node-".length()));
    var machine = network().instances().get(number - 1);
    return new Target(
        target.node(),
        List.of(machine.privateIp()),
        Optional.of(machine.providerId()),
        target.ready(),
        target.labels());
  }

  @Override
  public void close() {
    started.forEach(AwsProvider::close);
    seed.close();
    proxy.close();
    emulator.close();
  }
}
