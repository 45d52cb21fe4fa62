// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who a floating IP was made for, in its description: that is set by the call that makes it, where
/// tags would need a second one, and a crash between the two would leave an address that is
/// nobody's.
///
/// @param keep whether it stays when its group goes
public record FloatingIpMark(ClusterId cluster, LoadBalancerKey key, boolean keep) {
  private static final int MAX_CHARACTERS = 255;
  private static final Pattern MARK =
      Pattern.compile("\\[fairway cluster=(\\S+) service=(\\S+?)( keep)?\\]");

  /// Reads a description; empty when it is not one of any Fairway.
  public static Optional<FloatingIpMark> read(String description) {
    var mark = MARK.matcher(description);
    if (!mark.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FloatingIpMark(
              new ClusterId(mark.group(1)),
              LoadBalancerKey.parse(mark.group(2)),
              mark.group(3) != null));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The description: it begins as the present controller's does, so that this one can go back to
  /// work with it.
  ///
  /// @param clusterName the present controller's name for the cluster
  public String description(String clusterName) {
    var mark = "[fairway cluster=%s service=%s%s]".formatted(cluster, key, keep ? " keep" : "");
    var full = theirs(clusterName, key) + " " + mark;
    return full.length() <= MAX_CHARACTERS ? full : mark;
  }

  /// The description that the present controller gives to the floating IP of a Service.
  public static String theirs(String clusterName, LoadBalancerKey key) {
    return "Floating IP for Kubernetes external service %s/%s from cluster %s"
        .formatted(key.namespace(), key.name(), clusterName);
  }
}
