// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.Optional;

/// A floating IP.
///
/// @param port id of the port to which it leads; empty while it leads nowhere
/// @param network id of the external network
/// @param owner the group of this cluster for which it was made; empty for one that somebody else
///   made
/// @param keep whether it stays when its group goes
public record FloatingIp(
    String id,
    String address,
    Optional<String> port,
    String network,
    String description,
    Optional<LoadBalancerKey> owner,
    boolean keep) {
  /// Whether it was made for this group.
  public boolean belongsTo(LoadBalancerKey key) {
    return owner.equals(Optional.of(key));
  }

  /// Whether the present controller made it for this very Service.
  ///
  /// @param clusterName what that controller calls the cluster
  public boolean cameFromPresentController(String clusterName, LoadBalancerKey key) {
    return owner.isEmpty() && description.equals(FloatingIpMark.theirs(clusterName, key));
  }

  public boolean leadsTo(String portId) {
    return port.equals(Optional.of(portId));
  }

  public FloatingIp at(Optional<String> portId) {
    return new FloatingIp(id, address, portId, network, description, owner, keep);
  }
}
