// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud;

import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.List;

/// What a provider saw of one load balancer group: an immutable snapshot. "Nothing there" is a
/// value too.
///
/// Two snapshots are equal when what the cluster owns is equal in them: surroundings that belong to
/// all load balancers do not count. A difference that no action of ours made is drift.
public interface Observed {
  LoadBalancerKey key();

  /// Whether anything that this cluster owns is there under the key, be it only a left-over: as
  /// long as this is true, the Service keeps its finalizer.
  boolean exists();

  /// Where clients can connect now; empty until there is such a place.
  List<Ingress> ingress();

  /// How its parts are, the health of targets among them where the cloud tells. Shown to whoever
  /// asks for an explanation; nothing is decided by it.
  default List<Detail> details() {
    return List.of();
  }
}
