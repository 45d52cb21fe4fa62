// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.ServiceRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What load balancing needs of a Service object.
///
/// @param loadBalancer whether `spec.type` is LoadBalancer
/// @param deleting whether it has a deletion timestamp
/// @param hasFinalizer whether the load balancer finalizer is on it
/// @param annotations all of them, as they stand
/// @param labels all of them
public record ServiceView(
    ServiceRef ref,
    Instant createdAt,
    long generation,
    boolean loadBalancer,
    Optional<String> loadBalancerClass,
    boolean deleting,
    boolean hasFinalizer,
    Spec spec,
    Map<String, String> annotations,
    Map<String, String> labels,
    Status status) {

  /// Put on a Service before the first write to a cloud, taken off when the cloud holds nothing of
  /// it any more.
  public static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";

  /// @param healthCheckNodePort given by the API server with policy Local
  /// @param loadBalancerIp the deprecated field, still the most used way to ask for an address
  /// @param clientIpAffinity the time-out of `sessionAffinity: ClientIP`; empty without affinity
  public record Spec(
      List<Port> ports,
      List<IpFamily> families,
      boolean requireDualStack,
      ExternalTrafficPolicy externalPolicy,
      OptionalInt healthCheckNodePort,
      List<String> sourceRanges,
      Optional<String> loadBalancerIp,
      Optional<Duration> clientIpAffinity) {
    public Spec {
      ports = List.copyOf(ports);
      families = List.copyOf(families);
      sourceRanges = List.copyOf(sourceRanges);
    }
  }

  /// @param nodePort empty when none was allocated
  public record Port(
      String name,
      Protocol protocol,
      int port,
      OptionalInt nodePort,
      Optional<String> appProtocol) {
    /// `TCP/80`, as [dev.fairway.cloud.model.Frontend#id].
    public String id() {
      return protocol + "/" + port;
    }
  }

  /// @param ports `status.loadBalancer.ingress[].ports`, which are equal in all entries
  public record Status(List<Ingress> ingress, List<PortStatus> ports, List<Condition> conditions) {
    public Status {
      ingress = List.copyOf(ingress);
      ports = List.copyOf(ports);
      conditions = List.copyOf(conditions);
    }
  }

  /// Whether a port is served.
  ///
  /// @param error why not, in the form that the API server demands (`fairway.dev/PortConflict`)
  public record PortStatus(int port, Protocol protocol, Optional<String> error) {
    public String id() {
      return protocol + "/" + port;
    }
  }

  /// A condition of ours or of anybody else.
  public record Condition(
      String type, boolean status, String reason, String message, long observedGeneration) {
    /// Condition types of KEP-4631: ours.
    public static final String PROVISIONING = "LoadBalancerProvisioning";

    public static final String SERVING = "LoadBalancerServing";

    /// There while the Service belongs to a group that shares a load balancer; the message is the
    /// key of the group. Written together with the finalizer, before anything is made.
    public static final String SHARED = "LoadBalancerShared";

    /// Reserved by Kubernetes (KEP-1435): true while a port cannot be served.
    public static final String PORTS_ERROR = "LoadBalancerPortsError";

    private static final Set<String> REPORTED = Set.of(PROVISIONING, SERVING, PORTS_ERROR);
  }

  public ServiceView {
    annotations = Map.copyOf(annotations);
    labels = Map.copyOf(labels);
  }

  /// Whether it needs its load balancer no longer.
  public boolean leaving() {
    return deleting || !loadBalancer;
  }

  /// The same with another status.
  public ServiceView with(Status other) {
    return new ServiceView(
        ref,
        createdAt,
        generation,
        loadBalancer,
        loadBalancerClass,
        deleting,
        hasFinalizer,
        spec,
        annotations,
        labels,
        other);
  }

  /// What a report about it is made from: all but the finalizer, the group that is written down
  /// with it, and what others write into the status.
  public ServiceView asReported() {
    return new ServiceView(
        ref,
        createdAt,
        generation,
        loadBalancer,
        loadBalancerClass,
        deleting,
        false,
        spec,
        annotations,
        labels,
        new Status(
            status.ingress(),
            status.ports(),
            status.conditions().stream()
                .filter(condition -> Condition.REPORTED.contains(condition.type()))
                .sorted(Comparator.comparing(Condition::type))
                .toList()));
  }

  /// Whether it has an address.
  public boolean served() {
    return !status.ingress().isEmpty();
  }
}
