// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which group a Service wants to share a load balancer with.
///
/// @param namespace of the group; empty for the namespace of the Service
/// @param name of the group
public record ShareKey(Optional<String> namespace, String name) {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  static final Syntax<ShareKey> SYNTAX = new Syntax<>("a name, or namespace/name", ShareKey::read);

  static final Syntax<String> NAMESPACE =
      new Syntax<>(
          "a namespace or *",
          text ->
              text.equals("*") || LABEL.matcher(text).matches()
                  ? new Syntax.Good<>(text)
                  : new Syntax.Bad<>("is not a namespace"));

  private static Syntax.Result<ShareKey> read(String text) {
    var slash = text.indexOf('/');
    var namespace = slash < 0 ? Optional.<String>empty() : Optional.of(text.substring(0, slash));
    var name = text.substring(slash + 1);
    var wellFormed =
        NAME.matcher(name).matches()
            && namespace.map(given -> LABEL.matcher(given).matches()).orElse(true);
    return wellFormed
        ? new Syntax.Good<>(new ShareKey(namespace, name))
        : new Syntax.Bad<>("is not a name of letters, digits, '-', '_' and '.'");
  }

  /// The group that a Service asks to be in. One whose wish cannot be read stays alone.
  public static LoadBalancerKey wishedBy(ServiceView service) {
    var ref = service.ref();
    return CoreAnnotations.SHARE
        .read(service.annotations())
        .asOptional()
        .map(key -> LoadBalancerKey.ofShareKey(key.namespace().orElse(ref.namespace()), key.name()))
        .orElseGet(() -> own(service));
  }

  /// The group that a Service belongs to: the one that it asks for, but while there may be
  /// something of it in another one, that one. So it is in one group at a time, whoever stops in
  /// between.
  public static LoadBalancerKey groupOf(ServiceView service) {
    return service.hasFinalizer() ? recorded(service) : wishedBy(service);
  }

  private static LoadBalancerKey recorded(ServiceView service) {
    return service.status().conditions().stream()
        .filter(condition -> condition.type().equals(ServiceView.Condition.SHARED))
        .flatMap(condition -> parse(condition.message()).stream())
        .findFirst()
        .orElseGet(() -> own(service));
  }

  private static Optional<LoadBalancerKey> parse(String text) {
    try {
      return Optional.of(LoadBalancerKey.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static LoadBalancerKey own(ServiceView service) {
    return LoadBalancerKey.ofService(service.ref().namespace(), service.ref().name());
  }
}
