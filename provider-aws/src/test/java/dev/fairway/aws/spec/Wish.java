// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Backend;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Desired;
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
import dev.fairway.cloud.plan.Note;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// What Services ask for, said in a line: `wish().tcp(80).with("scheme", "internal")`. Keys are
/// those that begin with the prefix of AWS, unless they have one of their own.
record Wish(
    LoadBalancerKey key,
    List<ServiceRef> services,
    List<Frontend> frontends,
    AddressRequest addresses,
    Backends backends,
    Map<String, String> annotations,
    Defaults defaults) {
  static final Defaults DEFAULTS =
      new Defaults(
          Scheme.INTERNAL,
          TargetType.INSTANCE,
          true,
          0,
          0,
          new TreeMap<>(),
          "ELBSecurityPolicy-2016-08");
  static final Traffic CLUSTER =
      new Traffic(ExternalTrafficPolicy.CLUSTER, List.of(), Optional.empty());
  static final Traffic LOCAL =
      new Traffic(ExternalTrafficPolicy.LOCAL, List.of(), Optional.empty());

  static Wish wish() {
    return new Wish(
        LoadBalancerKey.ofService("shop", "web"),
        List.of(service("web")),
        List.of(),
        new AddressRequest(List.of(IpFamily.IPV4), false, List.of(), List.of()),
        Backends.of(List.of(node("a", "aws:///eu-west-1a/i-0a"))),
        Map.of(),
        DEFAULTS);
  }

  static ServiceRef service(String name) {
    return new ServiceRef("shop", name, "uid-" + name);
  }

  static Target node(String name, String providerId) {
    return new Target(name, List.of(), Optional.of(providerId), true, Map.of());
  }

  static Frontend frontend(
      String service, String name, Protocol protocol, int port, Backend backend, Traffic traffic) {
    return new Frontend(service(service), name, protocol, port, Optional.empty(), backend, traffic);
  }

  static Backend nodePort(int port) {
    return new Backend(OptionalInt.of(port), Optional.empty(), Set.of());
  }

  static Backend pods(Endpoint... endpoints) {
    return new Backend(
        OptionalInt.empty(), Optional.empty(), Set.of(), Optional.of(List.of(endpoints)));
  }

  static Endpoint pod(String address, int port) {
    return new Endpoint(
        address,
        address.contains(":") ? IpFamily.IPV6 : IpFamily.IPV4,
        port,
        Optional.empty(),
        Optional.empty());
  }

  /// A port whose node port is 30000 more.
  Wish tcp(int port) {
    return with(frontend("web", "", Protocol.TCP, port, nodePort(30000 + port), CLUSTER));
  }

  Wish tcp(int port, String name) {
    return with(frontend("web", name, Protocol.TCP, port, nodePort(30000 + port), CLUSTER));
  }

  Wish udp(int port) {
    return with(frontend("web", "", Protocol.UDP, port, nodePort(30000 + port), CLUSTER));
  }

  /// With externalTrafficPolicy Local, and health check node port 32000.
  Wish local(int port) {
    var backend =
        new Backend(
            OptionalInt.of(30000 + port),
            Optional.of(new HealthCheck(32000, "/healthz")),
            Set.of());
    return with(frontend("web", "", Protocol.TCP, port, backend, LOCAL));
  }

  /// With `sessionAffinity: ClientIP`.
  Wish sticky() {
    var traffic =
        new Traffic(ExternalTrafficPolicy.CLUSTER, List.of(), Optional.of(Duration.ofHours(3)));
    return new Wish(
        key,
        services,
        frontends.stream()
            .map(one ->
                new Frontend(
                    one.service(),
                    one.name(),
                    one.protocol(),
                    one.port(),
                    one.appProtocol(),
                    one.backend(),
                    traffic))
            .toList(),
        addresses,
        backends,
        annotations,
        defaults);
  }

  Wish with(Frontend more) {
    var all = new ArrayList<>(frontends);
    all.add(more);
    var everybody = new ArrayList<>(services);
    if (!everybody.contains(more.service())) {
      everybody.add(more.service());
    }
    return new Wish(key, everybody, all, addresses, backends, annotations, defaults);
  }

  Wish with(String annotation, String value) {
    var more = new HashMap<>(annotations);
    more.put(full(annotation), value);
    return new Wish(key, services, frontends, addresses, backends, more, defaults);
  }

  Wish with(Defaults others) {
    return new Wish(key, services, frontends, addresses, backends, annotations, others);
  }

  Wish nodes(Target... nodes) {
    return nodes(List.of(nodes));
  }

  Wish nodes(List<Target> nodes) {
    var sorted = nodes.stream().sorted(Comparator.comparing(Target::node)).toList();
    return new Wish(
        key, services, frontends, addresses, Backends.of(sorted), annotations, defaults);
  }

  Wish families(boolean requireAll, IpFamily... families) {
    var request = new AddressRequest(List.of(families), requireAll, List.of(), List.of());
    return new Wish(key, services, frontends, request, backends, annotations, defaults);
  }

  static String full(String annotation) {
    return annotation.contains("/") ? annotation : Keys.LOAD_BALANCER + annotation;
  }

  SpecReading read() {
    return SpecReader.read(
        new Desired.Present(key, services, frontends, addresses, backends, annotations), defaults);
  }

  /// What should be, where nothing stands against it.
  Spec spec() {
    var reading = read();
    return reading.spec().orElseThrow(() -> new AssertionError("refused: " + reading.notes()));
  }

  /// The listener of what has one only.
  ListenerSpec listener() {
    var listeners = spec().listeners();
    if (listeners.size() != 1) {
      throw new AssertionError("not one listener: " + listeners);
    }
    return listeners.getFirst();
  }

  GroupSpec group() {
    return listener().group();
  }

  /// The findings as lines: severity, code, message and fix.
  List<String> notes() {
    return read().notes().stream().map(Wish::line).toList();
  }

  static String line(Note note) {
    return "%s %s: %s".formatted(note.severity(), note.code(), note.text());
  }
}
