// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.connect.Page;
import dev.fairway.aws.cloud.limit.Gate;
import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.cloud.limit.Operation;
import dev.fairway.aws.model.TargetHealth;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.cloud.error.CloudException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/// The Describe calls of ELBv2 that are needed, each page one call.
final class ElbReads {
  static final int TAGS_AT_ONCE = 20; // DescribeTags, API reference
  private static final int PAGE = 400; // PageSize, API reference

  private final ElasticLoadBalancingV2Client elb;
  private final Gate gate;

  ElbReads(ElasticLoadBalancingV2Client elb, Gate gate) {
    this.elb = elb;
    this.gate = gate;
  }

  /// All load balancers of the Region, of every type: their names exclude one another.
  List<LoadBalancer> balancers(Lane lane) {
    return Page.all(marker -> {
      var page =
          gate.call(
              Operation.DESCRIBE_LOAD_BALANCERS,
              lane,
              () ->
                  elb.describeLoadBalancers(
                      request -> request.pageSize(PAGE).marker(marker.orElse(null))));
      return new Page<>(page.loadBalancers(), page.nextMarker());
    });
  }

  static boolean isNetwork(LoadBalancer balancer) {
    return "network".equals(balancer.typeAsString());
  }

  /// All target groups of the account.
  List<TargetGroup> groups(Lane lane) {
    return Page.all(marker -> {
      var page =
          gate.call(
              Operation.DESCRIBE_TARGET_GROUPS,
              lane,
              () ->
                  elb.describeTargetGroups(
                      request -> request.pageSize(PAGE).marker(marker.orElse(null))));
      return new Page<>(page.targetGroups(), page.nextMarker());
    });
  }

  /// What the account may have, by name.
  Map<String, Integer> limits(Lane lane) {
    var limits = new HashMap<String, Integer>();
    gate
        .call(
            Operation.DESCRIBE_ACCOUNT_LIMITS,
            lane,
            () -> elb.describeAccountLimits(request -> request.pageSize(PAGE)))
        .limits()
        .stream()
        .filter(one -> one.max() != null && one.max().matches("\\d{1,9}"))
        .forEach(one -> limits.put(one.name(), Integer.valueOf(one.max())));
    return limits;
  }

  Optional<LoadBalancer> balancer(String name, Lane lane) {
    return gate
        .call(
            Operation.DESCRIBE_LOAD_BALANCERS,
            lane,
            () -> elb.describeLoadBalancers(request -> request.names(name)))
        .loadBalancers()
        .stream()
        .findFirst();
  }

  /// How far AWS is with these load balancers, by ARN.
  Map<String, String> states(List<String> arns, Lane lane) {
    var states = new HashMap<String, String>();
    gate
        .call(
            Operation.DESCRIBE_LOAD_BALANCERS,
            lane,
            () -> elb.describeLoadBalancers(request -> request.loadBalancerArns(arns)))
        .loadBalancers()
        .stream()
        .filter(one -> one.state() != null)
        .forEach(one -> states.put(one.loadBalancerArn(), one.state().codeAsString()));
    return states;
  }

  /// All target groups that a load balancer has listeners for.
  List<TargetGroup> groupsOf(String balancerArn, Lane lane) {
    return Page.all(marker -> {
      var page =
          gate.call(
              Operation.DESCRIBE_TARGET_GROUPS,
              lane,
              () ->
                  elb.describeTargetGroups(
                      request -> request.loadBalancerArn(balancerArn).marker(marker.orElse(null))));
      return new Page<>(page.targetGroups(), page.nextMarker());
    });
  }

  Optional<TargetGroup> group(String name, Lane lane) {
    return gate
        .call(
            Operation.DESCRIBE_TARGET_GROUPS,
            lane,
            () -> elb.describeTargetGroups(request -> request.names(name)))
        .targetGroups()
        .stream()
        .findFirst();
  }

  /// Tags by ARN: one call for 20.
  Map<String, Map<String, String>> tags(List<String> arns, Lane lane) {
    var byArn = new HashMap<String, Map<String, String>>();
    for (var some : Batches.of(arns, TAGS_AT_ONCE)) {
      byArn.putAll(tagsAtOnce(some, lane));
    }
    return byArn;
  }

  /// The same, without what has gone: for one that has, AWS refuses all 20, and they are asked for
  /// one by one.
  Map<String, Map<String, String>> tagsIfThere(List<String> arns, Lane lane) {
    var byArn = new HashMap<String, Map<String, String>>();
    for (var some : Batches.of(arns, TAGS_AT_ONCE)) {
      try {
        byArn.putAll(tagsAtOnce(some, lane));
      } catch (CloudException.Conflict e) {
        if (!Existing.isNotFound(e)) {
          throw e;
        }
        if (some.size() > 1) {
          some.forEach(arn -> byArn.putAll(tagsIfThere(List.of(arn), lane)));
        }
      }
    }
    return byArn;
  }

  private Map<String, Map<String, String>> tagsAtOnce(List<String> arns, Lane lane) {
    var byArn = new HashMap<String, Map<String, String>>();
    arns.forEach(arn -> byArn.put(arn, Map.of()));
    gate.call(
            Operation.DESCRIBE_TAGS,
            lane,
            () -> elb.describeTags(request -> request.resourceArns(arns)))
        .tagDescriptions()
        .forEach(one -> byArn.put(one.resourceArn(), map(one.tags(), Tag::key, Tag::value)));
    return byArn;
  }

  List<Listener> listeners(String balancerArn, Lane lane) {
    return Page.all(marker -> {
      var page =
          gate.call(
              Operation.DESCRIBE_LISTENERS,
              lane,
              () ->
                  elb.describeListeners(
                      request -> request.loadBalancerArn(balancerArn).marker(marker.orElse(null))));
      return new Page<>(page.listeners(), page.nextMarker());
    });
  }

  /// ARNs of the certificates of a listener beside the default one.
  List<String> otherCertificates(String listenerArn, Lane lane) {
    return Page.all(
            marker -> {
              var page =
                  gate.call(
                      Operation.DESCRIBE_LISTENER_CERTIFICATES,
                      lane,
                      () ->
                          elb.describeListenerCertificates(request ->
                              request.listenerArn(listenerArn).marker(marker.orElse(null))));
              return new Page<>(page.certificates(), page.nextMarker());
            })
        .stream()
        .filter(one -> !Boolean.TRUE.equals(one.isDefault()))
        .map(Certificate::certificateArn)
        .toList();
  }

  Map<String, String> balancerAttributes(String arn, Lane lane) {
    return map(
        gate.call(
                Operation.DESCRIBE_LOAD_BALANCER_ATTRIBUTES,
                lane,
                () -> elb.describeLoadBalancerAttributes(request -> request.loadBalancerArn(arn)))
            .attributes(),
        LoadBalancerAttribute::key,
        LoadBalancerAttribute::value);
  }

  Map<String, String> groupAttributes(String arn, Lane lane) {
    return map(
        gate.call(
                Operation.DESCRIBE_TARGET_GROUP_ATTRIBUTES,
                lane,
                () -> elb.describeTargetGroupAttributes(request -> request.targetGroupArn(arn)))
            .attributes(),
        TargetGroupAttribute::key,
        TargetGroupAttribute::value);
  }

  Map<String, String> listenerAttributes(String arn, Lane lane) {
    return map(
        gate.call(
                Operation.DESCRIBE_LISTENER_ATTRIBUTES,
                lane,
                () -> elb.describeListenerAttributes(request -> request.listenerArn(arn)))
            .attributes(),
        ListenerAttribute::key,
        ListenerAttribute::value);
  }

  /// All targets of a group, those on their way out among them.
  List<TargetHealth> health(String groupArn, Lane lane) {
    return gate
        .call(
            Operation.DESCRIBE_TARGET_HEALTH,
            lane,
            () -> elb.describeTargetHealth(request -> request.targetGroupArn(groupArn)))
        .targetHealthDescriptions()
        .stream()
        .map(ElbReads::health)
        .toList();
  }

  private static TargetHealth health(TargetHealthDescription one) {
    var state = one.targetHealth();
    return new TargetHealth(
        new TargetId(one.target().id(), Optional.ofNullable(one.target().port()).orElse(0)),
        state == null ? "" : state.stateAsString(),
        state == null || state.reasonAsString() == null ? "" : state.reasonAsString());
  }

  private static <T> Map<String, String> map(
      List<T> all, Function<T, String> key, Function<T, @Nullable String> value) {
    var map = new HashMap<String, String>();
    all.forEach(one -> {
      var text = value.apply(one);
      map.put(key.apply(one), text == null ? "" : text);
    });
    return map;
  }
}
