// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.model.Backend;
import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.HealthCheck;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Traffic;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.desired.ServiceView.PortStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What one Service asks for, as if it were alone, as far as the provider can do it. Reading is
/// validating: what cannot be had becomes a note.
///
/// @param families in order of preference
/// @param addresses those asked for, in canonical form; what it has when they cannot be read
/// @param frontends the ports that can be served
/// @param errors the ports that cannot
record Wishes(
    ServiceView service,
    List<IpFamily> families,
    List<String> addresses,
    List<Frontend> frontends,
    List<PortStatus> errors,
    List<Note> notes) {
  static final String ERROR_DOMAIN = "fairway.dev/";

  // kube-proxy answers any path on the port; this is the one that the reference controller asks
  // for.
  private static final String HEALTH_PATH = "/healthz";

  Wishes {
    families = List.copyOf(families);
    addresses = List.copyOf(addresses);
    frontends = List.copyOf(frontends);
    errors = List.copyOf(errors);
    notes = List.copyOf(notes);
  }

  Wishes with(Note note) {
    var more = new ArrayList<>(notes);
    more.add(note);
    return new Wishes(service, families, addresses, frontends, errors, more);
  }

  boolean blocked() {
    return notes.stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING);
  }

  /// @param pods whether the targets of its load balancer are pods
  static Wishes of(ServiceView service, EndpointView endpoints, boolean pods, Capabilities can) {
    return new Reader(service, endpoints, pods, can).read();
  }

  /// The addresses that a Service has.
  static List<String> presentAddresses(ServiceView service) {
    return service.status().ingress().stream()
        .flatMap(entry ->
            entry instanceof Ingress.Address address
                ? Stream.of(address.ip())
                : Stream.<String>of())
        .toList();
  }

  private static final class Reader {
    private final ServiceView service;
    private final ServiceView.Spec spec;
    private final Set<String> endpointNodes;
    private final Optional<Map<String, List<Endpoint>>> endpoints;
    private final Capabilities can;
    private final List<Frontend> frontends = new ArrayList<>();
    private final List<PortStatus> errors = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    Reader(ServiceView service, EndpointView view, boolean pods, Capabilities can) {
      this.service = service;
      this.spec = service.spec();
      this.endpointNodes = view.endpointNodes(service.ref());
      this.endpoints = pods ? Optional.of(view.endpoints(service.ref())) : Optional.empty();
      this.can = can;
    }

    Wishes read() {
      if (!service.annotations().isEmpty()) {
        notes.addAll(
            CoreAnnotations.CATALOGUE.with(can.annotations()).unknownKeys(service.annotations()));
      }
      CoreAnnotations.SHARE.read(service.annotations()).note().ifPresent(notes::add);
      CoreAnnotations.SHARE_WITH.read(service.annotations()).note().ifPresent(notes::add);
      var families = families();
      var addresses = addresses();
      var traffic = new Traffic(spec.externalPolicy(), sourceRanges(), spec.clientIpAffinity());
      if (!whoMayConnectIsUnknown()) {
        spec.ports().forEach(port -> read(port, traffic));
      }
      return new Wishes(service, families, addresses, frontends, errors, notes);
    }

    private void read(ServiceView.Port port, Traffic traffic) {
      if (!can.protocols().contains(port.protocol())) {
        refuse(
            port,
            "UnsupportedProtocol",
            "port %s: provider %s does not carry %s"
                .formatted(text(port), can.name(), port.protocol()),
            "use one of %s".formatted(can.protocols().stream().sorted().toList()));
      } else if (can.needsNodePorts() && endpoints.isEmpty() && port.nodePort().isEmpty()) {
        refuse(
            port,
            "NodePortMissing",
            "port %s has no node port, by which provider %s reaches the nodes"
                .formatted(text(port), can.name()),
            "set spec.allocateLoadBalancerNodePorts to true");
      } else {
        frontends.add(
            new Frontend(
                service.ref(),
                port.name(),
                port.protocol(),
                port.port(),
                port.appProtocol(),
                backend(port),
                traffic));
      }
    }

    private Backend backend(ServiceView.Port port) {
      return new Backend(
          port.nodePort(),
          healthCheck(),
          endpointNodes,
          endpoints.map(byPort -> byPort.getOrDefault(port.name(), List.of())));
    }

    private static String text(ServiceView.Port port) {
      return "%d/%s".formatted(port.port(), port.protocol());
    }

    private void refuse(ServiceView.Port port, String code, String message, String fix) {
      notes.add(Note.warning(code, message, fix));
      errors.add(new PortStatus(port.port(), port.protocol(), Optional.of(ERROR_DOMAIN + code)));
    }

    private List<IpFamily> families() {
      var wanted = spec.families().isEmpty() ? List.of(IpFamily.IPV4) : spec.families();
      var served = wanted.stream().filter(can.families()::contains).toList();
      var missing = wanted.stream().filter(family -> !can.families().contains(family)).toList();
      if (!missing.isEmpty()) {
        var message = "provider %s has no %s addresses".formatted(can.name(), missing.getFirst());
        var fix =
            "ask for %s only, in spec.ipFamilies"
                .formatted(can.families().stream().sorted().toList());
        var fatal = served.isEmpty() || spec.requireDualStack();
        notes.add(
            fatal
                ? Note.blocking("UnsupportedIpFamily", message, fix)
                : Note.warning("UnsupportedIpFamily", message, fix));
      }
      return served.isEmpty() ? wanted : served;
    }

    private List<String> addresses() {
      var reading = CoreAnnotations.ADDRESSES.read(service.annotations());
      reading.note().ifPresent(notes::add);
      if (reading.note().isPresent()) {
        return presentAddresses(service);
      }
      return reading.asOptional().orElseGet(this::loadBalancerIp);
    }

    private List<String> loadBalancerIp() {
      return spec.loadBalancerIp().stream()
          .flatMap(text -> {
            var address = Literals.address().read(text);
            if (address instanceof Syntax.Good<String>(var ip)) {
              return Stream.of(ip);
            }
            notes.add(
                Note.blocking(
                    "InvalidAddress",
                    "spec.loadBalancerIP: '%s' is not an IP address".formatted(text),
                    "write for example 192.0.2.10"));
            // With a wish that cannot be read, what it has is what it keeps.
            return presentAddresses(service).stream();
          })
          .toList();
    }

    private List<String> sourceRanges() {
      if (!spec.sourceRanges().isEmpty()) {
        return spec.sourceRanges();
      }
      var reading = CoreAnnotations.SOURCE_RANGES.read(service.annotations());
      reading.note().ifPresent(notes::add);
      var ranges = reading.asOptional().orElse(List.of());
      if (!ranges.isEmpty() && can.addressMode() == Capabilities.AddressMode.VIP) {
        // kube-proxy filters by the field alone: to go on would let everybody in.
        notes.add(
            Note.blocking(
                "SourceRangesNotEnforced",
                "annotation %s is not enforced where nodes receive the traffic themselves"
                    .formatted(CoreAnnotations.SOURCE_RANGES.key()),
                "write %s into spec.loadBalancerSourceRanges".formatted(ranges)));
      }
      return ranges;
    }

    // Where the load balancer filters, a port without its ranges would be open to everybody.
    private boolean whoMayConnectIsUnknown() {
      return spec.sourceRanges().isEmpty()
          && can.addressMode() != Capabilities.AddressMode.VIP
          && CoreAnnotations.SOURCE_RANGES.read(service.annotations()).note().isPresent();
    }

    private Optional<HealthCheck> healthCheck() {
      var port = spec.healthCheckNodePort();
      return spec.externalPolicy() == ExternalTrafficPolicy.LOCAL && port.isPresent()
          ? Optional.of(new HealthCheck(port.getAsInt(), HEALTH_PATH))
          : Optional.empty();
    }
  }
}
