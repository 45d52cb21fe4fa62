// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Gate;
import dev.fairway.aws.cloud.limit.Limits;
import dev.fairway.aws.cloud.limit.VirtualTicker;
import dev.fairway.cloud.Meters;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;

/// Load balancers and their tags in memory. Fails as it is told to.
final class FakeElb implements ElasticLoadBalancingV2Client {
  final List<LoadBalancer> balancers = new ArrayList<>();
  final Map<String, Map<String, String>> tags = new HashMap<>();
  final Set<String> gone = new HashSet<>();
  final Map<String, String> errors = new HashMap<>();
  int registrationsLeft = Integer.MAX_VALUE;

  /// A gate that nobody measures.
  static Gate gate() {
    return new Gate(
        Limits.published(2),
        new VirtualTicker(),
        InstantSource.system(),
        new Meters() {
          @Override
          public void gauge(String name, String description, DoubleSupplier value) {}

          @Override
          public void counter(String name, String description, DoubleSupplier value) {}
        });
  }

  static RuntimeException error(String code) {
    return ElasticLoadBalancingV2Exception.builder()
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(code).errorMessage("said " + code).build())
        .build();
  }

  static String arn(String name) {
    return "arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/" + name;
  }

  void add(String name, String type, String vpcId, Map<String, String> itsTags) {
    balancers.add(
        LoadBalancer.builder()
            .loadBalancerArn(arn(name))
            .loadBalancerName(name)
            .type(type)
            .vpcId(vpcId)
            .build());
    tags.put(arn(name), itsTags);
  }

  private void check(String action) {
    var code = errors.get(action);
    if (code != null) {
      throw error(code);
    }
  }

  @Override
  public DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest asked) {
    check("DescribeLoadBalancers");
    return DescribeLoadBalancersResponse.builder().loadBalancers(balancers).build();
  }

  @Override
  public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest asked) {
    return DescribeTargetGroupsResponse.builder().build();
  }

  @Override
  public DescribeAccountLimitsResponse describeAccountLimits(DescribeAccountLimitsRequest asked) {
    check("DescribeAccountLimits");
    return DescribeAccountLimitsResponse.builder().build();
  }

  @Override
  public DescribeTagsResponse describeTags(DescribeTagsRequest asked) {
    if (asked.resourceArns().stream().anyMatch(gone::contains)) {
      throw error("LoadBalancerNotFound");
    }
    return DescribeTagsResponse.builder()
        .tagDescriptions(
            asked.resourceArns().stream()
                .map(arn ->
                    TagDescription.builder()
                        .resourceArn(arn)
                        .tags(
                            tags.getOrDefault(arn, Map.of()).entrySet().stream()
                                .map(tag ->
                                    Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                                .toList())
                        .build())
                .toList())
        .build();
  }

  @Override
  public CreateLoadBalancerResponse createLoadBalancer(CreateLoadBalancerRequest asked) {
    check("CreateLoadBalancer");
    return CreateLoadBalancerResponse.builder()
        .loadBalancers(
            balancers.stream().filter(one -> one.loadBalancerName().equals(asked.name())).toList())
        .build();
  }

  @Override
  public RegisterTargetsResponse registerTargets(RegisterTargetsRequest asked) {
    countRegistration();
    return RegisterTargetsResponse.builder().build();
  }

  @Override
  public DeregisterTargetsResponse deregisterTargets(DeregisterTargetsRequest asked) {
    countRegistration();
    return DeregisterTargetsResponse.builder().build();
  }

  private void countRegistration() {
    if (registrationsLeft-- == 0) {
      throw error("Throttling");
    }
  }

  @Override
  public String serviceName() {
    return "elasticloadbalancing";
  }

  @Override
  public void close() {}
}
