// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.FloatingIp;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.spec.Half;
import java.util.ArrayList;
import java.util.List;

/// Takes away what nobody wants any more.
final class Teardown {
  private Teardown() {}

  /// All of a group. Its floating IPs go too when the load balancer has gone long before.
  static Steps of(OpenStackObserved seen, Setup setup) {
    var actions = new ArrayList<OpenStackAction>();
    var staying =
        seen.balancers().stream()
            .filter(balancer -> !new Parts(seen.key(), setup, balancer).mayGoWhole())
            .map(balancer -> balancer.vip().port())
            .toList();
    seen.floatingIps().stream()
        .filter(ip -> isOurs(ip, seen.key(), setup) && !ip.keep())
        .filter(ip -> ip.port().map(port -> !staying.contains(port)).orElse(true))
        .forEach(ip -> actions.add(new OpenStackAction.DeleteFloatingIp(ip.id(), ip.address())));
    var steps = Steps.of(actions);
    for (var balancer : seen.balancers()) {
      steps = steps.then(remove(balancer, seen, setup));
    }
    return steps.then(AccessSteps.gone(seen));
  }

  // One that came with a load balancer which we took over, just before.
  private static boolean isOurs(FloatingIp ip, LoadBalancerKey key, Setup setup) {
    return ip.belongsTo(key) || ip.cameFromPresentController(setup.clusterName(), key);
  }

  /// Our part of a load balancer, which is all of it where nobody else has one.
  static Steps remove(Balancer balancer, OpenStackObserved seen, Setup setup) {
    var parts = new Parts(seen.key(), setup, balancer);
    // Others may have listeners on it: they keep it.
    return parts.mayGoWhole() ? delete(balancer) : parts.remove(seen);
  }

  /// The same with the floating IPs that lead to it, where it is ours.
  static Steps withAddress(Balancer balancer, OpenStackObserved seen, Setup setup) {
    var goes = new Parts(seen.key(), setup, balancer).mayGoWhole();
    return Steps.of(
            seen.leadingTo(balancer).stream()
                .filter(ip -> goes && isOurs(ip, seen.key(), setup) && !ip.keep())
                .map(ip -> new OpenStackAction.DeleteFloatingIp(ip.id(), ip.address()))
                .toList())
        .then(remove(balancer, seen, setup));
  }

  /// The load balancers of a half that is not needed.
  static Steps ofHalf(Half half, OpenStackObserved seen, Setup setup) {
    return seen.balancers().stream()
        .filter(balancer -> balancer.owned() && balancer.half() == half)
        .map(balancer -> remove(balancer, seen, setup))
        .reduce(Steps.NONE, Steps::then);
  }

  private static Steps delete(Balancer balancer) {
    if (balancer.goingAway()) {
      return Steps.await("Octavia deletes the load balancer");
    }
    return balancer.pending()
        ? Steps.await(
            "Octavia is at work on the load balancer (%s); then it is deleted"
                .formatted(balancer.provisioning()))
        : Steps.of(
                List.of(
                    new OpenStackAction.DeleteBalancer(
                        balancer.id(), balancer.name(), Effect.DELETE, "")))
            .then(Steps.await("Octavia deletes the load balancer"));
  }
}
