// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.HttpBackend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.query.Xml;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes what a cluster finds in its AWS account: a network in three availability zones and the
/// machines of the nodes.
public final class AwsSeed implements AutoCloseable {
  public static final String REGION = "eu-central-1";

  private static final List<String> ZONES = List.of("a", "b", "c");

  private final HttpBackend endpoint;
  private final String cluster;
  private final String vpcId;
  private final SortedMap<String, String> publicSubnets = new TreeMap<>();
  private final SortedMap<String, String> privateSubnets = new TreeMap<>();
  private final String nodeGroup;
  private final List<AwsNetwork.Instance> instances = new ArrayList<>();

  private AwsSeed(URI endpoint, String cluster) {
    this.endpoint = new HttpBackend(endpoint);
    this.cluster = cluster;
    vpcId =
        made(
            "vpcId",
            "CreateVpc",
            tagged("vpc", Map.of(ownership(), "shared"), "CidrBlock", "10.0.0.0/16"));
    makeSubnets();
    makeWayOut();
    nodeGroup =
        made(
            "groupId",
            "CreateSecurityGroup",
            tagged(
                "security-group",
                Map.of(ownership(), "owned"),
                "GroupName",
                "nodes-" + cluster,
                "GroupDescription",
                "Nodes of " + cluster,
                "VpcId",
                vpcId));
  }

  /// Makes the network and `nodes` machines, spread over the zones.
  ///
  /// @param endpoint of an emulator: the calls are not signed
  /// @param cluster the name in the tag `kubernetes.io/cluster/NAME`
  public static AwsSeed plant(URI endpoint, String cluster, int nodes) {
    var seed = new AwsSeed(endpoint, cluster);
    seed.addInstances(nodes);
    return seed;
  }

  /// What there is by now.
  public AwsNetwork network() {
    return new AwsNetwork(
        REGION,
        cluster,
        vpcId,
        new TreeMap<>(publicSubnets),
        new TreeMap<>(privateSubnets),
        nodeGroup,
        List.copyOf(instances));
  }

  /// Starts `k` more machines, the next zone's turn each, and returns them.
  public List<AwsNetwork.Instance> addInstances(int k) {
    var added = new ArrayList<AwsNetwork.Instance>();
    for (int i = 0; i < ZONES.size(); i++) {
      var zone = ZONES.get((instances.size() + i) % ZONES.size());
      var share = (k + ZONES.size() - 1 - i) / ZONES.size();
      if (share > 0) {
        added.addAll(start(REGION + zone, share));
      }
    }
    instances.addAll(added);
    return List.copyOf(added);
  }

  /// Ends a machine, as when its node is taken away.
  public void terminate(AwsNetwork.Instance instance) {
    ask("TerminateInstances", "InstanceId.1", instance.id());
    instances.remove(instance);
  }

  /// Takes `n` elastic addresses and returns their allocation ids.
  public List<String> allocateEips(int n) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < n; i++) {
      ids.add(made("allocationId", "AllocateAddress", "Domain", "vpc"));
    }
    return List.copyOf(ids);
  }

  private void makeSubnets() {
    for (int i = 0; i < ZONES.size(); i++) {
      var zone = REGION + ZONES.get(i);
      publicSubnets.put(zone, subnet(zone, "10.0.%d.0/20".formatted(i * 16), "elb"));
      privateSubnets.put(
          zone, subnet(zone, "10.0.%d.0/20".formatted(128 + i * 16), "internal-elb"));
    }
  }

  private String subnet(String zone, String block, String role) {
    return made(
        "subnetId",
        "CreateSubnet",
        tagged(
            "subnet",
            Map.of(ownership(), "shared", "kubernetes.io/role/" + role, "1"),
            "VpcId",
            vpcId,
            "CidrBlock",
            block,
            "AvailabilityZone",
            zone));
  }

  private void makeWayOut() {
    var gateway = made("internetGatewayId", "CreateInternetGateway");
    ask("AttachInternetGateway", "InternetGatewayId", gateway, "VpcId", vpcId);
    var table =
        made(
            "routeTableId",
            "CreateRouteTable",
            tagged("route-table", Map.of(ownership(), "shared"), "VpcId", vpcId));
    ask(
        "CreateRoute",
        "RouteTableId",
        table,
        "DestinationCidrBlock",
        "0.0.0.0/0",
        "GatewayId",
        gateway);
    publicSubnets
        .values()
        .forEach(subnet -> ask("AssociateRouteTable", "RouteTableId", table, "SubnetId", subnet));
  }

  private List<AwsNetwork.Instance> start(String zone, int count) {
    var subnet = privateSubnets.get(zone);
    var answer =
        ask(
            "RunInstances",
            tagged(
                "instance",
                Map.of(ownership(), "owned"),
                "ImageId",
                "ami-12c6146b",
                "InstanceType",
                "m5.large",
                "MinCount",
                "" + count,
                "MaxCount",
                "" + count,
                "SubnetId",
                String.valueOf(subnet),
                "SecurityGroupId.1",
                nodeGroup));
    var set = Xml.find(Xml.parse(answer.body()), "instancesSet").orElseThrow();
    return Xml.children(set).stream()
        .map(item ->
            new AwsNetwork.Instance(
                Xml.text(item, "instanceId"), zone, Xml.text(item, "privateIpAddress")))
        .toList();
  }

  private String ownership() {
    return "kubernetes.io/cluster/" + cluster;
  }

  private static String[] tagged(String type, Map<String, String> tags, String... parameters) {
    var all = new ArrayList<>(List.of(parameters));
    all.addAll(List.of("TagSpecification.1.ResourceType", type));
    int number = 0;
    for (var tag : tags.entrySet()) {
      var prefix = "TagSpecification.1.Tag.%d.".formatted(++number);
      all.addAll(List.of(prefix + "Key", tag.getKey(), prefix + "Value", tag.getValue()));
    }
    return all.toArray(String[]::new);
  }

  private String made(String element, String action, String... parameters) {
    return ask(action, parameters).text(element).orElseThrow();
  }

  private Answer ask(String action, String... parameters) {
    var answer = endpoint.send(QueryCall.to(REGION, QueryCall.EC2, action, parameters));
    if (!answer.ok()) {
      throw new IllegalStateException(
          "%s was answered %d: %s".formatted(action, answer.status(), answer.body()));
    }
    return answer;
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
