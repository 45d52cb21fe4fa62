// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.Listener;
import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.Attributes;
import dev.fairway.aws.plan.Tags;
import dev.fairway.aws.spec.AddressType;
import dev.fairway.aws.spec.HealthCheckSpec;
import dev.fairway.aws.spec.ListenerProtocol;
import dev.fairway.aws.spec.Scheme;
import dev.fairway.aws.spec.TargetType;
import dev.fairway.aws.spec.Tls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAddress;

/// ELBv2's objects in our words. Values that we do not know are read as what is nearest to
/// harmless.
final class Views {
  private static final String ALPN_NONE = "None";

  private Views() {}

  /// A load balancer of which nothing is known but what its description says.
  static Balancer balancer(LoadBalancer seen, Map<String, String> tags) {
    return new Balancer(
        seen.loadBalancerArn(),
        seen.loadBalancerName(),
        text(seen.dnsName()),
        Optional.ofNullable(seen.createdTime()).map(Instant::toEpochMilli).orElse(0L),
        seen.state() == null ? "active" : text(seen.state().codeAsString()),
        "internal".equals(seen.schemeAsString()) ? Scheme.INTERNAL : Scheme.INTERNET_FACING,
        text(seen.ipAddressTypeAsString()).startsWith("dualstack")
            ? AddressType.DUALSTACK
            : AddressType.IPV4,
        text(seen.vpcId()),
        seen.availabilityZones().stream().map(Views::mapping).toList(),
        seen.securityGroups(),
        tags,
        Tags.pledgedAttributes(tags),
        new Fact.Unread<>());
  }

  private static SubnetMapping mapping(AvailabilityZone zone) {
    var addresses = zone.loadBalancerAddresses();
    return new SubnetMapping(
        zone.subnetId(),
        first(addresses, LoadBalancerAddress::allocationId),
        first(addresses, LoadBalancerAddress::privateIPv4Address),
        Optional.empty());
  }

  private static Optional<String> first(
      List<LoadBalancerAddress> addresses, Function<LoadBalancerAddress, @Nullable String> part) {
    return addresses.stream()
        .flatMap(address -> Optional.ofNullable(part.apply(address)).stream())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  static TargetGroup group(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup seen,
      Map<String, String> tags) {
    return new TargetGroup(
        seen.targetGroupArn(),
        seen.targetGroupName(),
        protocol(seen.protocolAsString()),
        "ip".equals(seen.targetTypeAsString()) ? TargetType.IP : TargetType.INSTANCE,
        Optional.ofNullable(seen.port()).orElse(0),
        "ipv6".equals(seen.ipAddressTypeAsString()),
        text(seen.vpcId()),
        check(seen),
        Set.copyOf(seen.loadBalancerArns()),
        tags,
        Tags.pledgedAttributes(tags),
        Tags.pledgedTargets(tags),
        List.of());
  }

  private static HealthCheckSpec check(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup seen) {
    var protocol = text(seen.healthCheckProtocolAsString());
    var http = protocol.startsWith("HTTP");
    return new HealthCheckSpec(
        protocol,
        text(seen.healthCheckPort()),
        http ? Optional.ofNullable(seen.healthCheckPath()) : Optional.empty(),
        http && seen.matcher() != null
            ? Optional.ofNullable(seen.matcher().httpCode())
            : Optional.empty(),
        Optional.ofNullable(seen.healthCheckIntervalSeconds()).orElse(0),
        Optional.ofNullable(seen.healthCheckTimeoutSeconds()).orElse(0),
        Optional.ofNullable(seen.healthyThresholdCount()).orElse(0),
        Optional.ofNullable(seen.unhealthyThresholdCount()).orElse(0));
  }

  /// @param others ARNs of the certificates beside the first
  static Listener listener(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener seen,
      List<String> others,
      Fact<Map<String, String>> attributes) {
    return new Listener(
        seen.listenerArn(),
        Optional.ofNullable(seen.port()).orElse(0),
        protocol(seen.protocolAsString()),
        tls(seen, others),
        target(seen),
        attributes);
  }

  private static Optional<Tls> tls(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener seen,
      List<String> others) {
    if (seen.certificates().isEmpty()) {
      return Optional.empty();
    }
    var certificates = new ArrayList<String>();
    certificates.add(seen.certificates().getFirst().certificateArn());
    others.stream().filter(one -> !certificates.contains(one)).sorted().forEach(certificates::add);
    return Optional.of(
        new Tls(
            certificates,
            text(seen.sslPolicy()),
            seen.alpnPolicy().stream().filter(one -> !one.equals(ALPN_NONE)).findFirst()));
  }

  private static Optional<String> target(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener seen) {
    if (seen.defaultActions().size() != 1) {
      return Optional.empty();
    }
    var action = seen.defaultActions().getFirst();
    if (action.targetGroupArn() != null) {
      return Optional.of(action.targetGroupArn());
    }
    var forward = action.forwardConfig();
    return forward != null && forward.targetGroups().size() == 1
        ? Optional.ofNullable(forward.targetGroups().getFirst().targetGroupArn())
        : Optional.empty();
  }

  private static ListenerProtocol protocol(@Nullable String text) {
    return switch (text(text).toUpperCase(Locale.ROOT)) {
      case "UDP", "QUIC" -> ListenerProtocol.UDP;
      case "TCP_UDP", "TCP_QUIC" -> ListenerProtocol.TCP_UDP;
      case "TLS" -> ListenerProtocol.TLS;
      default -> ListenerProtocol.TCP;
    };
  }

  /// Attributes as they are kept: without those at their default.
  static Fact<Map<String, String>> attributes(Attributes kind, Map<String, String> read) {
    return new Fact.Known<>(kind.nonDefault(read));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
