// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// What one load balancer should be at Octavia.
///
/// @param half which of the load balancers of a group it is
/// @param frame what Octavia cannot change once it is made
/// @param exposure by which address clients reach it
/// @param listeners ordered by port, then protocol
/// @param tags those that users asked for, besides ours
/// @param attach id or name of the load balancer of somebody else on which the listeners should be;
///   then frame, exposure and tags are of no use
/// @param adopt id of a load balancer of the present controller to take over
/// @param hostname what stands in the Service's status instead of the address
/// @param makeBeforeBreak whether what Octavia cannot change in place is changed by way of a second
///   load balancer, to which the floating IP moves
/// @param unenforced whether everybody may be served where source ranges cannot be enforced
public record Spec(
    Half half,
    Frame frame,
    Exposure exposure,
    List<ListenerSpec> listeners,
    SortedSet<String> tags,
    Optional<String> attach,
    Optional<String> adopt,
    Optional<String> hostname,
    boolean makeBeforeBreak,
    boolean unenforced) {
  public Spec {
    listeners = List.copyOf(listeners);
  }
}
