// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.conformance;

import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Backend;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.HealthCheck;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.model.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Desired states that every provider must be able to reach, and to change into each other.
public final class Examples {
  private Examples() {}

  /// The examples by name, all for the same key.
  public static Map<String, Present> of(LoadBalancerKey key) {
    var examples = new LinkedHashMap<String, Present>();
    examples.put("one port", with(key, List.of("TCP/80@30080"), 3));
    examples.put("two ports", with(key, List.of("TCP/80@30080", "TCP/443@30443"), 3));
    examples.put("another node port", with(key, List.of("TCP/80@31080"), 3));
    examples.put("TCP and UDP on one port", with(key, List.of("TCP/53@30053", "UDP/53@30054"), 3));
    examples.put("fewer nodes", with(key, List.of("TCP/80@30080"), 1));
    examples.put("a node that leaves", leaving(with(key, List.of("TCP/80@30080"), 3)));
    examples.put("no node", with(key, List.of("TCP/80@30080"), 0));
    examples.put("policy Local", local(with(key, List.of("TCP/80@30080"), 3), Set.of("node-2")));
    return examples;
  }

  /// @param ports each `TCP/80@30080`: protocol, port, node port
  /// @param nodes how many nodes there are
  public static Present with(LoadBalancerKey key, List<String> ports, int nodes) {
    var service = new ServiceRef(key.namespace(), key.name(), "uid-of-" + key.name());
    var targets = new ArrayList<Target>();
    for (var n = 1; n <= nodes; n++) {
      targets.add(
          new Target(
              "node-" + n,
              List.of("192.0.2." + n),
              Optional.of("test:///node-" + n),
              true,
              Map.of("kubernetes.io/hostname", "node-" + n)));
    }
    return new Present(
        key,
        List.of(service),
        ports.stream()
            .map(text -> frontend(service, text, nodes == 0 ? Set.of() : Set.of("node-1")))
            .toList(),
        new AddressRequest(List.of(IpFamily.IPV4), false, List.of(), List.of()),
        Backends.of(targets),
        Map.of());
  }

  // Its last node is draining.
  private static Present leaving(Present present) {
    var targets = present.backends().targets();
    return new Present(
        present.key(),
        present.services(),
        present.frontends(),
        present.addresses(),
        new Backends(
            targets.subList(0, targets.size() - 1),
            targets.subList(targets.size() - 1, targets.size())),
        present.annotations());
  }

  private static Frontend frontend(ServiceRef service, String text, Set<String> endpointNodes) {
    var parts = text.split("[/@]", -1);
    return new Frontend(
        service,
        parts[0].toLowerCase(java.util.Locale.ROOT) + "-" + parts[1],
        Protocol.valueOf(parts[0]),
        Integer.parseInt(parts[1]),
        Optional.empty(),
        new Backend(OptionalInt.of(Integer.parseInt(parts[2])), Optional.empty(), endpointNodes),
        new Traffic(ExternalTrafficPolicy.CLUSTER, List.of(), Optional.empty()));
  }

  /// The same with externalTrafficPolicy Local and endpoints on these nodes.
  public static Present local(Present present, Set<String> endpointNodes) {
    return withFrontends(
        present,
        present.frontends().stream()
            .map(frontend ->
                new Frontend(
                    frontend.service(),
                    frontend.name(),
                    frontend.protocol(),
                    frontend.port(),
                    frontend.appProtocol(),
                    new Backend(
                        frontend.backend().nodePort(),
                        Optional.of(new HealthCheck(32000, "/healthz")),
                        endpointNodes),
                    new Traffic(ExternalTrafficPolicy.LOCAL, List.of(), Optional.empty())))
            .toList());
  }

  /// The same with these pods as targets, without node ports. For providers whose targets can be
  /// pods; the annotations that ask for that are theirs to add.
  public static Present targetingPods(Present present, List<Endpoint> endpoints) {
    return withFrontends(
        present,
        present.frontends().stream()
            .map(frontend ->
                new Frontend(
                    frontend.service(),
                    frontend.name(),
                    frontend.protocol(),
                    frontend.port(),
                    frontend.appProtocol(),
                    new Backend(
                        OptionalInt.empty(),
                        frontend.backend().healthCheck(),
                        frontend.backend().endpointNodes(),
                        Optional.of(endpoints)),
                    frontend.traffic()))
            .toList());
  }

  /// A ready pod on `node-NUMBER`, listening on port 8080.
  public static Endpoint pod(int number) {
    return new Endpoint(
        "10.0.0." + number,
        IpFamily.IPV4,
        8080,
        Optional.of("node-" + number),
        Optional.of("zone-a"));
  }

  private static Present withFrontends(Present present, List<Frontend> frontends) {
    return new Present(
        present.key(),
        present.services(),
        frontends,
        present.addresses(),
        present.backends(),
        present.annotations());
  }
}
