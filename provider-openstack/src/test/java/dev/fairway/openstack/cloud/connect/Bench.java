// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.Meters;
import dev.fairway.openstack.config.CredentialsFile;
import dev.fairway.openstack.config.OpenStackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;

/// A client of a stub, with time that the test moves.
final class Bench implements AutoCloseable {
  final MovableClock clock = new MovableClock();
  final VirtualTicker ticker = new VirtualTicker();
  final Map<String, DoubleSupplier> meters = new HashMap<>();
  final TokenSource tokens;
  final OpenStackApi api;
  private final Path cloudConf;

  Bench(Path dir, String cloudConf) {
    this(dir, cloudConf, 1000);
  }

  Bench(Path dir, String cloudConf, int pageSize) {
    this.cloudConf = dir.resolve("cloud.conf");
    rewrite(cloudConf);
    var settings = OpenStackSettings.parse(Map.of("cloudConfig", this.cloudConf.toString()));
    var recording = recording();
    tokens =
        new TokenSource(
            new CredentialsFile(settings, Map.of(), dir, clock),
            new Keystone(clock),
            clock,
            recording);
    api =
        new OpenStackApi(
            tokens, new Gate(1000, 1000, ticker, clock, new Random(6), recording), pageSize);
  }

  void rewrite(String text) {
    try {
      Files.writeString(cloudConf, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double meter(String name) {
    var value = meters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no meter " + name + " in " + meters.keySet());
    }
    return value.getAsDouble();
  }

  private Meters recording() {
    return new Meters() {
      @Override
      public void gauge(String name, String description, DoubleSupplier value) {
        meters.put(name, value);
      }

      @Override
      public void counter(String name, String description, DoubleSupplier value) {
        meters.put(name, value);
      }
    };
  }

  @Override
  public void close() {
    api.close();
  }
}
