// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.Digest;
import dev.fairway.aws.spec.FixedAddresses;
import dev.fairway.aws.spec.ListenerSpec;
import dev.fairway.aws.spec.Scheme;
import dev.fairway.aws.spec.TargetType;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Names of what is made at AWS. They follow from what identifies the thing, and from what AWS
/// cannot change in place: so a crash, or a lost answer, leads to the same name again, and what
/// replaces something is never in its way.
///
/// The form `k8s-namespace-name-hash` is at most 32 characters long (ELBv2 CreateLoadBalancer and
/// CreateTargetGroup).
public final class Names {
  /// How every name begins.
  public static final String PREFIX = "k8s-";

  private static final int SPACE = 8;
  private static final int HASH = 10;
  private static final int MOST = 32; // CreateLoadBalancer, API reference
  private static final int SUFFIX = 6;

  private final ClusterId cluster;

  public Names(ClusterId cluster) {
    this.cluster = cluster;
  }

  /// The load balancer of a group.
  public String balancer(
      LoadBalancerKey key, Scheme scheme, boolean hasGroups, FixedAddresses fixed) {
    return name(
        key,
        List.of(
            "balancer",
            scheme.toString(),
            Boolean.toString(hasGroups),
            String.join(",", fixed.eipAllocations()),
            String.join(",", fixed.privateIpv4()),
            String.join(",", fixed.ipv6())));
  }

  /// The load balancer of a group, where the first name for it is taken by the one it replaces.
  ///
  /// @param others what tells it from that one
  String successor(LoadBalancerKey key, List<String> others) {
    var identity = new ArrayList<>(List.of("successor"));
    identity.addAll(others);
    return name(key, identity);
  }

  /// The same for a name that was asked for.
  static String successor(String asked, List<String> others) {
    var start = asked.substring(0, Math.min(MOST - 1 - SUFFIX, asked.length()));
    var parts = new ArrayList<>(List.of(asked));
    parts.addAll(others);
    return start.replaceAll("-+$", "") + "-" + Digest.of(SUFFIX, parts);
  }

  /// Whether a load balancer has the name that was asked for, or replaced one that had.
  static boolean isNamed(String name, String asked) {
    var start = successor(asked, List.of());
    return name.equals(asked)
        || (name.length() == start.length()
            && name.startsWith(start.substring(0, start.length() - SUFFIX))
            && name.substring(name.length() - SUFFIX).matches("[0-9a-f]+"));
  }

  /// The target group behind a listener.
  ///
  /// @param balancerName a target group serves one load balancer only (ELBv2 quota)
  public String targetGroup(LoadBalancerKey key, String balancerName, ListenerSpec listener) {
    var group = listener.group();
    return name(
        key,
        List.of(
            "group",
            balancerName,
            Integer.toString(listener.port()),
            group.protocol().toString(),
            group.type().toString(),
            // Pods bring their ports along.
            group.type() == TargetType.IP ? "" : Integer.toString(group.port()),
            Boolean.toString(group.ipv6())));
  }

  /// The security group that lets the clients of a load balancer in.
  public String frontGroup(LoadBalancerKey key) {
    return name(key, List.of("front"));
  }

  /// The security group that all load balancers of the cluster have.
  public String backendGroup() {
    return "k8s-fairway-%s-%s"
        .formatted(cut(cluster.value()), Digest.of(HASH, List.of(cluster.value(), "backend")));
  }

  private String name(LoadBalancerKey key, List<String> identity) {
    var parts = new ArrayList<>(List.of(cluster.value(), key.toString()));
    parts.addAll(identity);
    return "k8s-%s-%s-%s".formatted(cut(key.namespace()), cut(key.name()), Digest.of(HASH, parts));
  }

  private static String cut(String text) {
    var plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return plain.substring(0, Math.min(SPACE, plain.length()));
  }
}
