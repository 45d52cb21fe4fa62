// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.spec.Half;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The tags by which the cluster knows what is its own. Octavia has single words for tags, at most
/// 255 characters each; ours are `fairway-WHAT=VALUE`.
public final class Tags {
  /// Begins all tags that are ours to set and to take away.
  public static final String PREFIX = "fairway-";

  /// Begins a host name whose first part is the address.
  public static final String ADDRESS_OF = "*.";

  private static final String CLUSTER = "fairway-cluster=";
  private static final String SERVICE = "fairway-service=";
  private static final String UID = "fairway-uid=";
  private static final String HALF = "fairway-half=";
  private static final String PART = "fairway-part=";
  private static final String HOSTNAME = "fairway-hostname=";
  private static final String FLOATING = "fairway-floating";
  // Of a tag that a user asked for: it goes when he does so no more.
  private static final String GIVEN = "fairway-tag=";
  private static final int LONGEST = 255;
  private static final String DRAINING = "fairway-draining";

  private final ClusterId cluster;

  public Tags(ClusterId cluster) {
    this.cluster = cluster;
  }

  /// Whether a tag says to which Service of any cluster something belongs.
  public static boolean namesService(String tag) {
    return tag.startsWith(SERVICE);
  }

  /// The tag that everything of the cluster carries.
  public String ofCluster() {
    return CLUSTER + cluster;
  }

  /// What a load balancer carries.
  ///
  /// @param floating whether clients reach it by a floating IP only
  public SortedSet<String> ofBalancer(
      LoadBalancerKey key,
      String uid,
      Half half,
      boolean floating,
      Optional<String> hostname,
      Collection<String> users) {
    var tags = owner(key, users);
    tags.add(UID + uid);
    if (half != Half.MAIN) {
      tags.add(HALF + half);
    }
    if (floating) {
      tags.add(FLOATING);
    }
    hostname.ifPresent(name -> tags.add(HOSTNAME + name));
    return tags;
  }

  /// What a load balancer carries that one group leaves to another: clients reach it as before.
  ///
  /// @param now what it carries before
  public SortedSet<String> handedTo(LoadBalancerKey heir, Collection<String> now) {
    var tags = owner(heir, Set.of());
    if (floating(now)) {
      tags.add(FLOATING);
    }
    return tags;
  }

  /// What a listener or a pool carries.
  public SortedSet<String> ofPart(LoadBalancerKey key, String part, Collection<String> users) {
    var tags = owner(key, users);
    tags.add(PART + part);
    return tags;
  }

  private SortedSet<String> owner(LoadBalancerKey key, Collection<String> users) {
    var tags = new TreeSet<>(users);
    users.stream().map(Tags::given).filter(tag -> tag.length() <= LONGEST).forEach(tags::add);
    tags.add(ofCluster());
    tags.add(SERVICE + key);
    return tags;
  }

  /// What a member that leaves carries: tells our own weight 0 from one that somebody set by hand.
  public static SortedSet<String> ofMember(boolean draining) {
    var tags = new TreeSet<String>();
    if (draining) {
      tags.add(DRAINING);
    }
    return tags;
  }

  public static boolean draining(Collection<String> tags) {
    return tags.contains(DRAINING);
  }

  /// Whether something is the cluster's.
  public boolean mine(Collection<String> tags) {
    return tags.contains(ofCluster());
  }

  /// Whether something is a cluster's, be it another one.
  public static boolean anybodys(Collection<String> tags) {
    return value(tags, CLUSTER).isPresent();
  }

  /// The group of this cluster that something belongs to.
  public Optional<LoadBalancerKey> owner(Collection<String> tags) {
    return mine(tags) ? value(tags, SERVICE).flatMap(Tags::key) : Optional.empty();
  }

  private static Optional<LoadBalancerKey> key(String text) {
    try {
      return Optional.of(LoadBalancerKey.parse(text));
    } catch (IllegalArgumentException _) {
      // Somebody wrote it by hand; then it is nobody's.
      return Optional.empty();
    }
  }

  /// Whether clients reach it by a floating IP only, also while it has none.
  public static boolean floating(Collection<String> tags) {
    return tags.contains(FLOATING);
  }

  public static Half half(Collection<String> tags) {
    return value(tags, HALF).filter(Half.SECOND.toString()::equals).isPresent()
        ? Half.SECOND
        : Half.MAIN;
  }

  /// `TCP/80`: which frontend a listener or a pool is for.
  public static Optional<String> part(Collection<String> tags) {
    return value(tags, PART);
  }

  public static Optional<String> hostname(Collection<String> tags) {
    return value(tags, HOSTNAME);
  }

  private static Optional<String> value(Collection<String> tags, String prefix) {
    return tags.stream()
        .filter(tag -> tag.startsWith(prefix))
        .map(tag -> tag.substring(prefix.length()))
        .findFirst();
  }

  /// What tags should become: ours as wanted, and those of others left alone. A tag that was there
  /// before a user asked for it is somebody else's.
  public static SortedSet<String> merged(Collection<String> now, Collection<String> wanted) {
    var tags = new TreeSet<>(wanted);
    var others = ofOthers(now);
    others.stream().map(Tags::given).forEach(tags::remove);
    tags.addAll(others);
    return tags;
  }

  /// The same without those by which something is known as ours, but for what users asked for.
  public static SortedSet<String> mergedUnowned(Collection<String> now, Collection<String> wanted) {
    return merged(
        now,
        wanted.stream()
            .filter(tag -> !tag.startsWith(PREFIX) || tag.startsWith(GIVEN))
            .collect(Collectors.toSet()));
  }

  /// Those that neither we nor our users put there.
  public static Set<String> ofOthers(Collection<String> now) {
    return now.stream()
        .filter(tag -> !tag.startsWith(PREFIX) && !now.contains(given(tag)))
        .collect(Collectors.toSet());
  }

  private static String given(String tag) {
    return GIVEN + tag;
  }
}
