// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Gate;
import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.cloud.limit.Operation;
import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.aws.spec.AddressType;
import dev.fairway.aws.spec.HealthCheckSpec;
import dev.fairway.aws.spec.ListenerProtocol;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.aws.spec.Tls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/// The calls of ELBv2 that change something, each one call.
final class ElbWrites {
  static final int TARGETS_AT_ONCE = 200;

  private final ElasticLoadBalancingV2Client elb;
  private final Gate gate;

  ElbWrites(ElasticLoadBalancingV2Client elb, Gate gate) {
    this.elb = elb;
    this.gate = gate;
  }

  LoadBalancer create(AwsAction.CreateBalancer wanted, List<String> groupIds, Lane lane) {
    return gate.call(
            Operation.CREATE_LOAD_BALANCER,
            lane,
            () ->
                elb.createLoadBalancer(request -> {
                  request
                      .name(wanted.name())
                      .type(LoadBalancerTypeEnum.NETWORK)
                      .scheme(wanted.scheme().toString())
                      .ipAddressType(wanted.addressType().toString())
                      .subnetMappings(wanted.mappings().stream().map(ElbWrites::mapping).toList())
                      .tags(tags(wanted.tags()));
                  if (!groupIds.isEmpty()) {
                    request.securityGroups(groupIds);
                  }
                }))
        .loadBalancers()
        .getFirst();
  }

  void deleteBalancer(String arn, Lane lane) {
    gate.call(
        Operation.DELETE_LOAD_BALANCER,
        lane,
        () -> elb.deleteLoadBalancer(request -> request.loadBalancerArn(arn)));
  }

  void setAttributes(String arn, Map<String, String> attributes, Lane lane) {
    gate.call(
        Operation.MODIFY_LOAD_BALANCER_ATTRIBUTES,
        lane,
        () ->
            elb.modifyLoadBalancerAttributes(request ->
                request
                    .loadBalancerArn(arn)
                    .attributes(
                        pairs(
                            attributes,
                            (key, value) ->
                                LoadBalancerAttribute.builder().key(key).value(value).build()))));
  }

  void setSubnets(String arn, List<SubnetMapping> mappings, Lane lane) {
    gate.call(
        Operation.SET_SUBNETS,
        lane,
        () ->
            elb.setSubnets(request ->
                request
                    .loadBalancerArn(arn)
                    .subnetMappings(mappings.stream().map(ElbWrites::mapping).toList())));
  }

  void setGroups(String arn, List<String> groupIds, Optional<String> privateLink, Lane lane) {
    gate.call(
        Operation.SET_SECURITY_GROUPS,
        lane,
        () ->
            elb.setSecurityGroups(request -> {
              request.loadBalancerArn(arn).securityGroups(groupIds);
              privateLink.ifPresent(request::enforceSecurityGroupInboundRulesOnPrivateLinkTraffic);
            }));
  }

  void setAddressType(String arn, AddressType type, Lane lane) {
    gate.call(
        Operation.SET_IP_ADDRESS_TYPE,
        lane,
        () ->
            elb.setIpAddressType(
                request -> request.loadBalancerArn(arn).ipAddressType(type.toString())));
  }

  TargetGroup create(AwsAction.CreateTargetGroup wanted, String vpcId, Lane lane) {
    var group = wanted.group();
    var check = group.check();
    return gate.call(
            Operation.CREATE_TARGET_GROUP,
            lane,
            () ->
                elb.createTargetGroup(request -> {
                  request
                      .name(wanted.name())
                      .vpcId(vpcId)
                      .protocol(group.protocol().toString())
                      .port(group.port())
                      .targetType(group.type().toString())
                      .ipAddressType(group.ipv6() ? "ipv6" : "ipv4")
                      .healthCheckEnabled(true)
                      .healthCheckProtocol(check.protocol())
                      .healthCheckPort(check.port())
                      .healthCheckIntervalSeconds(check.intervalSeconds())
                      .healthCheckTimeoutSeconds(check.timeoutSeconds())
                      .healthyThresholdCount(check.healthyThreshold())
                      .unhealthyThresholdCount(check.unhealthyThreshold())
                      .tags(tags(wanted.tags()));
                  check.path().ifPresent(request::healthCheckPath);
                  check.successCodes().ifPresent(codes -> request.matcher(matcher(codes)));
                }))
        .targetGroups()
        .getFirst();
  }

  void setHealthCheck(String arn, HealthCheckSpec check, Lane lane) {
    gate.call(
        Operation.MODIFY_TARGET_GROUP,
        lane,
        () ->
            elb.modifyTargetGroup(request -> {
              request
                  .targetGroupArn(arn)
                  .healthCheckProtocol(check.protocol())
                  .healthCheckPort(check.port())
                  .healthCheckIntervalSeconds(check.intervalSeconds())
                  .healthCheckTimeoutSeconds(check.timeoutSeconds())
                  .healthyThresholdCount(check.healthyThreshold())
                  .unhealthyThresholdCount(check.unhealthyThreshold());
              check.path().ifPresent(request::healthCheckPath);
              check.successCodes().ifPresent(codes -> request.matcher(matcher(codes)));
            }));
  }

  void setGroupAttributes(String arn, Map<String, String> attributes, Lane lane) {
    gate.call(
        Operation.MODIFY_TARGET_GROUP_ATTRIBUTES,
        lane,
        () ->
            elb.modifyTargetGroupAttributes(request ->
                request
                    .targetGroupArn(arn)
                    .attributes(
                        pairs(
                            attributes,
                            (key, value) ->
                                TargetGroupAttribute.builder().key(key).value(value).build()))));
  }

  /// @param targets at most [#TARGETS_AT_ONCE]
  void register(String arn, List<TargetId> targets, Lane lane) {
    gate.call(
        Operation.REGISTER_TARGETS,
        lane,
        () ->
            elb.registerTargets(request ->
                request
                    .targetGroupArn(arn)
                    .targets(targets.stream().map(ElbWrites::target).toList())));
  }

  /// @param targets at most [#TARGETS_AT_ONCE]
  void deregister(String arn, List<TargetId> targets, Lane lane) {
    gate.call(
        Operation.DEREGISTER_TARGETS,
        lane,
        () ->
            elb.deregisterTargets(request ->
                request
                    .targetGroupArn(arn)
                    .targets(targets.stream().map(ElbWrites::target).toList())));
  }

  void deleteGroup(String arn, Lane lane) {
    gate.call(
        Operation.DELETE_TARGET_GROUP,
        lane,
        () -> elb.deleteTargetGroup(request -> request.targetGroupArn(arn)));
  }

  Listener create(AwsAction.CreateListener wanted, String balancerArn, String groupArn, Lane lane) {
    return gate.call(
            Operation.CREATE_LISTENER,
            lane,
            () ->
                elb.createListener(request -> {
                  request
                      .loadBalancerArn(balancerArn)
                      .port(wanted.port())
                      .protocol(wanted.protocol().toString())
                      .defaultActions(forward(groupArn))
                      .tags(tags(wanted.tags()));
                  wanted
                      .tls()
                      .ifPresent(tls -> {
                        request.certificates(certificate(tls)).sslPolicy(tls.policy());
                        tls.alpn().ifPresent(request::alpnPolicy);
                      });
                }))
        .listeners()
        .getFirst();
  }

  Listener modify(
      String listenerArn,
      ListenerProtocol protocol,
      Optional<Tls> tls,
      String groupArn,
      Lane lane) {
    return gate.call(
            Operation.MODIFY_LISTENER,
            lane,
            () ->
                elb.modifyListener(request -> {
                  request
                      .listenerArn(listenerArn)
                      .protocol(protocol.toString())
                      .defaultActions(forward(groupArn));
                  tls.ifPresent(wanted ->
                      request
                          .certificates(certificate(wanted))
                          .sslPolicy(wanted.policy())
                          .alpnPolicy(wanted.alpn().orElse("None")));
                }))
        .listeners()
        .getFirst();
  }

  void deleteListener(String arn, Lane lane) {
    gate.call(
        Operation.DELETE_LISTENER,
        lane,
        () -> elb.deleteListener(request -> request.listenerArn(arn)));
  }

  void setListenerAttributes(String arn, Map<String, String> attributes, Lane lane) {
    gate.call(
        Operation.MODIFY_LISTENER_ATTRIBUTES,
        lane,
        () ->
            elb.modifyListenerAttributes(request ->
                request
                    .listenerArn(arn)
                    .attributes(
                        pairs(
                            attributes,
                            (key, value) ->
                                ListenerAttribute.builder().key(key).value(value).build()))));
  }

  void addCertificates(String arn, List<String> certificates, Lane lane) {
    gate.call(
        Operation.ADD_LISTENER_CERTIFICATES,
        lane,
        () ->
            elb.addListenerCertificates(request ->
                request
                    .listenerArn(arn)
                    .certificates(certificates.stream().map(ElbWrites::certificate).toList())));
  }

  void removeCertificates(String arn, List<String> certificates, Lane lane) {
    gate.call(
        Operation.REMOVE_LISTENER_CERTIFICATES,
        lane,
        () ->
            elb.removeListenerCertificates(request ->
                request
                    .listenerArn(arn)
                    .certificates(certificates.stream().map(ElbWrites::certificate).toList())));
  }

  /// @param arns at most 20
  void tag(List<String> arns, Map<String, String> tags, Lane lane) {
    gate.call(
        Operation.ADD_TAGS,
        lane,
        () -> elb.addTags(request -> request.resourceArns(arns).tags(tags(tags))));
  }

  void untag(String arn, List<String> keys, Lane lane) {
    gate.call(
        Operation.REMOVE_TAGS,
        lane,
        () -> elb.removeTags(request -> request.resourceArns(arn).tagKeys(keys)));
  }

  private static software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping mapping(
      SubnetMapping wanted) {
    return software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping.builder()
        .subnetId(wanted.subnetId())
        .allocationId(wanted.allocationId().orElse(null))
        .privateIPv4Address(wanted.privateIpv4().orElse(null))
        .iPv6Address(wanted.ipv6().orElse(null))
        .build();
  }

  private static Action forward(String groupArn) {
    return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(groupArn).build();
  }

  private static Certificate certificate(Tls tls) {
    return certificate(tls.certificates().getFirst());
  }

  private static Certificate certificate(String arn) {
    return Certificate.builder().certificateArn(arn).build();
  }

  private static Matcher matcher(String codes) {
    return Matcher.builder().httpCode(codes).build();
  }

  private static TargetDescription target(TargetId target) {
    return TargetDescription.builder().id(target.id()).port(target.port()).build();
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return pairs(tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }

  private static <T> List<T> pairs(Map<String, String> map, BiFunction<String, String, T> pair) {
    return map.entrySet().stream().map(one -> pair.apply(one.getKey(), one.getValue())).toList();
  }
}
