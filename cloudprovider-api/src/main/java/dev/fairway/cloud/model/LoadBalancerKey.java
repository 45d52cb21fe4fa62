// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

/// Identifies a load balancer group: the unit that is planned, applied and locked as one. By
/// default a group is one Service; Services with the same share key are one group.
///
/// The text is stable for the life of the group and goes into ownership tags, logs and metrics.
///
/// @param namespace the namespace of the Service, or of the share key
/// @param name the name of the Service, or the share key
/// @param kind which of the two
public record LoadBalancerKey(String namespace, String name, Kind kind)
    implements Comparable<LoadBalancerKey> {

  /// What a group was formed by.
  public enum Kind {
    SERVICE,
    SHARED
  }

  private static final String SHARED_PREFIX = "shared:";

  public LoadBalancerKey {
    if (namespace.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("a load balancer key needs a namespace and a name");
    }
  }

  /// The group of one Service that shares with nobody.
  public static LoadBalancerKey ofService(String namespace, String name) {
    return new LoadBalancerKey(namespace, name, Kind.SERVICE);
  }

  /// The group of all Services that carry this share key.
  public static LoadBalancerKey ofShareKey(String namespace, String shareKey) {
    return new LoadBalancerKey(namespace, shareKey, Kind.SHARED);
  }

  /// Reads what [#toString] wrote.
  ///
  /// @throws IllegalArgumentException when the text is not `namespace/name` or
  ///   `shared:namespace/name`
  public static LoadBalancerKey parse(String text) {
    var shared = text.startsWith(SHARED_PREFIX);
    var path = shared ? text.substring(SHARED_PREFIX.length()) : text;
    var slash = path.indexOf('/');
    if (slash <= 0 || slash == path.length() - 1) {
      throw new IllegalArgumentException(
          "'%s' is not a load balancer key; write namespace/name".formatted(text));
    }
    return new LoadBalancerKey(
        path.substring(0, slash), path.substring(slash + 1), shared ? Kind.SHARED : Kind.SERVICE);
  }

  @Override
  public int compareTo(LoadBalancerKey other) {
    return toString().compareTo(other.toString());
  }

  /// `namespace/name`, or `shared:namespace/name` for a share key.
  @Override
  public String toString() {
    return (kind == Kind.SHARED ? SHARED_PREFIX : "") + namespace + "/" + name;
  }
}
