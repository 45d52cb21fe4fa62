// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Backend;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Frontend;
import dev.fairway.cloud.model.HealthCheck;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.model.Traffic;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Builds what should be for one load balancer group. Building is validating: what cannot be had
/// becomes a note.
///
/// @param desired what should be, as far as it can be had
/// @param notes findings
/// @param frozen whether nothing must be touched until the user acts. Blocking notes freeze, but
///   for a load balancer that works and whose address reaches the nodes as it is: it keeps its
///   address and goes on following the nodes, because nothing that is done for that can let in
///   anybody who was not let in before
public record DesiredState(Desired desired, List<Note> notes, boolean frozen) {
  // kube-proxy answers any path on the port; this is the one that the reference controller asks
  // for.
  private static final String HEALTH_PATH = "/healthz";

  public DesiredState {
    notes = List.copyOf(notes);
  }

  public boolean blocked() {
    return notes.stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING);
  }

  public static DesiredState absent(LoadBalancerKey key) {
    return new DesiredState(new Desired.Absent(key), List.of(), false);
  }

  /// @param services the Services of the group that should be served; none means that nothing
  ///   should be there
  /// @param targets the eligible nodes
  /// @param endpointNodes the nodes with ready endpoints of all these Services
  /// @param can what the provider is able to do
  public static DesiredState of(
      LoadBalancerKey key,
      List<ServiceView> services,
      List<Target> targets,
      Set<String> endpointNodes,
      Capabilities can) {
    if (services.isEmpty()) {
      return absent(key);
    }
    var oldestFirst =
        services.stream()
            .sorted(
                Comparator.comparing(ServiceView::createdAt)
                    .thenComparing(service -> service.ref().toString()))
            .toList();
    return new Building(key, oldestFirst, can).build(targets, endpointNodes);
  }

  private static final class Building {
    private final LoadBalancerKey key;
    private final List<ServiceView> services;
    private final ServiceView oldest;
    private final Capabilities can;
    private final List<Note> notes = new ArrayList<>();

    Building(LoadBalancerKey key, List<ServiceView> services, Capabilities can) {
      this.key = key;
      this.services = services;
      this.oldest = services.getFirst();
      this.can = can;
    }

    DesiredState build(List<Target> targets, Set<String> endpointNodes) {
      var catalogue = CoreAnnotations.CATALOGUE.with(can.annotations());
      for (var service : services) {
        notes.addAll(catalogue.unknownKeys(service.annotations()));
      }
      var present =
          new Desired.Present(
              key,
              services.stream().map(ServiceView::ref).toList(),
              services.stream().flatMap(service -> frontends(service).stream()).toList(),
              addresses(),
              traffic(),
              new Backends(targets, endpointNodes, healthCheck()),
              oldest.annotations());
      var blocked = notes.stream().anyMatch(note -> note.severity() == Note.Severity.BLOCKING);
      var followsNodes = can.addressMode() == Capabilities.AddressMode.VIP;
      return new DesiredState(
          present, notes, blocked && !(followsNodes && !presentAddresses().isEmpty()));
    }

    private List<Frontend> frontends(ServiceView service) {
      var frontends = new ArrayList<Frontend>();
      for (var port : service.spec().ports()) {
        if (!can.protocols().contains(port.protocol())) {
          notes.add(
              Note.warning(
                  "UnsupportedProtocol",
                  "port %d/%s: provider %s does not carry %s"
                      .formatted(port.port(), port.protocol(), can.name(), port.protocol()),
                  "use one of %s".formatted(can.protocols().stream().sorted().toList())));
        } else if (can.needsNodePorts() && port.nodePort().isEmpty()) {
          notes.add(
              Note.warning(
                  "NodePortMissing",
                  "port %d/%s has no node port, by which provider %s reaches the nodes"
                      .formatted(port.port(), port.protocol(), can.name()),
                  "set spec.allocateLoadBalancerNodePorts to true"));
        } else {
          frontends.add(
              new Frontend(
                  service.ref(),
                  port.name(),
                  port.protocol(),
                  port.port(),
                  new Backend(port.nodePort())));
        }
      }
      return frontends;
    }

    private AddressRequest addresses() {
      var spec = oldest.spec();
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
      return new AddressRequest(
          served.isEmpty() ? wanted : served, spec.requireDualStack(), requestedAddresses());
    }

    private List<String> requestedAddresses() {
      var reading = CoreAnnotations.ADDRESSES.read(oldest.annotations());
      reading.note().ifPresent(notes::add);
      if (reading.note().isPresent()) {
        return presentAddresses();
      }
      return reading.asOptional().orElseGet(this::loadBalancerIp);
    }

    // With a wish that cannot be read, what it has is what it keeps.
    private List<String> presentAddresses() {
      return oldest.status().ingress().stream()
          .flatMap(entry ->
              entry instanceof Ingress.Address address
                  ? Stream.of(address.ip())
                  : Stream.<String>of())
          .toList();
    }

    private List<String> loadBalancerIp() {
      return oldest.spec().loadBalancerIp().stream()
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
            return presentAddresses().stream();
          })
          .toList();
    }

    private Traffic traffic() {
      var spec = oldest.spec();
      return new Traffic(spec.externalPolicy(), sourceRanges(spec), spec.clientIpAffinity());
    }

    private List<String> sourceRanges(ServiceView.Spec spec) {
      if (!spec.sourceRanges().isEmpty()) {
        return spec.sourceRanges();
      }
      var reading = CoreAnnotations.SOURCE_RANGES.read(oldest.annotations());
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

    private Optional<HealthCheck> healthCheck() {
      var port = oldest.spec().healthCheckNodePort();
      return oldest.spec().externalPolicy() == ExternalTrafficPolicy.LOCAL && port.isPresent()
          ? Optional.of(new HealthCheck(port.getAsInt(), HEALTH_PATH))
          : Optional.empty();
    }
  }
}
