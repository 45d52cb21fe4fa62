// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Service in an annotation.
///
/// @param namespace empty for the namespace of the Service that is annotated
public record ServiceName(Optional<String> namespace, String name) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  static final Syntax<ServiceName> SYNTAX =
      new Syntax<>("a Service as NAMESPACE/NAME or NAME", ServiceName::read);

  private static Syntax.Result<ServiceName> read(String text) {
    var slash = text.indexOf('/');
    var namespace = slash < 0 ? Optional.<String>empty() : Optional.of(text.substring(0, slash));
    var name = text.substring(slash + 1);
    return isLabel(name) && namespace.map(ServiceName::isLabel).orElse(true)
        ? new Syntax.Good<>(new ServiceName(namespace, name))
        : new Syntax.Bad<>("is not the name of a Service");
  }

  private static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  /// @param home the namespace that counts when none was written
  public LoadBalancerKey seenFrom(String home) {
    return LoadBalancerKey.ofService(namespace.orElse(home), name);
  }
}
