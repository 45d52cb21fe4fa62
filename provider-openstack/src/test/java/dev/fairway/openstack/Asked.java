// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Backend;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.HealthCheck;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.model.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What a Service asks for, to be varied: each method returns another one.
record Asked(
    LoadBalancerKey key,
    List<String> ports,
    List<Integer> nodes,
    Map<String, String> annotations,
    List<String> sourceRanges,
    Optional<Duration> affinity,
    boolean local,
    List<String> addresses,
    List<String> preferred,
    boolean dualStack) {
  static final String THEIRS = "loadbalancer.openstack.org/";
  static final String INTERNAL = "service.beta.kubernetes.io/openstack-internal-load-balancer";

  /// An external Service with port TCP 80 in a cluster of three nodes.
  static Asked service(String name) {
    return new Asked(
        LoadBalancerKey.ofService("tests", name),
        List.of("TCP/80"),
        List.of(1, 2, 3),
        Map.of(),
        List.of(),
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        false);
  }

  /// @param texts each `TCP/80`
  Asked ports(String... texts) {
    return new Asked(
        key,
        List.of(texts),
        nodes,
        annotations,
        sourceRanges,
        affinity,
        local,
        addresses,
        preferred,
        dualStack);
  }

  /// @param count nodes 1 to count
  Asked nodes(int count) {
    return nodes(IntStream.rangeClosed(1, count).boxed().toList());
  }

  Asked nodes(List<Integer> numbers) {
    return new Asked(
        key,
        ports,
        numbers,
        annotations,
        sourceRanges,
        affinity,
        local,
        addresses,
        preferred,
        dualStack);
  }

  Asked with(String annotation, String value) {
    var more = new TreeMap<>(annotations);
    more.put(annotation, value);
    return new Asked(
        key, ports, nodes, more, sourceRanges, affinity, local, addresses, preferred, dualStack);
  }

  /// @param name of an annotation that the present controller has too, without its prefix
  Asked theirs(String name, String value) {
    return with(THEIRS + name, value);
  }

  Asked internal() {
    return with(INTERNAL, "true");
  }

  Asked openTo(String... ranges) {
    return new Asked(
        key,
        ports,
        nodes,
        annotations,
        List.of(ranges),
        affinity,
        local,
        addresses,
        preferred,
        dualStack);
  }

  Asked sticky(Duration time) {
    return new Asked(
        key,
        ports,
        nodes,
        annotations,
        sourceRanges,
        Optional.of(time),
        local,
        addresses,
        preferred,
        dualStack);
  }

  /// externalTrafficPolicy Local.
  Asked localOnly() {
    return new Asked(
        key,
        ports,
        nodes,
        annotations,
        sourceRanges,
        affinity,
        true,
        addresses,
        preferred,
        dualStack);
  }

  /// spec.loadBalancerIP.
  Asked at(String address) {
    return new Asked(
        key,
        ports,
        nodes,
        annotations,
        sourceRanges,
        affinity,
        local,
        List.of(address),
        preferred,
        dualStack);
  }

  /// What its status shows already.
  Asked known(String address) {
    return new Asked(
        key,
        ports,
        nodes,
        annotations,
        sourceRanges,
        affinity,
        local,
        addresses,
        List.of(address),
        dualStack);
  }

  /// Both families, of which neither may be missing.
  Asked dual() {
    return new Asked(
        key, ports, nodes, annotations, sourceRanges, affinity, local, addresses, preferred, true);
  }

  Desired.Absent absent() {
    return new Desired.Absent(key);
  }

  Desired.Present present() {
    var service = new ServiceRef(key.namespace(), key.name(), "uid-of-" + key.name());
    return new Desired.Present(
        key,
        List.of(service),
        ports.stream().map(text -> frontend(service, text)).toList(),
        new AddressRequest(families(), dualStack, addresses, preferred),
        Backends.of(nodes.stream().map(this::target).toList()),
        annotations);
  }

  private Frontend frontend(ServiceRef service, String text) {
    var parts = text.split("/", -1);
    var port = Integer.parseInt(parts[1]);
    return new Frontend(
        service,
        text.toLowerCase(Locale.ROOT).replace('/', '-'),
        Protocol.valueOf(parts[0]),
        port,
        Optional.empty(),
        new Backend(
            OptionalInt.of(30000 + port % 2000),
            local ? Optional.of(new HealthCheck(32000, "/healthz")) : Optional.empty(),
            nodes.isEmpty() ? Set.of() : Set.of("node-" + nodes.getFirst())),
        new Traffic(
            local ? ExternalTrafficPolicy.LOCAL : ExternalTrafficPolicy.CLUSTER,
            sourceRanges,
            affinity));
  }

  /// The address of a node.
  static String address(int node) {
    return "10.0.1." + node;
  }

  private List<IpFamily> families() {
    return dualStack ? List.of(IpFamily.IPV4, IpFamily.IPV6) : List.of(IpFamily.IPV4);
  }

  private Target target(int number) {
    var addresses =
        dualStack ? List.of(address(number), "2001:db8:1::" + number) : List.of(address(number));
    return new Target("node-" + number, addresses, Optional.empty(), true, Map.of());
  }
}
