// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

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
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.config.LoadBalancerClass;
import dev.fairway.openstack.config.Options;
import dev.fairway.openstack.model.Abilities;
import dev.fairway.openstack.model.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What Services ask for, said in a line: `wish().tcp(80).with("proxy-protocol", "v2")`. Keys are
/// those that begin with the prefix of OpenStack, unless they have one of their own.
record Wish(
    List<Frontend> frontends,
    AddressRequest addresses,
    Backends backends,
    Map<String, String> annotations,
    Options options,
    Map<String, LoadBalancerClass> classes,
    Surroundings around) {
  static final ServiceRef WEB = new ServiceRef("shop", "web", "uid-web");
  static final String INTERNAL = PlacementAnnotations.INTERNAL.key();
  static final String PROVIDER = PlacementAnnotations.PROVIDER.key();

  static Wish wish() {
    return new Wish(
        List.of(),
        new AddressRequest(List.of(IpFamily.IPV4), false, List.of(), List.of()),
        Backends.of(List.of(node("a", "10.0.0.11", "2001:db8:1::11"))),
        Map.of(),
        Options.standard(),
        Map.of(),
        Cloud.cloud(Cloud.NEW));
  }

  static Target node(String name, String... addresses) {
    return new Target(name, List.of(addresses), Optional.empty(), true, Map.of());
  }

  static Target labelled(String name, String address, Map<String, String> labels) {
    return new Target(name, List.of(address), Optional.empty(), true, labels);
  }

  /// A port whose node port is 30000 more.
  Wish tcp(int port) {
    return port(Protocol.TCP, port);
  }

  Wish udp(int port) {
    return port(Protocol.UDP, port);
  }

  Wish sctp(int port) {
    return port(Protocol.SCTP, port);
  }

  Wish port(Protocol protocol, int port) {
    return port(protocol, port, OptionalInt.of(30000 + port));
  }

  Wish port(Protocol protocol, int port, OptionalInt nodePort) {
    var backend = new Backend(nodePort, Optional.empty(), Set.of());
    var traffic = new Traffic(ExternalTrafficPolicy.CLUSTER, List.of(), Optional.empty());
    return with(new Frontend(WEB, "", protocol, port, Optional.empty(), backend, traffic));
  }

  Wish with(Frontend more) {
    var all = new ArrayList<>(frontends);
    all.add(more);
    return Records.with(this, "frontends", List.copyOf(all));
  }

  /// All ports with externalTrafficPolicy Local, and health check node port 32000.
  Wish local() {
    return Records.with(
        this,
        "frontends",
        frontends.stream()
            .map(one ->
                Records.with(
                    Records.with(
                        one,
                        "backend",
                        new Backend(
                            one.backend().nodePort(),
                            Optional.of(new HealthCheck(32000, "/healthz")),
                            Set.of())),
                    "traffic",
                    Records.with(one.traffic(), "externalPolicy", ExternalTrafficPolicy.LOCAL)))
            .toList());
  }

  /// All ports with `sessionAffinity: ClientIP`.
  Wish sticky() {
    return traffic("clientIpAffinity", Optional.of(Duration.ofHours(3)));
  }

  Wish from(String... ranges) {
    return traffic("sourceRanges", List.of(ranges));
  }

  private Wish traffic(String component, Object value) {
    return Records.with(
        this,
        "frontends",
        frontends.stream()
            .map(one -> Records.with(one, "traffic", Records.with(one.traffic(), component, value)))
            .toList());
  }

  Wish with(String annotation, String value) {
    var more = new HashMap<>(annotations);
    more.put(full(annotation), value);
    return Records.with(this, "annotations", Map.copyOf(more));
  }

  Wish internal() {
    return with(INTERNAL, "true");
  }

  Wish ovn() {
    return with(PROVIDER, "ovn");
  }

  Wish option(String component, Object value) {
    return Records.with(this, "options", Records.with(options, component, value));
  }

  /// With annotation `class: gold`, and that class.
  Wish gold(String component, Object value) {
    var before = classes.getOrDefault("gold", LoadBalancerClass.named("gold"));
    return Records.with(this, "classes", Map.of("gold", Records.with(before, component, value)))
        .with("class", "gold");
  }

  Wish octavia(int minor) {
    return around(Records.with(around, "abilities", new Abilities(minor)));
  }

  Wish around(Surroundings other) {
    return Records.with(this, "around", other);
  }

  Wish nodes(Target... nodes) {
    return Records.with(this, "backends", new Backends(List.of(nodes), backends.draining()));
  }

  Wish draining(Target... nodes) {
    return Records.with(this, "backends", new Backends(backends.targets(), List.of(nodes)));
  }

  Wish families(boolean requireAll, IpFamily... families) {
    return Records.with(
        this,
        "addresses",
        new AddressRequest(List.of(families), requireAll, addresses.addresses(), List.of()));
  }

  Wish address(String... asked) {
    return Records.with(this, "addresses", Records.with(addresses, "addresses", List.of(asked)));
  }

  static String full(String annotation) {
    return annotation.contains("/") ? annotation : Keys.LOAD_BALANCER + annotation;
  }

  SpecReading read() {
    return SpecReader.read(
        new Desired.Present(
            LoadBalancerKey.ofService("shop", "web"),
            List.of(WEB),
            frontends,
            addresses,
            backends,
            annotations),
        options,
        classes,
        around,
        Set.of());
  }

  /// What should be, where nothing stands against it.
  List<Spec> specs() {
    var reading = read();
    if (reading.specs().isEmpty()) {
      throw new AssertionError("refused: " + notes());
    }
    return reading.specs();
  }

  /// The load balancer of what has one only.
  Spec spec() {
    var specs = specs();
    if (specs.size() != 1) {
      throw new AssertionError("not one load balancer: " + specs);
    }
    return specs.getFirst();
  }

  /// The listener of what has one only.
  ListenerSpec listener() {
    var listeners = spec().listeners();
    if (listeners.size() != 1) {
      throw new AssertionError("not one listener: " + listeners);
    }
    return listeners.getFirst();
  }

  List<String> access() {
    specs();
    return read().access().stream().map(AccessRule::toString).toList();
  }

  /// The findings as lines: severity, code, message and fix.
  List<String> notes() {
    return read().notes().stream().map(Wish::line).toList();
  }

  static String line(Note note) {
    return "%s %s: %s".formatted(note.severity(), note.code(), note.text());
  }
}
