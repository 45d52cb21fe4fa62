// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Digest;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.ServiceRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The tags on what is made at AWS: whose it is, and to what it was brought. The only place that
/// knows their keys.
///
/// Nothing is changed or deleted without the first two. The last three are promises, for a process
/// that starts and shall not have to read everything: they are written together with what they
/// promise, or after it.
public final class Tags {
  /// The cluster that owns it.
  static final String CLUSTER = "fairway.dev/cluster";

  /// The [LoadBalancerKey] it belongs to.
  static final String SERVICE = "fairway.dev/service";

  /// What it is within the load balancer: see [#BALANCER] and its neighbours.
  static final String RESOURCE = "fairway.dev/resource";

  /// On a load balancer that was not made by us: it is never deleted.
  static final String ADOPTED = "fairway.dev/adopted";

  /// On a load balancer that is being taken over, until it is as it should be.
  public static final String ADOPTING = "fairway.dev/adopting";

  /// See [Balancer#RETIRED].
  public static final String RETIRED = Balancer.RETIRED;

  /// A digest of the attributes that were set, and their keys.
  static final String ATTRIBUTES = "fairway.dev/attributes";

  /// Whether rules hold for PrivateLink traffic, as it was set.
  static final String PRIVATE_LINK = "fairway.dev/private-link";

  /// On a target group: a digest of the listener that forwards to it.
  static final String LISTENER = "fairway.dev/listener";

  /// On a target group: a digest of what is registered. Written when it is quiet, so it may lag.
  public static final String TARGETS = TargetGroup.TARGETS_TAG;

  static final String BALANCER = "LoadBalancer";
  static final String FRONT = "frontend";
  static final String BACKEND = "backend";

  // The two by which tools of others know what belongs to a cluster and a Service.
  private static final String KUBERNETES_CLUSTER = "kubernetes.io/cluster/";
  private static final String KUBERNETES_SERVICE = "kubernetes.io/service-name";

  // Those of aws-load-balancer-controller.
  private static final String CONTROLLER_CLUSTER = "elbv2.k8s.aws/cluster";
  private static final String CONTROLLER_STACK = "service.k8s.aws/stack";

  private static final String PREFIX = "fairway.dev/";

  private static final int DIGEST = 12;
  private static final int MOST = 256; // characters of a value (Tagging, API reference)

  private final ClusterId cluster;
  private final String clusterName;

  /// @param clusterName in `kubernetes.io/cluster/<name>`
  public Tags(ClusterId cluster, String clusterName) {
    this.cluster = cluster;
    this.clusterName = clusterName;
  }

  /// The tags of something that belongs to a group.
  ///
  /// @param wished those that the Services and the configuration ask for
  SortedMap<String, String> of(
      LoadBalancerKey key, ServiceRef oldest, String resource, Map<String, String> wished) {
    var tags = new TreeMap<>(wished);
    tags.put(KUBERNETES_CLUSTER + clusterName, "owned");
    tags.put(KUBERNETES_SERVICE, oldest.toString());
    tags.put(CLUSTER, cluster.value());
    tags.put(SERVICE, key.toString());
    tags.put(RESOURCE, resource);
    return tags;
  }

  /// The tags of the group that all load balancers share.
  SortedMap<String, String> ofBackend(Map<String, String> wished) {
    var tags = new TreeMap<>(wished);
    tags.put(KUBERNETES_CLUSTER + clusterName, "owned");
    tags.put(CLUSTER, cluster.value());
    tags.put(RESOURCE, BACKEND);
    return tags;
  }

  static String groupResource(int port) {
    return "listener-" + port;
  }

  /// To which load balancer of this cluster something with these tags belongs.
  public Optional<LoadBalancerKey> owner(Map<String, String> tags) {
    if (!cluster.value().equals(tags.get(CLUSTER))) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(tags.get(SERVICE)).map(LoadBalancerKey::parse);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether these are the tags of the cluster's shared group.
  public boolean isBackend(Map<String, String> tags) {
    return cluster.value().equals(tags.get(CLUSTER)) && BACKEND.equals(tags.get(RESOURCE));
  }

  /// Whether a security group is one of ours, of any cluster.
  public static boolean isOurs(Map<String, String> tags) {
    return tags.containsKey(CLUSTER);
  }

  /// Whether it belongs to the cluster in the words of Kubernetes.
  public boolean isOfCluster(Map<String, String> tags) {
    return tags.containsKey(KUBERNETES_CLUSTER + clusterName);
  }

  /// Whether something is owned by whom these tags are meant for.
  public static boolean haveOneOwner(Map<String, String> found, Map<String, String> wanted) {
    return Stream.of(CLUSTER, SERVICE)
        .filter(wanted::containsKey)
        .allMatch(key -> Objects.equals(wanted.get(key), found.get(key)));
  }

  /// Whether something belongs to one group, and not to all.
  public static boolean nameAService(Map<String, String> tags) {
    return tags.containsKey(SERVICE);
  }

  /// The tags that make something ours, and no more.
  SortedMap<String, String> identity(LoadBalancerKey key) {
    return new TreeMap<>(Map.of(CLUSTER, cluster.value(), SERVICE, key.toString()));
  }

  /// Those of the keys that nobody but us writes.
  static List<String> ownKeys(Map<String, String> tags) {
    return tags.keySet().stream().filter(key -> key.startsWith(PREFIX)).sorted().toList();
  }

  /// Whether another controller made this for one of these Services of this cluster:
  /// cloud-provider-aws, or aws-load-balancer-controller.
  ///
  /// @param services as `namespace/name`
  public boolean isOfService(Map<String, String> tags, Collection<String> services) {
    return ("owned".equals(tags.get(KUBERNETES_CLUSTER + clusterName))
            && services.contains(tags.getOrDefault(KUBERNETES_SERVICE, "")))
        || (clusterName.equals(tags.get(CONTROLLER_CLUSTER))
            && services.contains(tags.getOrDefault(CONTROLLER_STACK, "")));
  }

  /// Who else claims something with these tags, in words.
  ///
  /// @param services as `namespace/name`: those that are not somebody else
  Optional<String> otherOwner(
      Map<String, String> tags, LoadBalancerKey key, Collection<String> services) {
    var claims = new ArrayList<String>();
    Optional.ofNullable(tags.get(CLUSTER))
        .filter(one -> !one.equals(cluster.value()))
        .ifPresent(one -> claims.add("cluster " + one));
    tags.forEach((tag, value) -> {
      if (tag.startsWith(KUBERNETES_CLUSTER)
          && value.equals("owned")
          && !tag.equals(KUBERNETES_CLUSTER + clusterName)) {
        claims.add("cluster " + tag.substring(KUBERNETES_CLUSTER.length()));
      }
    });
    Optional.ofNullable(tags.get(CONTROLLER_CLUSTER))
        .filter(one -> !one.equals(clusterName))
        .ifPresent(one -> claims.add("cluster " + one));
    Optional.ofNullable(tags.get(SERVICE))
        .filter(one -> !one.equals(key.toString()))
        .ifPresent(one -> claims.add("Service " + one));
    Stream.of(KUBERNETES_SERVICE, CONTROLLER_STACK)
        .flatMap(tag -> Optional.ofNullable(tags.get(tag)).stream())
        .filter(one -> !services.contains(one))
        .forEach(one -> claims.add("Service " + one));
    return claims.stream().sorted().findFirst();
  }

  /// What it is within the load balancer.
  public static Optional<String> resource(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(RESOURCE));
  }

  /// The port of the listener that a target group serves.
  static Optional<Integer> listenerPort(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(RESOURCE))
        .filter(text -> text.matches("listener-\\d{1,5}"))
        .map(text -> Integer.valueOf(text.substring("listener-".length())));
  }

  /// What a tag promises of attributes.
  public static <T> Fact<T> pledgedAttributes(Map<String, String> tags) {
    return new Fact.Pledged<>(
        Optional.ofNullable(tags.get(ATTRIBUTES))
            .map(value -> value.split(" ", 2)[0])
            .orElseGet(() -> attributesDigest(Map.of())));
  }

  /// What a tag promises of the targets of a group.
  public static <T> Fact<T> pledgedTargets(Map<String, String> tags) {
    return Fact.pledged(Optional.ofNullable(tags.get(TARGETS)));
  }

  /// The keys of the attributes that were set by us.
  static List<String> attributeKeys(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(ATTRIBUTES))
        .map(value -> List.of(value.split(" ")))
        .map(parts -> parts.subList(1, parts.size()))
        .orElse(List.of());
  }

  /// Puts the promise that these attributes are set, if there are any.
  ///
  /// @param attributes those that are not at their default
  static void putAttributes(SortedMap<String, String> tags, SortedMap<String, String> attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    var value = new StringBuilder(attributesDigest(attributes));
    for (var key : attributes.keySet()) {
      if (value.length() + 1 + key.length() <= MOST) {
        value.append(' ').append(key);
      }
    }
    tags.put(ATTRIBUTES, value.toString());
  }

  static String attributesDigest(Map<String, String> attributes) {
    return digest(
        new TreeMap<>(attributes)
            .entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList());
  }

  /// @param targets in any order
  public static String targetsDigest(Collection<TargetId> targets) {
    return digest(targets.stream().sorted().map(TargetId::toString).toList());
  }

  static String digest(List<String> parts) {
    return Digest.of(DIGEST, parts);
  }
}
