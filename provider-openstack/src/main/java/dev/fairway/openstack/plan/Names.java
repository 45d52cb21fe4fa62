// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The names of objects at Octavia. They are for people: what belongs to whom is told by tags. They
/// are those of the present controller, so that it finds what it needs when somebody goes back to
/// it.
public final class Names {
  private static final int MAX_BYTES = 255;
  private static final int HASH_CHARACTERS = 10;

  private final String clusterName;

  public Names(String clusterName) {
    this.clusterName = clusterName;
  }

  /// `kube_service_CLUSTER_NAMESPACE_NAME`.
  public String balancer(LoadBalancerKey key) {
    return switch (key.kind()) {
      case SERVICE ->
          cut("kube_service_%s_%s_%s".formatted(clusterName, key.namespace(), key.name()));
      case SHARED ->
          cut("kube_shared_%s_%s_%s".formatted(clusterName, key.namespace(), key.name()));
    };
  }

  public String description(LoadBalancerKey key) {
    return cut(
        "Kubernetes external service %s/%s from cluster %s"
            .formatted(key.namespace(), key.name(), clusterName));
  }

  /// The name of something on a load balancer.
  ///
  /// @param kind `listener`, `pool` or `monitor`
  /// @param part `TCP/80`
  public String child(String kind, String part, LoadBalancerKey key) {
    return cut("%s_%s_%s".formatted(kind, part.replace('/', '_'), balancer(key)));
  }

  // Two long names that begin alike must not become one.
  private static String cut(String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_BYTES) {
      return name;
    }
    var kept = MAX_BYTES - HASH_CHARACTERS - 1;
    return new String(bytes, 0, kept, StandardCharsets.UTF_8) + "-" + hash(bytes);
  }

  private static String hash(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
