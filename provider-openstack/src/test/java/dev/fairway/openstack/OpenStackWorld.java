// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.ProviderEvents;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.config.CredentialsFile;
import dev.fairway.openstack.config.OpenStackSettings;
import dev.fairway.testkit.openstack.OpenStackProxy;
import dev.fairway.testkit.openstack.OpenStackSeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// An OpenStack, real or simulated, with a proxy in front of it, and providers that call it.
final class OpenStackWorld implements AutoCloseable {
  static final ClusterId CLUSTER = new ClusterId("conformance");

  final OpenStackProxy proxy;
  final OpenStackSeed seed;
  private final OpenStackSeed direct;
  final BlockingQueue<LoadBalancerKey> told = new LinkedBlockingQueue<>();
  private final Path directory;
  private final List<OpenStackProvider> providers = new ArrayList<>();

  OpenStackWorld(URI authUrl, OpenStackSeed seed) {
    this.proxy = OpenStackProxy.start(authUrl);
    this.seed = seed.behind(proxy.authUrl());
    this.direct = seed;
    try {
      this.directory = Files.createTempDirectory("fairway-openstack");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A provider as a process that has just started has it.
  ///
  /// @param options lines of the section `[LoadBalancer]` besides the networks
  OpenStackProvider provider(String... options) {
    return provider(told::add, Clock.systemUTC(), options);
  }

  /// The same for who wants to be told, and with another time.
  OpenStackProvider provider(
      Consumer<LoadBalancerKey> changed, InstantSource clock, String... options) {
    var provider =
        new OpenStackProvider(
            new ProviderContext(
                CLUSTER,
                settings(configuration(seed, options)),
                events(changed),
                () -> true,
                noMeters(),
                clock));
    providers.add(provider);
    return provider;
  }

  /// Looks at the cloud itself: what it asks, the proxy does not see.
  Sight sight(InstantSource clock) {
    var settings = OpenStackSettings.parse(settings(configuration(direct)));
    return new Sight(
        OpenStackApi.connect(
            settings,
            new CredentialsFile(settings, Map.of(), Path.of(""), clock),
            clock,
            new Random(1),
            noMeters()));
  }

  private static Map<String, String> settings(Path cloudConf) {
    return Map.of(
        "cloudConfig",
        cloudConf.toString(),
        "requestsPerSecond",
        "1000",
        "burst",
        "1000",
        "pollMillis",
        "10");
  }

  private Path configuration(OpenStackSeed of, String... options) {
    try {
      return Files.writeString(
          Files.createTempFile(directory, "cloud", ".conf"), of.cloudConf(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProviderEvents events(Consumer<LoadBalancerKey> changed) {
    return new ProviderEvents() {
      @Override
      public void changed(LoadBalancerKey key) {
        changed.accept(key);
      }

      @Override
      public void everythingChanged() {}

      @Override
      public void resourcesFreed() {}
    };
  }

  /// Waits until the provider tells that something changed, for a while.
  void awaitNews() {
    try {
      var _ = told.poll(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Meters noMeters() {
    return new Meters() {
      @Override
      public void gauge(String name, String description, DoubleSupplier value) {}

      @Override
      public void counter(String name, String description, DoubleSupplier value) {}
    };
  }

  @Override
  public void close() {
    providers.forEach(OpenStackProvider::close);
    proxy.close();
  }
}
