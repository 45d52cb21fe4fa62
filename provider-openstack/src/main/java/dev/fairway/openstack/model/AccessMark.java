// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who a security group or a rule of it was made for, in its description: that is set by the call
/// that makes it.
///
/// @param key empty for what the whole cluster shares
public record AccessMark(ClusterId cluster, Optional<LoadBalancerKey> key) {
  private static final int MAX_CHARACTERS = 255;
  private static final Pattern MARK =
      Pattern.compile("\\[fairway cluster=(\\S+?)(?: service=(\\S+?))?\\]");

  /// Reads a description; empty when it is not one of any Fairway.
  public static Optional<AccessMark> read(String description) {
    var mark = MARK.matcher(description);
    if (!mark.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new AccessMark(
              new ClusterId(mark.group(1)),
              Optional.ofNullable(mark.group(2)).map(LoadBalancerKey::parse)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The description of the security group itself.
  public String ofGroup() {
    var full =
        "What load balancers of Kubernetes cluster %s send to its nodes %s"
            .formatted(cluster, this);
    return full.length() <= MAX_CHARACTERS ? full : toString();
  }

  @Override
  public String toString() {
    return "[fairway cluster=%s%s]"
        .formatted(cluster, key.map(some -> " service=" + some).orElse(""));
  }
}
