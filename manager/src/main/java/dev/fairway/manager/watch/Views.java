// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.manager.desired.NodeView;
import dev.fairway.manager.desired.ServiceView;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// From the client's objects, in which anything may be null, to views, in which nothing is.
public final class Views {
  private static final int DEFAULT_AFFINITY_SECONDS = 10800; // ClientIPConfig.timeoutSeconds

  private Views() {}

  public static ServiceView service(Service service) {
    var meta = service.getMetadata();
    var spec = Objects.requireNonNullElseGet(service.getSpec(), ServiceSpec::new);
    return new ServiceView(
        new ServiceRef(meta.getNamespace(), meta.getName(), text(meta.getUid())),
        Optional.ofNullable(meta.getCreationTimestamp()).map(Instant::parse).orElse(Instant.EPOCH),
        Optional.ofNullable(meta.getGeneration()).orElse(0L),
        "LoadBalancer".equals(spec.getType()),
        Optional.ofNullable(spec.getLoadBalancerClass()),
        meta.getDeletionTimestamp() != null,
        list(meta.getFinalizers()).contains(ServiceView.FINALIZER),
        spec(spec),
        map(meta.getAnnotations()),
        map(meta.getLabels()),
        status(service));
  }

  private static ServiceView.Spec spec(ServiceSpec spec) {
    return new ServiceView.Spec(
        list(spec.getPorts()).stream().map(Views::port).toList(),
        list(spec.getIpFamilies()).stream()
            .map(family -> "IPv6".equals(family) ? IpFamily.IPV6 : IpFamily.IPV4)
            .toList(),
        "RequireDualStack".equals(spec.getIpFamilyPolicy()),
        "Local".equals(spec.getExternalTrafficPolicy())
            ? ExternalTrafficPolicy.LOCAL
            : ExternalTrafficPolicy.CLUSTER,
        number(spec.getHealthCheckNodePort()),
        list(spec.getLoadBalancerSourceRanges()),
        Optional.ofNullable(spec.getLoadBalancerIP()).filter(ip -> !ip.isBlank()),
        affinity(spec));
  }

  private static Optional<Duration> affinity(ServiceSpec spec) {
    if (!"ClientIP".equals(spec.getSessionAffinity())) {
      return Optional.empty();
    }
    var seconds =
        Optional.ofNullable(spec.getSessionAffinityConfig())
            .flatMap(config -> Optional.ofNullable(config.getClientIP()))
            .flatMap(clientIp -> Optional.ofNullable(clientIp.getTimeoutSeconds()))
            .orElse(DEFAULT_AFFINITY_SECONDS);
    return Optional.of(Duration.ofSeconds(seconds));
  }

  private static ServiceView.Port port(ServicePort port) {
    return new ServiceView.Port(
        text(port.getName()),
        protocol(port.getProtocol()),
        port.getPort(),
        number(port.getNodePort()),
        Optional.ofNullable(port.getAppProtocol()));
  }

  private static Protocol protocol(@Nullable String text) {
    return text == null ? Protocol.TCP : Protocol.valueOf(text);
  }

  private static ServiceView.Status status(Service service) {
    if (service.getStatus() == null) {
      return new ServiceView.Status(List.of(), List.of(), List.of());
    }
    var balancer = service.getStatus().getLoadBalancer();
    var entries = balancer == null ? List.<LoadBalancerIngress>of() : list(balancer.getIngress());
    var ingress = entries.stream().map(Views::ingress).toList();
    var ports =
        entries.stream()
            .limit(1)
            .flatMap(entry -> list(entry.getPorts()).stream())
            .map(port ->
                new ServiceView.PortStatus(
                    port.getPort(),
                    protocol(port.getProtocol()),
                    Optional.ofNullable(port.getError())))
            .toList();
    var conditions =
        list(service.getStatus().getConditions()).stream()
            .map(condition ->
                new ServiceView.Condition(
                    condition.getType(),
                    "True".equals(condition.getStatus()),
                    text(condition.getReason()),
                    text(condition.getMessage()),
                    Optional.ofNullable(condition.getObservedGeneration()).orElse(0L)))
            .toList();
    return new ServiceView.Status(ingress, ports, conditions);
  }

  private static Ingress ingress(LoadBalancerIngress entry) {
    return entry.getIp() == null
        ? new Ingress.Hostname(text(entry.getHostname()))
        : new Ingress.Address(
            entry.getIp(),
            "Proxy".equals(entry.getIpMode()) ? Ingress.Mode.PROXY : Ingress.Mode.VIP);
  }

  public static NodeView node(Node node) {
    var spec = Optional.ofNullable(node.getSpec());
    var status = Optional.ofNullable(node.getStatus());
    return new NodeView(
        node.getMetadata().getName(),
        status.stream()
            .flatMap(s -> list(s.getAddresses()).stream())
            .filter(address -> "InternalIP".equals(address.getType()))
            .map(NodeAddress::getAddress)
            .toList(),
        spec.flatMap(s -> Optional.ofNullable(s.getProviderID())).filter(id -> !id.isEmpty()),
        status.stream().flatMap(s -> list(s.getConditions()).stream()).anyMatch(Views::ready),
        node.getMetadata().getDeletionTimestamp() != null,
        map(node.getMetadata().getLabels()),
        spec.stream()
            .flatMap(s -> list(s.getTaints()).stream())
            .map(Taint::getKey)
            .collect(Collectors.toSet()),
        Optional.ofNullable(node.getMetadata().getDeletionTimestamp())
            .map(Instant::parse)
            .or(() -> spec.flatMap(Views::autoscalerTaint)));
  }

  // The value is the time of the decision in seconds.
  private static Optional<Instant> autoscalerTaint(NodeSpec spec) {
    return list(spec.getTaints()).stream()
        .filter(taint -> NodeView.AUTOSCALER_TAINT.equals(taint.getKey()))
        .map(taint -> text(taint.getValue()))
        .filter(value -> value.matches("\\d{1,12}"))
        .map(value -> Instant.ofEpochSecond(Long.parseLong(value)))
        .findFirst();
  }

  private static boolean ready(NodeCondition condition) {
    return "Ready".equals(condition.getType()) && "True".equals(condition.getStatus());
  }

  static int readyEndpoints(EndpointSlice slice) {
    return (int) list(slice.getEndpoints()).stream().filter(EndpointNodes::isReady).count();
  }

  private static OptionalInt number(@Nullable Integer value) {
    return value == null || value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : value;
  }

  private static Map<String, String> map(@Nullable Map<String, String> value) {
    return value == null ? Map.of() : value;
  }
}
