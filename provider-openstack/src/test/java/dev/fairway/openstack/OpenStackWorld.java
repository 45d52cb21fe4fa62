// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.ProviderEvents;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.openstack.OpenStackProxy;
import dev.fairway.testkit.openstack.OpenStackSeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/// An OpenStack, real or simulated, with a proxy in front of it, and providers that call it.
final class OpenStackWorld implements AutoCloseable {
  static final ClusterId CLUSTER = new ClusterId("conformance");

  final OpenStackProxy proxy;
  final OpenStackSeed seed;
  final BlockingQueue<LoadBalancerKey> told = new LinkedBlockingQueue<>();
  private final Path directory;
  private final List<OpenStackProvider> providers = new ArrayList<>();

  OpenStackWorld(URI authUrl, OpenStackSeed seed) {
    this.proxy = OpenStackProxy.start(authUrl);
    this.seed = seed.behind(proxy.authUrl());
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
    var provider =
        new OpenStackProvider(
            new ProviderContext(
                CLUSTER,
                Map.of(
                    "cloudConfig",
                    configuration(options).toString(),
                    "requestsPerSecond",
                    "1000",
                    "burst",
                    "1000",
                    "pollMillis",
                    "20"),
                events(),
                () -> true,
                noMeters(),
                Clock.systemUTC()));
    providers.add(provider);
    return provider;
  }

  private Path configuration(String... options) {
    var text =
        """
        [Global]
        auth-url = %s
        region = RegionOne
        application-credential-id = %s
        application-credential-secret = %s

        [LoadBalancer]
        subnet-id = %s
        floating-network-id = %s
        %s
        """
            .formatted(
                seed.authUrl(),
                seed.applicationCredential(),
                seed.applicationCredentialSecret(),
                seed.privateSubnet(),
                seed.publicNetwork(),
                String.join("\n", options));
    try {
      return Files.writeString(Files.createTempFile(directory, "cloud", ".conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProviderEvents events() {
    return new ProviderEvents() {
      @Override
      public void changed(LoadBalancerKey key) {
        told.add(key);
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
