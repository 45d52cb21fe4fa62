// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the nodes must let in, where their security group is ours.
record AccessReader(
    Terms terms, Surroundings around, SourceRanges ranges, List<Frontend> frontends) {
  // --service-node-port-range of kube-apiserver, unless it is set. One rule for all of them does
  // not change when Services come and go.
  private static final int FIRST_NODE_PORT = 30_000;
  private static final int LAST_NODE_PORT = 32_767;

  SortedSet<AccessRule> of(List<Site> sites) {
    var rules = new TreeSet<AccessRule>();
    if (terms.options().manageSecurityGroups()) {
      sites.forEach(
          site -> rules.addAll(ranges.atNodes() ? fromClients(site) : fromAmphorae(site)));
    }
    return rules;
  }

  // With ovn, nodes see the addresses of clients. Its own health checks pass by security groups.
  private List<AccessRule> fromClients(Site site) {
    return frontends.stream()
        .flatMap(frontend ->
            frontend.backend().nodePort().stream()
                .boxed()
                .flatMap(port ->
                    clients(frontend, site).stream()
                        .map(cidr -> new AccessRule(transport(frontend), port, port, cidr))))
        .toList();
  }

  private List<String> clients(Frontend frontend, Site site) {
    var asked = ranges.of(frontend, site.families());
    return asked.isEmpty() ? site.families().stream().map(AccessReader::everybody).toList() : asked;
  }

  private static String everybody(IpFamily family) {
    return switch (family) {
      case IPV4 -> "0.0.0.0/0";
      case IPV6 -> "::/0";
    };
  }

  private List<AccessRule> fromAmphorae(Site site) {
    var cidrs = cidrs(site);
    return Stream.concat(wholeRange(), outsideOfRange())
        .flatMap(rule ->
            cidrs.stream()
                .map(
                    cidr -> new AccessRule(rule.transport(), rule.fromPort(), rule.toPort(), cidr)))
        .toList();
  }

  private Stream<AccessRule> wholeRange() {
    var sctp = frontends.stream().anyMatch(one -> one.protocol() == Protocol.SCTP);
    return Stream.concat(Stream.of("tcp", "udp"), sctp ? Stream.of("sctp") : Stream.empty())
        .map(transport -> new AccessRule(transport, FIRST_NODE_PORT, LAST_NODE_PORT, ""));
  }

  private Stream<AccessRule> outsideOfRange() {
    return frontends.stream()
        .flatMap(frontend ->
            Stream.concat(
                frontend.backend().nodePort().stream()
                    .mapToObj(port -> new AccessRule(transport(frontend), port, port, "")),
                frontend.backend().healthCheck().stream()
                    .map(check -> new AccessRule("tcp", check.port(), check.port(), ""))))
        .filter(rule -> rule.fromPort() < FIRST_NODE_PORT || rule.fromPort() > LAST_NODE_PORT);
  }

  // An amphora reaches nodes from its port in their subnet, or from that of its own address.
  private List<String> cidrs(Site site) {
    var subnets =
        Stream.concat(
                site.memberSubnets().values().stream(),
                Stream.concat(Stream.of(site.vip()), site.additionalVips().stream())
                    .flatMap(vip -> vip.subnet().stream()))
            .distinct()
            .sorted()
            .toList();
    var seen = subnets.stream().flatMap(id -> cidr(id).stream()).toList();
    if (subnets.isEmpty()) {
      unknown("the subnet of the nodes");
    }
    return seen;
  }

  private Optional<String> cidr(String id) {
    var found = around.subnet(id).map(Subnet::cidr);
    if (found.isEmpty()) {
      unknown("subnet " + id);
    }
    return found;
  }

  private void unknown(String which) {
    terms
        .findings()
        .add(
            Note.blocking(
                "SubnetUnknown",
                which
                    + " cannot be seen, so that its addresses cannot be let in by the security group"
                    + " of the nodes",
                "name one that can be seen in annotation %s, or set manage-security-groups to false"
                    .formatted(PlacementAnnotations.MEMBER_SUBNET.key())));
  }

  private static String transport(Frontend frontend) {
    return frontend.protocol().name().toLowerCase(Locale.ROOT);
  }
}
