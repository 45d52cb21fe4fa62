// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.ServiceRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Builds Services for tests: `service("web").port(80).build()`.
public final class Services {
  private final String name;
  private final Map<String, String> annotations = new HashMap<>();
  private final Map<String, String> labels = new HashMap<>();
  private final List<ServiceView.Port> ports = new ArrayList<>();
  private boolean loadBalancer = true;
  private Optional<String> loadBalancerClass = Optional.empty();
  private boolean deleting;
  private boolean finalizer;
  private List<IpFamily> families = List.of(IpFamily.IPV4);
  private boolean requireDualStack;
  private ExternalTrafficPolicy policy = ExternalTrafficPolicy.CLUSTER;
  private OptionalInt healthCheckNodePort = OptionalInt.empty();
  private List<String> sourceRanges = List.of();
  private Optional<String> loadBalancerIp = Optional.empty();
  private List<Ingress> ingress = List.of();
  private List<ServiceView.Condition> conditions = List.of();
  private Instant created = Instant.EPOCH;
  private long generation = 1;
  private String namespace = "default";
  private List<ServiceView.PortStatus> portStatuses = List.of();

  private Services(String name) {
    this.name = name;
  }

  public static Services service(String name) {
    return new Services(name);
  }

  public Services port(int port) {
    return port(Protocol.TCP, port, OptionalInt.of(30000 + port));
  }

  public Services port(Protocol protocol, int port, OptionalInt nodePort) {
    ports.add(new ServiceView.Port("p" + port, protocol, port, nodePort, Optional.empty()));
    return this;
  }

  public Services clusterIp() {
    loadBalancer = false;
    return this;
  }

  public Services ofClass(String name) {
    loadBalancerClass = Optional.of(name);
    return this;
  }

  public Services deleting() {
    deleting = true;
    return this;
  }

  public Services finalizer() {
    finalizer = true;
    return this;
  }

  /// It is in this group, as is written down in it together with the finalizer.
  public Services member(String group) {
    finalizer = true;
    conditions =
        List.of(new ServiceView.Condition(ServiceView.Condition.SHARED, true, "Shared", group, 0));
    return this;
  }

  public Services annotation(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  public Services label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  public Services families(boolean requireAll, IpFamily... wanted) {
    families = List.of(wanted);
    requireDualStack = requireAll;
    return this;
  }

  public Services local(int healthCheckPort) {
    policy = ExternalTrafficPolicy.LOCAL;
    healthCheckNodePort = OptionalInt.of(healthCheckPort);
    return this;
  }

  public Services sourceRanges(String... ranges) {
    sourceRanges = List.of(ranges);
    return this;
  }

  public Services loadBalancerIp(String ip) {
    loadBalancerIp = Optional.of(ip);
    return this;
  }

  public Services at(String... addresses) {
    ingress =
        List.of(addresses).stream()
            .<Ingress>map(ip -> new Ingress.Address(ip, Ingress.Mode.VIP))
            .toList();
    return this;
  }

  /// In its status stands an address of something that passes connections on.
  public Services proxied(String address) {
    ingress = List.of(new Ingress.Address(address, Ingress.Mode.PROXY));
    return this;
  }

  public Services conditions(List<ServiceView.Condition> present) {
    conditions = present;
    return this;
  }

  public Services in(String other) {
    namespace = other;
    return this;
  }

  /// Its status says that these ports are served.
  public Services servedOn(int... numbers) {
    portStatuses =
        IntStream.of(numbers)
            .mapToObj(port -> new ServiceView.PortStatus(port, Protocol.TCP, Optional.empty()))
            .toList();
    return this;
  }

  public Services portStatuses(List<ServiceView.PortStatus> statuses) {
    portStatuses = statuses;
    return this;
  }

  public Services created(long second) {
    created = Instant.ofEpochSecond(second);
    return this;
  }

  public Services generation(long value) {
    generation = value;
    return this;
  }

  public ServiceView build() {
    return new ServiceView(
        new ServiceRef(namespace, name, "uid-" + namespace + "-" + name),
        created,
        generation,
        loadBalancer,
        loadBalancerClass,
        deleting,
        finalizer,
        new ServiceView.Spec(
            ports,
            families,
            requireDualStack,
            policy,
            healthCheckNodePort,
            sourceRanges,
            loadBalancerIp,
            Optional.empty()),
        annotations,
        labels,
        new ServiceView.Status(ingress, portStatuses, conditions));
  }
}
