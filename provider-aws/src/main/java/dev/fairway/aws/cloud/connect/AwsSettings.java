// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import dev.fairway.aws.plan.ClientRules;
import dev.fairway.aws.spec.Scheme;
import dev.fairway.aws.spec.TargetType;
import dev.fairway.cloud.model.ClusterId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The provider's part of the configuration. All are texts there; a list is separated by commas.
///
/// @param region the AWS Region; empty to look for it
/// @param vpcId where load balancers are made; empty to look for it
/// @param endpoint instead of the endpoints of AWS, for every service; for emulators
/// @param clusterName in the tag `kubernetes.io/cluster/<name>`; the cluster id unless given
/// @param defaultScheme of Services that name none
/// @param defaultTargetType of Services that name none
/// @param securityGroups whether load balancers get security groups; AWS cannot change that later
/// @param clientRules for which ports those groups let clients in
/// @param nodeSecurityGroups the groups of the nodes that let traffic in; empty to look for them
/// @param backendSecurityGroup a group that exists, from which nodes let traffic in; empty to make
///   one
/// @param subnets of Services that name none; empty to look for them
/// @param targetsPerZone nodes of each zone that serve as targets of one load balancer; 0 for all
/// @param subsettingFromNodes the number of nodes from which `targetsPerZone` counts
/// @param defaultTags put on everything that is made
/// @param auditDescribesPerSecond calls a second for finding what others changed; 0 for none
/// @param sslPolicy of TLS listeners whose Service names none
public record AwsSettings(
    Optional<String> region,
    Optional<String> vpcId,
    Optional<URI> endpoint,
    String clusterName,
    Scheme defaultScheme,
    TargetType defaultTargetType,
    SecurityGroups securityGroups,
    ClientRules clientRules,
    List<String> nodeSecurityGroups,
    Optional<String> backendSecurityGroup,
    List<String> subnets,
    int targetsPerZone,
    int subsettingFromNodes,
    Map<String, String> defaultTags,
    double auditDescribesPerSecond,
    String sslPolicy) {

  /// Whether security groups are made and kept.
  public enum SecurityGroups {
    MANAGED,
    OFF
  }

  private static final Set<String> KEYS =
      Set.of(
          "region",
          "vpcId",
          "endpoint",
          "clusterName",
          "defaultScheme",
          "defaultTargetType",
          "securityGroups",
          "clientRules",
          "nodeSecurityGroups",
          "backendSecurityGroup",
          "subnets",
          "targetsPerZone",
          "subsettingFromNodes",
          "defaultTags",
          "auditDescribesPerSecond",
          "sslPolicy");

  public AwsSettings {
    nodeSecurityGroups = List.copyOf(nodeSecurityGroups);
    subnets = List.copyOf(subnets);
    defaultTags = Map.copyOf(defaultTags);
  }

  /// The keys that are read. Others are not looked at.
  public static Set<String> keys() {
    return KEYS;
  }

  /// @throws IllegalArgumentException when a value is malformed; the message names `settings.KEY`,
  ///   the value and what to write
  public static AwsSettings parse(Map<String, String> settings, ClusterId cluster) {
    var texts = new SettingTexts(settings);
    return new AwsSettings(
        texts.matching("region", "[a-z]{2,}(-[a-z]+)+-\\d+", "a Region such as eu-central-1"),
        texts.matching("vpcId", "vpc-[0-9a-f]+", "the id of a VPC such as vpc-0a1b2c3d"),
        texts.uri("endpoint"),
        texts
            .matching(
                "clusterName",
                "[a-zA-Z0-9][-_.a-zA-Z0-9]{0,99}",
                "1 to 100 letters, digits and '-', such as prod-eu-1")
            .orElse(cluster.value()),
        texts.oneOf("defaultScheme", Scheme.class, Scheme.INTERNAL),
        texts.oneOf("defaultTargetType", TargetType.class, TargetType.INSTANCE),
        texts.oneOf("securityGroups", SecurityGroups.class, SecurityGroups.MANAGED),
        texts.oneOf("clientRules", ClientRules.class, ClientRules.ALL_PORTS),
        texts.list("nodeSecurityGroups", "sg-[0-9a-f]+", "ids such as sg-0a1b2c3d,sg-4e5f6a7b"),
        texts.matching(
            "backendSecurityGroup", "sg-[0-9a-f]+", "the id of a security group: sg-0a1b2c3d"),
        texts.list("subnets", "subnet-[0-9a-f]+", "ids such as subnet-0a1b2c3d,subnet-4e5f6a7b"),
        texts.whole("targetsPerZone", 0, 0, 1000),
        texts.whole("subsettingFromNodes", 300, 1, 100_000),
        texts.tags("defaultTags"),
        texts.decimal("auditDescribesPerSecond", 2, 0, 50),
        texts
            .matching("sslPolicy", "ELBSecurityPolicy-[-A-Za-z0-9]+", "ELBSecurityPolicy-2016-08")
            .orElse("ELBSecurityPolicy-2016-08"));
  }
}
