// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.connect.Page;
import dev.fairway.aws.cloud.limit.Gate;
import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.cloud.limit.Operation;
import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.SubnetView;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/// The calls of EC2 that are needed: subnets, security groups, instances.
final class Ec2Calls {
  private static final int PAGE = 1000; // MaxResults, API reference
  private static final int INSTANCES_AT_ONCE = 200;

  private final Ec2Client ec2;
  private final Gate gate;

  Ec2Calls(Ec2Client ec2, Gate gate) {
    this.ec2 = ec2;
    this.gate = gate;
  }

  List<SubnetView> subnets(String vpcId, Lane lane) {
    var subnets =
        Page.all(token -> {
          var page =
              gate.call(
                  Operation.DESCRIBE_SUBNETS,
                  lane,
                  () ->
                      ec2.describeSubnets(request ->
                          request
                              .filters(inVpc(vpcId))
                              .maxResults(PAGE)
                              .nextToken(token.orElse(null))));
          return new Page<>(page.subnets(), page.nextToken());
        });
    var tables =
        Page.all(token -> {
          var page =
              gate.call(
                  Operation.DESCRIBE_ROUTE_TABLES,
                  lane,
                  () ->
                      ec2.describeRouteTables(request ->
                          request
                              .filters(inVpc(vpcId))
                              .maxResults(100)
                              .nextToken(token.orElse(null))));
          return new Page<>(page.routeTables(), page.nextToken());
        });
    var reachable = publicSubnets(subnets, tables);
    return subnets.stream().map(one -> view(one, reachable.contains(one.subnetId()))).toList();
  }

  // A subnet without a route table of its own uses the main one.
  private static Set<String> publicSubnets(List<Subnet> subnets, List<RouteTable> tables) {
    var byItself = new HashSet<String>();
    var reachable = new HashSet<String>();
    var byMain = false;
    for (var table : tables) {
      var leadsOut =
          table.routes().stream()
              .anyMatch(route -> route.gatewayId() != null && route.gatewayId().startsWith("igw-"));
      for (var association : table.associations()) {
        if (association.subnetId() != null && !association.subnetId().isEmpty()) {
          byItself.add(association.subnetId());
          if (leadsOut) {
            reachable.add(association.subnetId());
          }
        } else if (Boolean.TRUE.equals(association.main()) && leadsOut) {
          byMain = true;
        }
      }
    }
    if (byMain) {
      subnets.stream()
          .map(Subnet::subnetId)
          .filter(id -> !byItself.contains(id))
          .forEach(reachable::add);
    }
    return reachable;
  }

  private static SubnetView view(Subnet subnet, boolean isPublic) {
    return new SubnetView(
        subnet.subnetId(),
        text(subnet.availabilityZone()),
        text(subnet.cidrBlock()),
        !subnet.ipv6CidrBlockAssociationSet().isEmpty(),
        Optional.ofNullable(subnet.availableIpAddressCount()).orElse(0),
        isPublic,
        tags(subnet.tags()));
  }

  Map<String, SecurityGroup> groups(String vpcId, Lane lane) {
    return Page.all(
            token -> {
              var page =
                  gate.call(
                      Operation.DESCRIBE_SECURITY_GROUPS,
                      lane,
                      () ->
                          ec2.describeSecurityGroups(request ->
                              request
                                  .filters(inVpc(vpcId))
                                  .maxResults(PAGE)
                                  .nextToken(token.orElse(null))));
              return new Page<>(page.securityGroups(), page.nextToken());
            })
        .stream()
        .map(Ec2Calls::view)
        .collect(Collectors.toMap(SecurityGroup::id, Function.identity()));
  }

  Optional<SecurityGroup> group(String vpcId, String name, Lane lane) {
    return gate
        .call(
            Operation.DESCRIBE_SECURITY_GROUPS,
            lane,
            () ->
                ec2.describeSecurityGroups(request ->
                    request.filters(
                        inVpc(vpcId), Filter.builder().name("group-name").values(name).build())))
        .securityGroups()
        .stream()
        .map(Ec2Calls::view)
        .findFirst();
  }

  private static SecurityGroup view(software.amazon.awssdk.services.ec2.model.SecurityGroup group) {
    return new SecurityGroup(
        group.groupId(),
        group.groupName(),
        tags(group.tags()),
        Permissions.rules(group.ipPermissions()));
  }

  /// The groups of each instance that exists and runs.
  Map<String, List<String>> groupsOfInstances(Collection<String> instances, Lane lane) {
    var groups = new HashMap<String, List<String>>();
    var all = List.copyOf(new TreeSet<>(instances));
    for (var some : Batches.of(all, INSTANCES_AT_ONCE)) {
      // A filter, because an unknown id fails the whole call otherwise.
      gate
          .call(
              Operation.DESCRIBE_INSTANCES,
              lane,
              () ->
                  ec2.describeInstances(request ->
                      request.filters(Filter.builder().name("instance-id").values(some).build())))
          .reservations()
          .stream()
          .flatMap(reservation -> reservation.instances().stream())
          .forEach(one -> groups.put(one.instanceId(), groupIds(one)));
    }
    return groups;
  }

  private static List<String> groupIds(Instance instance) {
    return instance.securityGroups().stream().map(GroupIdentifier::groupId).sorted().toList();
  }

  /// Returns the id.
  String createGroup(
      String vpcId, String name, String description, Map<String, String> tags, Lane lane) {
    return gate.call(
            Operation.CREATE_SECURITY_GROUP,
            lane,
            () ->
                ec2.createSecurityGroup(request ->
                    request
                        .vpcId(vpcId)
                        .groupName(name)
                        .description(description)
                        .tagSpecifications(
                            TagSpecification.builder()
                                .resourceType(ResourceType.SECURITY_GROUP)
                                .tags(tags.entrySet().stream().map(Ec2Calls::tag).toList())
                                .build())))
        .groupId();
  }

  void deleteGroup(String id, Lane lane) {
    gate.call(
        Operation.DELETE_SECURITY_GROUP,
        lane,
        () -> ec2.deleteSecurityGroup(request -> request.groupId(id)));
  }

  void allow(String group, Collection<IngressRule> rules, String about, Lane lane) {
    List<IpPermission> permissions = Permissions.of(rules, about);
    gate.call(
        Operation.AUTHORIZE_SECURITY_GROUP_INGRESS,
        lane,
        () ->
            ec2.authorizeSecurityGroupIngress(
                request -> request.groupId(group).ipPermissions(permissions)));
  }

  void deny(String group, Collection<IngressRule> rules, Lane lane) {
    List<IpPermission> permissions = Permissions.of(rules, "");
    gate.call(
        Operation.REVOKE_SECURITY_GROUP_INGRESS,
        lane,
        () ->
            ec2.revokeSecurityGroupIngress(
                request -> request.groupId(group).ipPermissions(permissions)));
  }

  private static Filter inVpc(String vpcId) {
    return Filter.builder().name("vpc-id").values(vpcId).build();
  }

  private static Tag tag(Map.Entry<String, String> entry) {
    return Tag.builder().key(entry.getKey()).value(entry.getValue()).build();
  }

  private static Map<String, String> tags(List<Tag> tags) {
    return tags.stream()
        .collect(Collectors.toMap(Tag::key, tag -> text(tag.value()), (_, later) -> later));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
