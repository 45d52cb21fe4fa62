// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import dev.fairway.cloud.CloudProviderFactory;
import dev.fairway.cloud.annotation.Nearest;
import dev.fairway.manager.config.InvalidConfig;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/// The providers on the class path.
public final class Providers {
  private Providers() {}

  public static List<CloudProviderFactory> all() {
    return ServiceLoader.load(CloudProviderFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /// @throws InvalidConfig when a setting is not one that the provider reads
  public static void check(CloudProviderFactory factory, Set<String> settings) {
    for (var key : settings) {
      if (!factory.settings().contains(key)) {
        throw new InvalidConfig(
            "settings.%s: provider %s has no such setting; %s"
                .formatted(
                    key,
                    factory.name(),
                    Nearest.to(key, factory.settings())
                        .map("did you mean %s?"::formatted)
                        .orElse("known are " + new TreeSet<>(factory.settings()))));
      }
    }
  }

  /// @throws InvalidConfig when the provider would refuse the value of a setting
  public static void checkValues(CloudProviderFactory factory, Map<String, String> settings) {
    try {
      factory.check(settings);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfig(String.valueOf(e.getMessage()));
    }
  }

  /// @throws InvalidConfig when there is none of this name
  public static CloudProviderFactory named(String name) {
    var all = all();
    var names = all.stream().map(CloudProviderFactory::name).sorted().toList();
    return all.stream()
        .filter(factory -> factory.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new InvalidConfig(
                "provider: there is no provider '%s'; %s"
                    .formatted(
                        name,
                        Nearest.to(name, names)
                            .map("did you mean %s?"::formatted)
                            .orElse("write one of " + String.join(", ", names)))));
  }
}
