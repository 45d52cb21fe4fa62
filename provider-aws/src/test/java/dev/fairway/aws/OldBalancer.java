// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/// A load balancer that was there before us, with one listener on TCP 80 and its target group.
final class OldBalancer implements AutoCloseable {
  private final ElasticLoadBalancingV2Client elb;
  private final LoadBalancer balancer;
  private final String group;

  /// @param name of the load balancer, and of the target group after `k8s-`
  OldBalancer(AwsWorld world, URI endpoint, String name, Map<String, String> tags) {
    elb =
        ElasticLoadBalancingV2Client.builder()
            .endpointOverride(endpoint)
            .region(Region.of(world.network().region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .build();
    var written =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    group =
        elb.createTargetGroup(request ->
                request
                    .name("k8s-" + name)
                    .vpcId(world.network().vpcId())
                    .protocol("TCP")
                    .port(30080)
                    .targetType("instance")
                    .tags(written))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    elb.registerTargets(request ->
        request
            .targetGroupArn(group)
            .targets(
                TargetDescription.builder()
                    .id(world.network().instances().getFirst().id())
                    .build()));
    balancer =
        elb.createLoadBalancer(request ->
                request
                    .name(name)
                    .type(LoadBalancerTypeEnum.NETWORK)
                    .scheme("internal")
                    .subnets(List.copyOf(world.network().privateSubnets().values()))
                    .tags(written))
            .loadBalancers()
            .getFirst();
    elb.createListener(request ->
        request
            .loadBalancerArn(arn())
            .protocol("TCP")
            .port(80)
            .defaultActions(Action.builder().type("forward").targetGroupArn(group).build()));
  }

  String arn() {
    return balancer.loadBalancerArn();
  }

  String hostname() {
    return balancer.dnsName();
  }

  List<Listener> listeners() {
    return elb.describeListeners(request -> request.loadBalancerArn(arn())).listeners();
  }

  /// Names of all target groups of the account.
  List<String> targetGroups() {
    return elb.describeTargetGroups().targetGroups().stream()
        .map(one -> one.targetGroupName())
        .toList();
  }

  List<String> balancers() {
    return elb.describeLoadBalancers().loadBalancers().stream()
        .map(LoadBalancer::loadBalancerName)
        .toList();
  }

  List<String> tagKeys() {
    return elb
        .describeTags(request -> request.resourceArns(arn()))
        .tagDescriptions()
        .getFirst()
        .tags()
        .stream()
        .map(Tag::key)
        .toList();
  }

  /// Takes it away, as its owner would.
  void delete() {
    elb.deleteLoadBalancer(request -> request.loadBalancerArn(arn()));
    elb.deleteTargetGroup(request -> request.targetGroupArn(group));
  }

  @Override
  public void close() {
    elb.close();
  }
}
