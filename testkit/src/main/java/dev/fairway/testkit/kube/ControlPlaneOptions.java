// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import java.util.ArrayList;
import java.util.List;

/// How a [ControlPlane] is started.
///
/// @param address where the API server listens; etcd and the controllers stay on loopback
/// @param users beside the administrator, who is always there
/// @param controllers of kube-controller-manager, for example `endpointslice-controller`; none: it
///   is not started. Node lifecycle must stay off where no kubelet renews the nodes' leases
/// @param apiServerFlags more flags of the API server
public record ControlPlaneOptions(
    String address, List<User> users, List<String> controllers, List<String> apiServerFlags) {
  /// An API server on loopback, the administrator, no controllers.
  public static final ControlPlaneOptions PLAIN =
      new ControlPlaneOptions("127.0.0.1", List.of(), List.of(), List.of());

  public ControlPlaneOptions {
    users = List.copyOf(users);
    controllers = List.copyOf(controllers);
    apiServerFlags = List.copyOf(apiServerFlags);
  }

  public ControlPlaneOptions withAddress(String newAddress) {
    return new ControlPlaneOptions(newAddress, users, controllers, apiServerFlags);
  }

  public ControlPlaneOptions withUser(User user) {
    List<User> more = new ArrayList<>(users);
    more.add(user);
    return new ControlPlaneOptions(address, more, controllers, apiServerFlags);
  }

  public ControlPlaneOptions withControllers(String... names) {
    return new ControlPlaneOptions(address, users, List.of(names), apiServerFlags);
  }

  public ControlPlaneOptions withApiServerFlags(String... flags) {
    return new ControlPlaneOptions(address, users, controllers, List.of(flags));
  }
}
