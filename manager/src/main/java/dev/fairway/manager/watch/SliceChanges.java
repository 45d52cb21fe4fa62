// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import dev.fairway.cloud.model.LoadBalancerKey;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Tells which load balancers a change of an EndpointSlice concerns. Where the targets are nodes,
/// only the nodes with endpoints matter, and pods that come and go elsewhere do not.
///
/// @param groupOf the load balancer that a slice is of, if there is one
/// @param targetsPods whether the targets of a load balancer are pods
/// @param nodes is told of those whose nodes with endpoints may have changed
/// @param pods is told of those whose targets are pods that may have changed
record SliceChanges(
    Function<EndpointSlice, Optional<LoadBalancerKey>> groupOf,
    Predicate<LoadBalancerKey> targetsPods,
    Consumer<LoadBalancerKey> nodes,
    Consumer<LoadBalancerKey> pods)
    implements ResourceEventHandler<EndpointSlice> {
  @Override
  public void onAdd(EndpointSlice slice) {
    changed(slice, true, true);
  }

  @Override
  public void onUpdate(EndpointSlice old, EndpointSlice now) {
    changed(
        now,
        !EndpointNodes.of(List.of(old)).equals(EndpointNodes.of(List.of(now))),
        !EndpointPods.of(List.of(old)).equals(EndpointPods.of(List.of(now))));
  }

  @Override
  public void onDelete(EndpointSlice slice, boolean finalStateUnknown) {
    changed(slice, true, true);
  }

  private void changed(EndpointSlice slice, boolean ofNodes, boolean ofPods) {
    if (!ofNodes && !ofPods) {
      return;
    }
    groupOf
        .apply(slice)
        .ifPresent(key -> {
          if (targetsPods.test(key)) {
            pods.accept(key);
          } else if (ofNodes) {
            nodes.accept(key);
          }
        });
  }
}
