// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.FloatingIp;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.spec.Half;
import dev.fairway.openstack.spec.Spec;
import java.util.Comparator;
import java.util.Optional;

/// Taking over what the present controller made. A name is no proof of whose something is: clusters
/// may have the same name. So either the Service names the load balancer by its id, or its status
/// has the address.
final class Adoption {
  private Adoption() {}

  /// The steps, if there is something to take over.
  static Optional<Steps> of(Pass pass, Spec spec) {
    if (spec.half() != Half.MAIN) {
      return Optional.empty();
    }
    return spec.adopt().map(id -> asked(pass, spec, id)).or(() -> found(pass, spec));
  }

  private static Steps asked(Pass pass, Spec spec, String id) {
    return Optional.ofNullable(pass.seen().around().balancers().get(id))
        .map(balancer -> take(pass, spec, balancer))
        .orElseGet(() ->
            blocked(
                pass,
                "LoadBalancerNotFound",
                "there is no load balancer %s in this project".formatted(id),
                "write the id of one that is there, or remove the annotation"
                    + " fairway.dev/openstack-adopt"));
  }

  private static Optional<Steps> found(Pass pass, Spec spec) {
    var name = pass.names().balancer(pass.key());
    return pass.seen().around().balancers().values().stream()
        .filter(balancer -> balancer.name().equals(name) && !Tags.anybodys(balancer.tags()))
        .filter(balancer -> proven(pass, spec, balancer))
        .min(Comparator.comparing(Balancer::id))
        .map(balancer -> take(pass, spec, balancer));
  }

  private static boolean proven(Pass pass, Spec spec, Balancer balancer) {
    return spec.attach().equals(Optional.of(balancer.id()))
        || pass.desired().addresses().preferred().stream()
            .anyMatch(address -> reaches(pass.seen(), address, balancer));
  }

  private static boolean reaches(OpenStackObserved seen, String address, Balancer balancer) {
    return balancer.vip().address().equals(address)
        || Optional.ofNullable(seen.around().floatingIps().get(address))
            .flatMap(FloatingIp::port)
            .filter(balancer.vip().port()::equals)
            .isPresent();
  }

  private static Steps take(Pass pass, Spec spec, Balancer balancer) {
    if (Tags.anybodys(balancer.tags())) {
      return blocked(
          pass,
          "LoadBalancerNotOurs",
          "load balancer %s belongs to %s"
              .formatted(
                  balancer.id(),
                  pass.tags()
                      .owner(balancer.tags())
                      .map(Object::toString)
                      .orElse("another cluster")),
          "name another one, or remove the annotation");
    }
    if (!balancer.active() && !balancer.pending()) {
      pass.notes()
          .add(
              Note.warning(
                  "LoadBalancerNotActive",
                  "load balancer %s, which is to be taken over, is %s"
                      .formatted(balancer.id(), balancer.provisioning()),
                  "mend it, or ask the operator of the cloud to; it is taken over when it is"
                      + " ACTIVE"));
      return Steps.await(
          "load balancer %s is %s; it is taken over when it is ACTIVE"
              .formatted(balancer.id(), balancer.provisioning()));
    }
    return Steps.of(
            new OpenStackAction.Adopt(
                balancer.id(), balancer.name(), Tags.merged(balancer.tags(), pass.tagsOf(spec))))
        .then(Steps.await("the load balancer was taken over"));
  }

  private static Steps blocked(Pass pass, String code, String message, String fix) {
    pass.notes().add(Note.blocking(code, message, fix));
    return Steps.NONE;
  }
}
