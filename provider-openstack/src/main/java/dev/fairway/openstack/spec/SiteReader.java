// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.config.LoadBalancerClass;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the load balancers of a group stand: one, or one for each IP family where one cannot have
/// both.
final class SiteReader {
  private final Terms terms;
  private final Surroundings around;
  private final AddressRequest request;
  private final boolean internal;
  private final boolean attached;
  private final NodeSubnets nodes;
  private final VipReader vips;
  private final Optional<String> memberSubnet;

  private SiteReader(
      Terms terms,
      Surroundings around,
      AddressRequest request,
      List<Target> targets,
      Set<String> standing,
      boolean attached) {
    this.terms = terms;
    this.around = around;
    this.request = request;
    this.attached = attached;
    this.internal = isInternal(terms);
    this.nodes = new NodeSubnets(around, targets, standing, internal);
    this.vips = new VipReader(terms, nodes, request, internal, attached);
    this.memberSubnet =
        terms
            .precedence()
            .annotationFirst(
                PlacementAnnotations.MEMBER_SUBNET,
                "member-subnet-id",
                LoadBalancerClass::memberSubnetId)
            .or(terms.options()::memberSubnetId);
  }

  /// @param targets the nodes that were selected
  /// @param standing ids of the subnets of load balancers that are there
  /// @param attached whether the ports are to be served by somebody else's load balancer
  static List<Site> read(
      Terms terms,
      Surroundings around,
      AddressRequest request,
      List<Target> targets,
      Set<String> standing,
      boolean attached) {
    return new SiteReader(terms, around, request, targets, standing, attached).sites();
  }

  private static boolean isInternal(Terms terms) {
    var asked =
        terms
            .precedence()
            .annotationFirst(
                PlacementAnnotations.INTERNAL, "internal-lb", LoadBalancerClass::internalLb);
    if (terms.options().internalLb() && asked.filter(internal -> !internal).isPresent()) {
      terms
          .findings()
          .notApplied(
              PlacementAnnotations.INTERNAL,
              "internal-lb of cloud.conf makes every load balancer internal");
    }
    return terms.options().internalLb() || asked.orElse(false);
  }

  private List<Site> sites() {
    var first = request.families().getFirst();
    var main = vips.main(first);
    if (request.families().size() == 1) {
      return List.of(site(Half.MAIN, List.of(first), main, List.of()));
    }
    var family = request.families().get(1);
    // Which addresses somebody else's load balancer has is not for this Service to say.
    return new SecondFamily(terms, nodes, family, request.requireAll() && !attached)
        .subnet(main)
        .map(subnet -> both(main, first, subnet, family))
        .orElseGet(() -> List.of(site(Half.MAIN, List.of(first), main, List.of())));
  }

  private List<Site> both(Frame.Vip main, IpFamily first, Subnet subnet, IpFamily second) {
    var vip = vips.second(subnet, second);
    var together =
        terms.abilities().additionalVips(terms.provider())
            && SecondFamily.network(main, around).filter(subnet.network()::equals).isPresent();
    return together
        ? List.of(site(Half.MAIN, List.of(first, second), main, List.of(vip)))
        : List.of(
            site(Half.MAIN, List.of(first), main, List.of()),
            site(Half.SECOND, List.of(second), vip, List.of()));
  }

  private Site site(
      Half half, List<IpFamily> families, Frame.Vip vip, List<Frame.Vip> additionalVips) {
    return new Site(
        half,
        families,
        vip,
        additionalVips,
        exposure(half, families),
        subnets(families, vip, additionalVips));
  }

  private Exposure exposure(Half half, List<IpFamily> families) {
    if (internal) {
      return new Exposure.Internal();
    }
    if (families.contains(IpFamily.IPV4)) {
      return new FloatingReader(terms, around).read(request);
    }
    if (half == Half.MAIN) {
      terms
          .findings()
          .add(
              Note.info(
                  "NoFloatingAddress",
                  "floating IPs are IPv4: with IPv6, clients use the load balancer's own address"));
    }
    return new Exposure.Internal();
  }

  private Map<IpFamily, String> subnets(
      List<IpFamily> families, Frame.Vip vip, List<Frame.Vip> additionalVips) {
    var subnets = new EnumMap<IpFamily, String>(IpFamily.class);
    for (var i = 0; i < families.size(); i++) {
      var family = families.get(i);
      var own = i == 0 ? vip : additionalVips.get(i - 1);
      memberSubnet
          .filter(id -> isOf(id, family))
          .or(own::subnet)
          .or(() -> ofNodes(family))
          .ifPresentOrElse(id -> subnets.put(family, id), () -> unknown(family));
    }
    return subnets;
  }

  // One that cannot be seen is taken for one of the first family.
  private boolean isOf(String subnet, IpFamily family) {
    return around
        .subnet(subnet)
        .map(seen -> seen.ipVersion() == NodeSubnets.version(family))
        .orElse(family == request.families().getFirst());
  }

  private Optional<String> ofNodes(IpFamily family) {
    var found = nodes.of(family);
    return found.size() == 1 ? Optional.of(found.getFirst().id()) : Optional.empty();
  }

  // The ovn provider takes no member without its subnet; the amphora routes to it.
  private void unknown(IpFamily family) {
    if (terms.isOvn() && !attached && nodes.first(family).isPresent()) {
      terms
          .findings()
          .add(
              Note.blocking(
                  "SubnetUnknown",
                  "the subnet of the nodes' %s addresses is not known, and provider ovn needs it"
                      .formatted(family),
                  "name it in annotation %s, or in member-subnet-id of cloud.conf"
                      .formatted(PlacementAnnotations.MEMBER_SUBNET.key())));
    }
  }
}
