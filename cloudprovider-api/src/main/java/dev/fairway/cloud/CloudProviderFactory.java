// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud;

import dev.fairway.cloud.annotation.AnnotationCatalogue;
import java.util.Map;
import java.util.Set;

/// Makes a provider. Found with [java.util.ServiceLoader]: a provider is a jar on the class path
/// and a value of the `provider` setting.
public interface CloudProviderFactory {

  /// The provider's name: equals [Capabilities#name].
  String name();

  /// The annotations that the provider reads: equals [Capabilities#annotations], known without
  /// connecting.
  AnnotationCatalogue annotations();

  /// The keys that the provider reads from its settings. The configuration is refused when it holds
  /// any other, before anything starts.
  Set<String> settings();

  /// Looks at the settings, and at the files that they name, without connecting: whether [#create]
  /// would refuse them. A process that would has to be told before it starts.
  ///
  /// @throws IllegalArgumentException when a setting is missing or malformed; the message names it
  default void check(Map<String, String> settings) {}

  /// Connects and returns a provider that is ready to be asked.
  ///
  /// @throws dev.fairway.cloud.error.CloudException when the cloud cannot be reached or refuses the
  ///   credentials
  /// @throws IllegalArgumentException when a setting is missing or malformed; the message names it
  CloudProvider<?, ?> create(ProviderContext context);
}
